/** Makes the small picture of a room that the list shows. Bounded, whatever the doc holds. */
import * as Y from "yjs";
import { parseBlobId } from "../../shared/ids.ts";
import { roomTitleLengthMax } from "../../shared/limits.ts";
import type { PreviewStroke, RoomPreview } from "../../shared/preview.ts";
import { twinsIn } from "../../shared/surfaces/arrange/twins.ts";
import { type BoardItem, paletteNames, readItem } from "../../shared/surfaces/board.ts";
import { isSaid } from "../../shared/surfaces/chat.ts";
import { itemBounds, itemLines } from "../../shared/surfaces/item-outline.ts";
import { chatOf, photosOf, strokesOf, textOf, titleOf } from "../../shared/surfaces/root.ts";
import type { Bounds } from "../../shared/surfaces/stroke-codec.ts";

/** Items of the board that are drawn, the newest. */
const previewItemsMax = 150;
/** Points that are left of each. */
const previewPointsMax = 24;
/** Points that are decoded at all; beyond them, further items are left out. */
const previewWorkMax = 60_000;
const previewWidth = 160;
const previewHeight = 100;
const previewMargin = 4;
const excerptLengthMax = 160;
/** Letters that are looked through for it, spaces too. */
const excerptSeenMax = 4 * excerptLengthMax;
const previewPhotosMax = 4;
/** Photos that are looked through for the newest. */
const photosSeenMax = 5_000;
/** Messages that are looked at for what they are, the first ones; all that follow count. */
const messagesSeenMax = 20_000;
/** Pieces of the text that are looked through for its first letters. */
const textPiecesMax = 2_000;

/** The preview of a room as its doc is now. Reads only. */
export function makePreview(doc: Y.Doc): RoomPreview {
	return {
		title: cutText(titleOf(doc), roomTitleLengthMax),
		excerpt: excerptOf(textOf(doc)),
		strokes: thumbnailOf(strokesOf(doc)),
		photos: newestPhotos(photosOf(doc)),
		messageCount: countMessages(chatOf(doc)),
	};
}

interface Line {
	readonly item: BoardItem;
	readonly bounds: Bounds;
	readonly points: Float64Array;
}

function thumbnailOf(board: Y.Array<unknown>): PreviewStroke[] {
	const lines = newestLines(board);
	const box = boxAround(lines);
	if (box === null) return [];
	const scale = Math.min(
		(previewWidth - 2 * previewMargin) / Math.max(1, box.maxX - box.minX),
		(previewHeight - 2 * previewMargin) / Math.max(1, box.maxY - box.minY),
		1,
	);
	const left = (previewWidth - (box.maxX - box.minX) * scale) / 2;
	const top = (previewHeight - (box.maxY - box.minY) * scale) / 2;
	return lines.map((line) => ({
		color: colorOf(line.item),
		points: thin(line.points).map((coordinate, index) =>
			Math.round(
				index % 2 === 0
					? left + (coordinate - box.minX) * scale
					: top + (coordinate - box.minY) * scale,
			),
		),
	}));
}

/** Newest last. A few far outliers still count: what is on the board is in the picture. */
function newestLines(board: Y.Array<unknown>): Line[] {
	const entries = board.slice(Math.max(0, board.length - previewItemsMax));
	const twins = twinsIn(board);
	const lines: Line[] = [];
	let work = 0;
	for (const entry of entries.reverse()) {
		const read = twins.has(entry) ? [] : readLines(entry);
		work += read.reduce((count, line) => count + line.points.length / 2, 0);
		if (work > previewWorkMax) break;
		lines.push(...read);
	}
	return lines.reverse();
}

/** One, or several where parts of a stroke were erased. */
function readLines(entry: unknown): Line[] {
	const item = readItem(entry);
	if (item === null || item.kind === "text") return [];
	try {
		const bounds = itemBounds(item);
		if (bounds === null) return [];
		return itemLines(item).map((points) => ({ item, bounds, points }));
	} catch {
		return []; // Damaged behind its head: not drawn on the board either.
	}
}

function boxAround(lines: readonly Line[]): Bounds | null {
	if (lines.length === 0) return null;
	return {
		minX: Math.min(...lines.map((line) => line.bounds.minX)),
		minY: Math.min(...lines.map((line) => line.bounds.minY)),
		maxX: Math.max(...lines.map((line) => line.bounds.maxX)),
		maxY: Math.max(...lines.map((line) => line.bounds.maxY)),
	};
}

/** Every k-th point and the last, x and y in turn. */
function thin(points: Float64Array): number[] {
	const count = points.length / 2;
	const keep = Math.min(count, previewPointsMax);
	return Array.from({ length: keep * 2 }, (_, index) => {
		const pointIndex = keep === 1 ? 0 : Math.round(((index >> 1) * (count - 1)) / (keep - 1));
		return points[pointIndex * 2 + (index % 2)] ?? 0;
	});
}

function colorOf(item: BoardItem): string {
	if (typeof item.color === "number") return paletteNames[item.color] ?? paletteNames[0];
	return /^#[0-9a-f]{6}$/i.test(item.color) ? item.color.toLowerCase() : paletteNames[0];
}

function excerptOf(text: Y.Text): string {
	let excerpt = "";
	let pieceCount = 0;
	for (let item = text._start; item !== null; item = item.right) {
		pieceCount++;
		if (pieceCount > textPiecesMax || excerpt.length > excerptSeenMax) break;
		if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
		// A piece may be a whole book.
		excerpt += item.content.str.slice(0, excerptSeenMax);
	}
	return cutText(tidyLines(excerpt), excerptLengthMax);
}

/** One space between words, one break between lines, none at the ends. */
function tidyLines(text: string): string {
	return text
		.split("\n")
		.map((line) => line.replace(/\s+/g, " ").trim())
		.filter((line) => line !== "")
		.join("\n");
}

/** The first so many code units, without half a character at the end. */
function cutText(text: string, lengthMax: number): string {
	const cut = text.slice(0, lengthMax);
	return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function newestPhotos(photos: Y.Map<Y.Map<unknown>>): string[] {
	const found: { at: number; blob: string }[] = [];
	let seenCount = 0;
	for (const photo of photos.values()) {
		seenCount++;
		if (seenCount > photosSeenMax) break;
		const shown = readPhoto(photo);
		if (shown !== null) found.push(shown);
	}
	found.sort((a, b) => b.at - a.at);
	return found.slice(0, previewPhotosMax).map((photo) => photo.blob);
}

function readPhoto(photo: unknown): { at: number; blob: string } | null {
	if (!(photo instanceof Y.Map) || photo.get("gone")) return null;
	const blob = photo.get("blob");
	if (typeof blob !== "string" || parseBlobId(blob) === null) return null;
	const at = photo.get("at");
	return { at: typeof at === "number" ? at : 0, blob };
}

/** What people said, without their corrections, retractions and reactions. */
function countMessages(chat: Y.Array<unknown>): number {
	let seenCount = 0;
	let saidCount = 0;
	for (const value of chat) {
		if (seenCount === messagesSeenMax) break;
		seenCount++;
		if (isSaid(value)) saidCount++;
	}
	return saidCount + chat.length - seenCount;
}
