import { expect, test } from "vitest";
import { currentOf, verdictOf } from "../../../../web/pages/connection/verdict.ts";

const figures = (echo: number[], saved: number[]) => ({
	taken: { echo, saved, shown: saved },
	awayMs: 0,
	isOnline: true,
});

test("a quick way and a quick disk are well, and one slow figure changes nothing", () => {
	expect(verdictOf(figures([12, 14, 900, 13, 12], [20, 22, 950, 21, 20]))).toBe("good");
});

test("a slow way is told before a slow server behind it", () => {
	expect(verdictOf(figures([400, 420], [2_000, 2_100]))).toBe("network");
	expect(verdictOf(figures([40, 42], [2_000, 2_100]))).toBe("server");
});

test("an answer that does not come means that nobody is there, whatever was before", () => {
	expect(verdictOf({ ...figures([10], [12]), awayMs: 5_001 })).toBe("gone");
	expect(verdictOf({ ...figures([10], [12]), isOnline: false })).toBe("gone");
	expect(verdictOf(figures([], []))).toBe("measuring");
});

test("what counts is the middle of the newest five, and of none nothing", () => {
	expect([currentOf([]), currentOf([3]), currentOf([1, 9, 5])]).toEqual([0, 3, 5]);
	expect(currentOf([800, 900, 1, 2, 3, 4, 5])).toBe(3);
});
