/** Who used which core, and what is warned of. */
import { describe, expect, test } from "vitest";
import { cpuUsEach, type Look, loadBetween, sharesOf } from "../../../scripts/bench/drive/load.ts";

/** What was used until a moment of a made-up run: all in milliseconds. */
function lookAt(atMs: number, used: { server: number; client: number; busy: number }): Look {
	const server = { ticksMs: used.server, threadMs: new Map([["1", used.server]]) };
	return { atMs, server, clientMs: used.client, busyMs: used.busy };
}

const start = lookAt(5_000, { server: 700, client: 300, busy: 9_000 });

describe("a piece of work", () => {
	test("costs what server and clients used, and the rest of both cores is that of others", () => {
		const end = lookAt(6_000, { server: 1_200, client: 1_250, busy: 10_700 });
		const load = loadBetween(start, end);
		expect(load).toEqual({ elapsedMs: 1_000, serverMs: 500, clientMs: 950, othersMs: 250 });
		expect(sharesOf(load)).toEqual({ client: 0.95, others: 0.25 });
		expect(cpuUsEach(load, 1_000)).toBe(500);
	});

	test("ticks that do not add up are nobody's", () => {
		const end = lookAt(6_000, { server: 1_200, client: 1_250, busy: 10_440 });
		expect(loadBetween(start, end).othersMs).toBe(0);
	});

	test("is too short to say whose the cores were", () => {
		const load = loadBetween(start, lookAt(5_100, { server: 700, client: 400, busy: 9_200 }));
		expect(sharesOf(load)).toEqual({ client: 0, others: 0 });
	});

	test("says nothing of others where there is no /proc", () => {
		const load = loadBetween(
			{ ...start, server: null, busyMs: Number.NaN },
			{ ...start, server: null, busyMs: Number.NaN, atMs: 6_000, clientMs: 1_200 },
		);
		expect(load.serverMs).toBeNaN();
		expect(sharesOf(load)).toEqual({ client: 0.9, others: 0 });
	});
});
