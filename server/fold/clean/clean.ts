/**
 * Makes a fresh doc of what people see in a room, without anything of what was: the state with
 * which a purged room begins its next epoch.
 *
 * Gone are deleted text and items, values that others took the place of, formats around letters
 * that are gone, messages that were taken back and what was said before a correction, and photos in
 * the bin. Items of the board lie as they are seen. All else stays, whoever's editor made it.
 */
import * as Y from "yjs";
import { type PhotoId, parsePhotoId, type UserId } from "../../../shared/ids.ts";
import type { RoomPreview } from "../../../shared/preview.ts";
import type { Anchor } from "../../../shared/surfaces/about.ts";
import { readPhoto } from "../../../shared/surfaces/photos.ts";
import { chatOf, photosOf } from "../../../shared/surfaces/root.ts";
import { ownersOf } from "../../store/owners.ts";
import type { Snapshot, StoredRoom } from "../../store/room-log.ts";
import { docOf, snapshotOf } from "../fold.ts";
import { makePreview } from "../preview.ts";
import { Anchors } from "./anchors.ts";
import { FreshIds } from "./authors.ts";
import { FreshWriter } from "./fresh-writer.ts";
import { seenOf } from "./seen-chat.ts";
import { isSaidByOrder, pilePieces } from "./seen-pile.ts";
import { type Piece, piecesOf, VisibleCopy } from "./visible-copy.ts";

/** What a room is after a purge. */
export interface Cleaned {
	readonly snapshot: Snapshot;
	/** Client ids under which nobody may write. */
	readonly owners: ReadonlyMap<number, UserId>;
	/** Those that are still in the room. */
	readonly photos: readonly PhotoId[];
	readonly preview: RoomPreview;
}

/** Cleans a stored room. Must not block the event loop for large ones. */
export type Clean = (stored: StoredRoom) => Promise<Cleaned>;

/**
 * See the head of this file. `random` makes client ids as Yjs does: 32 bits.
 *
 * @throws WeftError `room_damaged` where what is stored cannot be read
 */
export function cleanStored(stored: StoredRoom, random: () => number): Cleaned {
	const old = docOf(stored);
	const fresh = new Y.Doc();
	const ids = new FreshIds(old, ownersOf(stored), random);
	const writer = new FreshWriter();
	const copy = new VisibleCopy(writer, (client) => ids.of(client));
	const names = [...old.share.keys()];
	for (const name of names) {
		const root = old.get(name);
		const isLeftOut = name === "photos" ? (key: string) => isGone(old, key) : undefined;
		copy.copyMap(root, name, isLeftOut);
		if (name === "strokes") copy.copyList(pilePieces(old), name, isSaidByOrder);
		else if (name !== "chat") copy.copyList(piecesOf(root), name);
	}
	Y.applyUpdate(fresh, writer.take());
	// Comments name places of the fresh doc, which must be there before.
	if (names.includes("chat")) copy.copyList(chatPieces(old, fresh), "chat");
	Y.applyUpdate(fresh, writer.take());
	const photos = [...photosOf(fresh).keys()].map(parsePhotoId).filter((id) => id !== null);
	const preview = makePreview(fresh);
	return { snapshot: snapshotOf(fresh), owners: ids.owners(), photos, preview };
}

function isGone(doc: Y.Doc, key: string): boolean {
	const id = parsePhotoId(key);
	return id !== null && readPhoto(photosOf(doc), id)?.gone === true;
}

/** The chat as it is seen; what was said of a place names it as the fresh doc does. */
function* chatPieces(old: Y.Doc, fresh: Y.Doc): Generator<Piece, void, undefined> {
	const pieces = [...piecesOf(chatOf(old))];
	const seen = seenOf(pieces.flatMap(({ content }) => content.getContent()));
	const anchors = new Anchors(old, fresh);
	let at = 0;
	for (const { client, content } of pieces) {
		const values = content.getContent();
		const left = seen.slice(at, at + values.length);
		at += values.length;
		const isSame = left.every((one, index) => one !== null && one.value === values[index]);
		const held = left.flatMap((one) => (one === null ? [] : [withAnchor(one.value, anchors)]));
		if (isSame && held.every((value, index) => value === values[index])) yield { client, content };
		else if (held.length > 0) yield { client, content: new Y.ContentAny(held) };
	}
}

function withAnchor(value: unknown, anchors: Anchors): unknown {
	if (typeof value !== "object" || value === null || value instanceof Y.AbstractType) return value;
	const anchor: unknown = "anchor" in value ? value.anchor : null;
	if (typeof anchor !== "object" || anchor === null) return value;
	const moved = anchors.moved(anchor as Anchor);
	return moved === anchor ? value : { ...value, anchor: moved };
}
