/** Values of an update: what Yjs cannot read, or nobody could hold, is refused before it does. */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { readBytesMax } from "../../../../server/rooms/pieces/taking.ts";
import { contentRefs, readUpdate } from "../../../../server/rooms/update-reader.ts";
import { GuardedDoc, Hand } from "../../../fixtures/rooms/guarded.ts";
import { lettersOf, writeAll } from "../../../fixtures/rooms/letters.ts";

type Write = (encoder: encoding.Encoder) => void;

/** Client 66 puts contents of one kind into a list, one struct each. */
function structsOf(ref: number, contents: readonly Write[], root = "list"): Uint8Array {
	return encoding.encode((encoder) => {
		writeAll(encoder, [1, contents.length, 66, 0]);
		for (const write of contents) {
			encoding.writeUint8(encoder, ref);
			writeAll(encoder, [1]);
			encoding.writeVarString(encoder, root);
			write(encoder);
		}
		writeAll(encoder, [0]);
	});
}

/** What one value makes of it; `write` is handed the bytes behind the number of values. */
function anyOf(write: Write): Uint8Array {
	return structsOf(contentRefs.any, [
		(encoder) => {
			writeAll(encoder, [1]);
			write(encoder);
		},
	]);
}

const docOf = (options: unknown) =>
	structsOf(contentRefs.doc, [
		(encoder) => {
			encoding.writeVarString(encoder, "sub");
			encoding.writeAny(encoder, options as never);
		},
	]);

/** The only struct of an update by client 66. */
const structOf = (update: Uint8Array) => update.subarray(4, -1);

const textOfJson = (json: string) => (encoder: encoding.Encoder) =>
	encoding.writeVarString(encoder, json);

function takeInOpenRoom(bytes: Uint8Array): string {
	return new GuardedDoc(false, "open").take(new Hand("g_mallory", 66), bytes);
}

describe("a doc within the doc", () => {
	test.each([
		["none", null],
		["undefined", undefined],
		["a number", 7],
		["bytes", Uint8Array.of(1)],
		["another name, which cannot be written", { guid: null }],
		["a filter, which cannot be called", { gcFilter: true }],
	])("is refused with options that are %s: every copy would end with it", (_, options) => {
		expect(takeInOpenRoom(docOf(options))).toBe("refused_update: no options of a doc");
	});

	test("is taken as Yjs and its port in Rust write it, and can be taken away again", () => {
		const room = new GuardedDoc(false, "open");
		const ann = new Hand("g_ann", 11);
		const map = (doc: Y.Doc) => doc.getMap<unknown>("map");
		const options = { guid: "sub", gc: false, autoLoad: true, meta: { a: [1] } };
		expect(room.edit(ann, (doc) => map(doc).set("sub", new Y.Doc(options)))).toBe("new");
		expect(room.edit(ann, (doc) => map(doc).delete("sub"))).toBe("new");
		expect(room.edit(ann, (doc) => map(doc).set("sub", new Y.Doc()))).toBe("new");
		expect(room.edit(ann, (doc) => map(doc).set("sub", 5))).toBe("new");
		expect(map(room.doc).toJSON()).toEqual({ sub: 5 });
		const inRust = { gc: true, encoding: 0n, autoLoad: false, shouldLoad: true };
		expect(takeInOpenRoom(docOf(inRust))).toBe("new");
	});

	test("is refused in what is known, too: Yjs reads that again", () => {
		const room = new GuardedDoc();
		const mallory = new Hand("g_mallory", 66);
		expect(room.take(mallory, lettersOf({ client: 66 }, [{ text: "a" }]))).toBe("new");
		const forged = encoding.encode((encoder) => {
			writeAll(encoder, [1, 2, 66, 0]);
			encoding.writeUint8Array(encoder, structOf(docOf(null)));
			encoding.writeUint8Array(encoder, structOf(lettersOf({ client: 66 }, [{ text: "b" }])));
			writeAll(encoder, [0]);
		});
		expect(room.take(mallory, forged)).toBe("refused_update: no options of a doc");
	});
});

test.each([contentRefs.embed, contentRefs.format])(
	"JSON that Yjs does not parse is refused where it has no word for it (%i)",
	(ref) => {
		const name: Write = ref === contentRefs.format ? textOfJson("bold") : () => undefined;
		const bytes = structsOf(ref, [
			(encoder) => {
				name(encoder);
				encoding.writeVarString(encoder, "undefined");
			},
		]);
		expect(takeInOpenRoom(bytes)).toBe("refused_update: not a Yjs update");
	},
);

describe("how much one value may be", () => {
	const nothings = (count: number) => anyOf((encoder) => writeArray(encoder, count));

	function writeArray(encoder: encoding.Encoder, count: number, write?: Write): void {
		encoding.writeUint8(encoder, 117);
		writeAll(encoder, [count]);
		for (let left = count; left > 0; left--) {
			if (write === undefined) encoding.writeUint8(encoder, 126);
			else write(encoder);
		}
	}

	test("10,000 entries, and not one more: told by the head, before any is read", () => {
		expect(takeInOpenRoom(nothings(10_000))).toBe("new");
		const head = nothings(10_001).subarray(0, 20);
		expect(() => readUpdate(head)).toThrow(/too many entries/);
		// What is long is read piece by piece, each struct first where it is counted.
		const cut = nothings(40_000).subarray(0, 30_000);
		expect(cut.length).toBeGreaterThan(readBytesMax);
		expect(takeInOpenRoom(cut)).toBe("refused_update: a value with too many entries");
	});

	test("200,000 parts in all, as lib0 writes them and as JSON", () => {
		const parts = (count: number) =>
			anyOf((encoder) => writeArray(encoder, count, (inner) => writeArray(inner, 9_999)));
		expect(takeInOpenRoom(parts(19))).toBe("new");
		expect(takeInOpenRoom(parts(20))).toBe("refused_update: a value with too many parts");
		const json = (count: number) => JSON.stringify(new Array(count).fill(new Array(9_999).fill(0)));
		const embed = (count: number) => structsOf(contentRefs.embed, [textOfJson(json(count))]);
		expect(takeInOpenRoom(embed(19))).toBe("new");
		expect(takeInOpenRoom(embed(20))).toBe("refused_update: a value with too many parts");
	});

	test("what was let in before there were such bounds can be read", () => {
		const deep = JSON.stringify(new Array(20).fill(new Array(9_999).fill(0)));
		for (const bytes of [
			docOf({ gcFilter: 1 }),
			structsOf(contentRefs.embed, [textOfJson(deep)]),
		]) {
			expect(readUpdate(bytes, Number.POSITIVE_INFINITY).clients).toHaveLength(1);
		}
	});
});

test("a key that lib0 takes for the object's prototype is refused", () => {
	const bytes = anyOf((encoder) => {
		encoding.writeUint8(encoder, 118);
		writeAll(encoder, [1]);
		encoding.writeVarString(encoder, "__proto__");
		encoding.writeAny(encoder, { isAdmin: true });
	});
	expect(takeInOpenRoom(bytes)).toBe("refused_update: a key that no object has");
	const own = structsOf(contentRefs.embed, [textOfJson('{"__proto__":{"isAdmin":true}}')]);
	expect(takeInOpenRoom(own)).toBe("new");
	expect(Reflect.get({}, "isAdmin")).toBeUndefined();
});
