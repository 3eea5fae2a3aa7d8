/** A room that is made of another's content: its words and its drawing, as one's own. */
import * as Y from "yjs";
import { mintRoomName, type RoomName } from "../../../shared/ids.ts";
import { readItem } from "../../../shared/surfaces/board.ts";
import {
	metaOf,
	schemaVersion,
	strokesOf,
	textOf,
	titleOf,
} from "../../../shared/surfaces/root.ts";
import { isTextFormat } from "../../../shared/surfaces/text.ts";
import { copyName, openUpdateStore } from "../offline.ts";
import { randomBytes } from "../random.ts";

/**
 * Puts a copy into a new room of this device; it goes to the server when the room is opened.
 * Rejects where this device keeps no rooms.
 */
export async function makeRoomOf(copy: Y.Doc, userId: string): Promise<RoomName> {
	const update = Y.encodeStateAsUpdate(copy);
	const room = mintRoomName(randomBytes);
	const store = await openUpdateStore(copyName(userId, room), []);
	await store.append([update], 1);
	store.close();
	return room;
}

/**
 * What can be taken along of an update, in a doc of its own: nobody wrote it but who makes it. Talk
 * stays where it was said, and photos where they were shared.
 *
 * @throws Error where the bytes are no Yjs update
 */
export function copyOf(update: Uint8Array): Y.Doc {
	const source = new Y.Doc();
	Y.applyUpdate(source, update);
	const doc = new Y.Doc();
	doc.transact(() => {
		textOf(doc).applyDelta(wordsOf(source));
		strokesOf(doc).push(drawingOf(source));
		const meta = metaOf(doc);
		meta.set("schema", schemaVersion);
		if (titleOf(source) !== "") meta.set("title", titleOf(source));
	});
	return doc;
}

interface Words {
	readonly insert?: unknown;
	readonly attributes?: Readonly<Record<string, unknown>>;
}

function wordsOf(source: Y.Doc): Words[] {
	const delta: Words[] = textOf(source).toDelta();
	return delta.flatMap(({ insert, attributes = {} }) => {
		if (typeof insert !== "string") return [];
		const kept = Object.entries(attributes).filter(([name, value]) => isTextFormat(name, value));
		return [{ insert, attributes: Object.fromEntries(kept) }];
	});
}

function drawingOf(source: Y.Doc): unknown[] {
	const items = strokesOf(source).toArray();
	const drawn = items.filter((entry) => readItem(entry)?.photo === null);
	return drawn.map((entry) => (entry instanceof Y.Map ? entry.clone() : entry));
}
