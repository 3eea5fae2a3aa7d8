import fc from "fast-check";
import { expect, test } from "vitest";
import { cloneDeep, isEqual, merge } from "../../../../web/text/lean/lodash.ts";

fc.configureGlobal({ seed: 20261121 });

const data = fc.jsonValue();
// A key that could reach a prototype is dropped on purpose: see the last test.
const harmless = data.filter((value) => !JSON.stringify(value).includes("__proto__"));
const options = fc.dictionary(fc.constantFrom("a", "b", "c"), harmless, {
	noNullPrototype: true,
});

test("a clone is equal and shares nothing", () => {
	fc.assert(
		fc.property(data, (value) => {
			const clone = cloneDeep(value);
			expect(clone).toEqual(value);
			expect(isEqual(clone, value)).toBe(true);
			if (typeof value === "object" && value !== null) expect(clone).not.toBe(value);
		}),
	);
	const prefix = /^a$/;
	expect(cloneDeep({ prefix, run: isEqual })).toEqual({ prefix, run: isEqual });
});

test("data is equal where its text is, whatever the order of fields", () => {
	fc.assert(
		fc.property(data, data, (one, other) => {
			expect(isEqual(one, other)).toBe(sorted(one) === sorted(other));
		}),
	);
	expect(isEqual({ a: 1, b: undefined }, { a: 1 })).toBe(false);
	expect(isEqual(Number.NaN, Number.NaN)).toBe(true);
	expect(isEqual(0, -0)).toBe(true);
	class Range {
		index = 1;
	}
	expect(isEqual(new Range(), new Range())).toBe(true);
	expect(isEqual(new Range(), { index: 1 })).toBe(false);
	expect(isEqual(cloneDeep(new Range()), new Range())).toBe(true);
});

function sorted(value: unknown): string {
	return JSON.stringify(value, (_name, field) => {
		if (Object.is(field, -0)) return 0;
		if (typeof field !== "object" || field === null || Array.isArray(field)) return field;
		return Object.fromEntries(
			Object.entries(field).sort(([one], [other]) => (one < other ? -1 : 1)),
		);
	});
}

test("merged options hold what the last one said, inside objects and arrays too", () => {
	expect(merge({ a: { b: 1, c: [1, 2] } }, { a: { c: [9] } }, { a: { d: null } })).toEqual({
		a: { b: 1, c: [9, 2], d: null },
	});
	expect(merge({ a: 1 }, { a: undefined, b: undefined }, null)).toEqual({ a: 1, b: undefined });
	const defaults = { bindings: { bold: { key: "b" } } };
	expect(merge({}, defaults, { bindings: { bold: null } })).toEqual({ bindings: { bold: null } });
	expect(defaults).toEqual({ bindings: { bold: { key: "b" } } });
	fc.assert(
		fc.property(options, (given) => {
			expect(isEqual(merge({}, given), given)).toBe(true);
		}),
	);
});

test("options cannot reach the prototype of everything", () => {
	merge({}, JSON.parse('{"__proto__":{"polluted":true}}'));
	expect("polluted" in {}).toBe(false);
});
