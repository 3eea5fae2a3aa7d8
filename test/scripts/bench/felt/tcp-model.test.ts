/** What the model of a line does to bytes; in its own time, so that nobody waits. */
import { describe, expect, test } from "vitest";
import { lateByLineAlone, TcpDirection } from "../../../../scripts/bench/felt/tcp-model.ts";
import { streamsOf } from "../../../../scripts/converge/random.ts";

const segmentBytes = 1_448;
const never = () => 0.999;

/** Chance that loses the segments of these numbers, and no second time. */
function losing(...numbers: readonly number[]): () => number {
	const draws: number[] = [];
	const lost = new Set(numbers);
	for (let number = 0; number < 100; number++) draws.push(...(lost.has(number) ? [0, 1] : [1]));
	return () => draws.shift() ?? 1;
}

const line = { roundTripMs: 80, lossPercent: 2, cpuTimes: 1 };

function direction(random: () => number): TcpDirection {
	return new TcpDirection(line, random, 0);
}

describe("a line with delay and loss", () => {
	test("brings bytes half a round trip later", () => {
		const way = direction(never);
		way.send(Buffer.from("hello"), 10);
		expect(way.nextMs).toBe(50);
		expect(way.take(49)).toBeNull();
		expect(String(way.take(50))).toBe("hello");
		expect(way.nextMs).toBeNull();
	});

	test("begins with ten segments, and has twice as many a round trip later", () => {
		const way = direction(never);
		way.send(Buffer.alloc(35 * segmentBytes), 0);
		const counts = [40, 120, 200].map((ms) => (way.take(ms)?.length ?? 0) / segmentBytes);
		expect(counts).toEqual([10, 20, 5]);
	});

	test("holds back what is behind a loss until that is repeated", () => {
		const way = direction(losing(0));
		way.send(Buffer.from("lost"), 0);
		way.send(Buffer.from("told"), 20);
		// Told of the second at 20 + 80, sure a quarter of a round trip later, there after half of one.
		expect(way.take(159)).toBeNull();
		expect(String(way.take(160))).toBe("losttold");
	});

	test("repeats what nothing follows after a round trip and 200 ms", () => {
		const way = direction(losing(0));
		way.send(Buffer.from("alone"), 0);
		expect(way.nextMs).toBe(40 + 80 + 200);
	});

	test("gives what it was given, whatever is lost", () => {
		const random = streamsOf(7)("line");
		const way = new TcpDirection({ ...line, lossPercent: 30 }, random, 0);
		const given = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
		for (let at = 0; at < given.length; at += 777) way.send(given.subarray(at, at + 777), at / 100);
		const come: Buffer[] = [];
		for (let next = way.nextMs; next !== null; next = way.nextMs) {
			come.push(way.take(next) ?? Buffer.alloc(0));
		}
		expect(Buffer.concat(come).equals(given)).toBe(true);
	});

	test("alone it is as late as its round trip, and later where more is lost", () => {
		const p95 = (lossPercent: number) => {
			const messages = { count: 2_000, everyMs: 100 };
			const late = lateByLineAlone({ ...line, lossPercent }, streamsOf(3)("line"), messages);
			expect(late).toHaveLength(messages.count);
			return late[Math.floor(late.length * 0.95)] ?? 0;
		};
		expect(p95(0)).toBe(80);
		expect(p95(5)).toBeGreaterThan(p95(0));
	});
});
