/**
 * Keeps lines the same on every screen where the doc holds more than Quill can show: a line is one
 * kind only, though two people may have made it two. When one kind goes, the other comes to light.
 */
import type Quill from "quill/core";
import type { Op } from "quill/core";
import { Delta } from "quill/core";
import { lineKinds } from "../../shared/surfaces/text.ts";
import { forScreen } from "./delta.ts";

/** A piece of the document, from its first index to behind its last. */
interface Span {
	readonly start: number;
	readonly end: number;
}

/**
 * Compares the lines whose kind `change` set with the doc.
 *
 * @param ops the whole doc, `Y.Text.toDelta()`
 * @returns what makes the screen right; null where it is right
 */
export function lineRepairs(quill: Quill, change: Delta, ops: readonly Op[]): Delta | null {
	const meant = new Delta(forScreen(ops));
	const repairs = new Delta();
	let at = 0;
	for (const line of linesWhoseKindChanged(quill, change)) {
		const shown = quill.getContents(line.start, line.end - line.start);
		const repair = shown.diff(meant.slice(line.start, line.end));
		if (repair.length() === 0) continue;
		repairs.retain(line.start - at);
		for (const op of repair.ops) repairs.push(op);
		at = line.start + repair.length();
	}
	return repairs.length() === 0 ? null : repairs;
}

/** The lines, after the change, without Quill's final newline. */
function linesWhoseKindChanged(quill: Quill, change: Delta): Span[] {
	const spans: Span[] = [];
	let at = 0;
	for (const op of change.ops) {
		if (op.delete !== undefined) continue;
		const length = lengthAfter(op);
		if (op.retain !== undefined && lineKinds.some((kind) => kind in (op.attributes ?? {}))) {
			spans.push(...linesEndingIn(quill, { start: at, end: at + length }));
		}
		at += length;
	}
	return spans;
}

function lengthAfter(op: Op): number {
	if (typeof op.insert === "string") return op.insert.length;
	return typeof op.retain === "number" ? op.retain : 1;
}

function linesEndingIn(quill: Quill, span: Span): Span[] {
	const final = quill.getLength();
	return quill
		.getLines(span.start, span.end - span.start)
		.map((line) => {
			const start = quill.getIndex(line);
			return { start, end: start + line.length() };
		})
		.filter(({ end }) => end > span.start && end <= span.end && end < final);
}
