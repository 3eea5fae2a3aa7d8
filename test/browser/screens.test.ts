/** People in real tabs of a real browser, in a run of the convergence harness. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { castOf } from "../../scripts/converge/person/cast.ts";
import { type Fault, makePlan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { playReal } from "../../scripts/converge/real/play.ts";
import { ChromiumScreens } from "../../scripts/converge/screen/screens.ts";
import { weft } from "../../scripts/converge/systems/weft.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";

const faults: readonly Fault[] = ["kill", "cut", "lag"];

describe.skipIf(!hasChromium)("somebody at a browser among two others", () => {
	let screens: ChromiumScreens | null = null;

	beforeAll(async () => {
		screens = await ChromiumScreens.launch(1);
	});

	afterAll(async () => {
		await screens?.close();
	});

	test.each([2, 5])(
		"sees what they have, and loses nothing that was saved (seed %i)",
		async (seed) => {
			if (screens === null) return;
			const plan = makePlan({ seed, people: 3, ops: 40, faults }, streamsOf(seed));
			const { findings, asked, events } = await playReal(plan, weft(), {
				makePerson: castOf("mixed"),
				screens,
			});
			expect(findings).toEqual([]);
			expect(asked["equal screens"]).toBe(1);
			expect(events.some(({ say }) => say.includes("at a browser"))).toBe(true);
		},
	);
});
