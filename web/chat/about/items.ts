/** Items of the board that are talked about, as they come and go. */
import type { Cancel } from "../../../shared/clock.ts";
import type { AboutItem } from "../../../shared/surfaces/about.ts";
import { ItemFinder } from "../../../shared/surfaces/about-item.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/** So long after the board changed it is looked at again: somebody may be drawing all the time. */
const lookMs = 300;

const all = new WeakMap<RoomClient, TalkedItems>();

/** Those of that client's room. */
export function talkedItemsOf(client: RoomClient): TalkedItems {
	const items = all.get(client) ?? new TalkedItems(client);
	all.set(client, items);
	return items;
}

/** See `talkedItemsOf`. The board is followed only while somebody listens. */
class TalkedItems {
	readonly #client: RoomClient;
	readonly #listeners = new Set<() => void>();
	#finder: ItemFinder;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(client: RoomClient) {
		this.#client = client;
		this.#finder = new ItemFinder(client.doc);
	}

	/** The entry of an item as the board was when listeners were told last; null where it is gone. */
	find(about: AboutItem): unknown {
		if (this.#listeners.size === 0) this.#finder = new ItemFinder(this.#client.doc);
		return this.#finder.find(about);
	}

	/** Calls `listen` when items came or went, some time later. */
	on(listen: () => void): Cancel {
		const board = strokesOf(this.#client.doc);
		if (this.#listeners.size === 0) {
			this.#finder = new ItemFinder(this.#client.doc);
			board.observe(this.#lookSoon);
		}
		this.#listeners.add(listen);
		return () => {
			if (!this.#listeners.delete(listen) || this.#listeners.size > 0) return;
			board.unobserve(this.#lookSoon);
			clearTimeout(this.#timer);
			this.#timer = undefined;
		};
	}

	readonly #lookSoon = (): void => {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#finder = new ItemFinder(this.#client.doc);
			for (const listen of this.#listeners) listen();
		}, lookMs);
	};
}
