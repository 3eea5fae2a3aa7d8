import { beforeEach, expect, test } from "vitest";
import type * as Y from "yjs";
import { findCleared } from "../../../../server/fold/cleared/cleared.ts";
import { clearBoard } from "../../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { putBack } from "../../../../web/presence/cleared/put-back.ts";
import { draw, PastOfRoom } from "../../../fixtures/rooms/past.ts";

let room: PastOfRoom;
let ann: Y.Doc;
let ben: Y.Doc;

beforeEach(() => {
	room = new PastOfRoom();
	ann = room.come("ann");
	ben = room.come("ben");
});

/** What was cleared last. */
function content() {
	const [one] = findCleared(room.past);
	if (one === undefined) throw new Error("nothing is missing");
	return one.content;
}

const isBens = (id: unknown) => id === "g_ben";

test("a board comes back below what was drawn since, with who drew it, and nothing twice", () => {
	draw(ann, 2);
	draw(ben, 1);
	const before = strokesOf(ann).toJSON();
	ben.transact(() => clearBoard(strokesOf(ben)));
	const wiped = content();
	draw(ann, 1, 50);
	const back = putBack(ben, wiped, isBens);
	expect(back.count).toBe(3);
	const names = [{ by: "g_ann" }, { by: "g_ann" }, {}];
	const after = before.map((item, at) => ({ ...item, ...names[at] }));
	expect(strokesOf(ann).toJSON()).toEqual([...after, expect.not.objectContaining({ by: "g_ann" })]);
	expect(putBack(ann, wiped, () => false).count).toBe(0);
	expect(strokesOf(ann).length).toBe(4);
	back.undo();
	expect(strokesOf(ann).length).toBe(1);
});

test("a text comes back where it stood, with its formats, whatever was written around it", () => {
	const letters = "Water comes from the hills. ".repeat(8);
	textOf(ann).applyDelta([
		{ insert: "before " },
		{ insert: letters, attributes: { bold: true } },
		{ insert: "after\n" },
	]);
	const before = textOf(ann).toDelta();
	ben.transact(() => textOf(ben).delete(7, letters.length));
	const wiped = content();
	textOf(ann).insert(0, "long ");
	textOf(ann).insert(textOf(ann).length - 1, " all");
	const back = putBack(ben, wiped, isBens);
	expect(back.count).toBe(letters.length);
	expect(textOf(ann).toString()).toBe(`long before ${letters}after all\n`);
	expect(textOf(ann).toDelta()[1]).toEqual(before[1]);
	expect(putBack(ann, wiped, isBens).count).toBe(0);
	back.undo();
	expect(textOf(ann).toString()).toBe("long before after all\n");
});

test("two stretches come back each at its place, also where all around them is gone", () => {
	const [one, two] = ["first words ".repeat(20), "second words ".repeat(20)];
	textOf(ann).insert(0, `${one}-${two}\n`);
	ben.transact(() => {
		textOf(ben).delete(one.length + 1, two.length);
		textOf(ben).delete(0, one.length);
	});
	const wiped = content();
	textOf(ann).delete(0, textOf(ann).length);
	putBack(ben, wiped, isBens);
	expect(textOf(ann).toString()).toBe(one + two);
});

test("what was brought back is found missing when it is cleared again, by the same names", () => {
	draw(ann, 2);
	ben.transact(() => clearBoard(strokesOf(ben)));
	putBack(ben, content(), isBens);
	room.rest(60_000);
	ben.transact(() => clearBoard(strokesOf(ben)));
	putBack(ben, content(), isBens);
	expect(strokesOf(ann).toJSON()).toMatchObject([{ by: "g_ann" }, { by: "g_ann" }]);
});
