/** Real runs against the floor, whole and with a fault planted in it. */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { floor } from "../../../scripts/bench/contestants.ts";
import { Stage } from "../../../scripts/bench/drive/stage.ts";
import { usualSlowness } from "../../../scripts/bench/felt/slowness.ts";
import { Session } from "../../../scripts/bench/people/session.ts";
import { cursors } from "../../../scripts/bench/scenarios/cursors.ts";
import { fanOut } from "../../../scripts/bench/scenarios/fan-out.ts";
import type { ServerProcess } from "../../../scripts/converge/systems/system.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";

let folder: string;
let stage: Stage;

beforeEach(() => {
	folder = makeFolder();
});

afterEach(async () => {
	await stage.close();
	dropFolder(folder);
});

function stageOver(env: Readonly<Record<string, string>>): Stage {
	return new Stage({
		contestant: { name: "floor", system: floor(env), keepsDocs: false },
		cores: null,
		seed: 1,
		slowness: usualSlowness,
		dataDir: null,
		folder: join(folder, "run"),
		storeroom: join(folder, "storeroom"),
	});
}

const shape = { label: "tiny", count: 3, rate: 100, seconds: 0.2 };

/** One person types, three read. */
function openTiny(server: ServerProcess, settleMsMax: number): Promise<Session> {
	return Session.open(stage, server, {
		roomCount: 1,
		company: { writerCount: 1, readerCount: 3 },
		pace: shape,
		name: "tiny",
		settleMsMax,
	});
}

/** They type 20 letters. */
async function playTiny(env: Readonly<Record<string, string>>) {
	stage = stageOver(env);
	const session = await openTiny(await stage.serve(), 300);
	const played = await session.play();
	session.close();
	return played;
}

describe("how long it took", () => {
	test("runs from when a letter was due: who stands still cannot hide it", async () => {
		stage = stageOver({});
		const server = await stage.serve();
		const session = await openTiny(server, 2_000);
		const playing = session.play(0.5);
		server.pause();
		// A second is longer than all that is typed: each letter is due while nobody answers.
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		server.resume();
		const { shown, typedCount, refusal } = await playing;
		session.close();
		expect(refusal).toBeNull();
		expect(typedCount).toBe(50);
		expect(shown.quantile(0)).toBeGreaterThan(400);
		expect(shown.max).toBeGreaterThan(900);
	});
});

describe("what was shown", () => {
	test("every letter at every reader is one time", async () => {
		const { shown, typedCount, shownCount, refusal } = await playTiny({});
		expect(refusal).toBeNull();
		expect(typedCount).toBe(20);
		expect(shownCount).toBe(60);
		expect(shown.count).toBe(60);
		expect(shown.quantile(0)).toBeGreaterThan(0);
	});

	test("a relay that drops one is refused, with who lacks what", async () => {
		const { refusal } = await playTiny({ FLOOR_DROPS: "9" });
		expect(refusal).toMatch(/reader \d of 4 in tiny-0 was shown \d+ of the 20 letters of writer 1/);
	});

	test("scenarios come to figures", async () => {
		stage = stageOver({});
		const typing = await fanOut.run(stage, shape);
		expect(typing.refusal).toBeNull();
		expect(typing.figures["p99"]).toBeGreaterThan(0);
		const pointing = await cursors.run(stage, { ...shape, rate: 30 });
		expect(pointing.refusal).toBeNull();
		expect(pointing.figures["p50"]).toBeGreaterThan(5);
	});
});
