/** Forty people draw at once, and somebody watches. */
import type { Stage } from "../drive/stage.ts";
import { Crowd } from "../felt/crowd.ts";
import type { Finding, Scenario, Shape } from "../scenarios/scenario.ts";
import { paceOf } from "./frames.ts";
import { load, look, strokeCount, watch } from "./in-page.ts";
import { openBoard, room } from "./open.ts";
import { inkPlaces, overview, writeStrokes } from "./strokes.ts";
import { type BoardTab, rest, spentBetween } from "./tab.ts";

/** Until all have begun, and the page's code is warm. */
const warmMs = 3_000;
const loadMsMax = 120_000;
const firstMsMax = 60_000;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const strokes = writeStrokes(shape.rate);
	const { tab, send, close } = await openBoard(stage, strokes);
	try {
		const camera = overview(strokes);
		await tab.page.evaluate(look, [camera, warmMs] as const);
		const places = inkPlaces(strokes, camera, 10);
		const painted = tab.page.evaluate(load, { count: strokes.count, places, msMax: loadMsMax });
		send();
		await painted;
		// They draw in the upper left corner of the board, and that is what is looked at.
		await tab.page.evaluate(look, [{ x: 0, y: 0, zoom: 1 }, warmMs] as const);
		const [server] = stage.servers;
		if (server === undefined) throw new Error("there is no server");
		const crowd = await Crowd.join(server, room, {
			people: shape.count,
			drawers: shape.count,
			random: stage.random,
		});
		try {
			await rest(warmMs);
			await untilMore(tab, strokes.count);
			const before = await tab.look();
			const pace = paceOf(await tab.page.evaluate(watch, shape.seconds * 1_000));
			const spentMs = spentBetween(before, await tab.look());
			const drawn = (await tab.page.evaluate(strokeCount)) - strokes.count;
			return {
				figures: {
					p99: pace.p99Ms,
					worst: pace.worstMs,
					fps: pace.perSecond,
					cpu: spentMs / pace.count,
				},
				notes: [`${drawn} strokes were finished meanwhile`],
				refusal: null,
			};
		} finally {
			crowd.leave();
		}
	} finally {
		await close();
	}
}

/** Until the first finished stroke of the crowd is on the board. */
async function untilMore(tab: BoardTab, count: number): Promise<void> {
	const untilMs = performance.now() + firstMsMax;
	while ((await tab.page.evaluate(strokeCount)) <= count) {
		if (performance.now() > untilMs) throw new Error("nobody's stroke arrived");
		await rest(100);
	}
}

/** `rate` is the number of strokes that are there before. */
function people(count: number, strokes: number, seconds: number): Shape {
	const label = `${count} people, ${strokes.toLocaleString("en-US")} strokes`;
	return { label, count, rate: strokes, seconds };
}

/** Forty of them, on a board of 10,000 strokes. */
export const boardCrowd: Scenario = {
	name: "board-crowd",
	title: "Many draw at once",
	about:
		"People draw without a pause in the part of the board that somebody looks at: each tells its " +
		"ink 30 times a second and its pointer 10 times, and finishes a stroke every two seconds. " +
		"Counted are the frames of who looks on, in a built app that nothing slows; everybody is on " +
		"this machine.",
	measures: [
		{ key: "p99", label: "p99 frame ms", better: "less" },
		{ key: "worst", label: "worst frame ms", better: "less" },
		{ key: "fps", label: "frames/s", better: "more" },
		{ key: "cpu", label: "CPU ms a frame", better: "less" },
	],
	shapes: [people(40, 10_000, 10)],
	quickShapes: [people(4, 200, 2)],
	runSeconds: 35,
	needs: "board",
	isAlone: true,
	usesAllCores: true,
	run,
};
