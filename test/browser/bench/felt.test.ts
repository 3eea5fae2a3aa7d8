/** What people feel, measured in little: are the rows there, and is a slow line seen? */
import { expect, test } from "vitest";
import { play } from "../../../scripts/bench/drive/play.ts";
import { felt } from "../../../scripts/bench/felt/felt.ts";
import { feltLoad } from "../../../scripts/bench/felt/load.ts";
import { Results } from "../../../scripts/bench/results.ts";
import { playAll } from "../../../scripts/bench/runs.ts";
import { tableOf } from "../../../scripts/bench/table.ts";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";

/** Everything is late by this at least, on any machine. */
const roundTripMs = 700;

test.skipIf(!hasChromium)(
	"what people feel has a row for each thing, no quicker than the line lets it be",
	{ timeout: 600_000 },
	async () => {
		const folder = makeFolder();
		const results = new Results();
		await playAll(
			{
				scenarios: [felt, feltLoad],
				contestants: ["weft"],
				isQuick: true,
				repeats: 1,
				against: null,
				seed: 1,
				slowness: { roundTripMs, lossPercent: 0, cpuTimes: 1 },
				dataDir: null,
				cores: null,
				folder,
				say: () => undefined,
				signal: new AbortController().signal,
				play: (order) => play(order),
			},
			results,
		);
		dropFolder(folder);
		expect(results.refusals()).toEqual([]);
		const figure = (shape: string, key: string) =>
			results.rows().find((row) => row.shape.label.startsWith(shape) && row.measure.key === key)
				?.cells["weft"]?.median ?? Number.NaN;
		for (const { label } of felt.quickShapes) {
			expect(figure(label, "median"), label).toBeGreaterThan(0);
			expect(figure(label, "p95"), label).toBeGreaterThanOrEqual(figure(label, "median"));
		}
		// A new room's code comes over the line; a key goes there and back.
		expect(figure("New to first ink", "median")).toBeGreaterThanOrEqual(roundTripMs / 2);
		expect(figure("key", "median")).toBeGreaterThanOrEqual(roundTripMs);
		expect(figure("key", "line")).toBeGreaterThanOrEqual(roundTripMs);
		expect(figure("board page", "kib")).toBeGreaterThan(1);
		const table = tableOf(results, { contestants: ["weft"], about: [] });
		expect(table).toMatch(/^felt-waits: key to the other screen$/m);
		expect(table).toMatch(/^ +p95 ms +[\d,.]+ +SHORT by [\d,.]+ % +≤ 140$/m);
	},
);
