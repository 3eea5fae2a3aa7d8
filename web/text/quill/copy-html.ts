/**
 * Our own HTML of what is copied. Quill's export writes parts of a document without escaping them
 * (CVE-2025-15056); this one knows the allow-list only, and escapes everything.
 */
import type { Op } from "quill/core";
import type { PhotoId } from "../../../shared/ids.ts";
import {
	type Formats,
	isTextFormat,
	photoOfEmbed,
	safeLink,
} from "../../../shared/surfaces/text.ts";
import { photoAttribute } from "./photo-attribute.ts";

interface Line {
	readonly html: string;
	readonly text: string;
	/** Of its newline; null for the last line where its newline was not copied. */
	readonly formats: Formats | null;
}

/** Attributes of a photo's `<img>` beyond its id. */
export type ImageAttributes = (photo: PhotoId) => Readonly<Record<string, string>>;

/** The ops of a document, as `Quill.getContents` gives them, as HTML. */
export function htmlOf(ops: readonly Op[], imageOf: ImageAttributes = () => ({ alt: "" })): string {
	const lines = linesOf(ops, imageOf);
	const [first] = lines;
	if (lines.length === 1 && first?.formats === null) return first.html;
	const out: string[] = [];
	for (let at = 0; at < lines.length; ) {
		const run = runAt(lines, at);
		out.push(htmlOfRun(run));
		at += run.length;
	}
	return out.join("");
}

function linesOf(ops: readonly Op[], imageOf: ImageAttributes): Line[] {
	const lines: Line[] = [];
	let [html, text] = ["", ""];
	for (const op of ops) {
		if (typeof op.insert !== "string") {
			html += htmlOfEmbed(op.insert, imageOf);
			continue;
		}
		const pieces = op.insert.split("\n");
		for (const [at, piece] of pieces.entries()) {
			html += htmlOfWords(piece, op.attributes ?? {});
			text += escapeHtml(piece);
			if (at === pieces.length - 1) continue;
			lines.push({ html, text, formats: allowed(op.attributes ?? {}) });
			[html, text] = ["", ""];
		}
	}
	return html === "" ? lines : [...lines, { html, text, formats: null }];
}

function allowed(formats: Formats): Formats {
	return Object.fromEntries(
		Object.entries(formats).filter(([name, value]) => isTextFormat(name, value)),
	);
}

/** Text as it may stand in HTML, in quotes too. */
export function escapeHtml(text: string): string {
	const names: Readonly<Record<string, string>> = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		'"': "&quot;",
	};
	return text.replace(/[&<>"]/g, (char) => names[char] ?? char);
}

function htmlOfEmbed(insert: unknown, imageOf: ImageAttributes): string {
	const photo = photoOfEmbed(insert);
	if (photo === null) return "";
	const attributes = Object.entries({ [photoAttribute]: photo, ...imageOf(photo) });
	return `<img ${attributes.map(([name, value]) => `${name}="${escapeHtml(value)}"`).join(" ")}>`;
}

const tags = { bold: "strong", italic: "em", underline: "u", strike: "s", code: "code" } as const;

function htmlOfWords(words: string, formats: Formats): string {
	if (words === "") return "";
	// Spaces in a row, and at the ends, are folded away by whoever reads HTML.
	let html = escapeHtml(words).replace(/^ | $| (?= )/g, "&nbsp;");
	for (const [name, tag] of Object.entries(tags)) {
		if (formats[name] === true) html = `<${tag}>${html}</${tag}>`;
	}
	const link = typeof formats["link"] === "string" ? safeLink(formats["link"]) : null;
	return link === null ? html : `<a href="${escapeHtml(link)}">${html}</a>`;
}

/** The lines from `at` on that belong into one element: a list, or a block of code. */
function runAt(lines: readonly Line[], at: number): readonly Line[] {
	const kind = kindOf(lines[at]);
	if (kind === null) return lines.slice(at, at + 1);
	const rest = lines.slice(at).findIndex((line) => kindOf(line) !== kind);
	return rest < 0 ? lines.slice(at) : lines.slice(at, at + rest);
}

function kindOf(line: Line | undefined): "list" | "code" | null {
	if (line?.formats?.["list"]) return "list";
	return line?.formats?.["code-block"] ? "code" : null;
}

function htmlOfRun(run: readonly Line[]): string {
	const [line] = run;
	if (line === undefined) return "";
	const kind = kindOf(line);
	if (kind === "list") return htmlOfList(run);
	// A line feed right behind the tag is not part of the text.
	if (kind === "code") return `<pre>\n${run.map(({ text }) => text).join("\n")}</pre>`;
	const formats = line.formats ?? {};
	const heading = formats["header"] === undefined ? null : `h${formats["header"]}`;
	const tag = heading ?? (formats["blockquote"] ? "blockquote" : "p");
	return `<${tag}${looksOf(formats)}>${line.html || "<br>"}</${tag}>`;
}

function htmlOfList(run: readonly Line[]): string {
	const lists = new ListWriter();
	for (const { html, formats: own } of run) {
		const formats = own ?? {};
		const tag = formats["list"] === "ordered" ? "ol" : "ul";
		lists.goTo((Number(formats["indent"]) || 0) + 1, tag);
		lists.add(`<li data-list="${formats["list"]}"${looksOf(formats)}>${html}`);
	}
	lists.goTo(0, "");
	return lists.html;
}

/** Writes a list into the item above it; levels that nobody uses are lists without an item. */
class ListWriter {
	html = "";
	readonly #open: { readonly tag: string; hasItem: boolean }[] = [];

	/** Closes and opens lists until one of that tag is open, so many deep. */
	goTo(depth: number, tag: string): void {
		while (this.#open.length > depth) this.#endList();
		if (this.#open.length === depth) this.#endItem();
		if (this.#open.length === depth && depth > 0 && this.#open.at(-1)?.tag !== tag) this.#endList();
		while (this.#open.length < depth) {
			this.#open.push({ tag, hasItem: false });
			this.html += `<${tag}>`;
		}
	}

	/** Begins an item; it ends when the next one comes. */
	add(html: string): void {
		this.html += html;
		const list = this.#open.at(-1);
		if (list !== undefined) list.hasItem = true;
	}

	#endItem(): void {
		const list = this.#open.at(-1);
		if (list === undefined || !list.hasItem) return;
		list.hasItem = false;
		this.html += "</li>";
	}

	#endList(): void {
		this.#endItem();
		this.html += `</${this.#open.pop()?.tag}>`;
	}
}

function looksOf(formats: Formats): string {
	const { align, direction, indent, list } = formats;
	const level = indent && !list ? ` class="ql-indent-${indent}"` : "";
	const look = align === undefined ? "" : ` style="text-align:${align}"`;
	return (direction === undefined ? "" : ' dir="rtl"') + level + look;
}
