/** Paste from Word, Google Docs and the web: structure stays, everything else is left behind. */
import type Quill from "quill/core";
import { Delta } from "quill/core";
import Clipboard from "quill/modules/clipboard";
import type { PhotoId } from "../../../shared/ids.ts";
import { type Formats, safeLink } from "../../../shared/surfaces/text.ts";
import { tCount } from "../../ui/messages.ts";
import { htmlOf } from "./copy-html.ts";
import { inert, restoreStyles } from "./pasted-html.ts";
import { imageDelta, takeImages } from "./pasted-images.ts";

/** What the clipboard needs of its editor. */
export interface RoomClipboardOptions {
	readonly takeFiles: (files: readonly File[], index: number, length: number) => void;
	readonly hasPhoto: (photo: PhotoId) => boolean;
	readonly note: (text: string) => void;
}

interface Pasted {
	readonly text?: string;
	readonly html?: string;
}

interface PasteRange {
	readonly index: number;
	readonly length: number;
}

const left = "script, noscript, template, iframe, object, svg, math, title, select, textarea";

/** Quill's clipboard with the images taken out of it: no data: URL ever reaches the doc. */
export class RoomClipboard extends Clipboard {
	readonly #given: RoomClipboardOptions;

	constructor(quill: Quill, options: object) {
		super(quill, options);
		this.#given = options as RoomClipboardOptions;
		this.addMatcher("img", (node) => imageDelta(node as Element));
		this.addMatcher("a", (_node, delta) => withSafeLinks(delta));
		this.addMatcher("h4, h5, h6", (_node, delta) => withFormats(delta, { header: 3 }));
		this.addMatcher("li", (node, delta) => withTick(node as Element, delta));
		this.addMatcher("td, th", (node, delta) => asCell(node as Element, delta));
		this.addMatcher("del", (_node, delta) => withFormats(delta, { strike: true }));
		this.addMatcher(left, () => new Delta());
	}

	/** As text, where HTML is nested so deep that Quill cannot walk it. */
	override convert(pasted: Pasted, formats: Record<string, unknown> = {}): Delta {
		try {
			return super.convert(pasted, formats);
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			return super.convert({ text: pasted.text ?? "" }, formats);
		}
	}

	/** Parses what was pasted in a document that loads, runs and reports nothing. */
	protected override convertHTML(html: string): Delta {
		return super.convertHTML(inert(html));
	}

	/** Replaces Quill's own: it reads styles that the parser was not shown. */
	protected override normalizeHTML(doc: Document): void {
		restoreStyles(doc);
	}

	/** Replaces Quill's own, which does not escape what it exports. */
	override onCopy(range: PasteRange): { html: string; text: string } {
		const { ops } = this.quill.getContents(range.index, range.length);
		return { html: htmlOf(ops), text: this.quill.getText(range.index, range.length) };
	}

	/** Pastes as one step of undo, and shares images that were in it as photos of the room. */
	override onPaste(range: PasteRange, pasted: Pasted): void {
		const link = pasted.html ? null : safeLink(pasted.text ?? "");
		this.quill.history.cutoff();
		if (link !== null && link === pasted.text?.trim()) this.#pasteLink(range, link);
		else this.#takeIn(range, this.convert(pasted, this.quill.getFormat(range.index)));
		this.quill.history.cutoff();
		this.quill.scrollSelectionIntoView();
	}

	/** Puts contents of another place into the text as one step of undo, like `onPaste`. */
	takeIn(range: PasteRange, contents: Delta): void {
		this.quill.history.cutoff();
		this.#takeIn(range, contents);
		this.quill.history.cutoff();
		this.quill.scrollSelectionIntoView();
	}

	#takeIn(range: PasteRange, contents: Delta): void {
		const { delta, placed, droppedCount } = takeImages(contents, this.#given.hasPhoto);
		this.#replace(range, delta);
		// From the end, so that the earlier places stay true.
		for (const { index, files } of placed.reverse()) {
			this.#given.takeFiles(files, range.index + index, 0);
		}
		if (droppedCount > 0) this.#given.note(tCount("text.imagesDropped", droppedCount));
	}

	/** An address over selected words links them; else it is written, and is a link itself. */
	#pasteLink(range: PasteRange, link: string): void {
		const format = this.quill.getFormat(range.index, range.length);
		if (format["code-block"] || format["code"]) {
			this.#replace(range, new Delta().insert(link, format));
		} else if (range.length > 0) {
			this.quill.formatText(range.index, range.length, { link }, "user");
		} else {
			this.#replace(range, new Delta().insert(link, { ...format, link }));
		}
	}

	#replace(range: PasteRange, contents: Delta): void {
		const change = new Delta().retain(range.index).delete(range.length).concat(contents);
		this.quill.updateContents(change, "user");
		this.quill.setSelection(range.index + contents.length(), 0, "silent");
	}
}

function mapInserts(delta: Delta, change: (formats: Formats) => Formats): Delta {
	return delta.reduce(
		(out, op) => out.insert(op.insert ?? "", { ...change(op.attributes ?? {}) }),
		new Delta(),
	);
}

function withFormats(delta: Delta, formats: Formats): Delta {
	return mapInserts(delta, (own) => ({ ...formats, ...own }));
}

function withSafeLinks(delta: Delta): Delta {
	return mapInserts(delta, ({ link, ...rest }) => {
		const safe = typeof link === "string" ? safeLink(link) : null;
		if (safe === null) return rest;
		// A link is underlined already: Google Docs says so of each, and it would be twice.
		const { underline: _, ...others } = rest;
		return { ...others, link: safe };
	});
}

/** Ticks as Google Docs, GitHub and others write them. */
function withTick(item: Element, delta: Delta): Delta {
	const box = item.querySelector(
		":scope > input[type=checkbox], :scope > p > input[type=checkbox]",
	);
	if (box === null && item.getAttribute("role") !== "checkbox") return delta;
	const isChecked = box?.hasAttribute("checked") ?? item.getAttribute("aria-checked") === "true";
	return mapInserts(delta, (own) => ({ ...own, list: isChecked ? "checked" : "unchecked" }));
}

/** A row of a table becomes a line, its cells stand a tab apart. */
function asCell(cell: Element, delta: Delta): Delta {
	const flat = delta.reduce((out, op) => {
		const insert = typeof op.insert === "string" ? op.insert.replace(/\n+/g, " ") : op.insert;
		return insert === undefined ? out : out.insert(insert, op.attributes);
	}, new Delta());
	const last = flat.ops.at(-1);
	if (typeof last?.insert === "string") last.insert = last.insert.trimEnd();
	return cell.nextElementSibling === null ? flat : flat.insert("\t");
}
