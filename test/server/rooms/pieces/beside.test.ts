/** Which updates go past a long one that is under way, and which wait for it. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Batch } from "../../../../server/rooms/batch.ts";
import { holdingsOf } from "../../../../server/rooms/inspect.ts";
import type { Write } from "../../../../server/rooms/members/seats.ts";
import { Inbox } from "../../../../server/rooms/pieces/inbox.ts";
import { Merge } from "../../../../server/rooms/pieces/merge.ts";
import { shortStructsMax } from "../../../../server/rooms/pieces/pieces.ts";
import { readBytesMax } from "../../../../server/rooms/pieces/taking.ts";
import { atOnce } from "../../../../server/rooms/scheduler.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { stroke, together } from "../../../fixtures/rooms/guarded.ts";

const letterCount = 400;

/**
 * Ben wrote "rose". Ann was away; of her stroke and her letters in front of it some are in the doc,
 * and ben has what is there.
 */
function underWay() {
	const { room, ann, ben } = together();
	room.edit(ben, (doc) => textOf(doc).insert(0, "rose"));
	room.show(ann);
	const storedDoc = new Y.Doc();
	Y.applyUpdate(storedDoc, Y.encodeStateAsUpdate(room.doc));
	const bytes = ann.make((doc) => {
		addStroke(strokesOf(doc), stroke);
		for (let left = letterCount; left > 0; left--) textOf(doc).insert(0, "x");
	});
	let nowMs = 0;
	const batch = new Batch({ doc: room.doc, ...room.gate }, [{ author: ann, bytes }], {
		elapsed: () => nowMs++,
	});
	while (batch.broughtOf(ann.doc.clientID).to < letterCount / 2) expect(batch.turn()).toBeNull();
	room.show(ben);
	const merge = new Merge(batch, "ann", { nowMs, sizeBytes: 0 });
	const stored = holdingsOf(storedDoc);
	const goesPast = (member: string, update: Uint8Array) =>
		atOnce(merge.choose([{ member, bytes: update }], stored)).length === 1;
	return { ann, ben, merge, goesPast };
}

type Edit = (doc: Y.Doc) => void;

/** One more struct than a short update has. */
function scatter(doc: Y.Doc): void {
	const at = end(doc) - 2;
	for (let left = shortStructsMax; left >= 0; left--) textOf(doc).insert(at, "s");
}

const end = (doc: Y.Doc) => textOf(doc).length;

describe("beside a long update", () => {
	test.each<[string, Edit]>([
		["a letter behind what is stored", (doc) => textOf(doc).insert(end(doc), "s")],
		["what takes away what is stored", (doc) => textOf(doc).delete(end(doc) - 1, 1)],
		["a message", (doc) => doc.getArray("chat").push(["hello"])],
	])("%s goes past", (_, edit) => {
		const { ben, goesPast } = underWay();
		expect(goesPast("ben", ben.make(edit))).toBe(true);
	});

	test.each<[string, Edit]>([
		["a letter behind one of hers", (doc) => textOf(doc).insert(end(doc) - 4, "s")],
		["a letter in front of all of hers", (doc) => textOf(doc).insert(0, "s")],
		["what changes her stroke", (doc) => (strokesOf(doc).get(0) as Y.Map<unknown>).set("shade", 3)],
		["what takes away a letter of hers", (doc) => textOf(doc).delete(0, 1)],
		[
			"what takes away one of hers and what is stored",
			(doc) => textOf(doc).delete(end(doc) - 5, 2),
		],
		["what is many letters in front of one another", scatter],
		["a long word", (doc) => textOf(doc).insert(end(doc), "s".repeat(readBytesMax))],
	])("%s waits", (_, edit) => {
		const { ben, goesPast } = underWay();
		expect(goesPast("ben", ben.make(edit))).toBe(false);
	});

	test("what she sends waits, and its beginning where another tab of hers sends it", () => {
		const { ann, ben, goesPast } = underWay();
		const letter = ben.make((doc) => textOf(doc).insert(end(doc), "s"));
		expect(goesPast("ann", letter)).toBe(false);
		const alone = new Y.Doc();
		alone.clientID = ann.doc.clientID;
		alone.getText("title").insert(0, "a");
		expect(goesPast("tab", Y.encodeStateAsUpdate(alone))).toBe(false);
		const next = ann.make((doc) => textOf(doc).insert(end(doc), "a"));
		expect(goesPast("another tab", next)).toBe(false);
	});

	test("who waits with one waits with all that follow; others go past", () => {
		const { ben, merge, goesPast } = underWay();
		const [first, second] = [0, 1].map(() => ben.make((doc) => textOf(doc).insert(end(doc), "s")));
		const hers = ben.make((doc) => textOf(doc).delete(0, 1));
		expect(goesPast("ben", first ?? hers)).toBe(true);
		expect(goesPast("ben", hers)).toBe(false);
		expect(goesPast("ben", second ?? hers)).toBe(false);
		expect(goesPast("cleo", first ?? hers)).toBe(true);
		expect(merge.waitingBytes).toBe(hers.length + (second?.length ?? 0));
		expect(merge.end().map(({ member }) => member)).toEqual(["ben", "ben"]);
	});
});

test("what comes again comes before what came since", () => {
	const inbox = new Inbox();
	const { ann } = underWay();
	const [one, other] = ["one", "other"].map((name) => {
		return { member: name, bytes: ann.make(() => undefined) } as unknown as Write;
	});
	if (one === undefined || other === undefined) throw new Error("two were made");
	inbox.push(other);
	inbox.putBack([one]);
	expect(inbox.takeAll()).toEqual([one, other]);
});
