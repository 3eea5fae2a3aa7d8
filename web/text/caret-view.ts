/** One person's caret on the page: a line with a name that fades, and what they selected. */
import type Quill from "quill/core";

/** A name stays this long after its caret moved. */
const nameMs = 2_500;

/** Rectangles of one selection that are drawn; a page or two of lines. */
const rectanglesMax = 200;

/** A line above and below a caret that is brought into view. */
const airPx = 28;

/** Elements of one caret inside a layer that lies over the text. */
export class CaretView {
	readonly #caret = document.createElement("div");
	readonly #name = document.createElement("span");
	readonly #selection = document.createElement("div");
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(layer: HTMLElement) {
		this.#caret.className = "weft-caret";
		this.#name.className = "weft-caret-name";
		this.#selection.className = "weft-caret-selection";
		this.#caret.append(this.#name);
		layer.append(this.#selection, this.#caret);
	}

	/** Gives it name and colour; null is the accent. */
	dress(name: string, color: string | null, isIdle: boolean): void {
		this.#name.textContent = name;
		for (const element of [this.#caret, this.#selection]) {
			element.style.setProperty("--person", color ?? "var(--accent)");
		}
		this.#caret.style.setProperty("--person-ink", color === null ? "" : inkOn(color));
		this.#caret.classList.toggle("weft-caret--idle", isIdle);
	}

	/** Shows the name for a while. */
	wake(): void {
		clearTimeout(this.#timer);
		this.#caret.classList.add("weft-caret--awake");
		this.#timer = setTimeout(() => this.#caret.classList.remove("weft-caret--awake"), nameMs);
	}

	/** Puts it where the indexes of Quill are on the page now. */
	place(quill: Quill, anchor: number, head: number): void {
		const bounds = quill.getBounds(head);
		this.#caret.hidden = bounds === null;
		if (bounds === null) return;
		const { style } = this.#caret;
		style.transform = `translate(${bounds.left}px, ${bounds.top}px)`;
		style.height = `${bounds.height}px`;
		this.#caret.classList.toggle("weft-caret--low", bounds.top < 22);
		this.#caret.classList.toggle(
			"weft-caret--left",
			bounds.left > quill.container.clientWidth - 120,
		);
		this.#drawSelection(quill, Math.min(anchor, head), Math.abs(anchor - head));
	}

	/** Shows its name, and scrolls it into view where it is not. @returns false: nothing is shown */
	reveal(): boolean {
		const sheet = this.#caret.closest(".weft-text-scroll")?.getBoundingClientRect();
		const { top, bottom, height } = this.#caret.getBoundingClientRect();
		if (sheet === undefined || height === 0) return false;
		this.wake();
		const isSeen = top >= sheet.top + airPx && bottom <= sheet.bottom - airPx;
		const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
		const behavior = isCalm ? "instant" : "smooth";
		if (!isSeen) this.#caret.scrollIntoView({ block: "center", behavior });
		return true;
	}

	/** Takes it off the page. */
	close(): void {
		clearTimeout(this.#timer);
		this.#caret.remove();
		this.#selection.remove();
	}

	#drawSelection(quill: Quill, index: number, length: number): void {
		const rectangles = length === 0 ? [] : selectionRectangles(quill, index, length);
		const origin = quill.container.getBoundingClientRect();
		this.#selection.replaceChildren(
			...rectangles.map((rectangle) => {
				const block = document.createElement("div");
				const [left, top] = [rectangle.left - origin.left, rectangle.top - origin.top];
				block.style.transform = `translate(${left}px, ${top}px)`;
				block.style.width = `${rectangle.width}px`;
				block.style.height = `${rectangle.height}px`;
				return block;
			}),
		);
	}
}

function selectionRectangles(quill: Quill, index: number, length: number): DOMRect[] {
	const [start, startOffset] = quill.getLeaf(index);
	const [end, endOffset] = quill.getLeaf(index + length);
	if (start === null || end === null) return [];
	const range = document.createRange();
	range.setStart(...start.position(startOffset, true));
	range.setEnd(...end.position(endOffset, true));
	const seen = new Set<string>();
	const rectangles: DOMRect[] = [];
	for (const rectangle of range.getClientRects()) {
		const key = `${rectangle.left} ${rectangle.top} ${rectangle.width}`;
		if (rectangle.width === 0 || seen.has(key)) continue;
		seen.add(key);
		rectangles.push(rectangle);
		if (rectangles.length >= rectanglesMax) break;
	}
	return rectangles;
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
function inkOn(color: string): string {
	const channel = (from: number) => {
		const value = Number.parseInt(color.slice(from, from + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
	return luminance > 0.179 ? "#000000" : "#ffffff";
}
