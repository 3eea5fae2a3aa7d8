/** Where pieces of the text are in the page, for painting them without touching Quill's DOM. */
import type Quill from "quill/core";
import { Parchment } from "quill/core";

/** The leaves of the document as they are now; make a new one when it has changed. */
export class Places {
	readonly #starts: number[] = [];
	readonly #leaves: Parchment.LeafBlot[] = [];

	constructor(quill: Quill) {
		let at = 0;
		for (const line of quill.getLines()) {
			let inLine = at;
			const leaves = "descendants" in line ? line.descendants(Parchment.LeafBlot) : [];
			for (const leaf of leaves) {
				if (leaf.length() > 0) {
					this.#starts.push(inLine);
					this.#leaves.push(leaf);
				}
				inLine += leaf.length();
			}
			at += line.length();
		}
	}

	/** The range of a piece; null where nothing of it is on the page. */
	rangeOf(index: number, length: number): StaticRange | null {
		const [first, last] = [this.#leafAfter(index), this.#leafBefore(index + length)];
		if (first > last || this.#leaves[first] === undefined) return null;
		const [startContainer, startOffset] = this.#pointOf(first, index);
		const [endContainer, endOffset] = this.#pointOf(last, index + length);
		return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
	}

	#pointOf(leafIndex: number, index: number): [Node, number] {
		const leaf = this.#leaves[leafIndex];
		if (leaf === undefined) throw new Error("no leaf there");
		const offset = index - (this.#starts[leafIndex] ?? 0);
		return leaf.position(Math.max(0, Math.min(offset, leaf.length())), true);
	}

	/** The first leaf that ends behind an index. */
	#leafAfter(index: number): number {
		const at = this.#upTo(index);
		const isInside = at >= 0 && (this.#starts[at] ?? 0) + (this.#leaves[at]?.length() ?? 0) > index;
		return isInside ? at : at + 1;
	}

	/** The last leaf that begins before an index. */
	#leafBefore(index: number): number {
		return this.#upTo(index - 1);
	}

	/** The last leaf that begins at or before an index; -1 for none. */
	#upTo(index: number): number {
		let [low, high] = [0, this.#starts.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#starts[middle] ?? 0) <= index) low = middle + 1;
			else high = middle;
		}
		return low - 1;
	}
}
