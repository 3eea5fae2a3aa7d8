/** Hundreds of thousands of deletes, put in order, written and looked up in steps: FAULTS.md R6. */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import { below, seeded } from "../../../../scripts/converge/random.ts";
import { compareRanges, DeleteRanges } from "../../../../server/rooms/pieces/delete-ranges.ts";
import type { Steps } from "../../../../server/rooms/scheduler.ts";
import type { DeletedRange } from "../../../../server/rooms/update-reader.ts";

/** Every other element of client 7. */
function everyOther(count: number): DeletedRange[] {
	return Array.from({ length: count }, (_, index) => ({ client: 7, clock: index * 2, length: 1 }));
}

/** How often one may pause, and what comes out. */
function walk<Result>(steps: Steps<Result>): { readonly count: number; readonly result: Result } {
	for (let count = 0; ; count++) {
		const { done, value } = steps.next();
		if (done) return { count, result: value };
	}
}

/** The plain way: sorted at once, joined, and written as Yjs writes it. */
function plainUpdate(ranges: readonly DeletedRange[]): Uint8Array {
	const sorted = ranges.toSorted((a, b) => b.client - a.client || a.clock - b.clock);
	const joined = new Map<number, { clock: number; end: number }[]>();
	for (const { client, clock, length } of sorted) {
		const held = joined.get(client) ?? [];
		joined.set(client, held);
		const last = held.at(-1);
		if (last === undefined || clock > last.end) held.push({ clock, end: clock + length });
		else last.end = Math.max(last.end, clock + length);
	}
	const numbers = [0, joined.size];
	for (const [client, held] of joined) {
		numbers.push(client, held.length);
		for (const { clock, end } of held) numbers.push(clock, end - clock);
	}
	return encoding.encode((encoder) => {
		for (const number of numbers) encoding.writeVarUint(encoder, number);
	});
}

const rangeCount = 20_000;
/** Pauses that so many ranges are worth, at least. */
const pausesMin = 4;

const orders: [string, (ranges: DeletedRange[]) => DeletedRange[]][] = [
	["in order", (ranges) => ranges],
	["from the last to the first", (ranges) => ranges.reverse()],
	["without order", shuffled],
	["the second half first", (ranges) => [...ranges.slice(10_000), ...ranges.slice(0, 10_000)]],
	["the last, and then all", (ranges) => [...ranges.slice(-1), ...ranges]],
];

function shuffled(ranges: readonly DeletedRange[]): DeletedRange[] {
	const random = seeded(6);
	return ranges
		.map((range) => ({ range, at: random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ range }) => range);
}

describe("what is deleted", () => {
	test.each(orders)("is put in order in steps, and is one and the same: %s", (_, order) => {
		const { count, result } = walk(DeleteRanges.inSteps(order(everyOther(rangeCount))));
		expect(count).toBeGreaterThanOrEqual(pausesMin);
		expect(isSame(result.encodeAsUpdate(), plainUpdate(everyOther(rangeCount)))).toBe(true);
	});

	test("is written, and compared with what is held, in steps", () => {
		const ranges = everyOther(rangeCount);
		const held = DeleteRanges.of(ranges);
		const written = walk(held.encodeInSteps());
		expect(written.count).toBeGreaterThanOrEqual(pausesMin);
		const holdings = {
			clientCount: 1,
			clockOf: () => rangeCount * 2,
			hasDeleted: (range: DeletedRange) => held.has(range),
		};
		const beyond = { client: 7, clock: rangeCount * 2, length: 1 };
		const missing = DeleteRanges.of([...ranges, beyond]).encodeAsUpdate();
		const known = walk(compareRanges(written.result, holdings));
		const lacking = walk(compareRanges(missing, holdings));
		expect([known.result, lacking.result]).toEqual(["known", "missing"]);
		for (const { count } of [known, lacking]) expect(count).toBeGreaterThanOrEqual(pausesMin);
	});

	test("may be of as many clients: there are pauses between them too", () => {
		const ranges = Array.from({ length: rangeCount }, (_, client) => {
			return { client, clock: 0, length: 1 };
		});
		const { count, result } = walk(DeleteRanges.inSteps(ranges));
		expect(count).toBeGreaterThanOrEqual(2 * pausesMin);
		const bytes = result.encodeAsUpdate();
		expect(isSame(bytes, plainUpdate(ranges))).toBe(true);
		const holdings = { clientCount: rangeCount, clockOf: () => 1, hasDeleted: () => true };
		expect(walk(compareRanges(bytes, holdings)).count).toBeGreaterThanOrEqual(pausesMin);
	});

	test("is what the plain way makes of it, however ranges lie over each other", () => {
		const random = seeded(7);
		for (let round = 0; round < 40; round++) {
			const ranges = Array.from({ length: 200 }, () => ({
				client: below(random, 3),
				clock: below(random, 400),
				length: 1 + below(random, 4),
			}));
			expect(DeleteRanges.of(ranges).encodeAsUpdate()).toEqual(plainUpdate(ranges));
		}
	});
});

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return Buffer.compare(a, b) === 0;
}
