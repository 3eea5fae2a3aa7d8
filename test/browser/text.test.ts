import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../fixtures/app/chromium.ts";
import type { Harness } from "./text-page/page.ts";
import {
	type ScenarioName,
	type StrangerName,
	scenarios,
	strangers,
} from "./text-page/scenarios.ts";
import { type OpenPage, serveTextPage, type TextPage } from "./text-page/serve.ts";

declare const harness: Harness;

/** Seeds that failed once; each stood for a way in which two screens could differ. */
const pinnedSeeds = [1, 2, 6, 7, 14, 17, 27, 69, 148, 270, 658, 735, 1364];
/** Others; `WEFT_TEXT_SEED=5000` looks elsewhere: what is found there is pinned above. */
const firstSeed = Number(process.env["WEFT_TEXT_SEED"] ?? 10_000);
const seedCount = 40;
const stepCount = 80;

describe.skipIf(!hasChromium)("two people bound to one text", () => {
	let site: TextPage;
	let open: OpenPage;
	beforeAll(async () => {
		site = await serveTextPage();
		open = await site.open();
	});
	afterAll(() => site?.close());

	test("see the same document after random work, apart and together", async () => {
		const others = Array.from({ length: seedCount }, (_, seedIndex) => firstSeed + seedIndex);
		for (const seed of [...pinnedSeeds, ...others]) {
			const fault = await open.page.evaluate(([of, steps]) => harness.tryChance(of, steps), [
				seed,
				stepCount,
			] as const);
			expect(fault, `seed ${seed}`).toBeNull();
		}
		expect(open.complaints).toEqual([]);
	});

	test.for(Object.keys(scenarios) as ScenarioName[])("see the same after %s", async (name) => {
		for (const isUndone of [false, true]) {
			const report = await open.page.evaluate(([of, undo]) => harness.scenario(of, undo), [
				name,
				isUndone,
			] as const);
			expect(report.fault).toBeNull();
		}
		expect(open.complaints).toEqual([]);
	});

	test.for(Object.keys(strangers) as StrangerName[])("outlive %s", async (name) => {
		const report = await open.page.evaluate((of) => harness.stranger(of), name);
		expect(report.fault).toBeNull();
		expect(open.complaints).toEqual([]);
	});

	test("see what a line still is when one of two kinds goes and the rest comes later", async () => {
		const report = await open.page.evaluate(() => harness.inParts());
		expect(report.fault).toBeNull();
		expect(report.shown).toContainEqual({ insert: "\n", attributes: { header: 1 } });
		expect(open.complaints).toEqual([]);
	});

	test("see the document anew where Quill lost a change", async () => {
		const report = await open.page.evaluate(() => harness.lost());
		expect(report.fault).toBeNull();
		expect(report.shown).toEqual([{ insert: "one two\n" }]);
		expect(open.complaints).toEqual([]);
	});

	test("show thousands of changes that come at once in one go", async () => {
		const report = await open.page.evaluate(() => harness.burst(5_000));
		expect(report.fault).toBeNull();
		expect(report.changeCount).toBeLessThan(10);
		expect(open.complaints).toEqual([]);
	});

	test("have all in the doc while nobody looks, and on the screen when somebody does", async () => {
		const faults = await open.page.evaluate(() => harness.unseen(5_000));
		expect(faults).toEqual({ before: null, after: null });
		expect(open.complaints).toEqual([]);
	});

	test("keep in the doc what they cannot show", async () => {
		const embeds = await open.page.evaluate(() => harness.stranger("an embed that nobody knows"));
		expect(JSON.stringify(embeds.doc)).toContain('{"nosuch":1}');
		expect(JSON.stringify(embeds.shown)).toContain('{"unknown":{"nosuch":1}}');
		const formats = await open.page.evaluate(() => harness.stranger("formats off the list"));
		expect(formats.doc).toContainEqual(
			expect.objectContaining({ attributes: expect.objectContaining({ color: "red" }) }),
		);
		expect(formats.shown).toEqual([{ insert: "ab👍cd!\n" }]);
	});
});
