/** The search for the fastest rate, against servers of which it is known. */
import { describe, expect, test } from "vitest";
import { searchRate, type Trial } from "../../../scripts/bench/drive/rate-search.ts";

const p99MsMax = 200;

/** A server that falls behind above `capacity`, and what was asked of it. */
function serverOf(capacity: number, hiccups: readonly number[] = []) {
	const asked: number[] = [];
	const play = async (rate: number, isShort: boolean): Promise<Trial> => {
		asked.push(rate);
		const seconds = isShort ? 0.4 : 2;
		const behindMs = 1000 * seconds * Math.max(0, rate / capacity - 1);
		const p99Ms = hiccups.includes(asked.length) ? 900 : 10 + behindMs;
		return { rate, p99Ms, isCarried: p99Ms < (isShort ? p99MsMax / 2 : p99MsMax) };
	};
	const search = () => searchRate({ first: 500, rateMax: 256_000, p99MsMax, play });
	return { asked, search };
}

describe("the search for the fastest rate", () => {
	test.each([600, 999, 1_700, 4_757, 20_000, 33_333, 100_000])(
		"finds where a server for %i falls behind by 200 ms in 2 s",
		async (capacity) => {
			const { asked, search } = serverOf(capacity);
			const found = await search();
			// 190 ms in 2 s above the 10 ms that everything takes.
			const truth = capacity * 1.095;
			expect((found?.rate ?? 0) / truth).toBeGreaterThan(0.9);
			expect((found?.rate ?? 0) / truth).toBeLessThan(1.1);
			expect(found?.best.isCarried).toBe(true);
			expect(asked.length).toBeLessThan(18);
		},
	);

	test("goes on behind one bad moment", async () => {
		const calm = await serverOf(8_000).search();
		const disturbed = await serverOf(8_000, [1, 4]).search();
		expect(disturbed?.rate).toBe(calm?.rate);
	});

	test("finds its way up again where two bad moments ended the short trials", async () => {
		const { asked, search } = serverOf(40_000, [3, 4]);
		const rate = (await search())?.rate ?? 0;
		expect(rate / 43_800).toBeGreaterThan(0.9);
		expect(rate / 43_800).toBeLessThan(1.1);
		expect(asked.length).toBeLessThan(18);
	});

	test("finds its way down to a server that carries more for a moment", async () => {
		const asked: number[] = [];
		const play = async (rate: number, isShort: boolean): Promise<Trial> => {
			asked.push(rate);
			const isCarried = isShort || rate < 3_000;
			return { rate, p99Ms: isCarried ? 20 : Number.NaN, isCarried };
		};
		const found = await searchRate({ first: 500, rateMax: 256_000, p99MsMax, play });
		expect(found?.rate).toBeLessThan(3_000);
		expect(found?.rate).toBeGreaterThan(3_000 / 1.2);
		expect(asked.length).toBeLessThan(25);
	});

	test("ends at the most that is tried", async () => {
		const { search } = serverOf(10 ** 9);
		expect((await search())?.rate).toBe(256_000);
	});

	test("finds nothing where not even the first rate is carried", async () => {
		expect(await serverOf(100).search()).toBeNull();
	});

	test("keeps to what was carried where nothing is known of the next rate", async () => {
		const play = async (rate: number): Promise<Trial> => {
			const isCarried = rate <= 3_000;
			return { rate, p99Ms: isCarried ? 20 : Number.NaN, isCarried };
		};
		const found = await searchRate({ first: 500, rateMax: 256_000, p99MsMax, play });
		expect(found?.rate).toBe(found?.best.rate);
		expect(found?.rate).toBeLessThanOrEqual(3_000);
	});
});
