/** What two people erase and bring back at once passes the guard, is stored, and is there once. */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { cleanStored } from "../../../../server/fold/clean/clean.ts";
import { decompressSnapshot, foldStored } from "../../../../server/fold/fold.ts";
import { makePreview } from "../../../../server/fold/preview.ts";
import { anyone } from "../../../../shared/ids.ts";
import { eraseItems, moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { seenEntries } from "../../../../shared/surfaces/arrange/twins.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { type Hand, stroke, together } from "../../../fixtures/rooms/guarded.ts";

function boardOf({ doc }: { readonly doc: Y.Doc }): Y.Array<unknown> {
	return strokesOf(doc);
}

/** Ann and Ben have erased the one stroke of a room at once, and both have taken that back. */
function takenBack() {
	const { room, ann, ben } = together();
	expect(room.edit(ann, (doc) => addStroke(strokesOf(doc), stroke))).toBe("new");
	room.show(ann, ben);
	const both: readonly Hand[] = [ann, ben];
	const undoes = both.map((hand) => new Y.UndoManager(boardOf(hand)));
	const erased = both.map((hand) =>
		hand.make(() => eraseItems(boardOf(hand), new Set(boardOf(hand).toArray()))),
	);
	for (const [index, hand] of both.entries()) room.take(hand, erased[index] ?? new Uint8Array());
	const back = both.map((hand, index) => hand.undo(() => undoes[index]?.undo()));
	for (const [index, hand] of both.entries()) {
		expect(room.take(hand, back[index] ?? new Uint8Array())).toBe("new");
	}
	room.show(ann, ben);
	return { room, ann, ben };
}

test("the guard takes both, and everybody sees the same one", () => {
	const { room, ann, ben } = takenBack();
	expect(boardOf(room).length).toBe(2);
	const nameOf = (one: { readonly doc: Y.Doc }) => {
		const seen = seenEntries(boardOf(one));
		return seen.map((entry) => (entry instanceof Y.Map ? entry._item?.id : null));
	};
	expect(nameOf(room)).toHaveLength(1);
	expect([nameOf(ann), nameOf(ben)]).toEqual([nameOf(room), nameOf(room)]);
});

test("a fold keeps which is which, and a purge leaves one; the small picture shows one", () => {
	const { room } = takenBack();
	const update = { userId: anyone, bytes: Y.encodeStateAsUpdate(room.doc) };
	const stored = { snapshot: null, owners: new Map(), tail: [{ atMs: 0, updates: [update] }] };
	const [folded, purged] = [new Y.Doc(), new Y.Doc()];
	Y.applyUpdate(folded, decompressSnapshot(foldStored(stored)));
	expect(boardOf({ doc: folded }).length).toBe(2);
	expect(seenEntries(boardOf({ doc: folded }))).toHaveLength(1);
	expect(makePreview(folded).strokes).toHaveLength(1);
	let next = 9_000_000;
	Y.applyUpdate(purged, decompressSnapshot(cleanStored(stored, () => next++).snapshot));
	expect(boardOf({ doc: purged }).length).toBe(1);
});

test("a stranger's plain item that two change first passes the guard, and is there once", () => {
	const { room, ann, ben } = together();
	room.edit(ann, (doc) => strokesOf(doc).push([{ points: [0, 0, 9, 9], width: 3 }]));
	room.show(ann, ben);
	const moved = [ann, ben].map((hand, index) =>
		hand.make((doc) =>
			moveItems(strokesOf(doc), new Set(strokesOf(doc).toArray()), { x: index + 1, y: 0 }),
		),
	);
	for (const [index, hand] of [ann, ben].entries()) {
		expect(room.take(hand, moved[index] ?? new Uint8Array())).toBe("new");
	}
	expect(boardOf(room).length).toBe(2);
	expect(seenEntries(boardOf(room))).toHaveLength(1);
});
