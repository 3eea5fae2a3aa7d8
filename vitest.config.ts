import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** A scenario without a browser: it plays in memory, within seconds. */
const pinnedSeeds = "test/scenarios/pinned-seeds.test.ts";

/** Three projects: `quick` runs in `npm run check`, the others only in `npm test`. */
export default defineConfig({
	resolve: { dedupe: ["yjs", "lib0", "y-protocols"] },
	test: {
		// Bounds are for what hangs. What a loaded machine takes ten times as long for is right.
		testTimeout: 120_000,
		hookTimeout: 120_000,
		expect: { poll: { timeout: 60_000, interval: 50 } },
		// Many wait for another process: with two processors one worker would leave one idle.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		projects: [
			{
				extends: true,
				test: {
					name: "quick",
					include: ["test/{shared,server,web,contracts}/**/*.test.ts", pinnedSeeds],
				},
			},
			{
				extends: true,
				test: {
					name: "wire",
					include: ["test/{wire,scripts,harness}/**/*.test.ts"],
					globalSetup: "test/fixtures/build-server.ts",
				},
			},
			{
				extends: true,
				test: {
					name: "browser",
					include: ["test/{browser,scenarios}/**/*.test.ts"],
					exclude: [pinnedSeeds],
					globalSetup: ["test/fixtures/build-server.ts", "test/fixtures/build-app.ts"],
					testTimeout: 240_000,
					// After the others, and two at a time: a page mostly waits for somebody else.
					maxWorkers: 2,
					sequence: { groupOrder: 1 },
				},
			},
		],
	},
});
