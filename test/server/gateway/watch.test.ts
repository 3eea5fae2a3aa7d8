import { expect, test } from "vitest";
import { lookEveryMs, Watch } from "../../../server/gateway/watch.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

/** Somebody who notes when they are looked at. */
function createWatched(clock: ManualClock) {
	const looks: number[] = [];
	return { looks, look: () => void looks.push(clock.elapsed()) };
}

test("everybody is looked at in the same rhythm, whoever comes and goes meanwhile", () => {
	const clock = new ManualClock();
	const watch = new Watch(clock);
	const startMs = clock.elapsed();
	const ann = createWatched(clock);
	watch.add(ann);
	const others = Array.from({ length: 30 }, () => {
		clock.advance(100);
		const other = createWatched(clock);
		return { other, slotIndex: watch.add(other) };
	});
	clock.advance(lookEveryMs);
	for (const { other, slotIndex } of others) watch.remove(other, slotIndex);
	clock.advance(2 * lookEveryMs);
	const expected = [1, 2, 3].map((round) => startMs + round * lookEveryMs);
	expect(ann.looks).toEqual(expected);
	for (const { other } of others) expect(other.looks).toHaveLength(1);
});

test("those who come at different times are looked at at different times", () => {
	const clock = new ManualClock();
	const watch = new Watch(clock);
	const crowd = Array.from({ length: 20 }, () => {
		const one = createWatched(clock);
		watch.add(one);
		clock.advance(250);
		return one;
	});
	clock.advance(lookEveryMs);
	expect(new Set(crowd.map(({ looks }) => looks[0])).size).toBe(20);
});

test("where nobody is left nothing waits", () => {
	const clock = new ManualClock();
	const watch = new Watch(clock);
	const ann = createWatched(clock);
	const slotIndex = watch.add(ann);
	watch.remove(ann, slotIndex);
	watch.remove(ann, slotIndex);
	clock.advance(lookEveryMs);
	expect(ann.looks).toEqual([]);
	watch.add(ann);
	const ben = createWatched(clock);
	watch.remove(ben, watch.add(ben));
	clock.advance(lookEveryMs);
	expect([ann.looks.length, ben.looks.length, clock.timerCount]).toEqual([1, 0, 1]);
});
