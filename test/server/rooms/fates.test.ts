/** What a room without a doc makes of long updates that only delete, as readers send them again. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { foldStored } from "../../../server/fold/fold.ts";
import { fateOf } from "../../../server/rooms/fates.ts";
import { holdingsOf } from "../../../server/rooms/inspect.ts";
import { DeleteRanges } from "../../../server/rooms/pieces/delete-ranges.ts";
import { readBytesMax } from "../../../server/rooms/pieces/taking.ts";
import { atOnce } from "../../../server/rooms/scheduler.ts";
import { anyone } from "../../../shared/ids.ts";
import { coldOf } from "../../fixtures/rooms/open-room.ts";

/** Every other letter of so many is deleted. */
function holedDoc(letterCount: number): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 7;
	const text = doc.getText("text");
	text.insert(0, "x".repeat(letterCount));
	doc.transact(() => {
		for (let at = letterCount - 1; at > 0; at -= 2) text.delete(at, 1);
	});
	return doc;
}

const doc = holedDoc(20_000);
const state = Y.encodeStateAsUpdate(doc);
const updates = [{ userId: anyone, bytes: state }];
const snapshot = foldStored({ snapshot: null, tail: [{ atMs: 0, updates }] });

describe.each([
	["that is cold", await coldOf({ snapshot, tail: [] })],
	["with a doc", holdingsOf(doc)],
])("a room %s", (_, holdings) => {
	const verdictOf = (bytes: Uint8Array) => atOnce(fateOf(bytes, holdings)).verdict;
	const ranges = (count: number, clock = 0) =>
		DeleteRanges.of(
			Array.from({ length: count }, (_, index) => {
				return { client: 7, clock: clock + index * 2 + 1, length: 1 };
			}),
		).encodeAsUpdate();

	test("knows its whole delete set", () => {
		const again = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc));
		expect(again.length).toBeGreaterThan(readBytesMax);
		expect(verdictOf(again)).toBe("known");
		expect(verdictOf(ranges(10_000))).toBe("known");
	});

	test("says what it lacks, and what is new to it", () => {
		expect(verdictOf(ranges(10_000, 2))).toBe("missing");
		expect(verdictOf(ranges(10_000, 1))).toBe("new");
	});

	test("leaves what is not in order to its doc, and refuses what is cut short", () => {
		const turned = Uint8Array.from(ranges(10_000));
		[turned[4], turned[6]] = [turned[6] ?? 0, turned[4] ?? 0];
		expect(verdictOf(turned)).toBe("new");
		expect(verdictOf(Uint8Array.from([...ranges(10_000), 1]))).toBe("new");
		expect(verdictOf(ranges(10_000).subarray(0, -1))).toBe("refused");
	});

	test("refuses what tells of more than there can be, without a look at it", () => {
		const head = Uint8Array.of(0, 1, 9, 0xff, 0xff, 0xff, 0x7f);
		const bytes = new Uint8Array(readBytesMax + 1).fill(1);
		bytes.set(head);
		expect(verdictOf(bytes)).toBe("refused");
	});

	test("reads no further than to what it lacks: 30,000 ranges of nobody take no time", () => {
		const bytes = DeleteRanges.of(
			Array.from({ length: 30_000 }, (_, index) => {
				return { client: 9, clock: index * 2, length: 1 };
			}),
		).encodeAsUpdate();
		expect(verdictOf(bytes.subarray(0, 20_000))).toBe("missing");
	});
});
