import { expect, test } from "vitest";
import { timeAgo } from "../../../web/ui/time.ts";

const hourMs = 3_600_000;

test.each([
	[0, "just now"],
	[59_000, "just now"],
	[-5_000, "just now"],
	[60_000, "1 minute ago"],
	[59 * 60_000, "59 minutes ago"],
	[hourMs, "1 hour ago"],
	[24 * hourMs, "yesterday"],
	[72 * hourMs, "3 days ago"],
])("%i ms before now is %s", (agoMs, words) => {
	const nowMs = Date.UTC(2026, 5, 15, 12);
	expect(timeAgo(nowMs - agoMs, nowMs)).toBe(words);
});

test("what is older than a month is named by its day", () => {
	const nowMs = Date.UTC(2026, 5, 15, 12);
	expect(timeAgo(Date.UTC(2024, 0, 2, 12), nowMs)).toMatch(/2024/);
});
