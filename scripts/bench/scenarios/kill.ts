/** kill -9: what was shown to somebody must be there afterwards. */
import type * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import { Histogram } from "../drive/histogram.ts";
import { pace } from "../drive/pacer.ts";
import type { Stage } from "../drive/stage.ts";
import { lookAround } from "../people/newcomer.ts";
import { Typing } from "../people/typing.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

const room = "kill";
/** Behind the last letter nothing more happens until the kill, so this is all there is to wait. */
const lookMsMax = 1_500;
/** What the kernel holds for the reader when the server ends is read within this. */
const onItsWayMs = 100;

/** `count` letters are typed; `seconds` behind the last the server is killed. */
async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const folder = await stage.folder();
	const server = await stage.serve(folder);
	const shown = new Histogram();
	const typing = await Typing.open(server, room, {
		writerCount: 1,
		readerCount: 1,
		random: stage.random,
		shown: () => shown,
	});
	typing.prepare(shape.count);
	await pace({ rate: shape.rate, seconds: shape.count / shape.rate }, (_, dueMs) => {
		typing.type(0, dueMs);
	});
	// Without a delay what is on its way has left us, and the server may not have read it yet.
	if (shape.seconds > 0) await new Promise((done) => setTimeout(done, shape.seconds * 1000));
	await server.kill();
	// What left the server before its end is on its way, and will be seen.
	await new Promise((done) => setTimeout(done, onItsWayMs));
	const { shownCount } = typing;
	typing.close();
	const again = await stage.serve(folder, server.port);
	const doc = await lookAround(again, room, (seen) => lengthOf(seen) >= shape.count, lookMsMax);
	const kept = lengthOf(doc);
	return {
		figures: {
			shown: shownCount,
			lost: Math.max(0, shownCount - kept),
			gone: shape.count - kept,
		},
		refusal: null,
	};
}

function lengthOf(doc: Y.Doc): number {
	return textOf(doc).length;
}

function after(ms: number): Shape {
	return { label: `killed after ${ms} ms`, count: 40, rate: 200, seconds: ms / 1000 };
}

/** At once, and 50, 500 and 3,000 ms after the last letter. */
export const kill: Scenario = {
	name: "kill",
	title: "kill -9",
	about:
		"One person types 40 letters in 200 ms, one reads; then the server is killed with SIGKILL " +
		"and started again on what it has on its disk, and a newcomer counts. Lost is what the " +
		"reader was shown and the newcomer is not.",
	measures: [
		{ key: "lost", label: "shown and lost, of 40", better: "less", noise: 0.5, isWorst: true },
		{ key: "shown", label: "shown, of 40", better: "more", isContext: true },
		{ key: "gone", label: "typed and gone, of 40", better: "less", isContext: true },
	],
	shapes: [after(0), after(50), after(500), after(3_000)],
	quickShapes: [after(0), after(50)],
	runSeconds: 2,
	needs: "disk",
	run,
};
