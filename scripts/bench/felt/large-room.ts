/** A room in which much was written and drawn. */
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import { fill, makeDocument } from "../people/documents.ts";
import type { House } from "./house.ts";

/** Fills a room with the paper and the board; gives where it is, and how long its text is. */
export async function fillLarge(
	{ server, stage }: House,
	{ strokes, edits }: { readonly strokes: number; readonly edits: number },
): Promise<{ path: string; letters: number }> {
	const room = "large";
	const paper = makeDocument("paper", edits, stage.dataDir);
	const board = makeDocument("board", strokes, stage.dataDir);
	const doc = new Y.Doc();
	const updates = [paper, board].map((made) => Y.encodeStateAsUpdate(made.doc));
	for (const update of updates) Y.applyUpdate(doc, update);
	await fill(server, room, { about: "", updates, doc });
	return { path: `/r/${room}`, letters: textOf(doc).length };
}
