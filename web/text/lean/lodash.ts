/**
 * The three functions that Quill takes from lodash, for the plain data that it gives them. The app
 * is bundled with these instead of three copies of lodash, which were a quarter of the document's
 * code (web/vite.config.ts).
 */

type Fields = Record<string, unknown>;

/** A copy that shares nothing with `value` but functions, expressions and elements. */
export function cloneDeep<T>(value: T): T;
export function cloneDeep(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((entry: unknown) => cloneDeep(entry));
	if (!isRecord(value)) return value;
	// Entries define fields; an assignment to `__proto__` would do something else.
	const clone = Object.fromEntries(
		Object.entries(value).map(([name, field]) => [name, cloneDeep(field)]),
	);
	return isPlain(value) ? clone : Object.setPrototypeOf(clone, Object.getPrototypeOf(value));
}

/** True where two pieces of data hold the same. */
export function isEqual(one: unknown, other: unknown): boolean {
	if (Object.is(one, other) || one === other) return true;
	if (Array.isArray(one) && Array.isArray(other)) {
		return one.length === other.length && one.every((entry, at) => isEqual(entry, other[at]));
	}
	if (!isRecord(one) || !isRecord(other)) return false;
	if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
	const names = Object.keys(one);
	return (
		names.length === Object.keys(other).length &&
		names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]))
	);
}

/** Writes the sources into `target`, the last one wins; objects and arrays are merged inside. */
export function merge(target: Fields, ...sources: readonly unknown[]): Fields {
	for (const source of sources) {
		if (typeof source !== "object" || source === null) continue;
		for (const [name, value] of Object.entries(source)) mergeField(target, name, value);
	}
	return target;
}

function mergeField(target: Fields, name: string, value: unknown): void {
	if (name === "__proto__" || (value === undefined && name in target)) return;
	if (!Array.isArray(value) && !isPlain(value)) {
		target[name] = value;
		return;
	}
	const own = target[name];
	const isKept = Array.isArray(value) ? Array.isArray(own) : isPlain(own);
	const into = isKept ? own : Array.isArray(value) ? [] : {};
	target[name] = merge(into as Fields, value);
}

/** Data with fields: plain objects, and instances such as Quill's `Range` and `Delta`. */
function isRecord(value: unknown): value is Fields {
	return Object.prototype.toString.call(value) === "[object Object]";
}

function isPlain(value: unknown): value is Fields {
	if (!isRecord(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}
