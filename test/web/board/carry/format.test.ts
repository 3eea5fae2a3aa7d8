import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../../shared/ids.ts";
import { idOf } from "../../../../shared/surfaces/about-item.ts";
import {
	addPhoto,
	liftItems,
	moveItems,
	standItems,
} from "../../../../shared/surfaces/arrange/edits.ts";
import { readEnds } from "../../../../shared/surfaces/arrange/ends.ts";
import { putEnd, renameEnds, Targets } from "../../../../shared/surfaces/arrange/joins.ts";
import { placeOf } from "../../../../shared/surfaces/arrange/places.ts";
import { addStroke, readItem } from "../../../../shared/surfaces/board.ts";
import { itemBounds } from "../../../../shared/surfaces/item-outline.ts";
import { addShape } from "../../../../shared/surfaces/shapes.ts";
import { encodeOffset, encodeStroke } from "../../../../shared/surfaces/stroke-codec.ts";
import { addWords, lettersOf } from "../../../../shared/surfaces/words/words.ts";
import { isCarried, readCarried } from "../../../../web/board/carry/carrier.ts";
import {
	carriedItemsMax,
	entryAt,
	type Reading,
	writeItems,
} from "../../../../web/board/carry/format.ts";
import { partOf } from "../../../../web/board/carry/picture.ts";
import { Scene } from "../../../../web/board/scene.ts";

const look = { fill: "tint", dash: "dashed", opacity: 50 } as const;
const photo = "AAAAAAAAAAAAAAAAAAAAAA" as PhotoId;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

const stroke = {
	kind: "pen",
	color: 2,
	width: 1,
	points: Float64Array.of(10, 20, 30, 40, 55, 60),
	pressures: Float32Array.of(0.2, 0.4, 0.6),
	times: null,
} as const;
const d = base64(encodeStroke(stroke));

const note = base64(encodeStroke({ ...stroke, kind: "note", pressures: null }));

function board(): Y.Array<unknown> {
	return new Y.Doc().getArray("strokes");
}

/** What a reading puts on another board, moved by so much. */
function putDown(reading: Reading, by = { x: 0, y: 0 }): Y.Array<unknown> {
	if (reading.kind === "refused") throw new Error(reading.why);
	const other = board();
	other.push(reading.items.map((item) => entryAt(item, by, (name) => `${name} anew`)));
	return other;
}

const ours = (items: unknown, version: unknown = 1) =>
	JSON.stringify({ type: "weft/board", version, items });
const why = (json: string) => {
	const reading = readCarried(json);
	return reading.kind === "refused" ? reading.why : "taken";
};

/** A box, and two arrows that point at it and at something that is not taken along. */
function joined(): { from: Y.Array<unknown>; taken: Y.Map<unknown>[] } {
	const from = board();
	const plain = { color: 0, width: 0, look } as const;
	const box = addShape(from, { kind: "rectangle", ...plain, points: [0, 0, 100, 100] });
	const other = addShape(from, { kind: "ellipse", ...plain, points: [0, 300, 100, 400] });
	const arrow = addShape(from, { kind: "arrow", ...plain, points: [300, 50, 200, 50] });
	const across = { across: 0.5, down: 0.5 };
	putEnd(arrow, 0, { at: { x: 50, y: 350 }, on: { entry: other, ...across } });
	putEnd(arrow, 1, { at: { x: 50, y: 50 }, on: { entry: box, ...across } });
	return { from, taken: [arrow, box] };
}

describe("arrows on their way", () => {
	test("stay on what is taken along, and lie where they were seen on what is not", () => {
		const { from, taken } = joined();
		const json = writeItems(taken);
		expect(json).not.toContain(String(from.doc?.clientID));
		const other = putDown(readCarried(json), { x: 1_000, y: 0 });
		other.doc?.transact(() => renameEnds(other.toArray() as Y.Map<unknown>[]));
		const [arrow, box] = other.toArray() as Y.Map<unknown>[];
		const [begin, end] = readEnds(arrow) ?? [];
		expect(begin?.target).toBeNull();
		expect(begin?.y).toBeLessThan(300);
		expect(end?.target).toMatchObject(box?._item?.id ?? {});
		const seen = end?.target ? new Targets(other).pointed(end.target) : null;
		expect(seen?.frame).toMatchObject({ x: 1_050, y: 50 });
	});

	test.each([
		["a0", "AQ=="],
		["a1", "AgAA"],
		["a1", 7],
		["n", [1, 2, 3]],
		["n", ["0", 1]],
	])("with %s as %j are damaged", (key, value) => {
		expect(why(ours([{ d, [key]: value }]))).toBe("damaged");
	});
});

describe("a board as JSON", () => {
	test("what was copied is the same on another board, where it is put", () => {
		const from = board();
		const first = addStroke(from, stroke);
		addShape(from, { kind: "ellipse", color: 3, width: 2, look, points: [0, 0, 40, 20] });
		addPhoto(from, photo, { minX: 1, minY: 2, maxX: 3, maxY: 4 });
		const box = { minX: 5, minY: 5, maxX: 95, maxY: 45 };
		addWords(from, { kind: "note", color: 4, size: 1, look, box, text: "buy\nroses 🌹" });
		const empty = { kind: "diamond", color: 1, width: 0, look, points: [0, 0, 9, 9] } as const;
		lettersOf(addShape(from, { ...empty, kind: "rectangle" }))?.insert(0, "tea");
		addShape(from, empty).set("h", 2);
		moveItems(from, new Set([first]), { x: 100, y: -8 });
		const to = putDown(readCarried(writeItems(from.toArray())), { x: 7, y: 9 });
		const [before, after] = [from, to].map((all) => all.toArray().map((entry) => readItem(entry)));
		expect(after).toEqual(before?.map((item) => item && { ...item, x: item.x + 7, y: item.y + 9 }));
		expect(after?.at(-2)).toMatchObject({ kind: "rectangle", text: "tea" });
		// Two can begin to type there at once, as where it was drawn.
		expect(lettersOf(to.get(to.length - 1))?.length).toBe(0);
		expect(writeItems([from.get(from.length - 1)])).not.toContain('"t"');
	});

	test("items come in the order that was seen, as they were sized and turned", () => {
		const from = board();
		const named = ["rectangle", "ellipse", "diamond"] as const;
		const [low, middle, high] = named.map((kind) =>
			addShape(from, { kind, color: 3, width: 2, look, points: [0, 0, 40, 20] }),
		);
		const pose = { wide: 2, high: -0.5, turn: 30 };
		standItems(from, new Map([[low, { x: 5, y: 6, pose }]]));
		const { client, clock } = idOf(from, high) ?? { client: 0, clock: 0 };
		liftItems(from, new Map([[low, [client, clock, 1]]]));
		const below = idOf(from, middle) ?? { client: 0, clock: 0 };
		liftItems(from, new Map([[high, [below.client, below.clock, -1]]]));
		const scene = new Scene(from, () => undefined);
		scene.measure({ boundsOf: itemBounds, placeOf, joiner: null });
		const part = partOf(scene, new Set());
		const entries = part?.items.flatMap(({ id }) => [...scene.valuesOf([id])]) ?? [];
		const items = putDown(readCarried(writeItems(entries))).map((entry) => readItem(entry));
		const seen = part?.items.map(({ item }) => item.kind);
		expect(seen).toEqual(["diamond", "ellipse", "rectangle"]);
		expect(items.map((item) => item?.kind)).toEqual(seen);
		expect(items.every((item) => item?.lift === null)).toBe(true);
		expect(items.at(-1)?.pose).toEqual(readItem(low)?.pose);
		expect(items.at(-1)?.pose?.turn).toBe(30);
		scene.close();
	});

	test("the room, who drew, height and lock stay behind", () => {
		const from = board();
		const entry = addStroke(from, stroke);
		for (const [key, value] of Object.entries({ by: "g_ann", at: 5, z: 9, lock: true, own: "x" })) {
			entry.set(key, value);
		}
		expect(JSON.parse(writeItems([entry])).items.map(Object.keys)).toEqual([["d"]]);
	});

	test("size, turn and group come along, and the group is another one", () => {
		const from = board();
		const entry = addStroke(from, stroke);
		entry.set("s", Uint8Array.of(1, 128, 128, 1, 128, 128, 1, 0));
		entry.set("g", "g1");
		const [put] = putDown(readCarried(writeItems([entry]))).toArray() as Y.Map<unknown>[];
		expect([put?.get("s"), put?.get("g")]).toEqual([entry.get("s"), "g1 anew"]);
	});

	test("an item of another client is carried as it is drawn", () => {
		const from = board();
		from.push([
			{
				points: [
					[1, 2],
					[3, 4],
				],
				color: "#ff0000",
				width: 9,
			},
		]);
		const [item] = putDown(readCarried(writeItems(from.toArray())))
			.toArray()
			.map(readItem);
		expect(item).toMatchObject({ kind: "pen", color: "#ff0000", width: 10 });
	});

	test("a text of another program is left alone, ours and Excalidraw's are not", () => {
		expect(["", "hello", '{"name":"weft/board"}', "[1]", '{ "a": {'].map(isCarried)).toEqual([
			false,
			false,
			false,
			false,
			false,
		]);
		expect(isCarried(ours([]))).toBe(true);
		expect(isCarried('{\n  "type": "excalidraw",\n  "version": 2')).toBe(true);
	});

	test.each([
		["cut short", ours([{ d }]).slice(0, -2), "damaged"],
		["no object", "[]", "damaged"],
		["null", "null", "damaged"],
		["another program's", '{"type":"other/board","version":1,"items":[]}', "damaged"],
		["of a newer version", ours([{ d }], 2), "newer"],
		["of no version", ours([{ d }], "1"), "damaged"],
		["empty", ours([]), "empty"],
		["without a list", ours({ 0: { d } }), "damaged"],
		["too much", ours(Array(carriedItemsMax + 1).fill(0)), "tooMuch"],
		["an item that is none", ours([{ d }, null]), "damaged"],
		["an item in a list", ours([[d]]), "damaged"],
		["without points", ours([{ c: 1 }]), "damaged"],
		["no base64", ours([{ d: "*".repeat(8) }]), "damaged"],
		["no text", ours([{ d: [1, 2, 3] }]), "damaged"],
		["bytes cut short", ours([{ d: d.slice(0, -4) }]), "damaged"],
		[
			"bytes behind the end",
			ours([{ d: base64(Uint8Array.of(...encodeStroke(stroke), 0)) }]),
			"damaged",
		],
		[
			"of a kind that nobody knows",
			ours([{ d: base64(Uint8Array.of(1, 99, 0, 1, 0, 0)) }]),
			"damaged",
		],
		[
			"of a codec that nobody knows",
			ours([{ d: base64(Uint8Array.of(2, 1, 0, 1, 0, 0)) }]),
			"damaged",
		],
		[
			"a million points",
			ours([{ d: base64(Uint8Array.of(1, 1, 0, 0xc0, 0x84, 0x3d)) }]),
			"damaged",
		],
		["a strange key", ours([{ d, onload: "alert(1)" }]), "damaged"],
		[
			"a key of all objects",
			`{"type":"weft/board","version":1,"items":[{"d":"${d}","__proto__":1}]}`,
			"damaged",
		],
		["a key of the prototype", ours([{ d, constructor: 1 }]), "damaged"],
		["who drew it", ours([{ d, by: "g_ann" }]), "damaged"],
		["a colour that is none", ours([{ d, c: 16 }]), "damaged"],
		["letters where none can be", ours([{ d, t: "roses" }]), "damaged"],
		["half a letter", ours([{ d: note, t: "\ud800" }]), "damaged"],
		["letters that are none", ours([{ d: note, t: 7 }]), "damaged"],
		["a size of many bytes", ours([{ d, s: base64(new Uint8Array(65)) }]), "damaged"],
		["a group without a name", ours([{ d, g: "" }]), "damaged"],
		["half a colour", ours([{ d, c: 0.5 }]), "damaged"],
		["too long a colour", ours([{ d, color: "#".repeat(65) }]), "damaged"],
		["no opacity", ours([{ d, o: 0 }]), "damaged"],
		["moved off the board", ours([{ d, x: base64(encodeOffset(2 ** 23, 0)) }]), "damaged"],
		["moved by nothing", ours([{ d, x: "" }]), "damaged"],
		["a photo without a name", ours([{ d, photo: "../../etc" }]), "damaged"],
		["a part too far", ours([{ d, d1000: d }]), "damaged"],
	])("%s is refused whole", (_name, json, reason) => {
		expect(why(json)).toBe(reason);
	});
});
