import { expect, test } from "vitest";
import { chanceOf } from "../../scripts/converge/random.ts";

/** Draws at these moments. */
function drawAt(moments: readonly number[], seed = 7, name = "network:ann:up"): number[] {
	let elapsedMs = 0;
	const chance = chanceOf(seed, name, () => elapsedMs);
	return moments.map((ms) => {
		elapsedMs = ms;
		return chance();
	});
}

test("a draw that is left out does not change those of other moments", () => {
	const [first, , third] = drawAt([10, 20, 30]);
	expect(drawAt([10, 30])).toEqual([first, third]);
});

test("two draws of one moment differ, and so do seeds and names", () => {
	const [first, second] = drawAt([10, 10]);
	expect(second).not.toBe(first);
	expect(drawAt([10], 8)).not.toEqual([first]);
	expect(drawAt([10], 7, "network:ben:up")).not.toEqual([first]);
});

test("draws of following moments are spread evenly", () => {
	const counts = [0, 0, 0, 0, 0];
	for (const draw of drawAt(Array.from({ length: 5_000 }, (_, ms) => ms))) {
		const index = Math.floor(draw * 5);
		counts[index] = (counts[index] ?? 0) + 1;
	}
	for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(100);
});
