/** Marks words in what is drawn, without touching it (CSS Custom Highlight API). */
import { matchesIn } from "./find.ts";

const name = "weft-found";

/** Marks the words of a query in all messages below an element, as they come and go. */
export class Marks {
	readonly #rows: HTMLElement;
	readonly #observer: MutationObserver;
	#query = "";

	constructor(rows: HTMLElement) {
		this.#rows = rows;
		this.#observer = new MutationObserver(() => this.#paint());
		this.#observer.observe(rows, { childList: true, subtree: true, characterData: true });
	}

	/** Marks these words, and no others any more. */
	mark(query: string): void {
		this.#query = query;
		this.#paint();
	}

	/** Takes all marks away. */
	close(): void {
		this.#observer.disconnect();
		globalThis.CSS.highlights?.delete(name);
	}

	/** A browser without highlights marks the message only. */
	#paint(): void {
		if (!("highlights" in CSS)) return;
		const ranges = [...this.#rows.querySelectorAll(".weft-chat-body")].flatMap((body) =>
			textsIn(body).flatMap((text) => this.#rangesIn(text)),
		);
		if (ranges.length === 0) CSS.highlights.delete(name);
		else CSS.highlights.set(name, new Highlight(...ranges));
	}

	#rangesIn(text: Text): Range[] {
		return matchesIn(text.data, this.#query).map(({ from, to }) => {
			const range = new Range();
			range.setStart(text, from);
			range.setEnd(text, to);
			return range;
		});
	}
}

function textsIn(element: Element): Text[] {
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	const texts: Text[] = [];
	while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
	return texts;
}
