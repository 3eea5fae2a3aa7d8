/** Compares copies of the room: content, formats, structs, deletes, never state vectors alone. */
import * as Y from "yjs";
import { pileOf } from "../../../shared/surfaces/arrange/pile.ts";
import { tokensInOrder, wordsOf } from "../person/tokens.ts";

export type { Finding } from "./checklist.ts";

/** A copy of the room, and whose it is. */
export interface Copy {
	readonly whose: string;
	readonly doc: Y.Doc;
}

/** How the others differ from the first; nothing where all are equal. */
export function compareCopies(copies: readonly Copy[]): string[] {
	const [first, ...others] = copies;
	if (first === undefined) return [];
	const wanted = factsOf(first.doc);
	return others.flatMap(({ whose, doc }) => {
		return differences(factsOf(doc), wanted).map(
			(difference) => `${whose} and ${first.whose} have different ${difference}`,
		);
	});
}

/** Copies that wait for a part that never came. */
export function pendingIn(copies: readonly Copy[]): string[] {
	const waiting = copies.filter(
		({ doc: { store } }) => store.pendingStructs !== null || store.pendingDs !== null,
	);
	return waiting.map(({ whose }) => `${whose} waits for a part that never came`);
}

/** How copies differ from themselves after they were encoded and decoded, in v1 and in v2. */
export function compareEncoded(copies: readonly Copy[]): string[] {
	const seen = new Set<string>();
	return copies.flatMap(({ whose, doc }) => {
		const v1 = Y.encodeStateAsUpdate(doc);
		const name = Buffer.from(v1).toString("base64");
		if (seen.has(name)) return [];
		seen.add(name);
		const facts = factsOf(doc);
		const again = differences(factsOfUpdate(v1), facts).map((one) => `${whose} in v1: ${one}`);
		const v2 = Y.convertUpdateFormatV2ToV1(Y.encodeStateAsUpdateV2(doc));
		const other = differences(factsOfUpdate(v2), facts).map((one) => `${whose} in v2: ${one}`);
		return [...again, ...other];
	});
}

/** How a copy differs from all updates that its device had, merged. */
export function compareMerged({ whose, doc }: Copy, updates: readonly Uint8Array[]): string[] {
	const merged = factsOfUpdate(mergeAll(updates));
	return differences(merged, factsOf(doc)).map((one) => `${whose}'s updates, merged: ${one}`);
}

/** So many are merged at once: `mergeUpdates` looks at all of them again for every struct. */
const mergedMax = 16;

function mergeAll(updates: readonly Uint8Array[]): Uint8Array {
	let left = [...updates];
	do {
		const merged: Uint8Array[] = [];
		for (let at = 0; at < left.length; at += mergedMax) {
			merged.push(Y.mergeUpdates(left.slice(at, at + mergedMax)));
		}
		left = merged;
	} while (left.length > 1);
	return left[0] ?? Y.mergeUpdates([]);
}

type Fact = "text" | "formats" | "board" | "pile" | "chat" | "photos" | "structs";
type Facts = Readonly<Record<Fact, string>>;

function differences(facts: Facts, wanted: Facts): string[] {
	const names = Object.keys(wanted) as (keyof Facts)[];
	return names
		.filter((name) => facts[name] !== wanted[name])
		.map((name) => `${name}: ${difference(facts[name], wanted[name])}`);
}

/** Everything that must be equal, as text. */
function factsOf(doc: Y.Doc): Facts {
	return {
		text: doc.getText("text").toString(),
		formats: JSON.stringify(doc.getText("text").toDelta()),
		board: JSON.stringify(sorted(doc.getArray("strokes").toJSON())),
		// What lies above what, as people see it.
		pile: pileOf(doc.getArray("strokes")).join(" "),
		chat: JSON.stringify(doc.getArray("chat").toJSON()),
		photos: JSON.stringify(sorted(doc.getMap("photos").toJSON())),
		structs: structsOf(Y.encodeStateAsUpdate(doc)),
	};
}

function factsOfUpdate(update: Uint8Array): Facts {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	const facts = factsOf(doc);
	doc.destroy();
	return facts;
}

/** The last states that were brought into their one form: most copies are equal to the byte. */
const canonical = new Map<string, string>();
const canonicalMax = 16;

/**
 * Structs and deletes as a doc writes them that never edited: how they are split and joined, and
 * what an undo keeps of what was deleted, is each doc's own.
 */
function structsOf(state: Uint8Array): string {
	const name = Buffer.from(state).toString("base64");
	const known = canonical.get(name);
	if (known !== undefined) return known;
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	const structs = Buffer.from(Y.encodeStateAsUpdate(doc)).toString("base64");
	doc.destroy();
	if (canonical.size >= canonicalMax) canonical.clear();
	canonical.set(name, structs);
	return structs;
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
	const entries = Object.entries(value).map(([key, part]) => [key, sorted(part)] as const);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where two texts part, with a little of each. */
function difference(a: string, b: string): string {
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	const part = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 60));
	return `${part(a)} against ${part(b)}`;
}

/** Pastes that others' tokens stand in the midst of. No fault: Yjs promises nothing here. */
export function mixedPastes(doc: Y.Doc, pastes: readonly (readonly string[])[]): string[] {
	const order = tokensInOrder(doc.getText("text")._start).map(({ token }) => token);
	const places = new Map(order.map((token, index) => [token, index]));
	return pastes
		.filter((tokens) => {
			const indexes = tokens.flatMap((token) => places.get(token) ?? []);
			const first = Math.min(...indexes);
			const between = order.slice(first, Math.max(...indexes) + 1);
			return wordsOf(between.join("")).length > indexes.length;
		})
		.map((tokens) => `${tokens[0]} … ${tokens[tokens.length - 1]}`);
}
