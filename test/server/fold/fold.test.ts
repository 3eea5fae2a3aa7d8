import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { decompressSnapshot, foldStored } from "../../../server/fold/fold.ts";
import { batchOf, textIn, Writer } from "../../fixtures/stored.ts";

test("an empty room folds into an empty snapshot", () => {
	const made = foldStored({ snapshot: null, tail: [] });
	expect(decompressSnapshot(made)).toEqual(Uint8Array.of(0, 0));
	expect(made.sizeBytes).toBe(2);
	expect(made.stateVector).toEqual(Uint8Array.of(0));
	expect(made.deleteSet).toEqual(Uint8Array.of(0, 0));
});

test("a snapshot and its tail fold into one that holds both", () => {
	const ann = new Writer(1);
	const first = foldStored({ snapshot: null, tail: [ann.type("rose "), ann.remove(2)] });
	const both = foldStored({ snapshot: first, tail: [ann.type("lily")] });
	expect(textIn({ snapshot: both, tail: [] })).toBe("se lily");
	expect(both.stateVector).toEqual(Y.encodeStateVector(ann.doc));
});

test("the delete set beside a snapshot is an update without structs", () => {
	const ann = new Writer(1);
	const ben = new Writer(2);
	const tail = [ann.type("a rose is a rose"), ann.remove(3), ben.type("lily"), ben.remove(1)];
	const made = foldStored({ snapshot: null, tail });
	const decoded = Y.decodeUpdate(made.deleteSet);
	expect(decoded.structs).toEqual([]);
	const whole = Y.decodeUpdate(decompressSnapshot(made)).ds;
	expect(decoded.ds).toEqual(whole);
	expect(decoded.ds.clients.size).toBe(2);

	const all = new Y.Doc();
	for (const batch of [tail[0], tail[2]]) {
		for (const { bytes } of batch?.updates ?? []) Y.applyUpdate(all, bytes);
	}
	Y.applyUpdate(all, made.deleteSet);
	expect(all.getText("text").length).toBe(16);
	expect(Y.encodeStateVector(all)).toEqual(made.stateVector);
});

test("deleted content is not kept", () => {
	const ann = new Writer(1);
	const long = ann.type("secret".repeat(1_000));
	const made = foldStored({ snapshot: null, tail: [long, ann.remove(6_000)] });
	expect(made.sizeBytes).toBeLessThan(40);
});

test("eight times the letters do not take eight times eight as long", () => {
	const few = foldTime(2_500);
	const many = foldTime(20_000);
	expect(many / few).toBeLessThan(32);
});

/** The shortest of three tries, in milliseconds. */
function foldTime(count: number): number {
	const ann = new Writer(1);
	const tail = Array.from({ length: count }, () => ann.type("x"));
	const times = [1, 2, 3].map(() => {
		const begin = performance.now();
		const made = foldStored({ snapshot: null, tail });
		expect(made.stateVector).toEqual(Y.encodeStateVector(ann.doc));
		return performance.now() - begin;
	});
	return Math.min(...times);
}

const damagedRoom = expect.objectContaining({ code: "room_damaged" });

test("a missing predecessor is damage", () => {
	const ann = new Writer(1);
	ann.type("rose");
	const second = ann.type("lily");
	expect(() => foldStored({ snapshot: null, tail: [second] })).toThrow(damagedRoom);
});

test("a deletion of what is not there is damage", () => {
	const ann = new Writer(1);
	ann.type("rose");
	const deletion = ann.remove(2);
	expect(() => foldStored({ snapshot: null, tail: [deletion] })).toThrow(damagedRoom);
});

test("bytes that are no update are damage", () => {
	expect(() => foldStored({ snapshot: null, tail: [batchOf([1, 2, 3])] })).toThrow(damagedRoom);
});

test("a snapshot that does not decompress to its size is damage", () => {
	const made = foldStored({ snapshot: null, tail: [new Writer(1).type("rose")] });
	const wrong = [
		{ ...made, sizeBytes: made.sizeBytes + 1 },
		{ ...made, sizeBytes: made.sizeBytes - 1 },
		{ ...made, compressed: made.compressed.subarray(0, -1) },
		{ ...made, compressed: Uint8Array.of(255, 255) },
		{ ...made, compressed: new Uint8Array(deflateRawSync(new Uint8Array(100_000_000))) },
	];
	for (const snapshot of wrong) {
		expect(() => foldStored({ snapshot, tail: [] })).toThrow(damagedRoom);
	}
});
