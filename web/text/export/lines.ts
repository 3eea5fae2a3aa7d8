/** A document as its lines: what Markdown, contents and plain text are made of. */
import type { Op } from "quill/core";
import { type Formats, isTextFormat, lineKinds } from "../../../shared/surfaces/text.ts";

/** A piece of a line that looks the same. */
export interface Run {
	/** Words, or an embed as Quill holds it. */
	readonly insert: string | Readonly<Record<string, unknown>>;
	/** Formats of words: those of the allow-list and no others. */
	readonly formats: Formats;
}

/** One line, without its newline. */
export interface Line {
	/** Where it begins, in Quill's indexes. */
	readonly index: number;
	readonly runs: readonly Run[];
	/** Formats of the line itself; one kind only. */
	readonly formats: Formats;
}

const lineFormats: readonly string[] = [...lineKinds, "indent", "align", "direction"];

/** The lines of a document; a last one without a newline counts where there is something in it. */
export function linesOf(ops: readonly Op[]): Line[] {
	const lines: Line[] = [];
	let [runs, index, at]: [Run[], number, number] = [[], 0, 0];
	for (const { insert, attributes = {} } of ops) {
		if (typeof insert !== "string") {
			if (insert !== undefined) runs.push({ insert, formats: wordFormats(attributes) });
			at++;
			continue;
		}
		for (const [pieceIndex, piece] of insert.split("\n").entries()) {
			if (pieceIndex > 0) {
				lines.push({ index, runs, formats: formatsOfLine(attributes) });
				at++;
				[runs, index] = [[], at];
			}
			if (piece !== "") addWords(runs, piece, wordFormats(attributes));
			at += piece.length;
		}
	}
	return runs.length === 0 ? lines : [...lines, { index, runs, formats: {} }];
}

/** The same lines as ops; each ends with its newline. Neighbours that look the same are one op. */
export function opsOf(lines: readonly Omit<Line, "index">[]): Op[] {
	const ops: Op[] = [];
	for (const { runs, formats } of lines) {
		for (const run of runs) push(ops, run.insert, run.formats);
		push(ops, "\n", formats);
	}
	return ops;
}

function push(ops: Op[], insert: Run["insert"], formats: Formats): void {
	const last = ops.at(-1);
	const isAlike = isSame(last?.attributes ?? {}, formats);
	if (
		last !== undefined &&
		isAlike &&
		typeof insert === "string" &&
		typeof last.insert === "string"
	)
		ops[ops.length - 1] = { ...last, insert: last.insert + insert };
	else if (Object.keys(formats).length === 0) ops.push({ insert });
	else ops.push({ insert, attributes: { ...formats } });
}

function addWords(runs: Run[], words: string, formats: Formats): void {
	const last = runs.at(-1);
	const isAlike = typeof last?.insert === "string" && isSame(last.formats, formats);
	if (isAlike) runs[runs.length - 1] = { insert: `${last.insert}${words}`, formats };
	else runs.push({ insert: words, formats });
}

function isSame(some: Formats, others: Formats): boolean {
	const names = Object.keys(some);
	return (
		names.length === Object.keys(others).length &&
		names.every((name) => some[name] === others[name])
	);
}

/** The words of a line; what is no text is left out. */
export function textOfLine(line: Line): string {
	return line.runs.map(({ insert }) => (typeof insert === "string" ? insert : "")).join("");
}

function wordFormats(attributes: Formats): Formats {
	return pick(attributes, (name) => !lineFormats.includes(name));
}

function formatsOfLine(attributes: Formats): Formats {
	const formats = pick(attributes, (name) => lineFormats.includes(name));
	const kind = lineKinds.find((name) => name in formats);
	const isOther = (name: string) => lineKinds.some((other) => other === name && other !== kind);
	return pick(formats, (name) => !isOther(name));
}

function pick(formats: Formats, isWanted: (name: string) => boolean): Formats {
	return Object.fromEntries(
		Object.entries(formats).filter(([name, value]) => isWanted(name) && isTextFormat(name, value)),
	);
}
