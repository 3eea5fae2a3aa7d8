import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { below, type Random, streamsOf } from "../../../../scripts/converge/random.ts";
import { newClientsMax } from "../../../../server/rooms/inspect.ts";
import { rightsOf } from "../../../../shared/roles.ts";
import { moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { addStroke } from "../../../../shared/surfaces/board.ts";
import { chatOf, strokesOf, textOf, titleOf } from "../../../../shared/surfaces/root.ts";
import { GuardedDoc, Hand, speak, stroke } from "../../../fixtures/rooms/guarded.ts";
import { lettersOf } from "../../../fixtures/rooms/letters.ts";

/** The plain version: every update is one piece. */
const whole = Number.POSITIVE_INFINITY;

/** Two rooms that hold the same: one takes updates at once, the other in pieces. */
function twins(structsMax: number) {
	const plain = new GuardedDoc();
	const cut = new GuardedDoc();
	const told = new Y.Doc();
	const take = (hand: Hand, bytes: Uint8Array) => {
		const one = plain.batch([{ author: hand, bytes }], whole);
		const other = cut.batch([{ author: hand, bytes }], structsMax);
		for (const update of other.news) Y.applyUpdate(told, update);
		return [one, other] as const;
	};
	return { plain, cut, told, take };
}

function wander(hand: Hand, random: Random): void {
	const text = textOf(hand.doc);
	const board = strokesOf(hand.doc);
	const letters = text.toString();
	const at = wholeAt(letters, below(random, text.length + 1));
	const length = wholeAt(letters, Math.min(text.length, at + 1 + below(random, 5))) - at;
	const deeds: readonly (() => unknown)[] = [
		() => text.insert(at, "rose "),
		() => text.insert(0, "x"),
		() => text.insert(at, "👋🏽"),
		() => text.delete(at, length),
		() => text.format(at, length, { bold: below(random, 2) === 0 || null }),
		() => addStroke(board, stroke),
		() => board.length > 0 && board.delete(below(random, board.length), 1),
		() => moveItems(board, new Set(board.toArray()), { x: 1, y: 2 }),
		() => speak(hand, "hello")(hand.doc),
	];
	hand.doc.transact(() => deeds[below(random, deeds.length)]?.());
}

/** No app of ours cuts a pair in two. */
function wholeAt(letters: string, at: number): number {
	return (letters.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at;
}

describe("an update that is taken in pieces", () => {
	test.each([1, 2, 3, 16])("of %i structs is the same as at once", (structsMax) => {
		for (let seed = 1; seed <= 4; seed++) {
			const random = streamsOf(seed)("pieces");
			const { plain, cut, told, take } = twins(structsMax);
			const hands = [7, 300, 70_000].map((id) => new Hand(`g_hand${id}`, id));
			for (let round = 0; round < 4; round++) {
				for (const hand of hands) {
					const bytes = hand.undo(() => {
						for (let left = below(random, 25); left >= 0; left--) wander(hand, random);
					});
					const [one, other] = take(hand, bytes);
					expect([seed, other.fates]).toEqual([seed, one.fates]);
					expect(other.taken).toEqual(one.taken);
					expect(one.isSpoilt || other.isSpoilt).toBe(false);
				}
				plain.show(...hands);
			}
			const state = Y.encodeStateAsUpdate(plain.doc);
			expect(Y.encodeStateAsUpdate(cut.doc)).toEqual(state);
			expect(Y.encodeStateAsUpdate(told)).toEqual(state);
		}
	});

	test("is known the second time, all of it", () => {
		const { take } = twins(2);
		const ann = new Hand("g_ann", 11);
		const bytes = ann.undo(() => {
			for (const letter of "a garden") textOf(ann.doc).insert(0, letter);
		});
		take(ann, bytes);
		const [, again] = take(ann, bytes);
		expect(again).toMatchObject({ fates: [{ verdict: "known" }], taken: [], news: [] });
	});

	test("spoils the doc where only a late piece may not be", () => {
		const { take } = twins(2);
		const ann = new Hand("g_ann", 11);
		const ben = Object.assign(new Hand("g_ben", 22), { rights: rightsOf("commenter") });
		take(
			ann,
			ann.make((doc) => textOf(doc).insert(0, "rose")),
		);
		const bytes = ben.undo(() => {
			for (let left = 0; left < 40; left++) speak(ben, "hello")(ben.doc);
			textOf(ben.doc).insert(0, "thorn");
		});
		const [one, other] = take(ben, bytes);
		expect(one).toMatchObject({ isSpoilt: false, fates: [{ verdict: "refused" }] });
		expect(other).toMatchObject({ isSpoilt: true, fates: [{ verdict: "refused" }], taken: [] });
	});

	test("is missing where what it needs has not come, whatever came in front of that", () => {
		const { take } = twins(2);
		const [ann, ben] = [new Hand("g_ann", 11), new Hand("g_ben", 22)];
		const unsent = ann.make((doc) => textOf(doc).insert(0, "rose"));
		Y.applyUpdate(ben.doc, unsent, "server");
		const bytes = ben.undo(() => {
			for (let left = 0; left < 40; left++) speak(ben, "hello")(ben.doc);
			textOf(ben.doc).insert(4, "s");
		});
		const [one, other] = take(ben, bytes);
		expect(one).toMatchObject({ isSpoilt: false, fates: [{ verdict: "missing" }] });
		expect(other.fates).toEqual(one.fates);
		expect(other.taken).toEqual([]);
	});

	test("is missing before any of it is applied, where its heads say so", () => {
		const { take } = twins(1);
		const lacking = (client: number, deletes: readonly [number, number, number][]) => {
			// Longer than what is read at once.
			const runs = Array.from({ length: 20 }, () => ({ text: "x".repeat(1_000) }));
			return lettersOf({ client, clock: client === 33 ? 5 : 0 }, runs, deletes);
		};
		const ben = new Hand("g_ben", 22);
		for (const bytes of [
			lacking(33, []),
			lacking(22, [[44, 0, 1]]),
			lacking(22, [[22, 20_000, 1]]),
		]) {
			for (const applied of take(ben, bytes)) {
				expect(applied).toMatchObject({ isSpoilt: false, fates: [{ verdict: "missing" }] });
			}
		}
	});

	test("is refused where it tells of more deletes than there can be, of whomever", () => {
		const room = new GuardedDoc(false, "open");
		const head = Uint8Array.of(0, 1, 9, 0xff, 0xff, 0xff, 0x7f);
		const bytes = new Uint8Array(20_000).fill(1);
		bytes.set(head);
		expect(room.take(new Hand("g_ben", 22), bytes)).toBe("refused_update: too many deletes");
	});

	test("is not refused for what its own pieces had us pass: three wrote in front of all", () => {
		const room = new GuardedDoc();
		for (const clientId of [7, 300, 70_000]) {
			const hand = new Hand(`g_hand${clientId}`, clientId);
			const bytes = hand.make((doc) => {
				for (let left = 0; left < 1_500; left++) textOf(doc).insert(0, "x");
			});
			expect(room.batch([{ author: hand, bytes }], 1).fates).toEqual([{ verdict: "new" }]);
		}
		expect(textOf(room.doc).length).toBe(4_500);
	});

	test("deletes thousands of letters without a cut through a pair", () => {
		const { plain, cut, take } = twins(16);
		const ann = new Hand("g_ann", 11);
		for (let page = 0; page < 3; page++) {
			const letters = ann.undo(() => {
				for (let left = 0; left < 400; left++) textOf(ann.doc).insert(0, "👋🏽 x");
			});
			take(ann, letters);
		}
		const [one, other] = take(
			ann,
			ann.make((doc) => textOf(doc).delete(0, textOf(doc).length)),
		);
		expect([one.fates, other.fates]).toEqual([[{ verdict: "new" }], [{ verdict: "new" }]]);
		expect(textOf(cut.doc).length).toBe(0);
		expect(Y.encodeStateAsUpdate(cut.doc)).toEqual(Y.encodeStateAsUpdate(plain.doc));
	});
});

describe("what is bounded for an update", () => {
	test("is refused where it deletes one thing again and again", () => {
		const ann = new Hand("g_ann", 7);
		const { cut, take } = twins(4);
		take(
			ann,
			ann.make((doc) => textOf(doc).insert(0, "x".repeat(5_000))),
		);
		const count = 3_000;
		const head = [0, 1, 7, (count & 127) | 128, count >> 7];
		const bomb = Uint8Array.from([...head, ...Array.from({ length: count }, () => [0, 1]).flat()]);
		const [one, other] = take(ann, bomb);
		expect(one.fates).toMatchObject([{ verdict: "refused" }]);
		expect(other).toMatchObject({ fates: [{ verdict: "refused" }], isSpoilt: false });
		expect(textOf(cut.doc).length).toBe(5_000);
	});

	test("is counted over all of its pieces", () => {
		const ann = new Hand("g_ann", 11);
		const room = new GuardedDoc();
		room.edit(ann, (doc) => textOf(doc).insert(0, "x".repeat(3_000)));
		// Client 11, a thousand times the same three thousand letters.
		const range = [0, 0xb8, 0x17];
		const count = 1_000;
		const ranges = Array.from({ length: count }, () => range).flat();
		const bytes = Uint8Array.of(0, 1, 11, 0xe8, 0x07, ...ranges);
		const { fates } = room.batch([{ author: ann, bytes }], 1);
		expect(fates).toMatchObject([{ verdict: "refused" }]);
	});

	test("is refused for its many client ids before any of it is applied", () => {
		const ann = new Hand("g_ann", 11);
		const room = new GuardedDoc();
		room.edit(ann, (doc) => textOf(doc).insert(0, "rose"));
		const letters = (clientCount: number) =>
			encoding.encode((update) => {
				encoding.writeVarUint(update, clientCount);
				for (let client = 0; client < clientCount; client++) {
					for (const part of [1, 1_000 + client, 0, 4, 1]) encoding.writeVarUint(update, part);
					encoding.writeVarString(update, "text");
					encoding.writeVarString(update, "x");
				}
				encoding.writeVarUint(update, 0);
			});
		const many = room.batch([{ author: ann, bytes: letters(newClientsMax + 1) }]);
		expect(many).toMatchObject({ isSpoilt: false, news: [] });
		expect(many.fates).toMatchObject([{ verdict: "refused" }]);
		const few = room.batch([{ author: ann, bytes: letters(100) }]);
		expect(few.fates).toMatchObject([{ verdict: "new" }]);
		// Known ids are not counted, here as there.
		const known = room.batch([{ author: ann, bytes: letters(100) }]);
		expect(known.fates).toMatchObject([{ verdict: "known" }]);
	});

	test("and structs of no length are refused there too", () => {
		const ann = new Hand("g_ann", 11);
		const room = new GuardedDoc();
		const empty = [0, 0];
		const bytes = Uint8Array.of(1, 20, 11, 0, ...Array.from({ length: 20 }, () => empty).flat(), 0);
		expect(room.batch([{ author: ann, bytes }]).fates).toMatchObject([{ verdict: "refused" }]);
	});
});

test("what is taken in pieces shows what was written", () => {
	const { cut, take } = twins(3);
	const ann = new Hand("g_ann", 11);
	const bytes = ann.undo(() => {
		textOf(ann.doc).insert(0, "a garden");
		ann.doc.getMap("meta").set("title", "Garden");
		for (let left = 0; left < 20; left++) addStroke(strokesOf(ann.doc), stroke);
		speak(ann, "hello")(ann.doc);
	});
	take(ann, bytes);
	expect(textOf(cut.doc).toString()).toBe("a garden");
	expect(titleOf(cut.doc)).toBe("Garden");
	expect([strokesOf(cut.doc).length, chatOf(cut.doc).length]).toEqual([20, 1]);
});
