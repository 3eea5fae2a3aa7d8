import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A scenario without a browser: it plays in memory, within seconds. */
const pinnedSeeds = "test/scenarios/pinned-seeds.test.ts";

/** Tests that put something in the place of a module: they have a worker for themselves. */
const mocking = [
	"server/store/level-binding",
	"web/presence/access/managed-dialog",
	"web/presence/access/room-access",
	"web/presence/lost/rescue",
].map((path) => `test/${path}.test.ts`);

/**
 * Files that take longest, or wait for a clock, the longest first. Vitest knows it from the last
 * run; in a clean clone it begins with the largest files, and most of these are short.
 */
const longFiles = [
	"harness/self-test",
	"harness/converge",
	"harness/real/real-run",
	"harness/people",
	"wire/silence",
	"harness/simulation",
	"harness/rights/rights",
	"scripts/replay",
	"wire/people/people",
	"scripts/start",
	"harness/real/kill-cycles",
	"scripts/test",
	"harness/systems",
	"scripts/bench/command",
	"browser/states/states",
	"browser/screens",
	"browser/bench/board",
	"scenarios/reach",
	"browser/bench/felt",
	"browser/bench-page",
	"browser/frame",
	"browser/photos",
	"scenarios/together",
	"browser/states/rights",
	"scenarios/chat",
].map((path) => `/test/${path}.test.ts`);

/** Projects in the order in which they begin: what is short fills the gaps in the end. */
const projectNames = ["wire", "browser", "mocking", "quick"];

/** Begins each project with its long files, so that no worker is alone with one in the end. */
class LongFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const rankOf = ({ project, moduleId }: TestSpecification) => {
			const longIndex = longFiles.findIndex((end) => moduleId.endsWith(end));
			const inProject = longIndex === -1 ? longFiles.length : longIndex;
			return projectNames.indexOf(project.name) * (longFiles.length + 1) + inProject;
		};
		return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
	}
}

/** Many wait, for a clock or another process: a worker more than processors leaves none idle. */
const workersMax = Math.max(3, availableParallelism() - 1);

/** Hundreds of servers are started: what makes each fast takes a second of the processor. */
const coldServers = { WEFT_WARM_UP: "off" };

/** `quick` and `mocking` run in `npm run check`, the others only in `npm test`. */
export default defineConfig({
	resolve: { dedupe: ["yjs", "lib0", "y-protocols"] },
	test: {
		// Bounds are for what hangs. What a loaded machine takes ten times as long for is right.
		testTimeout: 120_000,
		hookTimeout: 120_000,
		setupFiles: ["test/web/ui/english.ts"],
		sequence: { sequencer: LongFirst },
		expect: { poll: { timeout: 60_000, interval: 50 } },
		maxWorkers: workersMax,
		projects: [
			{
				extends: true,
				test: {
					name: "quick",
					include: ["test/{shared,server,web,contracts}/**/*.test.ts", pinnedSeeds],
					exclude: mocking,
					// Loading a file's modules anew takes as long as most of their tests.
					isolate: false,
				},
			},
			{ extends: true, test: { name: "mocking", include: mocking } },
			{
				extends: true,
				test: {
					name: "wire",
					include: ["test/{wire,scripts,harness}/**/*.test.ts"],
					env: coldServers,
					globalSetup: "test/fixtures/build-server.ts",
				},
			},
			{
				extends: true,
				test: {
					name: "browser",
					include: ["test/{browser,scenarios}/**/*.test.ts"],
					exclude: [pinnedSeeds],
					env: coldServers,
					globalSetup: ["test/fixtures/build-server.ts", "test/fixtures/build-app.ts"],
					testTimeout: 240_000,
					// Files of a worker share what takes long to load, and a browser.
					isolate: false,
				},
			},
		],
	},
});
