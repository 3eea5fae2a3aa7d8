/** Texts as people leave them, and what somebody writes into them from afar. */
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import { below, type Random } from "../../converge/random.ts";

/** Letters that were typed in one go, before the caret went elsewhere. */
const pieceLength = 20;
/** Letters of a paragraph, about. */
const paragraphLength = 400;
/** The caret of who writes from afar goes elsewhere after so many letters. */
const burstLength = 50;

/** A text of so many letters, written in pieces here and there. */
export function writtenText(length: number, random: Random): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const text = textOf(doc);
	while (text.length < length) {
		const isEnd = below(random, paragraphLength / pieceLength) === 0;
		const piece = letters(Math.min(pieceLength, length - text.length) - 1, random);
		text.insert(below(random, text.length + 1), piece + (isEnd ? "\n" : " "));
	}
	return doc;
}

/** Letters of a formatted range, and of the plain one behind it. */
const rangeLength = 10;
const formats = [{ bold: true }, { italic: true }, { underline: true }, { strike: true }] as const;

/** A text with so many formatted ranges, plain words between them. */
export function formattedText(rangeCount: number, random: Random): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const delta = Array.from({ length: rangeCount }, (_, index) => {
		const isEnd = below(random, paragraphLength / (2 * rangeLength)) === 0;
		const attributes = formats[index % formats.length] ?? formats[0];
		const plain = `${letters(rangeLength - 1, random)}${isEnd ? "\n" : " "}`;
		return [{ insert: `${letters(rangeLength - 1, random)} `, attributes }, { insert: plain }];
	});
	textOf(doc).applyDelta(delta.flat());
	return doc;
}

/** What somebody else writes into a copy of it, an update a key: one in ten takes a letter back. */
export function writtenFrom(
	doc: Y.Doc,
	count: number,
	random: Random,
): { updates: Uint8Array[]; doc: Y.Doc } {
	const copy = new Y.Doc();
	copy.clientID = 2;
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	const updates: Uint8Array[] = [];
	copy.on("update", (update: Uint8Array) => updates.push(update));
	const text = textOf(copy);
	let at = 0;
	while (updates.length < count) {
		if (updates.length % burstLength === 0) at = below(random, text.length + 1);
		if (at > 0 && below(random, 10) === 0) text.delete(--at, 1);
		else text.insert(at++, letters(1, random));
	}
	return { updates, doc: copy };
}

/** Words of small letters. */
function letters(count: number, random: Random): string {
	const codes = Array.from({ length: Math.max(0, count) }, (_, index) =>
		index % 6 === 5 ? 32 : 97 + below(random, 26),
	);
	return String.fromCharCode(...codes);
}
