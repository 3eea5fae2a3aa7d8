/**
 * Ops on their way between Y.Text and Quill. Quill's document is always Y.Text's and one plain
 * newline behind it; all lengths are in UTF-16 code units, an embed counts one.
 */
import type { Op } from "quill/core";
import {
	type Formats,
	isTextFormat,
	isTextFormatName,
	lineKinds,
	photoOfEmbed,
} from "../../shared/surfaces/text.ts";

/** Name of the embed that stands on screen for what this app cannot show. */
export const unknownEmbed = "unknown";

/**
 * The ops of Y.Text as Quill may get them: formats off the allow-list are left out, embeds other
 * than photos become placeholders, and every op keeps its length.
 */
export function forScreen(ops: readonly Op[]): Op[] {
	return ops.map((op) => {
		if (op.insert === undefined) return retainForScreen(op);
		const shown: Op = { insert: insertForScreen(op.insert) };
		const attributes = shownFormats(op.attributes ?? {});
		return attributes === null ? shown : { ...shown, attributes };
	});
}

function insertForScreen(insert: unknown): string | Record<string, unknown> {
	// Quill would make one newline of a carriage return and a line feed, and be one short.
	if (typeof insert === "string") return insert.replace(/\r/g, " ");
	const photo = photoOfEmbed(insert);
	return photo === null ? { [unknownEmbed]: isPlainObject(insert) ? insert : null } : { photo };
}

/** False for Y types, which may stand in a Y.Text but not in a delta. */
function isPlainObject(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

function shownFormats(attributes: Formats): Record<string, unknown> | null {
	const shown: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(attributes)) {
		if (isTextFormat(name, value)) shown[name] = name === "code-block" ? true : value;
	}
	const kind = lineKinds.find((name) => name in shown);
	for (const name of lineKinds) {
		if (name !== kind) delete shown[name];
	}
	return Object.keys(shown).length === 0 ? null : shown;
}

function retainForScreen(op: Op): Op {
	if (op.attributes === undefined) return op;
	const attributes: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(op.attributes)) {
		if (!isTextFormatName(name)) continue;
		const shown = name === "code-block" ? true : value;
		attributes[name] = isTextFormat(name, value) ? shown : null;
	}
	const { attributes: _, ...plain } = op;
	return Object.keys(attributes).length === 0 ? plain : { ...plain, attributes };
}

/**
 * Cuts a change behind so many ops, or one more: `part`, and then `rest`, do what the whole does.
 * `rest` is null where nothing is left.
 */
export function cutOps(ops: readonly Op[], opsMax: number): { part: Op[]; rest: Op[] | null } {
	// What leads to the first op is none of its own, or a cut behind one op would come no further.
	const end = ops[0]?.retain === undefined ? opsMax : opsMax + 1;
	if (ops.length <= end) return { part: [...ops], rest: null };
	const part = ops.slice(0, end);
	const shown = part.reduce((length, op) => length + newLengthOf(op), 0);
	const rest = ops.slice(end);
	return { part, rest: shown === 0 ? rest : [{ retain: shown }, ...rest] };
}

/** How much of the new document an op stands for. */
export function newLengthOf(op: Op): number {
	if (op.delete !== undefined) return 0;
	return typeof op.insert === "string" ? op.insert.length : oldLengthOf(op) || 1;
}

/** True where the ops change what existing lines are. */
export function changesLineKinds(ops: readonly Op[]): boolean {
	return ops.some(
		(op) => op.retain !== undefined && lineKinds.some((kind) => kind in (op.attributes ?? {})),
	);
}

/**
 * The ops of Quill as Y.Text takes them, where Y.Text is `docLength` long. What they do to Quill's
 * own final newline is left out: where that line is given a format, the newline becomes a real one
 * of the doc, and Quill gets a new final one from whoever called. So is what is not on the
 * allow-list, which the server would refuse with all that came with it.
 */
export function forDoc(ops: readonly Op[], docLength: number): Op[] {
	const out: Op[] = [];
	let at = 0;
	for (const given of ops) {
		const op = withAllowedFormats(given);
		if (op.insert !== undefined) out.push(insertForDoc(op));
		else out.push(...clip(op, docLength - at));
		at += oldLengthOf(op);
	}
	return at > docLength ? withoutFinalNewline(out) : out;
}

function withAllowedFormats(op: Op): Op {
	const { attributes, ...plain } = op;
	if (attributes === undefined) return op;
	const given = Object.entries(attributes);
	const kept = given.filter(([name, value]) => value === null || isTextFormat(name, value));
	if (kept.length === given.length) return op;
	return kept.length === 0 ? plain : { ...plain, attributes: Object.fromEntries(kept) };
}

/** How much of the old document an op stands for. */
export function oldLengthOf(op: Op): number {
	if (op.insert !== undefined) return 0;
	return op.delete ?? (typeof op.retain === "number" ? op.retain : 1);
}

/** What an op does to the next `room` units, and to the final newline behind them. */
function clip(op: Op, room: number): Op[] {
	const length = oldLengthOf(op);
	const clipped: Op[] = [];
	const attributes = op.attributes ?? {};
	const inside = Math.min(length, room);
	if (inside > 0 && op.delete !== undefined) clipped.push({ delete: inside });
	else if (inside > 0) clipped.push({ ...op, retain: inside });
	const isFinalKept = op.delete === undefined && room >= 0 && length > room;
	if (isFinalKept) clipped.push(newlineWith(attributes));
	return clipped;
}

function insertForDoc(op: Op): Op {
	if (typeof op.insert === "string" || op.insert === undefined) return op;
	if (!(unknownEmbed in op.insert)) return op;
	const original = op.insert[unknownEmbed];
	// An object replacement character keeps the length where the original cannot be written again.
	const insert = isPlainObject(original) ? (original as Record<string, unknown>) : "\ufffc";
	return { ...op, insert };
}

function newlineWith(attributes: Formats): Op {
	const given = Object.entries(attributes).filter(([, value]) => value !== null);
	return given.length === 0
		? { insert: "\n" }
		: { insert: "\n", attributes: Object.fromEntries(given) };
}

/** Takes one plain newline from what stands at the end once the ops are applied. */
function withoutFinalNewline(ops: Op[]): Op[] {
	const index = ops.findLastIndex((op) => op.delete === undefined);
	const last = ops[index];
	if (typeof last?.insert !== "string" || !last.insert.endsWith("\n")) return ops;
	if (last.attributes !== undefined && Object.keys(last.attributes).length > 0) return ops;
	const rest = last.insert.slice(0, -1);
	return rest === "" ? ops.toSpliced(index, 1) : ops.with(index, { ...last, insert: rest });
}
