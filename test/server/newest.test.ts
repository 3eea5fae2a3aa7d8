import { expect, test } from "vitest";
import { putNewest } from "../../server/newest.ts";

test("what was put there longest ago goes first, and what comes again is new", () => {
	const map = new Map<string, number>();
	for (const [index, key] of ["rose", "lily", "rose", "fern", "iris"].entries()) {
		putNewest(map, key, index, 3);
	}
	expect([...map]).toEqual([
		["rose", 2],
		["fern", 3],
		["iris", 4],
	]);
});
