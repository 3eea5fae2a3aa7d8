/**
 * The photos of a room: a map from photo id to what is known of the photo; bytes lie elsewhere.
 *
 * An entry is there as soon as somebody chose a file, long before its bytes are on the server: it
 * is a placeholder until `blob` and `received` come back from the upload. Nobody's file names are
 * kept: they tell more than people mean to share.
 */
import * as Y from "yjs";
import { cleanPersonName, type Person } from "../awareness.ts";
import type { Millis } from "../clock.ts";
import { type BlobId, type PhotoId, parseBlobId, parsePhotoId } from "../ids.ts";
import { captionLengthMax } from "../limits.ts";

/** One photo as it is to be shown. */
export interface Photo {
	readonly id: PhotoId;
	/** The `UserId` of who shared it; empty where a stranger gave none. */
	readonly by: string;
	/** The name they had then; empty where a stranger gave none. */
	readonly name: string;
	/** When they chose it, by their own clock; 0 where a stranger gave none. */
	readonly at: Millis;
	/** Media type, or an empty string. */
	readonly type: string;
	/** Pixels, upright; 0 where nobody knows yet. */
	readonly width: number;
	readonly height: number;
	readonly bytes: number;
	/** Size of the file as it was sent; 0 where the server does not keep that. */
	readonly originalBytes: number;
	/** Null while the photo is on its way to the server. */
	readonly blob: BlobId | null;
	/** When the server received it, by its clock; null while it has not. */
	readonly received: Millis | null;
	readonly caption: string;
	/** True where somebody removed it; it can be restored. */
	readonly gone: boolean;
}

/** Who chooses a photo and when. */
export interface PhotoAuthor {
	readonly person: Person;
	readonly at: Millis;
}

/** What the browser knows of a file before anybody has read it; 0 for what it does not. */
export interface PhotoDraft {
	readonly type: string;
	readonly width: number;
	readonly height: number;
	readonly bytes: number;
}

/** What the server answers to an upload. */
export interface ReceivedPhoto extends PhotoDraft {
	readonly blob: BlobId;
	readonly receivedAtMs: Millis;
	/** Only where what was sent is kept too. */
	readonly originalBytes?: number;
}

type Photos = Y.Map<Y.Map<unknown>>;

/** Puts a placeholder where the photo will be. Call it inside `doc.transact`. */
export function addPhoto(
	photos: Photos,
	id: PhotoId,
	draft: PhotoDraft,
	author: PhotoAuthor,
): void {
	const { type, width, height, bytes } = draft;
	const facts = { by: author.person.id, name: author.person.name, at: author.at };
	const entry = new Y.Map<unknown>(Object.entries({ ...facts, type, width, height, bytes }));
	// Made here and never again: two people who made one each would not share a caption.
	entry.set("caption", new Y.Text());
	photos.set(id, entry);
}

/** What the browser found out about a placeholder's file; nothing where it is no placeholder. */
export function describePhoto(photos: Photos, id: PhotoId, draft: PhotoDraft): void {
	const entry = entryOf(photos, id);
	if (entry === null || entry.has("blob")) return;
	setDraft(entry, draft);
}

/** Fills a placeholder with what the server answered. False where somebody took it away. */
export function finishPhoto(photos: Photos, id: PhotoId, received: ReceivedPhoto): boolean {
	const entry = entryOf(photos, id);
	if (entry === null) return false;
	setDraft(entry, received);
	setChanged(entry, "blob", received.blob);
	setChanged(entry, "received", received.receivedAtMs);
	const { originalBytes } = received;
	if (originalBytes !== undefined) setChanged(entry, "originalBytes", originalBytes);
	return true;
}

/** Takes away a placeholder whose photo will never come. Photos that came are only `gone`. */
export function dropPlaceholder(photos: Photos, id: PhotoId): void {
	if (entryOf(photos, id)?.has("blob") === false) photos.delete(id);
}

/** Shows the photo no more, on any surface; nothing of it is lost. */
export function removePhoto(photos: Photos, id: PhotoId, author: PhotoAuthor): void {
	entryOf(photos, id)?.set("gone", { by: author.person.id, at: author.at });
}

/** Shows a removed photo again. */
export function restorePhoto(photos: Photos, id: PhotoId): void {
	entryOf(photos, id)?.delete("gone");
}

/** The caption that everybody types into; null where a stranger's entry has none. */
export function captionOf(photos: Photos, id: PhotoId): Y.Text | null {
	const caption = entryOf(photos, id)?.get("caption");
	return caption instanceof Y.Text ? caption : null;
}

/** The photo of that id, clean and bounded; null where there is none. */
export function readPhoto(photos: Photos, id: PhotoId): Photo | null {
	const value: unknown = photos.get(id);
	const entry: unknown = value instanceof Y.Map ? value.toJSON() : value;
	if (typeof entry !== "object" || entry === null) return null;
	if (entry instanceof Y.AbstractType || Array.isArray(entry)) return null;
	return readEntry(id, entry);
}

/** All photos that are shown, oldest first, in the order of `inOrder`. */
export function listPhotos(photos: Photos): Photo[] {
	return allPhotos(photos).filter(({ gone }) => !gone);
}

/** All photos that somebody removed and that can be restored, in the same order. */
export function listRemoved(photos: Photos): Photo[] {
	return allPhotos(photos).filter(({ gone, blob }) => gone && blob !== null);
}

function allPhotos(photos: Photos): Photo[] {
	const list: Photo[] = [];
	for (const key of photos.keys()) {
		const id = parsePhotoId(key);
		const photo = id === null ? null : readPhoto(photos, id);
		if (photo !== null) list.push(photo);
	}
	return inOrder(list);
}

/** Of one person's photos those are together that were chosen within this time of each other. */
const togetherMsMax = 1_000;

/**
 * Photos that somebody chose together stand as they were chosen, whichever upload was done first;
 * they stand where the first of them was received. The rest stands by when the server received it:
 * people's own clocks may be years apart. Oldest first, another array.
 */
export function inOrder(photos: readonly Photo[]): Photo[] {
	const runs: Photo[][] = [];
	for (const photo of photos.toSorted(byPersonAndChoice)) {
		const last = runs.at(-1)?.at(-1);
		const isTogether = last?.by === photo.by && last.at > 0 && photo.at - last.at <= togetherMsMax;
		if (isTogether) runs.at(-1)?.push(photo);
		else runs.push([photo]);
	}
	return runs
		.map((run) => ({ run, placeMs: placeOfRun(run), id: run[0]?.id ?? "" }))
		.sort((left, right) => left.placeMs - right.placeMs || compare(left.id, right.id))
		.flatMap(({ run }) => run);
}

function placeOfRun(run: readonly Photo[]): Millis {
	const received = run.flatMap(({ received: atMs }) => (atMs === null ? [] : [atMs]));
	return Math.min(...(received.length > 0 ? received : run.map(({ at }) => at)));
}

function byPersonAndChoice(left: Photo, right: Photo): number {
	return (
		compare(left.by, right.by) ||
		left.at - right.at ||
		(left.received ?? left.at) - (right.received ?? right.at) ||
		compare(left.id, right.id)
	);
}

function compare(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}

function entryOf(photos: Photos, id: PhotoId): Y.Map<unknown> | null {
	const entry: unknown = photos.get(id);
	return entry instanceof Y.Map ? entry : null;
}

function setDraft(entry: Y.Map<unknown>, draft: PhotoDraft): void {
	setChanged(entry, "type", draft.type);
	setChanged(entry, "width", draft.width);
	setChanged(entry, "height", draft.height);
	setChanged(entry, "bytes", draft.bytes);
}

/** What did not change is not written again: an upload that is repeated costs no edit. */
function setChanged(entry: Y.Map<unknown>, key: string, value: string | number): void {
	if (entry.get(key) !== value) entry.set(key, value);
}

type Loose = Readonly<Partial<Record<keyof Photo, unknown>>>;

function readEntry(id: PhotoId, entry: Loose): Photo {
	const blob = parseBlobId(readText(entry.blob));
	return {
		id,
		by: readText(entry.by).slice(0, idLengthMax),
		name: cleanPersonName(readText(entry.name)) ?? "",
		at: readNumber(entry.at, timeMsMax),
		type: /^image\/[a-z]{3,8}$/.test(readText(entry.type)) ? readText(entry.type) : "",
		width: readNumber(entry.width, edgeMax),
		height: readNumber(entry.height, edgeMax),
		bytes: readNumber(entry.bytes, Number.MAX_SAFE_INTEGER),
		originalBytes: blob === null ? 0 : readNumber(entry.originalBytes, Number.MAX_SAFE_INTEGER),
		blob,
		received: blob === null ? null : readNumber(entry.received, timeMsMax) || null,
		caption: cut(readText(entry.caption)),
		gone: Boolean(entry.gone),
	};
}

/** Longest id that is read: twice what a UserId may have. */
const idLengthMax = 128;
/** The last moment that a `Date` can hold (ECMA-262 section 21.4.1.1). */
const timeMsMax = 8.64e15;
/** Longest edge that is believed: that of the largest JPEG. */
const edgeMax = 65_535;

function readText(value: unknown): string {
	return typeof value === "string" ? value : "";
}

function readNumber(value: unknown, max: number): number {
	return typeof value === "number" && value >= 0 && value <= max ? value : 0;
}

function cut(text: string): string {
	return text.slice(0, captionLengthMax).replace(/[\ud800-\udbff]$/, "");
}
