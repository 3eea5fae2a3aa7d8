/** Single pieces of Weft's code, each by the name of its file; no server runs. */

import type { Stage } from "../drive/stage.ts";
import type { Finding, Scenario, Shape } from "../scenarios/scenario.ts";
import { type Piece, timesOf } from "./piece.ts";
import { pieces } from "./pieces.ts";

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const piece = pieces.find(({ name }) => name === shape.label);
	if (piece === undefined) throw new Error(`There is no piece "${shape.label}".`);
	const prepared = await piece.prepare(await stage.folder());
	const times = await timesOf(prepared, shape.seconds * 1000);
	await prepared.close?.();
	const ascending = times.toSorted((a, b) => a - b);
	const at = (share: number) => ascending[Math.floor(share * (ascending.length - 1))] ?? Number.NaN;
	return {
		figures: { us: at(0.5), slow: at(0.99) },
		notes: [piece.about],
		refusal: null,
	};
}

function shapeOf(seconds: number): (piece: Piece) => Shape {
	return ({ name }) => ({ label: name, count: 1, rate: 0, seconds });
}

/** All pieces. */
export const micro: Scenario = {
	name: "micro",
	title: "Single pieces of Weft's code",
	about:
		"Each piece is run again and again in a process of its own on the clients' core: the middle " +
		"and the 99th percentile of calls that do many things at once, for one thing.",
	measures: [
		{ key: "us", label: "us each", better: "less" },
		{ key: "slow", label: "us each, p99", better: "less", isContext: true },
	],
	shapes: pieces.map(shapeOf(3)),
	quickShapes: pieces.map(shapeOf(0.3)),
	runSeconds: 4,
	needs: "relay",
	isAlone: true,
	run,
};
