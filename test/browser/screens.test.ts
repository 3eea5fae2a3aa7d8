/** People in real tabs of a real browser, in a run of the convergence harness. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { castOf } from "../../scripts/converge/person/cast.ts";
import type { ScreenParts, Screens } from "../../scripts/converge/person/screen.ts";
import { type Fault, makePlan, type Plan, type Step } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { playReal } from "../../scripts/converge/real/play.ts";
import { AtScreen } from "../../scripts/converge/screen/at-screen.ts";
import { launchChromium } from "../../scripts/converge/screen/chromium.ts";
import { ChromiumScreens, screenOptions } from "../../scripts/converge/screen/screens.ts";
import { weft } from "../../scripts/converge/systems/weft.ts";
import { messageType } from "../../shared/protocol.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";

const faults: readonly Fault[] = ["kill", "cut", "lag"];

const wait: Step = { kind: "wait", ms: 12_500 };
const type: Step = { kind: "deed", person: 1, deed: "type", at: 0.5, size: 1 };

/** Ben types while his connection hangs, and then the server is killed. */
const killWhileHanging: Plan = {
	seed: 1,
	people: 2,
	mode: "even",
	steps: [
		type,
		...Array<Step>(12).fill(wait),
		{ kind: "fault", fault: "halfOpen", person: 1, ms: 40_000 },
		type,
		...Array<Step>(6).fill(wait),
		{ kind: "fault", fault: "kill", person: 0, ms: 10 },
	],
};

/** In the page: every write is answered at once as though it were on the server's disk. */
function sayEverythingIsSaved({ sync, saved }: typeof messageType): void {
	globalThis.WebSocket = class extends WebSocket {
		#writeCount = 0;

		override send(data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void {
			super.send(data);
			if (!(data instanceof Uint8Array) || data[0] !== sync || data[1] === 0) return;
			const answer = Uint8Array.of(saved, ++this.#writeCount, 0);
			this.onmessage?.(new MessageEvent("message", { data: answer.buffer }));
		}
	};
}

describe.skipIf(!hasChromium)("somebody at a browser among two others", () => {
	let screens: ChromiumScreens | null = null;

	beforeAll(async () => {
		screens = await ChromiumScreens.launch(1);
	});

	afterAll(async () => {
		await screens?.close();
	});

	test("that calls words saved which are on their way is found out", async () => {
		const play = (plan: Plan, at: Screens) => playReal(plan, weft(), { screens: at });
		if (screens === null) return;
		const honest = await play(killWhileHanging, screens);
		expect(honest.findings).toEqual([]);
		const browser = await launchChromium();
		try {
			const lying = {
				count: 1,
				open: async (parts: ScreenParts) => {
					const context = await browser.newContext(screenOptions);
					await context.addInitScript(sayEverythingIsSaved, messageType);
					return new AtScreen(parts, context);
				},
			};
			const { findings } = await play(killWhileHanging, lying);
			expect(findings.map(({ check, say }) => `${check}: ${say}`)).toEqual([
				expect.stringMatching(/^nothing lost: ⟨ben\d+👋⟩ was called saved on a screen and is gone/),
			]);
		} finally {
			await browser.close();
		}
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
