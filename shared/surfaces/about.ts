/**
 * What a message of the chat speaks of: a photo, an item of the board, or a passage of the
 * document. This is how comments work. It lies in the message's `anchor`; an app that does not know
 * it shows a plain message.
 *
 * ```
 * { photo: "<photo id>" }
 * { item: { client, clock }, size: <bytes it was drawn with>, print: <their FNV-1a> }
 * { from: <relative position>, to: <relative position>, quote: "what stood there then" }
 * ```
 */
import * as Y from "yjs";
import { type PhotoId, parsePhotoId } from "../ids.ts";
import { type ChatMessage, foldChat, readChat, type ShownMessage } from "./chat.ts";
import { textOf } from "./root.ts";

/** A photo of the room. */
export interface AboutPhoto {
	readonly kind: "photo";
	readonly photo: PhotoId;
}

/** A passage of the document; it stays with its letters wherever they move. */
export interface AboutPassage {
	readonly kind: "passage";
	readonly from: Y.RelativePosition;
	readonly to: Y.RelativePosition;
	/** What stood there when the message was said, or its beginning. */
	readonly quote: string;
}

/** An item of the board; `about-item.ts` finds it. */
export interface AboutItem {
	readonly kind: "item";
	/** Yjs's name of its entry. */
	readonly client: number;
	readonly clock: number;
	/** Length of the bytes it was drawn with, and their FNV-1a of 32 bits. */
	readonly size: number;
	readonly print: number;
}

/** What a message speaks of. */
export type About = AboutPhoto | AboutItem | AboutPassage;

/** As it lies in a message. */
export type Anchor = NonNullable<ChatMessage["anchor"]>;

/** Longest quote that is kept, in UTF-16 code units: two lines of a bubble. */
export const quoteLengthMax = 160;

/** What a message speaks of; null where it speaks of nothing, or of what we do not know. */
export function aboutOf(anchor: Anchor | undefined): About | null {
	if (anchor === undefined) return null;
	const photo = typeof anchor["photo"] === "string" ? parsePhotoId(anchor["photo"]) : null;
	if (photo !== null) return { kind: "photo", photo };
	if (isId(anchor["item"])) return readItemAnchor(anchor["item"], anchor);
	const from = readPosition(anchor["from"]);
	const to = readPosition(anchor["to"]);
	const { quote } = anchor;
	if (from === null || to === null || typeof quote !== "string") return null;
	return { kind: "passage", from, to, quote: cutQuote(quote) };
}

/** The anchor of a message about a photo. */
export function anchorAtPhoto(photo: PhotoId): Anchor {
	return { photo };
}

/** The anchor of a message about a passage; what is typed at its ends later is no part of it. */
export function anchorAtPassage(text: Y.Text, fromIndex: number, toIndex: number): Anchor {
	const position = (index: number, assoc: 0 | -1) =>
		Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, assoc));
	return {
		from: position(fromIndex, 0),
		to: position(toIndex, -1),
		quote: cutQuote(wordsBetween(text, fromIndex, toIndex)),
	};
}

/** Where a passage is in the document now; empty where it was deleted, null where it never was. */
export function placeOf(
	{ from, to }: AboutPassage,
	doc: Y.Doc,
): { readonly from: number; readonly to: number } | null {
	const start = indexOf(from, doc);
	const end = indexOf(to, doc);
	if (start === null || end === null) return null;
	return { from: start, to: Math.max(start, end) };
}

/** What was said of a photo, in the order of the chat; nothing that was taken back. */
export function saidOf(chat: Y.Array<unknown>, photo: PhotoId): ShownMessage[] {
	const messages = readChat(chat);
	// Most photos are not spoken of, and most rooms speak of none.
	if (!messages.some(({ anchor }) => anchor?.["photo"] === photo)) return [];
	return foldChat(messages).filter(({ message, removed }) => {
		const about = aboutOf(message.anchor);
		return !removed && about?.kind === "photo" && about.photo === photo;
	});
}

function indexOf(position: Y.RelativePosition, doc: Y.Doc): number | null {
	const text = textOf(doc); // Before the search: Yjs does not know what a root is until asked.
	try {
		const found = Y.createAbsolutePositionFromRelativePosition(position, doc);
		return found?.type === text ? found.index : null;
	} catch {
		return null; // A stranger's anchor may name anything.
	}
}

function readPosition(value: unknown): Y.RelativePosition | null {
	if (typeof value !== "object" || value === null) return null;
	const { item, tname } = value as { item?: unknown; tname?: unknown };
	const isAtText = item == null && tname === "text";
	return isAtText || isId(item) ? Y.createRelativePositionFromJSON(value) : null;
}

function readItemAnchor({ client, clock }: Id, { size, print }: Anchor): AboutItem | null {
	if (!isCount(size) || !isCount(print)) return null;
	return { kind: "item", client, clock, size, print };
}

type Id = { readonly client: number; readonly clock: number };

function isId(value: unknown): value is Id {
	if (typeof value !== "object" || value === null) return false;
	const { client, clock } = value as { client?: unknown; clock?: unknown };
	return isCount(client) && isCount(clock);
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** The words alone: photos count as one in the text, and have none. */
function wordsBetween(text: Y.Text, from: number, to: number): string {
	let words = "";
	let at = 0;
	for (const { insert } of text.toDelta() as { insert: unknown }[]) {
		const isText = typeof insert === "string";
		if (isText) words += insert.slice(Math.max(0, from - at), Math.max(0, to - at));
		at += isText ? insert.length : 1;
	}
	return words;
}

/** On one line, whole characters only. */
function cutQuote(text: string): string {
	const line = text
		.replace(/\p{Surrogate}/gu, "\ufffd")
		.replace(/\s+/g, " ")
		.trim();
	if (line.length <= quoteLengthMax) return line;
	return `${line.slice(0, quoteLengthMax - 1).replace(/[\ud800-\udbff]$/, "")}\u2026`;
}
