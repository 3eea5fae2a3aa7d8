/**
 * The document as Markdown: CommonMark, with tasks and strikethrough as GitHub writes them. What it
 * has no sign for is a tag (underline) or is left out (alignment, direction, empty lines).
 */
import type { Op } from "quill/core";
import { type Line, linesOf, textOfLine } from "./lines.ts";
import { longestTicks, type PhotoNames, writeWords } from "./write-words.ts";

/** The whole document, with a newline at its end. */
export function writeMarkdown(ops: readonly Op[], photos: PhotoNames): string {
	const blocks: string[] = [];
	const lines = linesOf(ops).filter((line) => line.runs.length > 0 || isKeptEmpty(line));
	for (let at = 0; at < lines.length; ) {
		const run = runAt(lines, at);
		blocks.push(writeBlock(run, photos));
		at += run.length;
	}
	return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

type Kind = "code-block" | "list" | "blockquote" | "header" | "plain";

function kindOf({ formats }: Line): Kind {
	const kinds = ["code-block", "list", "blockquote", "header"] as const;
	return kinds.find((name) => formats[name] !== undefined) ?? "plain";
}

/** Markdown has no empty paragraph: paragraphs stand apart by themselves. */
function isKeptEmpty(line: Line): boolean {
	return kindOf(line) === "code-block" || kindOf(line) === "list";
}

/** The lines from `at` on that are one block of Markdown. */
function runAt(lines: readonly Line[], at: number): readonly Line[] {
	const [first, ...rest] = lines.slice(at);
	if (first === undefined) return [];
	const kind = kindOf(first);
	if (kind === "plain" || kind === "header") return [first];
	const end = rest.findIndex((line) => kindOf(line) !== kind && !(kind === "list" && isMore(line)));
	return end < 0 ? [first, ...rest] : [first, ...rest.slice(0, end)];
}

/** True for a paragraph that stands under the words of a list item. */
function isMore(line: Line): boolean {
	return kindOf(line) === "plain" && line.formats["indent"] !== undefined;
}

function writeBlock(lines: readonly Line[], photos: PhotoNames): string {
	const [first] = lines;
	if (first === undefined) return "";
	switch (kindOf(first)) {
		case "code-block":
			return writeCode(lines);
		case "list":
			return writeList(lines, photos);
		case "blockquote":
			return lines.map((line) => `> ${writeLine(line, photos)}`).join("\n>\n");
		case "header":
			return writeHeading(first, photos);
		case "plain":
			return writeLine(first, photos);
	}
}

/** Words that would begin a list, a quote, a heading or a rule do not. */
function writeLine(line: Line, photos: PhotoNames): string {
	return writeWords(line.runs, photos)
		.replace(/^(?=[>]|#{1,6}(?:\s|$)|[-+=](?:\s|$)|-[-\s]*$|=+$|\|)/, "\\")
		.replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

function writeHeading(line: Line, photos: PhotoNames): string {
	const words = writeWords(line.runs, photos).replace(/(^|\s)(#+)$/, "$1\\$2");
	return `${"#".repeat(Number(line.formats["header"]))} ${words}`.trimEnd();
}

function writeCode(lines: readonly Line[]): string {
	const code = lines.map(textOfLine);
	const fence = "`".repeat(Math.max(3, longestTicks(code.join("\n")) + 1));
	return [fence, ...code, fence].join("\n");
}

/** A list inside the one above it; where its words begin, what is inside it begins. */
interface Level {
	readonly offset: number;
	isOrdered: boolean;
	count: number;
}

function writeList(lines: readonly Line[], photos: PhotoNames): string {
	const levels: Level[] = [];
	return lines
		.map((line) => {
			const depth = Math.min(Number(line.formats["indent"] ?? 0), levels.length);
			if (isMore(line)) {
				levels.length = depth;
				return `\n${" ".repeat(levels.at(-1)?.offset ?? 0)}${writeLine(line, photos)}\n`;
			}
			const isOrdered = line.formats["list"] === "ordered";
			const before = levels[depth]?.isOrdered === isOrdered ? levels[depth].count : 0;
			const marker = isOrdered ? `${before + 1}. ` : "- ";
			const start = depth === 0 ? 0 : (levels[depth - 1]?.offset ?? 0);
			levels.length = depth;
			levels.push({ offset: start + marker.length, isOrdered, count: before + 1 });
			const text = marker + tickOf(line) + writeLine(line, photos);
			return `${" ".repeat(start)}${text}`.trimEnd();
		})
		.join("\n");
}

function tickOf({ formats }: Line): string {
	if (formats["list"] === "checked") return "[x] ";
	return formats["list"] === "unchecked" ? "[ ] " : "";
}
