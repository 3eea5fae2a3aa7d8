/** People in real tabs of a real browser, in a run of the convergence harness. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { castOf } from "../../scripts/converge/person/cast.ts";
import type { Screen, ScreenParts, Screens } from "../../scripts/converge/person/screen.ts";
import { type Fault, makePlan, type Plan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { playReal } from "../../scripts/converge/real/play.ts";
import type { Outcome } from "../../scripts/converge/run.ts";
import { AtScreen } from "../../scripts/converge/screen/at-screen.ts";
import { launchChromium } from "../../scripts/converge/screen/chromium.ts";
import { ChromiumScreens, screenOptions } from "../../scripts/converge/screen/screens.ts";
import type { System } from "../../scripts/converge/systems/system.ts";
import { weft } from "../../scripts/converge/systems/weft.ts";
import { messageType } from "../../shared/protocol.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { until } from "../fixtures/until.ts";

const faults: readonly Fault[] = ["kill", "cut", "lag"];

const type = { deed: "type", at: 0.5, size: 1 } as const;

/** Ben types while his connection hangs, and then the server is killed. It hangs to the end. */
const killWhileHanging: Plan = {
	seed: 1,
	people: 2,
	mode: "even",
	rights: false,
	steps: [
		{ kind: "fault", fault: "halfOpen", person: 1, ms: 4_000_000 },
		{ kind: "deed", person: 1, ...type },
		{ kind: "fault", fault: "kill", person: 0, ms: 10 },
	],
};

/**
 * Plays it with Ben at such a screen. A first word of his is called saved before anything goes
 * wrong, and the kill waits until his second one is there, and is called what `before` waits for.
 */
async function killAfterTyping(
	open: (parts: ScreenParts) => Promise<Screen>,
	before: (ben: Screen) => boolean = () => true,
): Promise<Outcome> {
	let ben: Screen | null = null;
	let typedCount = 0;
	const screens: Screens = {
		count: 1,
		open: async (parts) => {
			const tell: ScreenParts["tell"] = (say, words) => {
				if (say === "types") typedCount += words.length;
				parts.tell(say, words);
			};
			const screen = await open({ ...parts, tell });
			screen.act(type);
			// The light comes behind the room: what others saw is promised without it.
			await screen.comeHome();
			ben = screen;
			return screen;
		},
	};
	const hasTyped = () => typedCount === 2 && ben !== null && before(ben);
	return playReal(killWhileHanging, killedOnce(weft(), hasTyped), { screens });
}

/** A system whose servers are killed only once something is true. */
function killedOnce(system: System, isTrue: () => boolean): System {
	return {
		...system,
		start: async (directory, port) => {
			const server = await system.start(directory, port);
			const kill = server.kill.bind(server);
			server.kill = async () => {
				await until("the server may be killed", isTrue);
				await kill();
			};
			return server;
		},
	};
}

/**
 * In the page: every write is answered at once as though it were on the server's disk. So is what
 * asks whether the server is there: else a slow page has given the line up before the second word.
 */
function sayEverythingIsSaved({ sync, saved }: typeof messageType): void {
	globalThis.WebSocket = class extends WebSocket {
		#writeCount = 0;

		override send(data: string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>): void {
			super.send(data);
			if (!(data instanceof Uint8Array)) return;
			if (data[0] === sync && data[1] !== 0) this.#writeCount++;
			if (this.#writeCount === 0) return;
			const { buffer } = Uint8Array.of(saved, this.#writeCount, 0);
			// Never inside the call that asked: no network is so quick, and nobody waits yet.
			queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data: buffer })));
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
		const at = screens;
		if (at === null) return;
		const honest = await killAfterTyping((parts) => at.open(parts));
		expect(honest.findings).toEqual([]);
		const browser = await launchChromium();
		try {
			const lying = async (parts: ScreenParts) => {
				const context = await browser.newContext(screenOptions);
				await context.addInitScript(sayEverythingIsSaved, messageType);
				return new AtScreen(parts, context);
			};
			const { findings } = await killAfterTyping(lying, (ben) => ben.promised().size === 2);
			const complaints = findings.map(({ check, say }) => `${check}: ${say}`);
			const known = /^nothing lost: ⟨ben\d+👋⟩ was called saved on a screen and is gone/;
			expect(complaints).toContainEqual(expect.stringMatching(known));
			expect(complaints.filter((words) => !known.test(words))).toEqual([]);
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
