import { expect, test } from "vitest";
import { textOf } from "../../../../shared/surfaces/root.ts";
import { GuardedDoc, Hand } from "../../../fixtures/rooms/guarded.ts";
import { type Letters, lettersOf } from "../../../fixtures/rooms/letters.ts";

/** Letters that nothing joins, each before the last one; all but the outer two by Ben. */
const letterCount = 5_000;
const first = { client: 11, clock: 1 };
const last = { client: 11, clock: 0 };
/** Structs of an update that comes as one piece. */
const whole = Number.POSITIVE_INFINITY;

function longRoom() {
	const room = new GuardedDoc();
	const [ann, ben] = [new Hand("g_ann", 11), new Hand("g_ben", 77)];
	for (let count = 0; count < 2; count++) room.edit(ann, (doc) => textOf(doc).insert(0, "x"));
	room.show(ben);
	room.edit(ben, (doc) => {
		for (let index = 2; index < letterCount; index++) textOf(doc).insert(1, "x");
	});
	return room;
}

test.each([
	["between the first and the last of a long text", { origin: first, rightOrigin: last }],
	["last, as when the text was short", { origin: first }],
	["first, as when the text was short", { rightOrigin: last }],
])("letters that each stand %s are refused", (_, run) => {
	const room = longRoom();
	const mallory = new Hand("g_mallory", 66);
	const take = (count: number, structsMax?: number) => {
		const runs = new Array<Letters>(count).fill({ text: "y", ...run });
		return room.take(mallory, lettersOf({ client: 66 }, runs), structsMax);
	};
	expect(take(500, whole)).toBe("refused_update: neighbours too far apart");
	expect(textOf(room.doc).length).toBe(letterCount);
	expect(take(100, whole)).toBe("new");
	expect(take(500)).toBe("refused_update: neighbours too far apart"); // In pieces, too.
});

test("letters between one that comes along and one far behind are found out late", () => {
	const room = longRoom();
	const author = new Hand("g_mallory", 66);
	const behindOwn = { text: "z", origin: { client: 66, clock: 0 }, rightOrigin: last };
	const runs = [{ text: "y", origin: first }, ...new Array<Letters>(500).fill(behindOwn)];
	const sent = [{ author, bytes: lettersOf({ client: 66 }, runs) }];
	const { fates, isSpoilt } = room.batch(sent, whole);
	expect(fates.map(({ verdict }) => verdict)).toEqual(["refused"]);
	expect(isSpoilt).toBe(true);
});

test("people who each wrote between all letters of a text apart bring it all at once", () => {
	const room = longRoom();
	const people = [22, 33, 44].map((clientId) => new Hand(`g_${clientId}`, clientId));
	room.show(...people);
	for (const hand of people) {
		const all = hand.make((doc) => {
			for (let index = 0; index < 2_000; index++) textOf(doc).insert(index * 2 + 1, "y");
		});
		expect(room.take(hand, all)).toBe("new");
	}
	expect(textOf(room.doc).length).toBe(letterCount + 3 * 2_000);
});

test("what claims to have stood first behind older letters of the same hand is refused", () => {
	const room = new GuardedDoc();
	const ann = new Hand("g_ann", 11);
	room.edit(ann, (doc) => textOf(doc).insert(0, "rose"));
	room.edit(ann, (doc) => textOf(doc).insert(0, "a "));
	const mallory = new Hand("g_mallory", 66);
	const before = (clock: number) =>
		lettersOf({ client: 66 }, [{ text: "y", rightOrigin: { client: 11, clock } }]);
	// In the middle of a run, and behind another one.
	expect(room.take(mallory, before(2))).toBe("refused_update: neighbours the wrong way round");
	expect(room.take(mallory, before(5))).toBe("refused_update: neighbours the wrong way round");
	expect(textOf(room.doc).toString()).toBe("a rose");
	// Ann wrote "a " later: who had not heard of it put something before her rose.
	expect(room.take(mallory, before(0))).toBe("new");
});
