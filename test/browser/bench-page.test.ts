/** The scenarios of pages, at tiny sizes: do they measure what they say? */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contestant } from "../../scripts/bench/contestants.ts";
import { Stage } from "../../scripts/bench/drive/stage.ts";
import { usualSlowness } from "../../scripts/bench/felt/slowness.ts";
import { pageRemote } from "../../scripts/bench/pages/remote.ts";
import { pageTyping } from "../../scripts/bench/pages/typing.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { dropFolder, makeFolder } from "../fixtures/project.ts";

const shape = { label: "tiny", count: 300, rate: 0, seconds: 0 };

describe.skipIf(!hasChromium)("a page under the benchmark", () => {
	let folder: string;
	let stage: Stage;
	const take = async (name: string) => {
		stage = new Stage({
			contestant: await contestant(name, null),
			cores: null,
			seed: 1,
			slowness: usualSlowness,
			dataDir: null,
			folder: join(folder, "run"),
			storeroom: join(folder, "storeroom"),
		});
		return stage;
	};
	beforeEach(() => {
		folder = makeFolder();
	});
	afterEach(async () => {
		await stage.close();
		dropFolder(folder);
	});

	test.for(["floor", "weft"])("shows updates from afar: %s", async (name) => {
		const { figures, refusal } = await pageRemote.run(await take(name), shape);
		expect(refusal).toBeNull();
		expect(figures["shown"]).toBeGreaterThan(0);
		expect(figures["cpu"]).toBeGreaterThan(0);
	});

	test("keeps every key: weft", async () => {
		const { figures, refusal } = await pageTyping.run(await take("weft"), shape);
		expect(refusal).toBeNull();
		expect(figures["cpu"]).toBeGreaterThan(0);
	});
});
