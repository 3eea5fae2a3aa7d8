/**
 * Markdown as lines of the document: CommonMark with tables, tasks and strikethrough. What the
 * document cannot hold becomes the nearest that it can: the rows of a table lines with tabs, a
 * picture that is elsewhere a link, HTML its words. Nothing is ever run or loaded.
 */
import type { Op } from "quill/core";
import type { Formats } from "../../../shared/surfaces/text.ts";
import { opsOf, type Run } from "./lines.ts";
import { itemAt, type ListItem } from "./list-item.ts";
import { type Known, labelOf, readWords, unescaped } from "./read-words.ts";

/** Deeper lists and quotes are read as if they were not. */
const depthMax = 20;
/** Deepest indent of the document. */
const indentMax = 8;

/** What a block stands in. */
interface Place {
	readonly isQuote: boolean;
	/** How many lists are around it. */
	readonly depth: number;
	readonly nesting: number;
	/** Formats of the first paragraph, which is the item of a list itself. */
	item: Formats | null;
}

const fencePattern = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const headingPattern = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const rulePattern = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const quotePattern = /^ {0,3}> ?/;
const underlinePattern = /^ {0,3}(=+|-+)[ \t]*$/;
const codePattern = /^ {4}/;
const tablePattern = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** `[label]: address "title"`. */
const definitionPattern = new RegExp(
	/^ {0,3}\[((?:\\.|[^[\]\\])+)\]:[ \t]*(?:<([^<>]*)>|(\S+))/.source +
		/(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/.source,
);

/** The ops of a whole document; each line ends with its newline. */
export function readMarkdown(markdown: string, photoOf: Known["photoOf"] = () => null): Op[] {
	const lines = markdown.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
	const { links, rest } = takeDefinitions(lines);
	const reader = new BlockReader({ links, photoOf });
	reader.read(rest, { isQuote: false, depth: 0, nesting: 0, item: null });
	return opsOf(reader.lines);
}

/** Tabs that stand before words are as wide as they look. */
function withoutTabs(line: string): string {
	const [blanks = ""] = /^[ \t]*/.exec(line) ?? [];
	if (!blanks.includes("\t")) return line;
	let width = 0;
	for (const blank of blanks) width += blank === "\t" ? 4 - (width % 4) : 1;
	return " ".repeat(width) + line.slice(blanks.length);
}

/** A line without the blanks of what it stands in; tabs of its own are kept. */
function insideOf(line: string, offset: number): string {
	const isBlank = /^ *$/.test(line.slice(0, offset));
	return (isBlank ? line : withoutTabs(line)).slice(offset);
}

/** Takes `[label]: address` out, where it is not code. */
function takeDefinitions(lines: readonly string[]): { links: Map<string, string>; rest: string[] } {
	const links = new Map<string, string>();
	let fence: string | null = null;
	const rest = lines.filter((line) => {
		const mark = fencePattern.exec(line)?.[1];
		if (mark !== undefined && (fence === null || isClosing(line, fence))) {
			fence = fence === null ? mark : null;
		}
		const definition = fence === null ? definitionPattern.exec(line) : null;
		if (definition === null) return true;
		const [, label = "", pointed, bare = ""] = definition;
		const known = labelOf(label);
		if (!links.has(known)) links.set(known, unescaped(pointed ?? bare));
		return false;
	});
	return { links, rest };
}

function isClosing(line: string, fence: string): boolean {
	const mark = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
	return mark?.[0] === fence[0] && mark !== undefined && mark.length >= fence.length;
}

class BlockReader {
	readonly lines: { readonly runs: readonly Run[]; readonly formats: Formats }[] = [];
	readonly #known: Known;

	constructor(known: Known) {
		this.#known = known;
	}

	/** Reads blocks one after the other; each method tells how many lines it took. */
	read(lines: readonly string[], place: Place): void {
		for (let at = 0; at < lines.length; ) at += this.#readBlock(lines, at, place);
		if (place.item !== null) this.#put([], place);
	}

	#readBlock(lines: readonly string[], at: number, place: Place): number {
		const line = withoutTabs(lines[at] ?? "");
		if (line.trim() === "") return 1;
		if (codePattern.test(line)) return this.#readIndented(lines, at, place);
		if (fencePattern.test(line)) return this.#readFence(lines, at, place);
		if (headingPattern.test(line)) return this.#readHeading(line, place);
		if (rulePattern.test(line)) return 1;
		const isDeep = place.nesting >= depthMax;
		if (quotePattern.test(line) && !isDeep) return this.#readQuote(lines, at, place);
		if (itemAt(line) !== null && !isDeep) return this.#readItem(lines, at, place);
		return this.#readParagraph(lines, at, place);
	}

	#put(runs: readonly Run[], place: Place, formats: Formats = {}): void {
		const isGone = runs.length === 0 && place.item === null && !hasOne(formats);
		// A paragraph of which nothing is left, as of HTML without words.
		if (isGone) return;
		const last = this.lines.at(-1)?.formats ?? {};
		// Under the item of a list; behind code, say, there is nothing that it could stand under.
		const isUnder = "list" in last || "indent" in last;
		const indent = isUnder ? Math.min(place.depth, indentMax) : 0;
		const around = indent === 0 ? (place.isQuote ? { blockquote: true } : {}) : { indent };
		this.lines.push({ runs, formats: place.item ?? (hasOne(formats) ? formats : around) });
		place.item = null;
	}

	#readIndented(lines: readonly string[], start: number, place: Place): number {
		let end = start;
		for (let at = start; at < lines.length; at++) {
			const line = lines[at] ?? "";
			if (codePattern.test(withoutTabs(line))) end = at + 1;
			else if (line.trim() !== "") break;
		}
		for (const line of lines.slice(start, end)) this.#putCode(insideOf(line, 4), place);
		return end - start;
	}

	/** Code is no list item, whatever it stands in. */
	#putCode(code: string, place: Place): void {
		place.item = null;
		const runs = code === "" ? [] : [{ insert: code, formats: {} }];
		this.lines.push({ runs, formats: { "code-block": true } });
	}

	#readFence(lines: readonly string[], start: number, place: Place): number {
		const first = lines[start] ?? "";
		const fence = fencePattern.exec(first)?.[1] ?? "";
		const indent = first.length - first.trimStart().length;
		let at = start + 1;
		for (; at < lines.length && !isClosing(lines[at] ?? "", fence); at++) {
			const line = lines[at] ?? "";
			const blanks = line.length - line.trimStart().length;
			this.#putCode(line.slice(Math.min(indent, blanks)), place);
		}
		return at + 1 - start;
	}

	#readHeading(line: string, place: Place): number {
		const [before = "", signs = ""] = headingPattern.exec(line) ?? [];
		const header = Math.min(signs.length, 3);
		this.#putWords(withoutClosing(line.slice(before.length).trim()), place, { header });
		return 1;
	}

	#putWords(words: string, place: Place, formats: Formats = {}): void {
		let runs: Run[] = [];
		for (const run of readWords(words.replace(/[ \t]+$/, ""), this.#known)) {
			if (run.insert !== "\n") {
				runs.push(run);
				continue;
			}
			this.#put(runs, place, formats);
			runs = [];
		}
		this.#put(runs, place, formats);
	}

	#readQuote(lines: readonly string[], start: number, place: Place): number {
		const inside: string[] = [];
		let at = start;
		for (; at < lines.length; at++) {
			const line = lines[at] ?? "";
			if (quotePattern.test(line)) inside.push(line.replace(quotePattern, ""));
			else if (isLazy(line, inside)) inside.push(line);
			else break;
		}
		this.read(inside, { ...place, isQuote: true, nesting: place.nesting + 1, item: place.item });
		place.item = null;
		return at - start;
	}

	#readItem(lines: readonly string[], start: number, place: Place): number {
		const item = itemAt(withoutTabs(lines[start] ?? ""));
		if (item === null) return 1;
		const inside = linesInside(lines, start, item);
		// An item around an item: the outer one is empty.
		if (place.item !== null) this.#put([], place);
		this.read(inside, {
			isQuote: place.isQuote,
			depth: place.depth + 1,
			nesting: place.nesting + 1,
			item: formatsOf(item, place.depth),
		});
		return inside.length;
	}

	#readParagraph(lines: readonly string[], start: number, place: Place): number {
		if (isTable(lines, start)) return this.#readTable(lines, start, place);
		const words = [(lines[start] ?? "").trimStart()];
		let at = start + 1;
		for (; at < lines.length; at++) {
			const line = lines[at] ?? "";
			const underline = underlinePattern.exec(line)?.[1];
			if (underline !== undefined) {
				this.#putWords(words.join("\n"), place, { header: underline[0] === "=" ? 1 : 2 });
				return at + 1 - start;
			}
			if (line.trim() === "" || endsParagraph(line)) break;
			words.push(line.trimStart());
		}
		this.#putWords(words.join("\n"), place);
		return at - start;
	}

	/** Each row a line, its cells a tab apart, as tables are pasted. */
	#readTable(lines: readonly string[], start: number, place: Place): number {
		let at = start;
		for (; at < lines.length; at++) {
			const line = lines[at] ?? "";
			if (line.trim() === "" || (at > start + 1 && endsParagraph(line))) break;
			if (at === start + 1) continue;
			const cells = cellsOf(line).map((cell) => readWords(cell, this.#known));
			this.#put(
				cells.flatMap((cell, index) => (index === 0 ? cell : [tab, ...cell])),
				place,
			);
		}
		return at - start;
	}
}

/** What is in an item, without the blanks that put it there. */
function linesInside(lines: readonly string[], start: number, item: ListItem): string[] {
	const inside = [item.words];
	for (const line of lines.slice(start + 1)) {
		const blanks = /^ */.exec(withoutTabs(line))?.[0].length ?? 0;
		const isBlank = line.trim() === "";
		if (isBlank && inside.length === 1 && item.words === "") break;
		if (isBlank) inside.push("");
		else if (blanks >= item.offset) inside.push(insideOf(line, item.offset));
		else if (isLazy(line, inside)) inside.push(line.trimStart());
		else break;
	}
	return inside;
}

const tab: Run = { insert: "\t", formats: {} };

function cellsOf(row: string): string[] {
	const inner = row.trim().replace(/^\||(?<!\\)\|$/g, "");
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

function isTable(lines: readonly string[], start: number): boolean {
	const [head = "", under = ""] = lines.slice(start, start + 2);
	if (!head.includes("|") || !under.includes("-") || !tablePattern.test(under)) return false;
	return cellsOf(head).length === cellsOf(under).length;
}

/** A heading may end in the signs that began it. */
function withoutClosing(words: string): string {
	let end = words.length;
	while (words.charAt(end - 1) === "#") end--;
	return end === 0 || /[ \t]/.test(words.charAt(end - 1)) ? words.slice(0, end).trimEnd() : words;
}

function hasOne(formats: Formats): boolean {
	return Object.keys(formats).length > 0;
}

function formatsOf(item: ListItem, depth: number): Formats {
	const indent = Math.min(depth, indentMax);
	return indent === 0 ? { list: item.list } : { list: item.list, indent };
}

/** True where a line goes on with the paragraph above it, though its marks are left out. */
function isLazy(line: string, inside: readonly string[]): boolean {
	const last = inside.at(-1) ?? "";
	const isMore = line.trim() !== "" && itemAt(line) === null && !endsParagraph(line);
	return isMore && isWords(last);
}

/** True where a line may be the last of a paragraph; marks of lists and quotes are no matter. */
function isWords(line: string): boolean {
	const bare = line.replace(/^(?:[ >]|[-+*] |\d{1,9}[.)] )*/, "");
	return bare.trim() !== "" && !fencePattern.test(bare) && !headingPattern.test(bare);
}

/** True where a line begins something that ends a paragraph before it. */
function endsParagraph(line: string): boolean {
	if (fencePattern.test(line) || headingPattern.test(line) || rulePattern.test(line)) return true;
	if (quotePattern.test(line)) return true;
	const item = itemAt(line);
	return item !== null && item.words !== "" && item.start <= 1;
}
