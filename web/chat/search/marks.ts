/** Marks words in what is drawn, without touching it. */
import { paint } from "../../ui/find/paint.ts";
import { matchesIn } from "./find.ts";

/** Names are of the whole page: the document beside the chat has its own. */
const name = "weft-chat-found";

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
		paint(name, []);
	}

	#paint(): void {
		const bodies = [...this.#rows.querySelectorAll(".weft-chat-body")];
		paint(
			name,
			bodies.flatMap(textsIn).flatMap((text) => this.#rangesIn(text)),
		);
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
