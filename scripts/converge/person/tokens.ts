/**
 * Finds the tokens that a transaction brought or took, on whatever surface they stand. Reads only
 * what the transaction touched: it is asked at every update of every page.
 */
import * as Y from "yjs";

/** Tokens look like this: a mark, who and how often, a pair of surrogates, a mark. */
const tokenPattern = /⟨[a-z]+\d+👋⟩/gu;
const wholeTokenPattern = /^⟨[a-z]+\d+👋⟩$/u;

const photoPrefix = "photo-";

/** Where a token stands. */
export type Surface = "word" | "embed" | "caption" | "letters" | "stroke" | "message" | "photo";

/** A token at its place in a doc. The same token brought back by an undo stands at another. */
export interface Placed {
	readonly token: string;
	readonly surface: Surface;
	/** Id of its first element. */
	readonly client: number;
	readonly clock: number;
	readonly item: Y.Item;
}

/** The id of a place, as marks have it. */
export function idOf({ client, clock }: Pick<Placed, "client" | "clock">): string {
	return `${client}:${clock}`;
}

/** What is new after a transaction and not deleted again. Call it in `afterTransaction`. */
export function tokensAdded(transaction: Y.Transaction): Placed[] {
	const placed: Placed[] = [];
	const { clients } = transaction.doc.store;
	for (const [client, clock] of transaction.afterState) {
		const before = transaction.beforeState.get(client) ?? 0;
		const structs = clients.get(client);
		if (clock === before || structs === undefined) continue;
		for (let index = Y.findIndexSS(structs, before); index < structs.length; index++) {
			collect(structs[index], placed);
		}
	}
	return placed;
}

/** What a transaction deleted, and did not bring itself. Call it in `afterTransaction`. */
export function tokensRemoved(transaction: Y.Transaction): Placed[] {
	const placed: Placed[] = [];
	if (transaction.deleteSet.clients.size === 0) return placed;
	Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
		if (!(struct instanceof Y.Item)) return;
		const { client, clock } = struct.id;
		if (clock < (transaction.beforeState.get(client) ?? 0)) read(struct, placed);
	});
	return placed;
}

/** Every token of a doc that is not deleted. */
export function tokensIn(doc: Y.Doc): Placed[] {
	const placed: Placed[] = [];
	for (const structs of doc.store.clients.values()) {
		for (const struct of structs) collect(struct, placed);
	}
	return placed;
}

/** Tokens of a list in its order, deleted ones left out. */
export function tokensInOrder(first: Y.Item | null): Placed[] {
	const placed: Placed[] = [];
	for (let item = first; item !== null; item = item.right) collect(item, placed);
	return placed;
}

/** The last token left of an item in its list; null where there is none. */
export function tokenBefore(item: Y.Item): Placed | null {
	for (let left = item.left; left !== null; left = left.left) {
		const last = tokensOf(left).at(-1);
		if (last !== undefined) return last;
	}
	return null;
}

/** The first token right of an item in its list; null where there is none. */
export function tokenAfter(item: Y.Item): Placed | null {
	for (let right = item.right; right !== null; right = right.right) {
		const [first] = tokensOf(right);
		if (first !== undefined) return first;
	}
	return null;
}

/** The tokens of a text, in order. */
export function wordsOf(text: string): string[] {
	return text.match(tokenPattern) ?? [];
}

/** What is left of a text without its tokens: nothing, unless one was torn. */
export function tornPartsOf(text: string): string {
	return text.replace(tokenPattern, "").replace(/[\s￼]/gu, "");
}

/** True for a token and nothing else. */
export function isToken(value: unknown): value is string {
	return typeof value === "string" && wholeTokenPattern.test(value);
}

/** The id of the photo that stands for a token: ids of photos are plain letters and digits. */
export function photoOf(token: string): string {
	return token.replace("⟨", photoPrefix).replace("👋⟩", "");
}

/** The token that the photo of that id stands for; null where it stands for none. */
export function tokenOfPhoto(id: unknown): string | null {
	if (typeof id !== "string" || !id.startsWith(photoPrefix)) return null;
	const token = `⟨${id.slice(photoPrefix.length)}👋⟩`;
	return isToken(token) ? token : null;
}

function tokensOf(item: Y.Item): Placed[] {
	const placed: Placed[] = [];
	collect(item, placed);
	return placed;
}

function collect(struct: unknown, placed: Placed[]): void {
	if (struct instanceof Y.Item && !struct.deleted) read(struct, placed);
}

function read(item: Y.Item, placed: Placed[]): void {
	const { content } = item;
	if (content instanceof Y.ContentString) readText(item, content.str, placed);
	else if (content instanceof Y.ContentAny) {
		for (const [index, value] of content.arr.entries()) readValue(item, index, value, placed);
	} else if (content instanceof Y.ContentEmbed) {
		const { photo } = content.embed as { photo?: unknown };
		const token = tokenOfPhoto(photo);
		if (token !== null) placed.push(place(item, 0, token, "embed"));
	} else if (content instanceof Y.ContentType) {
		const token = tokenOfPhoto(item.parentSub);
		if (token !== null) placed.push(place(item, 0, token, "photo"));
	}
}

/** By the key of a text in its entry; the document's text has none. */
const surfaces: Readonly<Record<string, Surface>> = { caption: "caption", t: "letters" };

function readText(item: Y.Item, text: string, placed: Placed[]): void {
	if (!text.includes("⟨")) return;
	const parent = item.parent as Y.AbstractType<unknown>;
	const surface = surfaces[parent._item?.parentSub ?? ""] ?? "word";
	for (const match of text.matchAll(tokenPattern)) {
		placed.push(place(item, match.index, match[0], surface));
	}
}

function readValue(item: Y.Item, index: number, value: unknown, placed: Placed[]): void {
	if (item.parentSub === "id") {
		if (isToken(value)) placed.push(place(item, index, value, "stroke"));
		return;
	}
	if (item.parentSub !== null || typeof value !== "object" || value === null) return;
	const { id } = value as { id?: unknown };
	if (isToken(id)) placed.push(place(item, index, id, "message"));
}

function place(item: Y.Item, offset: number, token: string, surface: Surface): Placed {
	const { client, clock } = item.id;
	return { token, surface, client, clock: clock + offset, item };
}
