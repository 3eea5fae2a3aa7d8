import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { below, seeded } from "../../../scripts/converge/random.ts";
import { readUpdate } from "../../../server/rooms/update-reader.ts";
import { WeftError } from "../../../shared/errors.ts";

/** A doc in which every kind of content occurs, deleted and nested ones too. */
function richDoc(): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 7;
	const text = doc.getText("text");
	text.insert(0, "grüße 👋 world");
	text.format(0, 3, { bold: true });
	text.insertEmbed(2, { photo: "p1" });
	const list = doc.getArray<unknown>("list");
	list.push([1, "two", null, { three: [3, 3n, undefined] }, new Uint8Array([4, 4])]);
	const map = doc.getMap("map");
	map.set("inner", new Y.Map([["deep", new Y.Text("x")]]));
	map.set("sub", new Y.Doc({ guid: "sub" }));
	const xml = doc.getXmlFragment("xml");
	xml.insert(0, [new Y.XmlElement("p"), new Y.XmlText("t")]);
	text.delete(1, 4);
	list.delete(0, 2);
	map.set("inner", 5);
	return doc;
}

/** The same facts from Yjs's own decoder. */
function oracle(update: Uint8Array) {
	const { structs, ds } = Y.decodeUpdate(update);
	return {
		structs: structs.map((struct) => ({
			client: struct.id.client,
			clock: struct.id.clock,
			length: struct.length,
			origin: struct instanceof Y.Item ? plain(struct.origin) : null,
			rightOrigin: struct instanceof Y.Item ? plain(struct.rightOrigin) : null,
			parentSub: struct instanceof Y.Item ? struct.parentSub : null,
		})),
		deletes: Array.from(ds.clients).flatMap(([client, ranges]) =>
			ranges.map(({ clock, len }) => ({ client, clock, length: len })),
		),
	};
}

function plain(id: Y.ID | null) {
	return id === null ? null : { client: id.client, clock: id.clock };
}

function ours(update: Uint8Array) {
	const { clients, deletes } = readUpdate(update);
	return {
		structs: clients.flatMap(({ client, structs }) =>
			structs.map(({ clock, length, origin, rightOrigin, parentSub }) => ({
				client,
				clock,
				length,
				origin,
				rightOrigin,
				parentSub,
			})),
		),
		deletes,
	};
}

describe("reading an update", () => {
	test("every kind of content is read as Yjs reads it", () => {
		const update = Y.encodeStateAsUpdate(richDoc());
		expect(ours(update)).toEqual(oracle(update));
	});

	test("a merged update with a hole is read with its skip", () => {
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on("update", (update: Uint8Array) => updates.push(update));
		for (const letter of "abc") doc.getText("text").insert(0, letter);
		const [first, , third] = updates as [Uint8Array, Uint8Array, Uint8Array];
		const kinds = readUpdate(Y.mergeUpdates([first, third])).clients[0]?.structs.map(
			({ kind }) => kind,
		);
		expect(kinds).toEqual(["item", "skip", "item"]);
	});

	test("what is cut short or has bytes left over is refused with a code", () => {
		const update = Y.encodeStateAsUpdate(richDoc());
		for (let length = 0; length < update.length; length++) {
			expect(() => readUpdate(update.subarray(0, length))).toThrow(WeftError);
		}
		const longer = new Uint8Array([...update, 0]);
		expect(() => readUpdate(longer)).toThrow(/bytes left over/);
	});

	test("20,000 damaged updates never throw anything but the one code", () => {
		const random = seeded(1);
		const update = Y.encodeStateAsUpdate(richDoc());
		const codes = new Set<string>();
		for (let round = 0; round < 20_000; round++) {
			const damaged = update.slice();
			for (let hit = 0; hit <= below(random, 3); hit++) {
				damaged[below(random, damaged.length)] = below(random, 256);
			}
			try {
				readUpdate(damaged);
			} catch (error) {
				codes.add(error instanceof WeftError ? error.code : String(error));
			}
		}
		expect([...codes]).toEqual(["refused_update"]);
	});

	test("a value nested 5,000 deep is refused, one nested 30 deep is not", () => {
		const nested = (depth: number) => {
			let value: unknown = 1;
			for (let level = 0; level < depth; level++) value = [value];
			const doc = new Y.Doc();
			doc.getArray("list").push([value]);
			return Y.encodeStateAsUpdate(doc);
		};
		expect(() => readUpdate(nested(5_000))).toThrow(/nested too deep/);
		expect(readUpdate(nested(30)).clients).toHaveLength(1);
	});

	test("a client that stands twice is refused", () => {
		// Two blocks of client 5, one GC of length 1 each, no deletes.
		const update = Uint8Array.of(2, 1, 5, 0, 0, 1, 1, 5, 1, 0, 1, 0);
		expect(() => readUpdate(update)).toThrow(/stands twice/);
	});
});

test("so many clients that each costs more than its bytes are refused before they are read", () => {
	expect(() => readUpdate(Uint8Array.of(0xff, 0xff, 0xff, 0x7f))).toThrow(/too many clients/);
});

test("values count too: millions of them in one update are refused, however spread", () => {
	const doc = new Y.Doc();
	for (let round = 0; round < 10; round++) doc.getArray("list").push(new Array(50).fill(7));
	const update = Y.encodeStateAsUpdate(doc);
	expect(readUpdate(update, 1_000).clients).toHaveLength(1);
	expect(() => readUpdate(update, 400)).toThrow(/too many/);
});
