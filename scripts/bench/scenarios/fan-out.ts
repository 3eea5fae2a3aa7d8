/** One person types, many read. */

import { cpuUsEach } from "../drive/load.ts";
import type { Stage } from "../drive/stage.ts";
import { Session } from "../people/session.ts";
import type { Finding, Measure, Scenario, Shape } from "./scenario.ts";

const fanOutMeasures: readonly Measure[] = [
	{ key: "p50", label: "p50 ms", better: "less", noise: 0.05 },
	{ key: "p99", label: "p99 ms", better: "less", noise: 0.05 },
	{ key: "cpu", label: "CPU us a delivery", better: "less", noise: 0.1 },
];

/** Who cannot keep up has a figure too, as long as everything comes at last. */
const settleMsMax = 60_000;

/** Plays it with as many readers as `shape.count` says. */
async function playFanOut(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const session = await Session.open(stage, server, {
		roomCount: 1,
		company: { writerCount: 1, readerCount: shape.count },
		pace: shape,
		name: "fan-out",
		settleMsMax,
	});
	await session.warmUp();
	const { shown, load, shownCount, refusal } = await session.play();
	session.close();
	return {
		figures: {
			p50: shown.quantile(0.5),
			p99: shown.quantile(0.99),
			cpu: cpuUsEach(load, shownCount),
		},
		curve: shown.curve(),
		refusal,
	};
}

function readers(count: number, seconds: number): Shape {
	return { label: `${count} readers`, count, rate: 20, seconds };
}

/** 10, 100 and 500 readers. */
export const fanOut: Scenario = {
	name: "fan-out",
	title: "One writer, many readers",
	about:
		"One person types 20 letters a second, everybody else in the room reads. Each letter at each " +
		"reader is one latency, from the moment when it was due.",
	measures: fanOutMeasures,
	shapes: [readers(10, 5), readers(100, 5), readers(500, 10)],
	quickShapes: [readers(10, 1), readers(50, 1)],
	runSeconds: 7,
	needs: "relay",
	run: playFanOut,
};

function viewers(count: number, seconds: number): Shape {
	return { label: `${count.toLocaleString("en-US")} viewers`, count, rate: 5, seconds };
}

/** 2,000 viewers. */
export const crowd: Scenario = {
	name: "viewers",
	title: "A crowd that watches one writer",
	about: "As with many readers, at 5 letters a second.",
	measures: fanOutMeasures,
	shapes: [viewers(2_000, 8)],
	quickShapes: [viewers(100, 1)],
	runSeconds: 7,
	needs: "relay",
	run: playFanOut,
};
