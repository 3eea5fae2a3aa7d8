/** Erased parts of strokes in a guarded room: who writes them, and what is none. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { eraseParts } from "../../../../shared/surfaces/arrange/edits.ts";
import { gapsMax, gapsOf } from "../../../../shared/surfaces/arrange/gaps.ts";
import { addStroke, readItem } from "../../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { Hand, together } from "../../../fixtures/rooms/guarded.ts";

const entryIn = (doc: Y.Doc) => strokesOf(doc).get(0) as Y.Map<unknown>;
const erase = (...gaps: number[]) => {
	return (doc: Y.Doc) => eraseParts(strokesOf(doc), new Map([[entryIn(doc), gaps]]));
};
const gapsIn = (doc: Y.Doc) => gapsOf(readItem(entryIn(doc)) ?? { gaps: [] });

/** Ann has drawn a stroke, which Ben sees. */
function drawn() {
	const { room, ann, ben } = together();
	const plain = { kind: "pen", color: 0, width: 0, pressures: null, times: null } as const;
	const points = Float64Array.of(0, 0, 50, 0, 100, 0);
	const said = room.edit(ann, (doc) => void addStroke(strokesOf(doc), { ...plain, points }));
	expect(said).toBe("new");
	room.show(ben);
	return { room, ann, ben };
}

describe("parts of a stroke", () => {
	test("are erased by two at once, and given back by each alone", () => {
		const { room, ann, ben } = drawn();
		const undo = new Y.UndoManager(strokesOf(ben.doc));
		expect(room.edit(ben, erase(0.5, 1))).toBe("new");
		expect(room.edit(ann, erase(0.75, 1.5))).toBe("new");
		room.show(ben);
		expect(gapsIn(ben.doc)).toEqual([0.5, 1.5]);
		const back = ben.undo(() => undo.undo());
		expect(room.take(ben, back)).toBe("new");
		expect(gapsIn(room.doc)).toEqual([0.75, 1.5]);
	});

	test("are erased by no viewer and no commenter", () => {
		const { room } = drawn();
		for (const [index, role] of (["viewer", "commenter"] as const).entries()) {
			const guest = new Hand(`g_${role}`, 40 + index, role);
			room.show(guest);
			expect(room.edit(guest, erase(0, 1))).toMatch(/^not_allowed/);
		}
	});
});

describe("attacks by gaps are refused, and the doc stays as it was", () => {
	test.each([
		["e1", Uint8Array.of(), "bad_item"],
		["e1", Uint8Array.of(1, 5), "bad_item"],
		["e1", Uint8Array.of(1, 5, 0), "bad_item"],
		["ezz", Uint8Array.from([1, ...new Array((gapsMax + 1) * 2).fill(1)]), "bad_item"],
		["e1", new Uint8Array(100_000).fill(1), "bad_item"],
		["e1", Uint8Array.of(2, 0, 0), "refused_update"],
		["e", Uint8Array.of(1), "refused_update"],
		["eA", Uint8Array.of(1), "refused_update"],
		["e123456789012", Uint8Array.of(1), "refused_update"],
		["e1", { from: 0, to: 1 }, "refused_update"],
	])("%s as %j", (key, value, refusal) => {
		const { room, ben } = drawn();
		const before = Y.encodeStateAsUpdate(room.doc);
		const said = room.edit(ben, (doc) => void entryIn(doc).set(key, value));
		expect(said).toMatch(new RegExp(`^${refusal}`));
		expect(Y.encodeStateAsUpdate(room.doc)).toEqual(before);
	});
});
