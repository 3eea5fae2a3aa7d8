/** Scenarios that end and restart servers, against the built Weft server, at tiny sizes. */
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contestant } from "../../../scripts/bench/contestants.ts";
import { Stage } from "../../../scripts/bench/drive/stage.ts";
import { joins } from "../../../scripts/bench/scenarios/joins.ts";
import { kill } from "../../../scripts/bench/scenarios/kill.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";

let folder: string;
let stage: Stage;

beforeEach(async () => {
	folder = makeFolder();
	stage = new Stage({
		contestant: await contestant("weft", null),
		cores: null,
		seed: 1,
		dataDir: null,
		folder: join(folder, "run"),
		storeroom: join(folder, "storeroom"),
	});
});

afterEach(async () => {
	await stage.close();
	dropFolder(folder);
});

test("what was shown when Weft was killed is there when it is back", async () => {
	const { figures, refusal } = await kill.run(stage, {
		label: "tiny",
		count: 10,
		rate: 500,
		seconds: 0.5,
	});
	expect(refusal).toBeNull();
	// How many were shown in half a second is the machine's affair.
	expect(figures["shown"]).toBeGreaterThan(0);
	expect(figures["lost"]).toBe(0);
});

test("joiners of a server that was just started get the whole document", async () => {
	const { figures, refusal } = await joins.run(stage, {
		label: "paper, 2 joiners",
		count: 2,
		rate: 300,
		seconds: 0,
	});
	expect(refusal).toBeNull();
	expect(figures["synced"]).toBeGreaterThan(0);
	expect(figures["received"]).toBeGreaterThan(0.1);
});
