/** The words of a paragraph of Markdown, with their marks (CommonMark 0.31, section 6). */
import { type Formats, safeLink } from "../../../shared/surfaces/text.ts";
import { decodeEntity } from "./entities.ts";
import { charAt, charBefore, flanksOf } from "./flanking.ts";
import type { Run } from "./lines.ts";

/** What words may refer to. */
export interface Known {
	/** Addresses of links by their labels, as `labelOf` writes those. */
	readonly links: ReadonlyMap<string, string>;
	/** The photo behind the address of a picture; null where it is none of the room's. */
	readonly photoOf: (url: string) => string | null;
}

/** A longer paragraph is read as it stands: looking for marks would take too long. */
const paragraphLengthMax = 50_000;
/** More signs than these in a paragraph are only signs. */
const signsMax = 1_000;

type Mark = "bold" | "italic" | "strike" | "underline" | "code";

/** What was read, before it is known which signs belong together. */
interface Part {
	insert: Run["insert"];
	/** Marks that end before it. */
	readonly ends: Mark[];
	/** Marks that begin behind it. */
	readonly begins: Mark[];
	readonly isCode: boolean;
	/** A link begins behind it; null: a link ends before it. */
	link?: string | null;
}

interface Sign {
	readonly part: Part;
	readonly char: string;
	readonly canOpen: boolean;
	readonly canClose: boolean;
	readonly length: number;
	left: number;
}

interface Bracket {
	readonly partIndex: number;
	readonly signCount: number;
	/** Where its words begin. */
	readonly at: number;
	readonly isImage: boolean;
	isActive: boolean;
}

const tagMarks: Readonly<Record<string, Mark>> = {
	b: "bold",
	strong: "bold",
	i: "italic",
	em: "italic",
	s: "strike",
	del: "strike",
	strike: "strike",
	u: "underline",
	ins: "underline",
	code: "code",
};

const plain = /[^\\`*_~[\]!<&\n]+/y;
const escaped = /\\([!-/:-@[-`{-~])/y;
const autolink = /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)>/iy;
const tag = /<(\/?)([a-z][a-z\d-]*)(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?\/?>|<!--[\s\S]*?-->/iy;
/** `(address "title")`, the address with a bracket in it at most one deep. */
const target = new RegExp(
	/\(\s*(?:<((?:\\.|[^<>\\\n])*)>|((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))/.source +
		/(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))?\s*\)/.source,
	"sy",
);
const label = /\[((?:\\.|[^[\]\\])*)\]/sy;

/** The words as runs; a hard break is a run that is a newline. */
export function readWords(text: string, known: Known): Run[] {
	if (text.length <= paragraphLengthMax) return new WordReader(text, known).read();
	return [{ insert: unescaped(text.replaceAll("\n", " ")), formats: {} }];
}

/** How labels are compared: without regard to case and blanks. */
export function labelOf(text: string): string {
	return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** An address or a title without its escapes. */
export function unescaped(text: string): string {
	return text
		.replace(/\\([!-/:-@[-`{-~])|&#?\w+;/g, (whole, char?: string) => char ?? decodeEntity(whole))
		.trim();
}

class WordReader {
	readonly #text: string;
	readonly #known: Known;
	readonly #parts: Part[] = [];
	readonly #signs: Sign[] = [];
	readonly #brackets: Bracket[] = [];
	/** Lengths of backtick fences that nothing closes from here on. */
	readonly #unclosed = new Set<number>();
	#at = 0;

	constructor(text: string, known: Known) {
		this.#text = text;
		this.#known = known;
	}

	read(): Run[] {
		while (this.#at < this.#text.length) this.#readNext();
		this.#match(0);
		return runsOf(this.#parts);
	}

	#readNext(): void {
		const words = this.#take(plain);
		if (words !== null) {
			this.#put(words[0]);
			return;
		}
		const char = this.#text.charAt(this.#at);
		const isRead =
			(char === "\\" && this.#readEscape()) ||
			(char === "`" && this.#readCode()) ||
			("*_~".includes(char) && this.#readSigns(char)) ||
			(char === "<" && this.#readTag()) ||
			(char === "&" && this.#readEntity()) ||
			(char === "\n" && this.#readBreak()) ||
			(char === "]" && this.#readEnd()) ||
			this.#readStart(char);
		if (isRead) return;
		this.#put(char);
		this.#at++;
	}

	#take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.#at;
		const match = pattern.exec(this.#text);
		if (match !== null) this.#at = pattern.lastIndex;
		return match;
	}

	#put(insert: Run["insert"], isCode = false): Part {
		const part: Part = { insert, isCode, ends: [], begins: [] };
		this.#parts.push(part);
		return part;
	}

	#readEscape(): boolean {
		const match = this.#take(escaped);
		if (match !== null) this.#put(match[1] ?? "");
		else if (this.#text.charAt(this.#at + 1) === "\n") {
			this.#put("\n");
			this.#at += 2;
			this.#take(/[ \t]*/y);
		} else return false;
		return true;
	}

	#readCode(): boolean {
		const fence = this.#take(/`+/y)?.[0] ?? "";
		const close = this.#unclosed.has(fence.length) ? -1 : this.#fenceFrom(this.#at, fence.length);
		if (close < 0) {
			this.#unclosed.add(fence.length);
			this.#put(fence);
			return true;
		}
		const code = this.#text.slice(this.#at, close).replace(/\n/g, " ");
		const isPadded = /^ .* $/s.test(code) && code.trim() !== "";
		this.#put(isPadded ? code.slice(1, -1) : code, true);
		this.#at = close + fence.length;
		return true;
	}

	#fenceFrom(from: number, length: number): number {
		for (let at = this.#text.indexOf("`", from); at >= 0; at = this.#text.indexOf("`", at)) {
			const start = at;
			while (this.#text.charAt(at) === "`") at++;
			if (at - start === length) return start;
		}
		return -1;
	}

	#readSigns(char: string): boolean {
		const start = this.#at;
		while (this.#text.charAt(this.#at) === char) this.#at++;
		const length = this.#at - start;
		const part = this.#put(char.repeat(length));
		if ((char === "~" && length > 2) || this.#signs.length >= signsMax) return true;
		const around = {
			before: charBefore(this.#text, start),
			after: charAt(this.#text, this.#at),
		};
		this.#signs.push({ part, char, length, left: length, ...flanksOf(char, around) });
		return true;
	}

	#readTag(): boolean {
		const address = this.#take(autolink)?.[1];
		if (address !== undefined) {
			const link = safeLink(address.includes(":") ? address : `mailto:${address}`);
			this.#put("").link = link;
			this.#put(address);
			this.#put("").link = null;
			return true;
		}
		const match = this.#take(tag);
		if (match === null) return false;
		const name = (match[2] ?? "").toLowerCase();
		const mark = Object.hasOwn(tagMarks, name) ? tagMarks[name] : undefined;
		const part = this.#put(name === "br" ? "\n" : "");
		if (mark !== undefined) (match[1] === "/" ? part.ends : part.begins).push(mark);
		return true;
	}

	#readEntity(): boolean {
		const entity = this.#take(/&#?\w+;/y)?.[0];
		if (entity === undefined) return false;
		this.#put(decodeEntity(entity));
		return true;
	}

	/** Two blanks before it make it a hard one; others are blanks. */
	#readBreak(): boolean {
		const last = this.#parts.at(-1);
		const isHard = typeof last?.insert === "string" && / {2,}$/.test(last.insert) && !last.isCode;
		if (typeof last?.insert === "string" && !last.isCode) {
			last.insert = last.insert.replace(/[ \t]+$/, "");
		}
		this.#take(/\n[ \t]*/y);
		this.#put(isHard ? "\n" : " ");
		return true;
	}

	#readStart(char: string): boolean {
		const isImage = char === "!" && this.#text.charAt(this.#at + 1) === "[";
		if (char !== "[" && !isImage) return false;
		this.#at += isImage ? 2 : 1;
		this.#brackets.push({
			partIndex: this.#parts.length,
			signCount: this.#signs.length,
			at: this.#at,
			isImage,
			isActive: true,
		});
		this.#put(isImage ? "![" : "[");
		return true;
	}

	/** A closing bracket: the end of a link, of a picture, or of nothing. */
	#readEnd(): boolean {
		const bracket = this.#brackets.pop();
		if (bracket === undefined || !bracket.isActive) return false;
		const end = this.#at;
		this.#at++;
		const address = this.#readTarget(this.#text.slice(bracket.at, end));
		if (address === null) {
			this.#at = end;
			return false;
		}
		this.#match(bracket.signCount);
		if (bracket.isImage) this.#makeImage(bracket, address);
		else this.#makeLink(bracket, address);
		return true;
	}

	#readTarget(words: string): string | null {
		const inline = this.#take(target);
		if (inline !== null) return unescaped(inline[1] ?? inline[2] ?? "");
		const start = this.#at;
		const named = this.#take(label)?.[1];
		const link = this.#known.links.get(labelOf(named || words));
		if (link === undefined) this.#at = start;
		return link ?? null;
	}

	#makeLink(bracket: Bracket, address: string): void {
		const first = this.#parts[bracket.partIndex];
		if (first !== undefined) Object.assign(first, { insert: "", link: safeLink(address) });
		this.#put("").link = null;
		// Links do not stand in links.
		for (const outer of this.#brackets) outer.isActive &&= outer.isImage;
	}

	/** A photo of the room, or a link to a picture that is elsewhere. */
	#makeImage(bracket: Bracket, address: string): void {
		const words = this.#parts.splice(bracket.partIndex).slice(1);
		const photo = this.#known.photoOf(address);
		if (photo !== null) {
			this.#put({ photo });
			return;
		}
		const name = words.map(({ insert }) => (typeof insert === "string" ? insert : "")).join("");
		const isInLink = this.#parts.at(-1)?.insert === "[";
		if (!isInLink) this.#put("").link = safeLink(address);
		this.#put(name || address);
		if (!isInLink) this.#put("").link = null;
	}

	/** Finds which signs belong together, from the one with that index on. */
	#match(from: number): void {
		const signs = this.#signs;
		for (let closerAt = from; closerAt < signs.length; ) {
			const closer = signs[closerAt];
			const openerAt = closer?.canClose ? this.#openerOf(closer, closerAt, from) : -1;
			const opener = signs[openerAt];
			if (closer === undefined || opener === undefined) {
				closerAt++;
				continue;
			}
			join(opener, closer);
			const rest = [opener, closer].filter(({ left }) => left > 0);
			signs.splice(openerAt, closerAt - openerAt + 1, ...rest);
			closerAt = openerAt + (opener.left > 0 ? 1 : 0);
		}
		signs.length = from;
	}

	#openerOf(closer: Sign, closerAt: number, from: number): number {
		for (let at = closerAt - 1; at >= from; at--) {
			const opener = this.#signs[at];
			if (opener?.char === closer.char && opener.canOpen && fits(opener, closer)) return at;
		}
		return -1;
	}
}

/** The rule of three of CommonMark; strikethrough is as wide at both ends. */
function fits(opener: Sign, closer: Sign): boolean {
	if (opener.char === "~") return opener.left === closer.left;
	if (!opener.canClose && !closer.canOpen) return true;
	if ((opener.length + closer.length) % 3 !== 0) return true;
	return opener.length % 3 === 0 && closer.length % 3 === 0;
}

function join(opener: Sign, closer: Sign): void {
	const used = opener.char === "~" ? opener.left : opener.left > 1 && closer.left > 1 ? 2 : 1;
	const mark = opener.char === "~" ? "strike" : used === 2 ? "bold" : "italic";
	for (const sign of [opener, closer]) {
		sign.left -= used;
		sign.part.insert = sign.char.repeat(sign.left);
	}
	opener.part.begins.push(mark);
	closer.part.ends.push(mark);
}

function runsOf(parts: readonly Part[]): Run[] {
	const depth = new Map<Mark, number>();
	const runs: Run[] = [];
	let link: string | null = null;
	for (const part of parts) {
		for (const mark of part.ends) depth.set(mark, Math.max(0, (depth.get(mark) ?? 0) - 1));
		if (part.link === null) link = null;
		if (part.insert !== "") {
			runs.push({ insert: part.insert, formats: formatsOf(depth, part, link) });
		}
		for (const mark of part.begins) depth.set(mark, (depth.get(mark) ?? 0) + 1);
		link = part.link ?? link;
	}
	return runs;
}

function formatsOf(depth: ReadonlyMap<Mark, number>, part: Part, link: string | null): Formats {
	const formats: Record<string, unknown> = {};
	for (const mark of ["bold", "italic", "underline", "strike", "code"] as const) {
		const isOn = (depth.get(mark) ?? 0) > 0 || (mark === "code" && part.isCode);
		if (isOn) formats[mark] = true;
	}
	return link === null ? formats : { ...formats, link };
}
