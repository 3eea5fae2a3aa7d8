/** What is looked for in one editor: where it is, which one is looked at, and what replaces it. */
import type Quill from "quill/core";
import { Delta } from "quill/core";
import { paint } from "../../ui/find/paint.ts";
import { findMatches, type Match, matchesMax, matchFrom } from "./matches.ts";
import { Places } from "./places.ts";

/** Names of what is painted; `find.css` has their looks. */
const foundName = "weft-found";
const currentName = "weft-found-current";

/** So much of the page around what was found stays free: a bar may lie over its edge. */
const roomPx = 64;

/** What a find bar shows. */
export interface Found {
	readonly count: number;
	/** From 0; -1 where nothing was found. */
	readonly current: number;
	/** True where there may be more than are counted. */
	readonly isMore: boolean;
}

/** Follows the text while others write. `close()` it when the bar goes. */
export class Finder {
	readonly #quill: Quill;
	readonly #show: (found: Found) => void;
	#query = "";
	#isExact = false;
	#matches: readonly Match[] = [];
	/** Where the one that is looked at begins; it moves with the text. */
	#at = 0;
	#current = -1;
	#frame = 0;

	constructor(quill: Quill, show: (found: Found) => void) {
		this.#quill = quill;
		this.#show = show;
		this.#at = quill.getSelection()?.index ?? quill.selection.savedRange.index;
		quill.on("editor-change", this.#onChange);
	}

	/** Looks for something else, from where one is. */
	look(query: string, isExact: boolean): void {
		[this.#query, this.#isExact] = [query, isExact];
		this.#find();
		this.#reveal();
	}

	/** Goes to the next one, or the one before. */
	step(by: 1 | -1): void {
		this.#flush();
		const count = this.#matches.length;
		if (count === 0) return;
		this.#current = (this.#current + by + count) % count;
		this.#at = this.#matches[this.#current]?.index ?? this.#at;
		this.#paint();
		this.#reveal();
	}

	/** Replaces the one that is looked at, and goes to the next. */
	replace(words: string): void {
		this.#flush();
		const match = this.#matches[this.#current];
		if (match === undefined) return;
		this.#write([match], words);
		this.#at = match.index + words.length;
		this.#find();
		this.#reveal();
	}

	/** Replaces all of them, as one step of undo. @returns how many */
	replaceAll(words: string): number {
		this.#flush();
		const matches = this.#matches;
		if (matches.length > 0) this.#write(matches, words);
		this.#find();
		return matches.length;
	}

	/** Selects the one that is looked at, for who goes on writing there. */
	select(): void {
		const match = this.#matches[this.#current];
		if (match !== undefined) this.#quill.setSelection(match.index, match.length, "user");
	}

	/** Takes the marks off the page; safe to call twice. */
	close(): void {
		cancelAnimationFrame(this.#frame);
		this.#quill.off("editor-change", this.#onChange);
		paint(foundName, []);
		paint(currentName, []);
	}

	/** New words look like the first of those that they stand for. */
	#write(matches: readonly Match[], words: string): void {
		const { history } = this.#quill;
		const old = new Delta(this.#quill.editor.delta.ops);
		const change = new Delta();
		let at = 0;
		for (const { index, length } of matches) {
			const looks = old.slice(index, index + 1).ops[0]?.attributes;
			change
				.retain(index - at)
				.insert(words, looks)
				.delete(length);
			at = index + length;
		}
		history.cutoff();
		this.#quill.updateContents(change, "user");
		history.cutoff();
	}

	readonly #onChange = (name: string, change: unknown): void => {
		if (name !== "text-change") return;
		this.#at = (change as Delta).transformPosition(this.#at);
		if (this.#frame !== 0) return;
		this.#frame = requestAnimationFrame(() => this.#find());
	};

	/** What others just wrote counts before anything is done. */
	#flush(): void {
		if (this.#frame !== 0) this.#find();
	}

	#find(): void {
		cancelAnimationFrame(this.#frame);
		this.#frame = 0;
		this.#matches = findMatches(textOf(this.#quill), this.#query, this.#isExact);
		this.#current = matchFrom(this.#matches, this.#at);
		this.#paint();
	}

	#paint(): void {
		const places = new Places(this.#quill);
		const ranges = this.#matches.map(({ index, length }) => places.rangeOf(index, length));
		const current = ranges[this.#current] ?? null;
		paint(
			foundName,
			ranges.filter((range) => range !== null),
		);
		paint(currentName, current === null ? [] : [current], 1);
		const count = this.#matches.length;
		this.#show({ count, current: this.#current, isMore: count >= matchesMax });
	}

	#reveal(): void {
		const match = this.#matches[this.#current];
		const range = match && new Places(this.#quill).rangeOf(match.index, match.length);
		if (!range) return;
		showInMiddle(this.#quill, range);
	}
}

/** Scrolls the page so that a range can be seen, unless it can be already. */
function showInMiddle(quill: Quill, range: StaticRange): void {
	const scroller = quill.root.closest(".weft-text-scroll");
	const live = document.createRange();
	live.setStart(range.startContainer, range.startOffset);
	live.setEnd(range.endContainer, range.endOffset);
	if (scroller === null) return;
	const [box, view] = [live.getBoundingClientRect(), scroller.getBoundingClientRect()];
	const isSeen = box.top >= view.top + roomPx && box.bottom <= view.bottom - roomPx;
	if (!isSeen) scroller.scrollTop += box.top - view.top - view.height / 3;
}

/** The text with one unit for an embed, so that indexes are Quill's. */
function textOf(quill: Quill): string {
	return quill.editor.delta.ops
		.map(({ insert }) => (typeof insert === "string" ? insert : "\ufffc"))
		.join("");
}
