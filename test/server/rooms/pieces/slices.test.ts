import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { below, type Random, streamsOf } from "../../../../scripts/converge/random.ts";
import { applyQuietly } from "../../../../server/fold/apply-quietly.ts";
import { decompressSnapshot, foldStored } from "../../../../server/fold/fold.ts";
import { slicesOf } from "../../../../server/rooms/pieces/slices.ts";
import { anyone } from "../../../../shared/ids.ts";

/** The plain version: all at once. */
function built(updates: Iterable<Uint8Array | null>): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) {
		if (update === null) continue;
		applyQuietly(doc, () => Y.applyUpdate(doc, update));
		expect(doc.store.pendingStructs).toBeNull();
		expect(doc.store.pendingDs).toBeNull();
	}
	return doc;
}

/** All that a doc's store holds, struct by struct. */
function structsOf(doc: Y.Doc): unknown[] {
	return Array.from(doc.store.clients, ([client, structs]) => ({
		client,
		structs: structs.map((struct) => {
			const { id, length, deleted } = struct;
			if (!(struct instanceof Y.Item)) return { id, length, deleted, kind: "gc" };
			const { origin, rightOrigin, parentSub, content } = struct;
			const beside = { left: struct.left?.lastId, right: struct.right?.id };
			const kind = content.constructor.name;
			return { id, length, deleted, origin, rightOrigin, parentSub, ...beside, kind };
		}),
	})).sort((a, b) => a.client - b.client);
}

/** People who write into each other's words, format and delete them, draw and chat. */
function crowdedDoc(random: Random, people: number, edits: number): Y.Doc {
	const docs = Array.from({ length: people }, (_, index) => {
		const doc = new Y.Doc();
		doc.clientID = 1 + below(random, 1_000) * people + index;
		return doc;
	});
	for (let edit = 0; edit < edits; edit++) {
		const doc = docs[below(random, people)] as Y.Doc;
		editOnce(doc, random);
		if (below(random, 3) > 0) continue;
		const other = docs[below(random, people)] as Y.Doc;
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
	}
	const all = new Y.Doc();
	applyQuietly(all, () => {
		for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
	});
	return all;
}

function editOnce(doc: Y.Doc, random: Random): void {
	const text = doc.getText("text");
	const at = below(random, text.length + 1);
	const length = Math.min(text.length - at, 1 + below(random, 4));
	const kind = below(random, 8);
	if (kind < 3) text.insert(at, "rose".slice(0, 1 + below(random, 4)));
	else if (kind === 3) text.delete(at, length);
	else if (kind === 4) text.format(at, length, { bold: below(random, 2) === 0 || null });
	else if (kind === 5) doc.getMap("map").set(`key${below(random, 4)}`, { n: edit(random) });
	else if (kind === 6) doc.getArray("list").insert(0, [new Y.Map([["x", edit(random)]])]);
	else nestedOf(doc, random);
}

function edit(random: Random): number {
	return below(random, 1_000);
}

/** Writes into a type that somebody else may have made, or deletes it. */
function nestedOf(doc: Y.Doc, random: Random): void {
	const list = doc.getArray<Y.Map<unknown>>("list");
	if (list.length === 0) return;
	const at = below(random, list.length);
	if (below(random, 4) === 0) list.delete(at, 1);
	else list.get(at).set("y", Uint8Array.of(1, 2, 3));
}

describe("slices", () => {
	const shapes = [1, 2, 3, 5, 8].flatMap((people) => [1, 2, 7, 50].map((max) => [people, max]));
	test.each(shapes)(
		"of what %i people wrote, %i structs each, make the same doc",
		(people, max) => {
			for (let seed = 1; seed <= 6; seed++) {
				const whole = Y.encodeStateAsUpdate(crowdedDoc(streamsOf(seed)("crowd"), people ?? 1, 120));
				const plain = built([whole]);
				const sliced = built(slicesOf(whole, max ?? 1));
				expect(Y.encodeStateAsUpdate(sliced)).toEqual(Y.encodeStateAsUpdate(plain));
				expect(structsOf(sliced)).toEqual(structsOf(plain));
			}
		},
	);

	test("of a snapshot, which has forgotten what was deleted, make the same doc", async () => {
		const bytes = Y.encodeStateAsUpdate(crowdedDoc(streamsOf(9)("crowd"), 5, 600));
		const tail = [{ atMs: 0, updates: [{ userId: anyone, bytes }] }];
		const whole = decompressSnapshot(foldStored({ snapshot: null, tail }));
		const sliced = built(slicesOf(whole, 20));
		expect(structsOf(sliced)).toEqual(structsOf(built([whole])));
	});

	test("hold no more structs than allowed, and deletes come last", () => {
		const whole = Y.encodeStateAsUpdate(crowdedDoc(streamsOf(3)("crowd"), 4, 300));
		const slices = [...slicesOf(whole, 10)].filter((slice) => slice !== null);
		const counts = slices.map((slice) => Y.decodeUpdate(slice).structs.length);
		expect(Math.max(...counts)).toBeLessThan(160);
		expect(counts.at(-1)).toBe(0);
		const rangeCounts = slices.map((slice) => {
			const ranges = [...Y.decodeUpdate(slice).ds.clients.values()];
			return ranges.reduce((count, ofClient) => count + ofClient.length, 0);
		});
		const firstDeletes = rangeCounts.findIndex((count) => count > 0);
		expect(firstDeletes).toBeGreaterThan(0);
		expect(Math.max(...rangeCounts)).toBeLessThanOrEqual(10);
		expect(Math.max(...counts.slice(firstDeletes))).toBe(0);
	});

	describe("hold as many structs of one hand", () => {
		const countsOf = (write: (doc: Y.Doc) => void, count = 400, knownUntil = 0) => {
			const doc = new Y.Doc();
			doc.transact(() => {
				for (let left = count; left > 0; left--) write(doc);
			});
			const met = { structs: () => knownUntil, deletes: () => undefined };
			const slices = [...slicesOf(Y.encodeStateAsUpdate(doc), 10, { met })];
			return slices.flatMap((slice) => (slice ? Y.decodeUpdate(slice).structs.length : []));
		};
		const inFront = (doc: Y.Doc) => doc.getText("text").insert(0, "x");
		const behind = (doc: Y.Doc) => doc.getArray("list").push([new Y.Map()]);
		const withFacts = (doc: Y.Doc) => {
			doc.getArray("list").push([new Y.Map(Object.entries({ x: 1, y: 2, z: 3 }))]);
		};

		test("as are allowed, where Yjs looks for the place of each", () => {
			expect(Math.max(...countsOf(inFront))).toBe(10);
		});

		test("thirty-two times as are allowed, where each follows the one before", () => {
			expect(Math.max(...countsOf(behind))).toBe(1 + 32 * 9);
		});

		test("as many, where they are facts of something new, or come behind that", () => {
			expect(Math.max(...countsOf(withFacts))).toBe(32 * 10);
		});

		test("as are allowed, where others may have seen what they come behind", () => {
			expect(Math.max(...countsOf(withFacts, 400, Number.POSITIVE_INFINITY))).toBe(10);
		});

		test("as are allowed, where much was made since what they come behind", () => {
			const behindTheFirst = (doc: Y.Doc) => {
				const text = doc.getText("text");
				text.insert(Math.min(1, text.length), "x");
			};
			const [first, ...others] = countsOf(behindTheFirst);
			expect(first).toBe(72);
			expect(Math.max(...others)).toBe(10);
		});

		test("as are allowed, where another hand may have put facts there too", () => {
			const merged = (doc: Y.Doc) => {
				const map = new Y.Map();
				doc.getArray("list").push([map]);
				doc.clientID++;
				map.set("x", 1);
				doc.clientID--;
				map.set("y", 2);
			};
			expect(Math.max(...countsOf(merged, 40))).toBe(10);
		});
	});

	test("of an empty update are empty", () => {
		expect([...slicesOf(Uint8Array.of(0, 0), 10)]).toEqual([
			Uint8Array.of(0, 0),
			Uint8Array.of(0, 0),
		]);
	});

	test("leave pending what no update can bring, as one update does", () => {
		const doc = new Y.Doc();
		doc.getText("text").insert(0, "ab");
		const vector = Y.encodeStateVector(doc);
		doc.getText("text").insert(1, "c");
		const update = Y.encodeStateAsUpdate(doc, vector);
		const sliced = new Y.Doc();
		for (const slice of slicesOf(update, 1)) if (slice !== null) Y.applyUpdate(sliced, slice);
		expect(sliced.store.pendingStructs).not.toBeNull();
	});

	test("of structs that wait for each other come to an end", () => {
		// Client 2 writes "a" behind what client 1 wrote, and client 1 "b" behind that.
		const structs = [
			[1, 2, 0, 0x84, 1, 0, 1, 97],
			[1, 1, 0, 0x84, 2, 0, 1, 98],
		];
		const update = Uint8Array.of(2, ...structs.flat(), 0);
		const sliced = new Y.Doc();
		for (const slice of slicesOf(update, 1)) if (slice !== null) Y.applyUpdate(sliced, slice);
		expect(sliced.store.pendingStructs).not.toBeNull();
	});

	test("of an update that is cut are an error", () => {
		const whole = Y.encodeStateAsUpdate(crowdedDoc(streamsOf(3)("crowd"), 2, 60));
		expect(() => [...slicesOf(whole.subarray(0, 40), 10)]).toThrow();
	});
});

test("more structs than may be are refused by the head that claims them", () => {
	// Eleven of client 9 from clock 0 on, of which one is there: a collected one of one element.
	const update = Uint8Array.of(1, 11, 9, 0, 0, 1);
	expect(() => [...slicesOf(update, 4, { countMax: 10 })]).toThrow("too many structs");
});

describe("structs that hold nothing any more", () => {
	/** A client's, of so many elements each; an editor could send millions of one, two bytes each. */
	const collected = (lengths: readonly number[]) =>
		Uint8Array.from([
			...[1, ...varUint(lengths.length), 9, 0],
			...lengths.flatMap((length) => [0, length]),
			0,
		]);

	test("are one where they are neighbours, as in a doc", () => {
		const update = collected([1, 2, 3, 1, 1]);
		const slices = [...slicesOf(update, 4)].filter((slice) => slice !== null);
		expect(slices[0]).toEqual(Uint8Array.of(1, 1, 9, 0, 0, 8, 0));
		expect(structsOf(built(slices))).toEqual(structsOf(built([update])));
	});

	test("are few pieces, however many there are, and not too few for a turn", () => {
		const update = collected(Array.from({ length: 200_000 }, () => 1));
		const slices = [...slicesOf(update, 4)].filter((slice) => slice !== null);
		expect(slices.length).toBeLessThan(20);
		expect(slices.length).toBeGreaterThan(10);
		expect(structsOf(built(slices))).toMatchObject([{ client: 9, structs: [{ length: 200_000 }] }]);
	});

	test("stand between others as they came", () => {
		for (let seed = 1; seed <= 20; seed++) {
			const random = streamsOf(seed)("collected");
			const updates: Uint8Array[] = [];
			const doc = new Y.Doc();
			doc.clientID = 5;
			doc.on("update", (update) => updates.push(update));
			for (let count = 0; count < 60; count++) {
				doc.transact(() => {
					const list = doc.getArray<Y.Map<number>>("list");
					list.insert(0, [
						new Y.Map([
							["x", count],
							["y", count],
						]),
					]);
					if (below(random, 3) > 0) list.delete(0, 1);
				});
			}
			const whole = Y.mergeUpdates(updates);
			const sliced = built(slicesOf(whole, 1 + below(random, 6)));
			expect(structsOf(sliced)).toEqual(structsOf(built([whole])));
		}
	});

	test("of no length are refused", () => {
		expect(() => [...slicesOf(collected([1, 0, 1]), 4)]).toThrow("a struct of no length");
	});
});

function varUint(number: number): number[] {
	return number < 128 ? [number] : [(number % 128) + 128, ...varUint(Math.floor(number / 128))];
}
