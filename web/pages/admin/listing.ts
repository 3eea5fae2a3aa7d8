/** One list of the page: what was asked for, what came, and asked again while somebody looks. */
import type { ReactiveControllerHost } from "lit";
import type { Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import { type Asked, type Page, pageRowsMax } from "../../../shared/operator.ts";
import { Unreachable } from "../../api.ts";
import type { MessageKey } from "../../ui/messages.ts";

/** What a list is made of. */
export interface ListingParts<Query extends Asked, Answer extends Page<unknown>> {
	readonly fetch: (query: Query) => Promise<Answer>;
	/** What is asked for at first. */
	readonly query: Query;
	/** Called whenever there is something else to show. */
	readonly changed: () => void;
}

/** Each list is asked for this often while somebody looks. */
const againMs: Millis = 4_000;

/** See the head of this file. Ends with `close`. */
export class Listing<Query extends Asked, Answer extends Page<unknown>> {
	readonly #parts: ListingParts<Query, Answer>;
	#query: Query;
	#page: Answer | null = null;
	#trouble: MessageKey | null = null;
	#askedCount = 0;
	#timer = 0;

	constructor(parts: ListingParts<Query, Answer>) {
		this.#parts = parts;
		this.#query = parts.query;
	}

	/** What was asked for last. */
	get query(): Query {
		return this.#query;
	}

	/** What came last; null before anything did. */
	get page(): Answer | null {
		return this.#page;
	}

	/** Why nothing newer came, as the name of a string; null where it did. */
	get trouble(): MessageKey | null {
		return this.#trouble;
	}

	/** True where there are rows before those that are shown. */
	get hasBefore(): boolean {
		return this.#query.from > 0;
	}

	/** True where there are more. */
	get hasAfter(): boolean {
		return this.#query.from + pageRowsMax < (this.#page?.matchCount ?? 0);
	}

	/** Begins to ask. */
	open(): void {
		clearInterval(this.#timer);
		this.#timer = window.setInterval(() => {
			if (document.visibilityState === "visible") void this.again();
		}, againMs);
		void this.again();
	}

	/** Asks no more. */
	close(): void {
		clearInterval(this.#timer);
		this.#askedCount++;
	}

	/** Asks for something else, from its first row on. */
	ask(change: Partial<Omit<Query, "from">>): void {
		this.#query = { ...this.#query, ...change, from: 0 };
		this.#parts.changed();
		void this.again();
	}

	/** Goes on by a page, or back. */
	turn(pages: number): void {
		const from = Math.max(0, this.#query.from + pages * pageRowsMax);
		this.#query = { ...this.#query, from };
		void this.again();
	}

	/** Asks for the same again. An answer that is late does not replace a newer one. */
	readonly again = async (): Promise<void> => {
		const askedCount = ++this.#askedCount;
		const asked = this.#query;
		try {
			const page = await this.#parts.fetch(asked);
			if (askedCount !== this.#askedCount) return;
			this.#page = page;
			this.#trouble = null;
			// The last row of the last page may be gone.
			if (page.rows.length === 0 && asked.from > 0) return this.turn(-1);
		} catch (error) {
			if (askedCount !== this.#askedCount) return;
			this.#trouble = troubleOf(error);
		}
		this.#parts.changed();
	};
}

/** The list of an element: asked for while that is on the page, and drawn anew when it came. */
export function listingOf<Query extends Asked, Answer extends Page<unknown>>(
	host: ReactiveControllerHost,
	parts: Omit<ListingParts<Query, Answer>, "changed">,
): Listing<Query, Answer> {
	const listing = new Listing({ ...parts, changed: () => host.requestUpdate() });
	host.addController({
		hostConnected: () => listing.open(),
		hostDisconnected: () => listing.close(),
	});
	return listing;
}

/** Why something could not be had, as the name of a string. */
export function troubleOf(error: unknown): MessageKey {
	if (error instanceof Unreachable) return "admin.unreachable";
	const code = error instanceof WeftError ? error.code : null;
	// Who runs the server is refused nothing: whoever is, is not that any more.
	if (code === "not_found" || code === "not_signed_in") return "admin.signedOut";
	console.warn("The list cannot be had:", error);
	return "admin.failed";
}
