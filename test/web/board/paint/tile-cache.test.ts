import { expect, test } from "vitest";
import { ByteCache } from "../../../../web/board/paint/tile-cache.ts";

function cacheOf(bytesMax: number) {
	const dropped: number[] = [];
	const cache = new ByteCache<number>({
		bytesMax,
		sizeOf: (value) => value,
		drop: (value) => dropped.push(value),
	});
	return { cache, dropped };
}

test("what was not used for the longest time goes first", () => {
	const { cache, dropped } = cacheOf(10);
	cache.put("a", 3);
	cache.put("b", 4);
	cache.use("a");
	cache.put("c", 5);
	expect(dropped).toEqual([4]);
	expect([...cache.values()]).toEqual([3, 5]);
	expect(cache.bytes).toBe(8);
});

test("looking does not count as using", () => {
	const { cache, dropped } = cacheOf(10);
	cache.put("a", 5);
	cache.put("b", 5);
	cache.peek("a");
	cache.put("c", 5);
	expect(dropped).toEqual([5]);
	expect(cache.peek("a")).toBeUndefined();
});

test("a value in place of another closes the other and counts once", () => {
	const { cache, dropped } = cacheOf(10);
	cache.put("a", 3);
	cache.put("a", 4);
	expect(dropped).toEqual([3]);
	expect(cache.bytes).toBe(4);
	cache.clear();
	expect(dropped).toEqual([3, 4]);
	expect(cache.bytes).toBe(0);
});

test("a narrower bound drops the least used at once", () => {
	const { cache, dropped } = cacheOf(10);
	cache.put("a", 3);
	cache.put("b", 4);
	cache.use("a");
	cache.bound(5);
	expect(dropped).toEqual([4]);
	cache.put("c", 2);
	expect([...cache.values()]).toEqual([3, 2]);
});

test("a value that is too big alone is kept, alone", () => {
	const { cache } = cacheOf(10);
	cache.put("a", 3);
	cache.put("b", 50);
	expect([...cache.values()]).toEqual([50]);
});
