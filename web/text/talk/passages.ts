/**
 * Passages of the text that are talked about: marked quietly where they stand, with their talk
 * beside them for who stays on one. Nothing of it is in the doc or in Quill's DOM.
 */
import "./talk.css";
import type { Cancel } from "../../../shared/clock.ts";
import { type AboutPassage, anchorAtPassage, placeOf } from "../../../shared/surfaces/about.ts";
import { WeftTalkCard } from "../../chat/about/talk-card.ts";
import { type Thread, type Threads, threadsOf } from "../../chat/about/threads.ts";
import { paint } from "../../ui/find/paint.ts";
import { isTapped } from "../../ui/touch/tap.ts";
import { Places } from "../find/places.ts";
import type { EditorSession } from "../session.ts";

/** Name of what is painted; `talk.css` has its looks. Below what somebody looks for. */
const talkedName = "weft-talked";
const belowFind = -1;
/** Name of the one that somebody was led to. */
const shownName = "weft-shown";

/** What changed is looked at when nothing changed for so long. */
const lookMs = 200;

interface Passage {
	readonly thread: Thread<AboutPassage>;
	readonly from: number;
	readonly to: number;
	/** Follows what Quill does to its nodes until it is looked at again. */
	readonly range: Range;
}

/** The talk about one editor's text. `close()` it when the editor goes. */
export class PassageTalk {
	readonly #session: EditorSession;
	readonly #threads: Threads;
	readonly #card = new WeftTalkCard();
	readonly #cancels: Cancel[];
	#passages: readonly Passage[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	#frame = 0;

	constructor(session: EditorSession) {
		this.#session = session;
		const { client, quill } = session;
		this.#threads = threadsOf(client);
		this.#card.client = client;
		quill.container.after(this.#card);
		quill.on("editor-change", this.#onChange);
		const listening = new AbortController();
		const { signal } = listening;
		const close = (): void => this.#card.close();
		quill.root.addEventListener("pointermove", this.#onMove, { signal });
		quill.root.addEventListener("pointerdown", () => this.#card.point(null), { signal });
		quill.root.addEventListener("pointerleave", () => this.#card.point(null), { signal });
		quill.root.addEventListener("click", this.#onTap, { signal });
		quill.root.closest(".weft-text-scroll")?.addEventListener("scroll", close, { signal });
		this.#cancels = [
			() => listening.abort(),
			this.#threads.on(() => this.#look()),
			() => quill.off("editor-change", this.#onChange),
		];
		this.#look();
	}

	/** The next message speaks of what stands between these indexes of Quill's. */
	speakOf(from: number, to: number): void {
		const { text, screen, quill } = this.#session;
		const anchor = anchorAtPassage(text, screen.toDocIndex(from), screen.toDocIndex(to));
		const asked = { detail: { anchor }, bubbles: true, composed: true };
		quill.root.dispatchEvent(new CustomEvent("weft-talk", asked));
	}

	/** Leads to a passage that somebody spoke of: keys write behind it, and replace nothing. */
	show(passage: AboutPassage): void {
		const { client, quill, screen } = this.#session;
		screen.show(); // Its place is one in the doc.
		const place = placeOf(passage, client.doc);
		if (place === null) return;
		quill.setSelection(place.to, 0, "user");
		quill.scrollSelectionIntoView();
		const range = liveRange(new Places(quill).rangeOf(place.from, place.to - place.from));
		paint(shownName, range === null ? [] : [range]);
	}

	/** Opens the talk about the passage that an index is in. @returns false: nothing is said of it */
	openAt(index: number): boolean {
		const passage = shortest(this.#passages.filter(({ from, to }) => from <= index && index <= to));
		if (passage === null) return false;
		void this.#card.open({ thread: passage.thread, place: passage.range });
		return true;
	}

	/** Safe to call twice. */
	close(): void {
		clearTimeout(this.#timer);
		cancelAnimationFrame(this.#frame);
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#passages = [];
		this.#card.remove();
		paint(talkedName, []);
		paint(shownName, []);
	}

	readonly #onChange = (name: string, ...about: readonly unknown[]): void => {
		if (about.at(-1) === "user") paint(shownName, []);
		if (name === "text-change" && this.#threads.passages.length > 0) this.#lookSoon();
	};

	#lookSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#look(), lookMs);
	}

	#look(): void {
		const threads = this.#threads.passages;
		if (threads.length === 0 && this.#passages.length === 0) return;
		const { quill, screen, client } = this.#session;
		if (!screen.isCurrent) {
			// Places in the doc mean nothing on a screen that is behind it.
			this.#lookSoon();
			return;
		}
		const places = new Places(quill);
		this.#passages = threads.flatMap((thread) => {
			const place = placeOf(thread.about, client.doc);
			if (place === null || place.to <= place.from) return [];
			const range = liveRange(places.rangeOf(place.from, place.to - place.from));
			return range === null ? [] : [{ thread, range, ...place }];
		});
		paint(
			talkedName,
			this.#passages.map(({ range }) => range),
			belowFind,
		);
	}

	readonly #onMove = ({ pointerType, buttons, clientX, clientY }: PointerEvent): void => {
		if (this.#passages.length === 0 || pointerType === "touch" || buttons !== 0) return;
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(() => this.#point(clientX, clientY));
	};

	/** A finger does not hover: it taps the passage. */
	readonly #onTap = ({ clientX, clientY }: MouseEvent): void => {
		if (isTapped()) this.#point(clientX, clientY);
	};

	#point(x: number, y: number): void {
		const passage = this.#passageAt(x, y);
		const line = passage === null ? undefined : lineAt(passage.range, x, y);
		if (passage === null || line === undefined) {
			this.#card.point(null);
			return;
		}
		const place = new DOMRect(x - 8, line.top, 16, line.height);
		this.#card.point({
			thread: passage.thread,
			place: { getBoundingClientRect: () => place },
		});
	}

	#passageAt(x: number, y: number): Passage | null {
		const caret = caretAt(x, y);
		if (caret === null || !this.#session.quill.root.contains(caret.node)) return null;
		return shortest(
			this.#passages.filter(
				({ range }) =>
					range.isPointInRange(caret.node, caret.offset) && lineAt(range, x, y) !== undefined,
			),
		);
	}
}

/** Of passages that lie in each other the innermost. */
function shortest(passages: readonly Passage[]): Passage | null {
	const lengthOf = ({ from, to }: Passage) => to - from;
	return passages.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0] ?? null;
}

function liveRange(place: StaticRange | null): Range | null {
	if (place === null) return null;
	const range = document.createRange();
	range.setStart(place.startContainer, place.startOffset);
	range.setEnd(place.endContainer, place.endOffset);
	return range;
}

/** The part of a range on one line that is at a point. */
function lineAt(range: Range, x: number, y: number): DOMRect | undefined {
	return [...range.getClientRects()].find(
		({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
	);
}

/** Where a caret would go from there. Older browsers and Safari know only the second way. */
function caretAt(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
	const old = document as Document & {
		readonly caretRangeFromPoint?: (x: number, y: number) => Range | null;
	};
	if (typeof document.caretPositionFromPoint === "function") {
		const caret = document.caretPositionFromPoint(x, y);
		return caret === null ? null : { node: caret.offsetNode, offset: caret.offset };
	}
	const range = old.caretRangeFromPoint?.(x, y) ?? null;
	return range === null ? null : { node: range.startContainer, offset: range.startOffset };
}
