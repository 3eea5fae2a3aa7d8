import { expect, test } from "vitest";
import { RateLimit } from "../../../server/gateway/rate-limit.ts";
import { Refusals } from "../../../server/gateway/refusals.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

test("who is refused again waits longer each time, and is forgotten after a rest", () => {
	const clock = new ManualClock();
	const refusals = new Refusals(clock);
	const delays: number[] = [];
	for (let visit = 0; visit < 9; visit++) {
		delays.push(refusals.delayOf("ann"));
		refusals.note("ann");
		clock.advance(1_000);
	}
	expect(delays).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
	expect(refusals.delayOf("ben")).toBe(0);
	clock.advance(120_000);
	expect(refusals.delayOf("ann")).toBe(0);
});

test("10,000 others push the oldest refusal out", () => {
	const refusals = new Refusals(new ManualClock());
	for (let count = 0; count < 3; count++) refusals.note("ann");
	for (let other = 0; other < 10_000; other++) refusals.note(`client ${other}`);
	expect(refusals.delayOf("ann")).toBe(0);
});

test("a rate allows a burst, then so many a second", () => {
	const clock = new ManualClock();
	const limit = new RateLimit({ perSecond: 10, burst: 3 }, clock);
	const takeAll = () => {
		let count = 0;
		while (limit.take()) count++;
		return count;
	};
	expect(takeAll()).toBe(3);
	clock.advance(100);
	expect(takeAll()).toBe(1);
	clock.advance(60_000);
	expect(takeAll()).toBe(3);
});
