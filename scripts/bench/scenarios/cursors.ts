/** Everybody's pointer moves. */

import { coreShare, type Load } from "../drive/load.ts";
import type { Stage } from "../drive/stage.ts";
import { Cursors } from "../people/cursors.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

/** A second of it first, for code that never ran. */
const warmUpSeconds = 1;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const cursors = await Cursors.open(server, { count: shape.count, random: stage.random });
	await cursors.move(shape.rate, Math.min(warmUpSeconds, shape.seconds));
	await cursors.settle();
	let load: Load | null = null;
	load = await stage.watch(server, () => cursors.move(shape.rate, shape.seconds));
	const refusal = await cursors.settle();
	const { ages } = cursors;
	cursors.close();
	return {
		figures: { p50: ages.quantile(0.5), p99: ages.quantile(0.99), core: coreShare(load) },
		curve: ages.curve(),
		refusal,
	};
}

function pointers(count: number, seconds: number): Shape {
	return { label: `${count} at 30 Hz`, count, rate: 30, seconds };
}

/** 30 and 100 people. */
export const cursors: Scenario = {
	name: "cursors",
	title: "Everybody's pointer moves",
	about:
		"People in one room move their pointers 30 times a second. Fifty times a second it is noted " +
		"how old what everybody sees of everybody else is, from when that place was due: about 17 ms " +
		"on average and 33 ms at most without any server in between.",
	measures: [
		{ key: "p50", label: "p50 age ms", better: "less", noise: 1 },
		{ key: "p99", label: "p99 age ms", better: "less", noise: 1 },
		{ key: "core", label: "core share", better: "less", noise: 0.01 },
	],
	shapes: [pointers(30, 5), pointers(100, 5)],
	quickShapes: [pointers(10, 1)],
	runSeconds: 8,
	needs: "relay",
	run,
};
