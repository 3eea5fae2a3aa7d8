/** A long history is never in memory as a whole, neither to be read nor to be folded. */
import { expect, test } from "vitest";
import { foldStored } from "../../../../server/fold/fold.ts";
import { promptCompression as compression } from "../../../../server/store/compress.ts";
import { compactionOf, expiryOf } from "../../../../server/store/format/compaction.ts";
import { part, roomKey } from "../../../../server/store/format/keys.ts";
import { encodeRecord } from "../../../../server/store/format/log-codec.ts";
import {
	batchesOf,
	readOldHistory,
	readParts,
	toStoredRoom,
} from "../../../../server/store/format/stored-room.ts";
import type { Entry, Operation } from "../../../../server/store/level-binding.ts";
import { collect, foldHere, roomNamed, textIn, Writer } from "../../../fixtures/stored.ts";

const room = roomNamed("garden");

/** A room's entries by the text of their keys, and how many were read. */
class Shelf {
	readonly #entries = new Map<string, Entry>();
	readCount = 0;

	/** One entry at a time, in the order of the keys. */
	async *read(isWanted = (_: number) => true): AsyncGenerator<readonly Entry[]> {
		for (const name of [...this.#entries.keys()].sort()) {
			const entry = this.#entries.get(name);
			const which = entry?.key[2 + room.length] ?? 0;
			if (entry === undefined || !isWanted(which)) continue;
			this.readCount++;
			yield [entry];
		}
	}

	write(operations: readonly Operation[]): void {
		for (const operation of operations) {
			const key = Buffer.from(operation.key);
			if (operation.type === "del") this.#entries.delete(key.toString("hex"));
			else this.#entries.set(key.toString("hex"), { key, value: Buffer.from(operation.value) });
		}
	}
}

const ofHistory = (which: number) => which >= part.base;
const ofPresent = (which: number) => which < part.base;

/** Four words, each compacted by itself at 100, 200, 300, 400 ms, and one behind them. */
async function fourSegments(): Promise<{ shelf: Shelf; ann: Writer }> {
	const shelf = new Shelf();
	const ann = new Writer(1);
	for (const sequence of [1, 2, 3, 4, 5]) {
		const batch = ann.type(`${sequence} `, sequence * 100);
		const key = roomKey(room, part.record, sequence);
		shelf.write([{ type: "put", key, value: encodeRecord(key, batch) }]);
		if (sequence === 5) break;
		const present = await readParts(shelf.read(ofPresent));
		const snapshot = foldStored(await toStoredRoom(present, compression));
		const isFirst = sequence === 1;
		shelf.write(
			await compactionOf(room, present, { snapshot, owners: new Map(), isFirst, compression }),
		);
	}
	return { shelf, ann };
}

async function textOfHistory(shelf: Shelf): Promise<string> {
	return textIn({
		snapshot: null,
		tail: await collect(batchesOf(room, shelf.read(), compression)),
	});
}

test("a history is read no further than it is asked for", async () => {
	const { shelf, ann } = await fourSegments();
	expect(await textOfHistory(shelf)).toBe(ann.text());
	shelf.readCount = 0;
	const batches = batchesOf(room, shelf.read(), compression);
	expect((await batches.next()).value?.atMs).toBe(100);
	// Snapshot, summary, the tail, and one of four segments.
	expect(shelf.readCount).toBe(4);
	await batches.return(undefined);
});

test("old history is read up to what is young", async () => {
	const { shelf } = await fourSegments();
	const limits = { keepFromMs: 200, bytesMax: 1_000_000 };
	const { parts, hasMore } = await readOldHistory(shelf.read(ofHistory), limits);
	expect(parts.segments.map(({ sequence }) => sequence)).toEqual([1, 2]);
	expect(hasMore).toBe(true);
	const all = await readOldHistory(shelf.read(ofHistory), { ...limits, keepFromMs: 500 });
	expect(all.parts.segments).toHaveLength(4);
	expect(all.hasMore).toBe(false);
});

test("much old history is folded a part at a time, and no text is lost", async () => {
	const { shelf, ann } = await fourSegments();
	const bases: number[] = [];
	for (;;) {
		const limits = { keepFromMs: 400, bytesMax: 1 };
		const old = await readOldHistory(shelf.read(ofHistory), limits);
		expect(old.parts.segments.length).toBeLessThanOrEqual(1);
		const operations = await expiryOf(room, { old, keepFromMs: 400, fold: foldHere, compression });
		if (operations.length === 0) break;
		shelf.write(operations);
		const { base, segments } = await readParts(shelf.read(ofHistory));
		bases.push(base?.sequence ?? 0);
		expect(segments).toHaveLength(4 - bases.length);
		expect(await textOfHistory(shelf)).toBe(ann.text());
	}
	expect(bases).toEqual([1, 2, 3]);
});
