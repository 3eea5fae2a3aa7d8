/** A hand on a board of many strokes: it opens it, moves it, enlarges it, draws on it. */
import { loadavg } from "node:os";
import type { Stage } from "../drive/stage.ts";
import { type Finding, refused, type Scenario, type Shape, sizeOf } from "../scenarios/scenario.ts";
import { paceOf, quantileOf, worstAfter } from "./frames.ts";
import { beginInk, endInk, follow, load, look, strokeCount } from "./in-page.ts";
import { openBoard } from "./open.ts";
import {
	clip,
	compare,
	drawPlainly,
	inkBetween,
	type Likeness,
	lookedAtZooms,
	sharpnessMin,
	toleranceAt,
	wrongShareMax,
} from "./picture.ts";
import { inkPlaces, middleAt, overview, type Strokes, view, writeStrokes } from "./strokes.ts";
import { BoardTab, rest, spentBetween } from "./tab.ts";
import { type Gesture, gestures, wayOf } from "./ways.ts";

/** What comes with the first idle moments of an app is there by then. */
const settleMs = 3_000;
/** What is put off until a hand rests is watched for so long. */
const restMs = 1_000;
/** Strokes take longer to be painted than anybody waits; then it is given up. */
const loadMsMax = 240_000;
/** Places that must be ink before a board counts as painted. */
const placesCount = 40;
/** A picture that is not right yet is taken again: a busy machine paints late. */
const pictureTries = 20;
/** The pen draws so many strokes, so many reports each, and rests between them. */
const penStrokes = { count: 6, reports: 96, restMs: 500 };
/**
 * Ink and nothing else: what the browser itself takes from a pen to a frame. A report may come
 * right behind the moment at which a frame takes what came, and waits for the next.
 */
const bareBoard = `<!doctype html><style>body{margin:0}</style>
<canvas id="board" width="${view.width}" height="${view.height}" style="display:block"></canvas>
<script>
const context = board.getContext("2d");
const benchBoard = { takePen() {} };
board.onpointerdown = ({ offsetX, offsetY }) => context.moveTo(offsetX, offsetY);
board.onpointermove = ({ buttons, offsetX, offsetY }) => {
	if (buttons === 0) return;
	context.lineTo(offsetX, offsetY);
	context.stroke();
	context.beginPath();
	context.moveTo(offsetX, offsetY);
};
</script>`;

type Figures = Record<string, number>;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const strokes = writeStrokes(shape.count);
	const loadBefore = loadavg()[0] ?? Number.NaN;
	const { tab, hold, send, close } = await openBoard(stage, strokes);
	try {
		await rest(settleMs);
		const empty = await pictures(tab, strokes);
		const emptyMib = await tab.memoryMib();
		await hold();
		const loadMs = await opened(tab, strokes, send);
		await rest(restMs);
		const moved = await moves(tab, strokes, shape.seconds);
		const likeness = await compared(tab, strokes, empty);
		const inked = await ink(tab, strokes);
		const grown = (await tab.memoryMib()) - emptyMib;
		return {
			figures: { load: loadMs, ...moved.figures, ...inked, wrong: likeness.wrong * 100, grown },
			notes: [...moved.notes, likeness.say, `load before: ${loadBefore.toFixed(1)}`],
			refusal: likeness.isRight ? null : `what is shown is not what was drawn: ${likeness.say}`,
		};
	} catch (error) {
		return refused(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
	} finally {
		await close();
	}
}

/** From the data being there until all of it is painted, with everything in view. */
async function opened(tab: BoardTab, strokes: Strokes, send: () => void): Promise<number> {
	const camera = overview(strokes);
	await tab.page.evaluate(look, [camera, restMs] as const);
	const places = inkPlaces(strokes, camera, placesCount);
	const expected = { count: strokes.count, places, msMax: loadMsMax };
	const painted = tab.page.evaluate(load, expected);
	send();
	return painted;
}

/** All gestures, one after the other. */
async function moves(tab: BoardTab, strokes: Strokes, seconds: number) {
	const figures: Figures = {};
	const notes: string[] = [];
	for (const gesture of gestures) {
		const way = wayOf(gesture, strokes, seconds);
		await tab.page.evaluate(look, [way.start, restMs] as const);
		const before = await tab.look();
		const { zoomMin, ...frames } = await tab.page.evaluate(follow, [way, restMs] as const);
		const spentMs = spentBetween(before, await tab.look());
		Object.assign(figures, figuresOf(gesture, paceOf(frames), spentMs));
		if (gesture === "zoom") notes.push(`farthest out: ${zoomMin.toFixed(3)}`);
	}
	return { figures, notes };
}

function figuresOf(gesture: Gesture, pace: ReturnType<typeof paceOf>, spentMs: number): Figures {
	return {
		[`${gesture}Fps`]: pace.perSecond,
		[`${gesture}Worst`]: pace.worstMs,
		[`${gesture}Cpu`]: spentMs / pace.count,
	};
}

/** Strokes of a pen in the middle of the board, at 100 %, and how fast a bare canvas has them. */
async function ink(tab: BoardTab, strokes: Strokes): Promise<Figures> {
	await tab.page.evaluate(look, [middleAt(strokes, 1), restMs] as const);
	const countBefore = await tab.page.evaluate(strokeCount);
	const { pace, p99Ms, spentMs, penUpMs } = await penned(tab);
	const drawn = (await tab.page.evaluate(strokeCount)) - countBefore;
	if (drawn !== penStrokes.count)
		throw new Error(`${drawn} of ${penStrokes.count} lines are there`);
	return {
		inkFps: pace.perSecond,
		inkP99: p99Ms,
		inkBare: await bareInkP99Ms(),
		inkCpu: spentMs / pace.count,
		penUp: penUpMs,
	};
}

async function penned(tab: BoardTab) {
	await tab.page.evaluate(beginInk);
	await rest(restMs);
	const before = await tab.look();
	const fromMs = performance.now();
	for (let index = 0; index < penStrokes.count; index++) {
		await tab.draw(scribble(index));
		await rest(penStrokes.restMs);
	}
	const spentMs = spentBetween(before, await tab.look());
	const tookMs = performance.now() - fromMs;
	const { frames, latencies, ups } = await tab.page.evaluate(endInk);
	const endedMs = frames.at(-1) ?? 0;
	return {
		pace: paceOf({ atMs: frames, beganMs: endedMs - tookMs, endedMs }),
		p99Ms: quantileOf(latencies, 0.99),
		spentMs,
		penUpMs: worstAfter(frames, ups, penStrokes.restMs),
	};
}

async function bareInkP99Ms(): Promise<number> {
	const tab = await BoardTab.open("http://localhost/", async (page) => {
		await page.route("**", (route) => route.fulfill({ contentType: "text/html", body: bareBoard }));
	});
	try {
		await tab.fit("#board");
		return (await penned(tab)).p99Ms;
	} finally {
		await tab.close();
	}
}

/** A line of loops; each a little lower than the last. */
function scribble(index: number): [number, number][] {
	const [left, top] = [view.width * 0.3, view.height * 0.35 + index * 36];
	return Array.from({ length: penStrokes.reports }, (_, report) => {
		const turn = report / 5;
		return [left + report * 4 + 9 * Math.cos(turn), top + 14 * Math.sin(turn)];
	});
}

/** A picture for each zoom; the board is as it is now. */
async function pictures(tab: BoardTab, strokes: Strokes): Promise<readonly Uint8Array[]> {
	const taken: Uint8Array[] = [];
	for (const zoom of lookedAtZooms) {
		await tab.page.evaluate(look, [middleAt(strokes, zoom), restMs] as const);
		taken.push(await tab.picture(clip));
	}
	return taken;
}

/** How the board looks beside a plain drawing; the worst of all zooms. */
async function compared(tab: BoardTab, strokes: Strokes, empty: readonly Uint8Array[]) {
	const says: string[] = [];
	let wrong = 0;
	let isRight = true;
	for (const [index, zoom] of lookedAtZooms.entries()) {
		const camera = middleAt(strokes, zoom);
		const plain = drawPlainly(strokes, camera);
		await tab.page.evaluate(look, [camera, restMs] as const);
		const likeOnce = async () => {
			const ink = inkBetween(empty[index] ?? new Uint8Array(), await tab.picture(clip));
			return compare(plain, ink, toleranceAt(zoom));
		};
		let like = await likeOnce();
		for (let tries = 1; tries < pictureTries && !isLike(like, zoom); tries++) {
			await rest(restMs);
			like = await likeOnce();
		}
		const { wrongShare, sharpness } = like;
		wrong = Math.max(wrong, wrongShare);
		isRight &&= isLike(like, zoom);
		const percent = (wrongShare * 100).toFixed(2);
		says.push(`${percent} % wrong at zoom ${zoom}, edges ${sharpness.toFixed(2)} as steep`);
	}
	return { wrong, isRight, say: says.join("; ") };
}

/** Lines thinner than a pixel are faint, and nobody's are sharp. */
function isLike({ wrongShare, sharpness }: Likeness, zoom: number): boolean {
	return wrongShare <= wrongShareMax && (zoom < 1 || sharpness >= sharpnessMin);
}

function strokesShape(count: number, seconds: number): Shape {
	return { ...sizeOf(count, "strokes"), seconds };
}

/** From 1,000 to 100,000 strokes. */
export const boardHand: Scenario = {
	name: "board-hand",
	title: "The board under the hand",
	about:
		"Strokes of 60 points, the same for all boards, in a Chromium each, 1,080 by 720 pixels. " +
		"Peers hold them as ready objects, without their tools around; Weft is its built app with " +
		"its server, and gets them as one update. Opened with all in view, moved at 100 % (an eight " +
		"of 5 s), zoomed to 10 % and back, moved with all in view, looked at beside a plain drawing, " +
		"drawn on with a pen, and so is a canvas with nothing but ink. Frames are those of the page; " +
		"processor time and memory are those of all processes of the browser, that of a gesture " +
		"with the second behind it.",
	measures: [
		{ key: "load", label: "load to painted, ms", better: "less", noise: 16 },
		...gestures.flatMap((gesture) => [
			{ key: `${gesture}Fps`, label: `${gesture}: frames/s`, better: "more" as const },
			{ key: `${gesture}Worst`, label: `${gesture}: worst frame ms`, better: "less" as const },
			{ key: `${gesture}Cpu`, label: `${gesture}: CPU ms a frame`, better: "less" as const },
		]),
		{ key: "inkFps", label: "ink: frames/s", better: "more" },
		{ key: "inkP99", label: "ink: input to frame p99 ms", better: "less" },
		{ key: "inkBare", label: "the same on a bare canvas, ms", better: "less", isContext: true },
		{ key: "inkCpu", label: "ink: CPU ms a frame", better: "less" },
		{ key: "penUp", label: "pen up: worst frame ms", better: "less", isWorst: true },
		{ key: "grown", label: "memory grown, MiB", better: "less", noise: 5 },
		{ key: "wrong", label: "picture: % wrong", better: "less", isContext: true },
	],
	shapes: [1_000, 10_000, 50_000, 100_000].map((count) => strokesShape(count, 5)),
	quickShapes: [strokesShape(200, 1)],
	runSeconds: 60,
	needs: "board",
	usesAllCores: true,
	run,
};
