/** What a room holds, in a form that can be compared and told apart in words. */
import * as Y from "yjs";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../shared/surfaces/root.ts";

/** Each surface as plain values. */
export interface Contents {
	readonly text: string;
	readonly board: readonly string[];
	readonly chat: readonly string[];
	readonly photos: readonly string[];
	readonly meta: readonly string[];
}

/** Reads all surfaces of a doc. */
export function contentsOf(doc: Y.Doc): Contents {
	const photos = photosOf(doc).toJSON() as Record<string, unknown>;
	const meta = metaOf(doc).toJSON() as Record<string, unknown>;
	return {
		text: JSON.stringify(textOf(doc).toDelta()),
		board: strokesOf(doc).toArray().map(plain),
		chat: chatOf(doc).toArray().map(plain),
		photos: Object.keys(photos)
			.sort()
			.map((id) => `${id} ${plain(photos[id])}`),
		meta: Object.keys(meta)
			.sort()
			.map((key) => `${key} ${plain(meta[key])}`),
	};
}

function plain(value: unknown): string {
	const json = value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value;
	return JSON.stringify(json, (_key, inner: unknown) => {
		if (inner instanceof Uint8Array) return Buffer.from(inner).toString("base64");
		if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
		// Two docs may hold the keys of one map in two orders.
		return Object.fromEntries(
			Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)),
		);
	});
}

/** What differs, a sentence each; nothing where all is equal. */
export function differences(expected: Contents, found: Contents): string[] {
	const said: string[] = [];
	if (expected.text !== found.text) said.push(sayText(expected.text, found.text));
	for (const surface of ["board", "chat", "photos", "meta"] as const) {
		const [wanted, got] = [expected[surface], found[surface]];
		if (wanted.length !== got.length) {
			said.push(`${surface}: ${got.length} entries for ${wanted.length}`);
		}
		const index = wanted.findIndex((entry, entryIndex) => entry !== got[entryIndex]);
		if (index >= 0 && wanted.length === got.length) said.push(`${surface}: entry ${index} differs`);
	}
	return said;
}

/** Where two texts part, with a few letters of both. */
export function sayText(expected: string, found: string): string {
	let index = 0;
	while (index < expected.length && expected[index] === found[index]) index += 1;
	const around = (text: string) => JSON.stringify(text.slice(Math.max(0, index - 8), index + 16));
	const lengths = `${found.length} characters for ${expected.length}`;
	return `text: ${lengths}, first other one at ${index}: ${around(found)} for ${around(expected)}`;
}
