import type { Op } from "quill/core";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { below, type Random, streamsOf } from "../../../scripts/converge/random.ts";
import { endOfTyped, placeAt, writePlainly } from "../../../web/text/short-ways.ts";

/** A change as a key or a paste makes it, and now and then one of two places. */
function plainOps(length: number, random: Random): Op[] {
	const at = below(random, length + 1);
	const count = Math.min(below(random, 4), length - at);
	const ops: Op[] = at > 0 ? [{ retain: at }] : [];
	if (random() < 0.7) ops.push({ insert: "rose".slice(below(random, 4)) });
	if (count > 0) ops.push({ delete: count });
	const rest = length - at - count;
	if (rest > 1 && random() < 0.2) ops.push({ retain: below(random, rest) + 1 }, { insert: "\n" });
	return ops;
}

/** Gives each what the other lacks. */
function meet(one: Y.Doc, other: Y.Doc): void {
	Y.applyUpdate(other, Y.encodeStateAsUpdate(one, Y.encodeStateVector(other)));
	Y.applyUpdate(one, Y.encodeStateAsUpdate(other, Y.encodeStateVector(one)));
}

test.each([1, 2, 3])("plain writing is what applyDelta does, byte for byte (seed %i)", (seed) => {
	const random = streamsOf(seed)("typing");
	const [ann, ben, walker] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
	[ann.clientID, ben.clientID, walker.clientID] = [1, 2, 1];
	for (let round = 0; round < 300; round++) {
		const ops = plainOps(ann.getText("text").length, random);
		expect(writePlainly(ann.getText("text"), ops, null)).toBe(true);
		walker.getText("text").applyDelta(ops);
		if (random() < 0.1) {
			ben.getText("text").applyDelta(plainOps(ben.getText("text").length, random));
			meet(ann, ben);
			Y.applyUpdate(walker, Y.encodeStateAsUpdate(ben));
		}
		const text = ann.getText("text");
		const index = below(random, text.length + 2);
		expect(placeAt(text, index)).toEqual(Y.createRelativePositionFromTypeIndex(text, index));
		if (round % 10 === 0) expect(isSame(ann, walker), `round ${round}`).toBe(true);
	}
});

function isSame(one: Y.Doc, other: Y.Doc): boolean {
	return Buffer.from(Y.encodeStateAsUpdate(one)).equals(Y.encodeStateAsUpdate(other));
}

test("where there are formats nothing is written, and a place is found all the same", () => {
	const doc = new Y.Doc();
	const text = doc.getText("text");
	for (const op of [{ insert: "a", attributes: { bold: true } }, { insert: { photo: "x" } }]) {
		expect(writePlainly(text, [op], null)).toBe(false);
	}
	text.applyDelta([{ insert: "a rose" }, { insert: " is", attributes: { bold: true } }]);
	expect(writePlainly(text, [{ insert: "b" }], null)).toBe(false);
	expect(text.toString()).toBe("a rose is");
	text.delete(3, 2);
	for (let index = 0; index <= text.length + 1; index++) {
		expect(placeAt(text, index)).toEqual(Y.createRelativePositionFromTypeIndex(text, index));
	}
});

test("behind what was typed a place is found from there, formats or not", () => {
	const [doc, other] = [new Y.Doc(), new Y.Doc()];
	const text = doc.getText("text");
	other
		.getText("text")
		.applyDelta([{ insert: "rose" }, { insert: "s", attributes: { bold: true } }]);
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	text.delete(2, 1);
	const typed: Op[][] = [
		[{ insert: "a " }],
		[{ retain: 4 }, { insert: "x" }],
		[{ retain: 5 }, { insert: "y", attributes: { bold: true } }],
		[{ retain: 8 }, { insert: "z", attributes: { italic: true } }],
	];
	for (const ops of typed) {
		text.applyDelta(ops);
		const end = endOfTyped(ops) ?? Number.NaN;
		expect(placeAt(text, end, true)).toEqual(Y.createRelativePositionFromTypeIndex(text, end));
	}
	// What was made last stands elsewhere, in front of something.
	for (const message of ["hello", "good morning"]) doc.getArray("chat").insert(0, [message]);
	const end = endOfTyped(typed[3] ?? []) ?? Number.NaN;
	expect(placeAt(text, end, true)).toEqual(Y.createRelativePositionFromTypeIndex(text, end));
	text.insert(0, "b");
	expect(placeAt(text, 3, true)).not.toEqual(Y.createRelativePositionFromTypeIndex(text, 3));
});

test("only letters that were typed at one place end somewhere", () => {
	expect(endOfTyped([{ insert: "rose" }])).toBe(4);
	expect(endOfTyped([{ retain: 3 }, { insert: "rose", attributes: { bold: true } }])).toBe(7);
	const others: Op[][] = [
		[],
		[{ delete: 2 }],
		[{ retain: 3 }, { delete: 2 }],
		[{ retain: 3 }, { insert: { photo: "x" } }],
		[{ retain: 3 }, { insert: "a" }, { delete: 1 }],
		[{ retain: 3, attributes: { bold: true } }, { insert: "a" }],
	];
	for (const ops of others) expect(endOfTyped(ops), JSON.stringify(ops)).toBeNull();
});

test("what is written plainly has its origin, so that undo knows it", () => {
	const text = new Y.Doc().getText("text");
	const undo = new Y.UndoManager(text, { trackedOrigins: new Set(["ann"]) });
	writePlainly(text, [{ insert: "rose" }], "ann");
	undo.stopCapturing();
	writePlainly(text, [{ retain: 4 }, { insert: "s" }], "ben");
	undo.undo();
	expect(text.toString()).toBe("s");
});
