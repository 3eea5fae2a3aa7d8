import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { below, seeded } from "../../../scripts/converge/random.ts";
import { applyBatch } from "../../../server/rooms/batch.ts";
import { Guard } from "../../../server/rooms/guard/guard.ts";
import { Owners } from "../../../server/rooms/guard/owners.ts";
import { inspect } from "../../../server/rooms/inspect.ts";
import { readUpdate } from "../../../server/rooms/update-reader.ts";
import { WeftError } from "../../../shared/errors.ts";
import { anyone } from "../../../shared/ids.ts";
import { rightsOf } from "../../../shared/roles.ts";

function docOf(clientId: number, ...updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc;
}

/** The updates that an edit emits. */
function updatesOf(doc: Y.Doc, edit: () => void): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const keep = (update: Uint8Array) => updates.push(update);
	doc.on("update", keep);
	edit();
	doc.off("update", keep);
	return updates;
}

function updateOf(doc: Y.Doc, edit: () => void): Uint8Array {
	return updatesOf(doc, edit)[0] ?? new Uint8Array();
}

const who = { userId: anyone, accountName: null, formerIds: [], claimer: null };
const author = { ...who, rights: rightsOf("editor") };

/** As one batch of one user. */
const applyAll = (doc: Y.Doc, updates: readonly Uint8Array[]) =>
	applyBatch(
		doc,
		updates.map((bytes) => ({ author, bytes })),
		{
			owners: new Owners({ snapshot: null, tail: [] }, { holderOf: () => null, healed: null }),
			guard: new Guard(false),
			kind: "open",
		},
	);
const verdict = (update: Uint8Array, doc: Y.Doc) => inspect(readUpdate(update), doc);

describe("what honest clients send", () => {
	test("typing, formats, deletes and nested types are new once and known afterwards", () => {
		const ann = docOf(1);
		const server = docOf(0);
		const updates = updatesOf(ann, () => {
			ann.getText("text").insert(0, "hello 👋🏽 there");
			ann.getText("text").format(0, 5, { bold: true });
			ann.getText("text").delete(6, 4);
			ann.getMap("photos").set("p", new Y.Map([["caption", new Y.Text("sea")]]));
		});
		for (const update of updates) {
			expect(verdict(update, server)).toBe("new");
			Y.applyUpdate(server, update);
			expect(verdict(update, server)).toBe("known");
		}
		expect(verdict(Y.encodeStateAsUpdate(ann), server)).toBe("known");
	});

	test("a reader's step 2 repeats the whole delete set and is known", () => {
		const ann = docOf(1);
		ann.getText("text").insert(0, "abcdefghij");
		for (let index = 8; index >= 0; index -= 2) ann.getText("text").delete(index, 1);
		const server = docOf(0, Y.encodeStateAsUpdate(ann));
		const step2 = Y.encodeStateAsUpdate(ann, Y.encodeStateVector(server));
		expect(readUpdate(step2).deletes).toHaveLength(5);
		expect(verdict(step2, server)).toBe("known");
	});

	test("work of several people over several reloads arrives in one update", () => {
		const random = seeded(3);
		const docs = [docOf(3), docOf(900), docOf(40)];
		for (let round = 0; round < 60; round++) {
			const doc = docs[below(random, docs.length)] as Y.Doc;
			const text = doc.getText("text");
			text.insert(below(random, text.length + 1), `<${round}>`);
			if (text.length > 6) text.delete(below(random, text.length - 3), 2);
			const other = docs[below(random, docs.length)] as Y.Doc;
			Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
		}
		const all = docOf(7, ...docs.map((doc) => Y.encodeStateAsUpdate(doc)));
		const server = docOf(0);
		expect(verdict(Y.encodeStateAsUpdate(all), server)).toBe("new");
		const { fates } = applyAll(server, [Y.encodeStateAsUpdate(all)]);
		expect(fates).toEqual([{ verdict: "new" }]);
		expect(server.getText("text").toString()).toBe(all.getText("text").toString());
	});

	test("an update whose first part is known is new", () => {
		const ann = docOf(1);
		const [first] = updatesOf(ann, () => {
			ann.getText("text").insert(0, "one");
			ann.getText("text").insert(3, " two");
		}) as [Uint8Array, Uint8Array];
		expect(verdict(Y.encodeStateAsUpdate(ann), docOf(0, first))).toBe("new");
	});
});

describe("what lacks a predecessor", () => {
	test("a gap in one client's clocks is missing, and so is a skip", () => {
		const ann = docOf(1);
		const [first, second, third] = updatesOf(ann, () => {
			for (const letter of "abc") ann.getText("text").insert(0, letter);
		}) as [Uint8Array, Uint8Array, Uint8Array];
		expect(verdict(second, docOf(0))).toBe("missing");
		expect(verdict(Y.mergeUpdates([first, third]), docOf(0))).toBe("missing");
	});

	test("a neighbour of another client that never came is missing", () => {
		const ann = docOf(1);
		ann.getText("text").insert(0, "ann");
		const ben = docOf(2, Y.encodeStateAsUpdate(ann));
		const update = updateOf(ben, () => ben.getText("text").insert(1, "ben"));
		expect(verdict(update, docOf(0))).toBe("missing");
	});

	test("deleting what nobody has is missing", () => {
		// No structs; client 9 deletes 300,000 elements from clock 0.
		const bomb = Uint8Array.of(0, 1, 9, 1, 0, 0xe0, 0xa7, 0x12);
		expect(verdict(bomb, docOf(0))).toBe("missing");
	});
});

describe("what no honest client sends", () => {
	/** One text item: client, clock, origin as [client, clock], one letter. */
	const item = (client: number, clock: number, origin: readonly [number, number]) => [
		...[1, client, clock, 0b1000_0100, ...origin, 1, 0x61],
	];

	test("structs that wait for each other in a circle are refused", () => {
		const circle = Uint8Array.of(2, ...item(1, 0, [2, 0]), ...item(2, 0, [1, 0]), 0);
		expect(() => verdict(circle, docOf(0))).toThrow(/circle/);
	});

	test("a struct that stands after its own future is refused", () => {
		const ahead = Uint8Array.of(1, ...item(1, 0, [1, 5]), 0);
		expect(() => verdict(ahead, docOf(0))).toThrow(/its own neighbour/);
	});

	test("deleting the same thing twice in one update is refused", () => {
		const ann = docOf(1);
		ann.getText("text").insert(0, "abcdef");
		const overlapping = Uint8Array.of(0, 1, 1, 3, ...[0, 2], ...[4, 1], ...[1, 2]);
		const disjoint = Uint8Array.of(0, 1, 1, 3, ...[4, 1], ...[0, 2], ...[2, 1]);
		const server = docOf(0, Y.encodeStateAsUpdate(ann));
		expect(() => verdict(overlapping, server)).toThrow(/twice/);
		expect(verdict(disjoint, server)).toBe("new");
	});

	test("types are nested 100 deep at most, whether they come at once or one by one", () => {
		const tower = (doc: Y.Doc, height: number) => {
			let top = doc.getMap<unknown>("tower");
			for (let floor = 0; floor < height; floor++) top = top.set("up", new Y.Map());
		};
		const [low, high] = [docOf(1), docOf(1)];
		low.transact(() => tower(low, 100));
		high.transact(() => tower(high, 101));
		expect(verdict(Y.encodeStateAsUpdate(low), docOf(0))).toBe("new");
		expect(() => verdict(Y.encodeStateAsUpdate(high), docOf(0))).toThrow(/too deep/);
		const ann = docOf(2);
		const floors = updatesOf(ann, () => tower(ann, 101));
		const { fates } = applyAll(docOf(0), floors);
		expect(fates.map(({ verdict }) => verdict).indexOf("refused")).toBe(100);
		expect(fates.filter(({ verdict }) => verdict === "new")).toHaveLength(100);
	});

	test("a type in a list is as deep as its neighbours", () => {
		const ann = docOf(1);
		let list = ann.getArray<unknown>("list");
		for (let floor = 0; floor < 100; floor++) {
			const inner = new Y.Array<unknown>();
			list.push([0, inner]);
			list = inner;
		}
		const server = docOf(0, Y.encodeStateAsUpdate(ann));
		const leaf = updateOf(ann, () => list.push([1, 2]));
		Y.applyUpdate(server, leaf);
		const tooDeep = updateOf(ann, () => list.push([new Y.Map()]));
		expect(() => verdict(tooDeep, server)).toThrow(/too deep/);
	});

	test("a long chain of dependencies over two clients is no circle", () => {
		const a = [3, 1, 0];
		const b = [3, 2, 0];
		for (let step = 0; step < 3; step++) {
			a.push(0b1000_0100, ...(step === 0 ? [3, 0] : [2, step - 1]), 1, 0x61);
			b.push(0b1000_0100, 1, step, 1, 0x62);
		}
		const base = docOf(3);
		base.getText("text").insert(0, "x");
		const chain = Uint8Array.of(2, ...b, ...a, 0);
		expect(verdict(chain, docOf(0, Y.encodeStateAsUpdate(base)))).toBe("new");
	});

	test("inserting or deleting inside a surrogate pair is refused", () => {
		const base = docOf(1);
		base.getText("text").insert(0, "a👋b");
		const state = Y.encodeStateAsUpdate(base);
		const between = Uint8Array.of(1, 1, 2, 0, 0b1100_0100, 1, 1, 1, 2, 1, 0x61, 0);
		const cut = Uint8Array.of(0, 1, 1, 1, 2, 1);
		const beforeLow = Uint8Array.of(1, 1, 2, 0, 0b0100_0100, 1, 2, 1, 0x61, 0);
		for (const update of [between, cut, beforeLow]) {
			const server = docOf(0, state);
			expect(() => verdict(update, server)).toThrow(/surrogate/);
			expect(server.getText("text").toString()).toBe("a👋b");
		}
	});

	test("a known struct whose neighbour would split a pair is refused too", () => {
		const base = docOf(1);
		base.getText("text").insert(0, "a👋b");
		const ben = docOf(2, Y.encodeStateAsUpdate(base));
		ben.getText("text").insert(4, "!");
		const server = docOf(0, Y.encodeStateAsUpdate(ben));
		const forged = Uint8Array.of(1, ...item(2, 0, [1, 1]), 0);
		expect(() => verdict(forged, server)).toThrow(/surrogate/);
	});

	test("a pair that comes in the same update is not split either", () => {
		// Client 1 brings "👋"; client 2 stands between its halves.
		const text = new TextEncoder().encode("👋");
		const root = [1, 1, 0, 0b0000_0100, 1, 1, 0x74, text.length, ...text];
		const split = Uint8Array.of(2, ...item(2, 0, [1, 0]), ...root, 0);
		expect(() => verdict(split, docOf(0))).toThrow(/surrogate/);
	});
});

test("8,000 damaged updates change nothing, leave nothing pending, throw one code", () => {
	const random = seeded(11);
	const base = docOf(1);
	base.getText("text").insert(0, "The quick brown 🦊 jumps");
	base.getArray("list").push([new Y.Map([["k", 1]]), 2, 3]);
	const ann = docOf(2, Y.encodeStateAsUpdate(base));
	ann.getText("text").insert(5, "very ");
	ann.getText("text").delete(0, 2);
	const honest = Y.encodeStateAsUpdate(ann, Y.encodeStateVector(base));
	const state = Y.encodeStateAsUpdate(base);
	const counts = { new: 0, known: 0, missing: 0, refused: 0 };
	for (let round = 0; round < 8_000; round++) {
		const update = honest.slice();
		for (let hit = 0; hit <= below(random, 2); hit++) {
			update[below(random, update.length)] = below(random, 256);
		}
		const server = docOf(0, state);
		const before = Y.encodeStateAsUpdate(server);
		const { fates } = applyAll(server, [update]);
		const fate = fates[0]?.verdict ?? "refused";
		counts[fate]++;
		if (fate !== "new") expect(Y.encodeStateAsUpdate(server)).toEqual(before);
	}
	expect(counts.refused).toBeGreaterThan(500);
	expect(counts.new).toBeGreaterThan(50);
});

test("an update is judged against what the one before it in the batch did", () => {
	const ann = docOf(1);
	const updates = updatesOf(ann, () => {
		for (const letter of "abc") ann.getText("text").insert(0, letter);
	});
	const server = docOf(0);
	const applied = applyAll(server, [...updates, ...updates]);
	expect(applied.fates.map(({ verdict }) => verdict)).toEqual([
		...["new", "new", "new", "known", "known", "known"],
	]);
	expect(
		docOf(9, ...applied.news)
			.getText("text")
			.toString(),
	).toBe("cba");
});

test("a refused update in a batch leaves the others untouched", () => {
	const ann = docOf(1);
	const good = updateOf(ann, () => ann.getText("text").insert(0, "good"));
	const bad = Uint8Array.of(1, 2, 3);
	const server = docOf(0);
	const { fates } = applyAll(server, [bad, good]);
	expect(fates[0]).toMatchObject({ verdict: "refused", error: expect.any(WeftError) });
	expect(server.getText("text").toString()).toBe("good");
});

test("the server tidies up no formats: that would be an edit that nobody made", () => {
	const ann = docOf(1);
	const text = ann.getText("text");
	const base = updateOf(ann, () => text.insert(0, "one two three"));
	const ben = docOf(2, base);
	const server = docOf(0, base);
	expect(server.getText("text").length).toBe(13); // Somebody has looked at it as a text.
	const bold = updateOf(ann, () => text.format(0, 7, { bold: true }));
	const alsoBold = updateOf(ben, () => ben.getText("text").format(0, 7, { bold: true }));
	const { news, fates } = applyAll(server, [bold, alsoBold]);
	expect(fates.map(({ verdict }) => verdict)).toEqual(["new", "new"]);
	const other = docOf(3, base, ...news);
	expect(other.getText("text").toDelta()).toEqual(server.getText("text").toDelta());
	const plain = docOf(4, base, bold, alsoBold);
	expect(readUpdate(Y.encodeStateAsUpdate(server)).deletes).toEqual(
		readUpdate(Y.encodeStateAsUpdate(plain)).deletes,
	);
});
