/** Large documents: what is in them, how they come about, and how they come to a server. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as Y from "yjs";
import { encodeUpdate } from "../../../shared/protocol.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import type { Stroke } from "../../../shared/surfaces/stroke-codec.ts";
import { below, type Random, streamsOf } from "../../converge/random.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { penStroke, readMaterial } from "../../replay/material.ts";
import { applyEdit, type Edit, readTrace } from "../../replay/traces.ts";
import { lookAround } from "./newcomer.ts";
import { Seat } from "./seat.ts";

/** A text that somebody wrote letter by letter, or a board that somebody drew. */
export type DocumentName = "paper" | "board";

/** A document and how it came about. */
export interface Document {
	/** Where it comes from, in words. */
	readonly about: string;
	/** An update for each edit. */
	readonly updates: readonly Uint8Array[];
	readonly doc: Y.Doc;
}

/** The writers of the documents: two, so that one room can hold both. */
const clientIds = { paper: 3_141_592_653, board: 3_141_592_654 };
const paperTrace = "traces/automerge-paper.json.gz";
/** How long a server may take until a newcomer sees the whole document. */
const takeMsMax = 10 * 60 * 1000;
/** Frames that a server may not have heard yet: further ahead, our pongs would come too late. */
const framesAheadMax = 500;

/** Makes a document of so many edits: recorded where the data is there, else made up. */
export function makeDocument(
	name: DocumentName,
	editCount: number,
	dataDir: string | null,
): Document {
	const doc = new Y.Doc();
	doc.clientID = clientIds[name];
	const updates: Uint8Array[] = [];
	doc.on("update", (update: Uint8Array) => updates.push(update));
	const about =
		name === "paper" ? writePaper(doc, editCount, dataDir) : drawBoard(doc, editCount, dataDir);
	return { about, updates, doc };
}

function writePaper(doc: Y.Doc, editCount: number, dataDir: string | null): string {
	const path = dataDir === null ? "" : join(dataDir, paperTrace);
	const isRecorded = dataDir !== null && existsSync(path);
	const edits = isRecorded ? readTrace("paper", path).edits : inventEdits(editCount);
	for (const edit of edits.slice(0, editCount)) applyEdit(doc, edit);
	return isRecorded ? "the recorded paper" : "a made-up paper";
}

/** Mostly the next letter, sometimes elsewhere, sometimes a letter back: as people write. */
function inventEdits(editCount: number): Edit[] {
	const random = streamsOf(1)("paper");
	let length = 0;
	let caret = 0;
	return Array.from({ length: editCount }, (_, index): Edit => {
		if (random() < 0.02) caret = below(random, length + 1);
		const isBack = caret > 0 && random() < 0.2;
		const at = isBack ? caret - 1 : caret;
		const letter = String.fromCharCode(97 + below(random, 26));
		caret = isBack ? caret - 1 : caret + 1;
		length += isBack ? -1 : 1;
		const patch = isBack ? ([at, 1, ""] as const) : ([at, 0, letter] as const);
		return { agent: 0, parents: index === 0 ? [] : [index - 1], patches: [patch] };
	});
}

function drawBoard(doc: Y.Doc, strokeCount: number, dataDir: string | null): string {
	const recorded = dataDir === null ? [] : readMaterial(dataDir).strokes;
	const random = streamsOf(1)("board");
	for (let index = 0; index < strokeCount; index++) {
		const stroke = recorded[index % Math.max(1, recorded.length)] ?? inventStroke(random);
		addStroke(strokesOf(doc), stroke);
	}
	return recorded.length > 0 ? "recorded strokes" : "made-up strokes";
}

/** Thirty points of a hand that wanders. */
function inventStroke(random: Random): Stroke {
	const xs = [below(random, 4_000)];
	const ys = [below(random, 4_000)];
	for (let point = 1; point < 30; point++) {
		xs.push((xs[point - 1] ?? 0) + below(random, 15) - 7);
		ys.push((ys[point - 1] ?? 0) + below(random, 15) - 7);
	}
	return penStroke(xs, ys, { left: 0, top: 0, color: below(random, 8) });
}

/** True where two docs hold the same: every struct, and every delete. */
export function isSameDoc(one: Y.Doc, other: Y.Doc): boolean {
	return Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));
}

/**
 * Sends a document to a server, each edit as one frame, as fast as it takes them; resolves when a
 * newcomer sees all of it.
 *
 * @throws Error where nobody sees it in ten minutes
 */
export async function fill(server: ServerProcess, room: string, made: Document): Promise<void> {
	const seat = await Seat.join(server, room);
	for (const [index, update] of made.updates.entries()) {
		seat.send(seat.words.frame(encodeUpdate(update)));
		if (index % framesAheadMax === 0) await seat.heard();
	}
	const vector = Buffer.from(Y.encodeStateVector(made.doc));
	// Letters first, which is quickly asked; what was deleted may come a moment later.
	const isThere = (doc: Y.Doc) =>
		vector.equals(Y.encodeStateVector(doc)) && isSameDoc(doc, made.doc);
	const seen = await lookAround(server, room, isThere, takeMsMax);
	const closing = seat.closing;
	seat.leave();
	if (closing !== null) throw new Error(`the writer was sent away: ${closing.code}`);
	if (!isSameDoc(seen, made.doc)) throw new Error("the document did not arrive");
}

/** Keeps a document's state in a file, for runs that need only that. */
export function keepState(path: string, { doc }: Document): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, Y.encodeStateAsUpdate(doc));
}

/** What `keepState` kept. */
export function keptState(path: string): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, readFileSync(path));
	return doc;
}

/** Letters of a text, or items of a board. */
export function sizeOf(doc: Y.Doc): number {
	return textOf(doc).length + strokesOf(doc).length;
}
