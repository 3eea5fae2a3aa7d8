/** Ends of lines in a guarded room: who writes them, and what is none. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { encodeEnd, nameOf } from "../../../../shared/surfaces/arrange/ends.ts";
import { putEnd } from "../../../../shared/surfaces/arrange/joins.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape, type Shape } from "../../../../shared/surfaces/shapes.ts";
import { Hand, together } from "../../../fixtures/rooms/guarded.ts";

const middle = { across: 0.5, down: 0.5 };
const entryIn = (doc: Y.Doc, index: number) => strokesOf(doc).get(index) as Y.Map<unknown>;

function put(doc: Y.Doc, kind: Shape["kind"]): Y.Map<unknown> {
	const drawn = { kind, color: 0, width: 0, look: plainLook } as const;
	return addShape(strokesOf(doc), { ...drawn, points: [0, 0, 100, 100] });
}

/** Ann has put a box and an arrow down, which Ben sees. */
function drawn() {
	const { room, ann, ben } = together();
	const said = room.edit(ann, (doc) => {
		put(doc, "rectangle");
		put(doc, "arrow");
	});
	expect(said).toBe("new");
	room.show(ben);
	return { room, ann, ben };
}

const join = (doc: Y.Doc) =>
	putEnd(entryIn(doc, 1), 1, { at: { x: 9, y: 9 }, on: { entry: entryIn(doc, 0), ...middle } });

describe("ends of lines", () => {
	test("stay on what they point at, for everybody, and one undo takes that back", () => {
		const { room, ann, ben } = drawn();
		const undo = new Y.UndoManager(strokesOf(ben.doc));
		expect(room.edit(ben, join)).toBe("new");
		room.show(ann);
		expect(entryIn(ann.doc, 1).get("a1")).toEqual(entryIn(ben.doc, 1).get("a1"));
		expect(
			room.take(
				ben,
				ben.undo(() => undo.undo()),
			),
		).toBe("new");
		expect(entryIn(room.doc, 1).has("a1")).toBe(false);
	});

	test("are moved by no viewer and no commenter", () => {
		const { room } = drawn();
		for (const [index, role] of (["viewer", "commenter"] as const).entries()) {
			const guest = new Hand(`g_${role}`, 40 + index, role);
			room.show(guest);
			expect(room.edit(guest, join)).toMatch(/^not_allowed/);
		}
	});

	test("may name what is not there, each other and themselves: nobody follows that", () => {
		const { room, ann } = drawn();
		const names = [0, 1].map((index) => nameOf(entryIn(ann.doc, index)));
		for (const name of [...names, { client: 9, clock: 2 ** 31 - 1 }]) {
			const target = { client: 0, clock: 0, ...name, ...middle };
			const end = encodeEnd({ x: 0, y: 0, target });
			expect(room.edit(ann, (doc) => void entryIn(doc, 1).set("a0", end))).toBe("new");
		}
	});
});

describe("attacks by ends are refused, and the doc stays as it was", () => {
	test.each([
		["a0", Uint8Array.of(), "bad_item"],
		["a1", Uint8Array.of(1, 0), "bad_item"],
		["a0", Uint8Array.of(1, 0, 0, 5, 0, 3, 129, 2, 0), "bad_item"],
		["a1", Uint8Array.of(1, 0, 0, 5, 0, 3, 0, 0, 0), "bad_item"],
		["a1", new Uint8Array(100_000).fill(1), "bad_item"],
		["a0", Uint8Array.of(2, 0, 0), "refused_update"],
		["a0", [1, 2], "refused_update"],
		["a1", { client: 1, clock: 2 }, "refused_update"],
		["a1", "x".repeat(5_000), "refused_update"],
		["n", [1, 2, 3], "refused_update"],
		["n", [-1, 2], "refused_update"],
		["n", ["1", "2"], "refused_update"],
		["n", new Array(100_000).fill(1), "refused_update"],
		["n", { 0: 1, 1: 2 }, "refused_update"],
		["n", Uint8Array.of(1, 2), "refused_update"],
	])("%s as %j", (key, value, refusal) => {
		const { room, ben } = drawn();
		const before = Y.encodeStateAsUpdate(room.doc);
		const said = room.edit(ben, (doc) => void entryIn(doc, 1).set(key, value));
		expect(said).toMatch(new RegExp(`^${refusal}`));
		expect(Y.encodeStateAsUpdate(room.doc)).toEqual(before);
	});

	test("a type in their place is no part of an item", () => {
		const { room, ben } = drawn();
		const said = room.edit(ben, (doc) => void entryIn(doc, 1).set("a0", new Y.Map([["x", 1]])));
		expect(said).toMatch(/^refused_update/);
	});
});
