/** What others do on a board, gathered until it is told. Nothing here knows a page. */
import * as Y from "yjs";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/board-words/shapes.ts";
import { countItems, nameItem } from "../outline.ts";
import type { Scene } from "../scene.ts";
import type { BoardClient } from "./client.ts";
import { namesOf } from "./names.ts";

/** People who are told of by name; a crowd is only counted. */
const namedMax = 3;

/** What one person did. */
interface Doings {
	readonly added: Set<unknown>;
	readonly changed: Set<unknown>;
}

/** What it is gathered from. */
export interface GatherPorts {
	readonly client: Pick<BoardClient, "doc" | "me" | "people">;
	readonly scene: Pick<Scene, "itemOf">;
	/** There is something to tell. */
	readonly gathered: () => void;
}

/** Gathers for one board. `close()` it when the board goes. */
export class GatheredNews {
	readonly #ports: GatherPorts;
	readonly #board: Y.Array<unknown>;
	/** By Yjs's ids of those who did it. */
	#doings = new Map<number, Doings>();
	#goneCount = 0;
	#length: number;

	constructor(ports: GatherPorts) {
		this.#ports = ports;
		this.#board = strokesOf(ports.client.doc);
		this.#length = this.#board.length;
		this.#board.observeDeep(this.#follow);
	}

	/** All of it in words, empty where it is nothing; what follows is gathered anew. */
	take(): string {
		const names = namesOf(this.#ports.client);
		const byName = new Map<string, Doings>();
		for (const [client, { added, changed }] of this.#doings) {
			const name = names.ofClient(client) ?? t("board.earlier");
			if (name === t("board.you")) continue; // On another page of ours.
			const known = byName.get(name);
			byName.set(name, {
				added: new Set([...(known?.added ?? []), ...added]),
				changed: new Set([...(known?.changed ?? []), ...changed]),
			});
		}
		const told = [...byName].flatMap(([name, doings]) => this.#tell(name, doings) ?? []);
		const sentences = told.slice(0, namedMax);
		if (told.length > namedMax) sentences.push(tCount("board.news.more", told.length - namedMax));
		if (this.#goneCount > 0) sentences.push(tCount("board.news.gone", this.#goneCount));
		this.#doings = new Map();
		this.#goneCount = 0;
		return sentences.map((sentence) => `${sentence}.`).join(" ");
	}

	/** Safe to call twice. */
	close(): void {
		this.#board.unobserveDeep(this.#follow);
	}

	/** What is gone again is nothing to tell. */
	#tell(name: string, { added, changed }: Doings): string | null {
		const { scene } = this.#ports;
		const fresh = [...added].flatMap((value) => scene.itemOf(value) ?? []);
		const other = [...changed].filter((value) => !added.has(value) && scene.itemOf(value) !== null);
		const [only] = fresh;
		const items = fresh.length === 1 && only !== undefined ? nameItem(only) : countItems(fresh);
		const what = [
			...(fresh.length === 0 ? [] : [t("board.news.added", { items })]),
			...(other.length === 0 ? [] : [tCount("board.news.changed", other.length)]),
		];
		return what.length === 0 ? null : t("board.news", { name, what: what.join("; ") });
	}

	readonly #follow = (_: unknown, transaction: Y.Transaction): void => {
		const before = this.#length;
		this.#length = this.#board.length;
		if (transaction.local) return;
		let addedCount = 0;
		for (const item of writtenIn(transaction)) {
			const entry = this.#entryOf(item);
			if (entry === null) continue;
			const { client } = item.id;
			const doings = this.#doings.get(client) ?? { added: new Set(), changed: new Set() };
			this.#doings.set(client, doings);
			if (entry !== "itself") doings.changed.add(entry);
			else for (const value of item.content.getContent()) doings.added.add(value);
			if (entry === "itself") addedCount += item.length;
		}
		this.#goneCount += Math.max(0, before + addedCount - this.#length);
		this.#ports.gathered();
	};

	/** The entry of the board that an item is a part of; null where it is elsewhere. */
	#entryOf(item: Y.Item): unknown {
		if (item.parent === this.#board) return "itself";
		let { parent } = item;
		while (parent instanceof Y.AbstractType && parent._item !== null) {
			if (parent._item.parent === this.#board) return parent;
			parent = parent._item.parent;
		}
		return null;
	}
}

/** What is new in a transaction, and is there still. */
function* writtenIn({ doc, beforeState, afterState }: Y.Transaction): Generator<Y.Item> {
	for (const [client, after] of afterState) {
		const before = beforeState.get(client) ?? 0;
		if (client !== doc.clientID && after > before) {
			yield* itemsSince(doc.store.clients.get(client) ?? [], before);
		}
	}
}

/** Items from a clock on that are there still, the last one first. */
function* itemsSince(structs: readonly (Y.Item | Y.GC)[], clock: number): Generator<Y.Item> {
	for (let index = structs.length - 1; index >= 0; index--) {
		const struct = structs[index];
		if (struct === undefined || struct.id.clock < clock) return;
		if (struct instanceof Y.Item && !struct.deleted) yield struct;
	}
}
