/** Servers with planted faults are found, from seeds that were not chosen for them. */
import { expect, test } from "vitest";
import { type SelfTestRow, selfTest } from "../../scripts/converge/self-test.ts";
import { plants } from "../planted/plants.ts";

test("every planted server is found within 60 s, and the one without a fault is equal", {
	timeout: 15 * 60_000,
}, async () => {
	const { rows, isAllFound } = await selfTest({ plants });
	const missed = rows.filter(({ plant, seed }) => plant !== null && seed === null);
	expect(missed.map(({ plant }) => plant)).toEqual([]);
	const right = rows.find(({ plant }) => plant === null);
	expect([right?.check, right?.say]).toEqual([null, null]);
	expect(isAllFound).toBe(true);
	expect(rows).toHaveLength(Object.keys(plants).length + 1);
});

test("a server without a fault is no find, and a fault that is not found is said", async () => {
	const rows: SelfTestRow[] = [];
	const played = (row: SelfTestRow) => rows.push(row);
	const none = { "does nothing wrong": () => ({}) };
	const { isAllFound } = await selfTest({ plants: none, secondsMax: 0.01, firstSeed: 1, played });
	expect(isAllFound).toBe(false);
	expect(rows.map(({ plant, seed, seedCount }) => [plant, seed, seedCount])).toEqual([
		["does nothing wrong", null, 1],
		[null, null, 1],
	]);
});
