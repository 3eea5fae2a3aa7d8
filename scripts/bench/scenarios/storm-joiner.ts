/** Somebody comes while everybody types. */
import { Histogram } from "../drive/histogram.ts";
import type { Stage } from "../drive/stage.ts";
import { Seat } from "../people/seat.ts";
import { Session } from "../people/session.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

const joinEveryMs = 250;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const session = await Session.open(stage, server, {
		roomCount: 1,
		company: { writerCount: shape.count, readerCount: 0 },
		pace: shape,
		random: stage.random,
		name: "joined",
	});
	await session.warmUp();
	const joined = new Histogram();
	const joining: Promise<void>[] = [];
	const timer = setInterval(() => joining.push(joinOnce()), joinEveryMs);
	const joinOnce = async () => {
		const startMs = performance.now();
		const seat = await Seat.join(server, "joined-0");
		joined.record(performance.now() - startMs);
		seat.leave();
	};
	const played = await session.play();
	clearInterval(timer);
	await Promise.all(joining);
	session.close();
	return {
		figures: {
			p50: joined.quantile(0.5),
			worst: joined.max,
			others: played.shown.quantile(0.99),
		},
		refusal: played.refusal,
	};
}

function people(count: number, seconds: number): Shape {
	return { label: `${count} people, ${count * 10} op/s`, count, rate: count * 10, seconds };
}

/** While 50 people type. */
export const stormJoiner: Scenario = {
	name: "storm-joiner",
	title: "Somebody comes while everybody types",
	about:
		"People type 10 letters a second each in one room; four times a second somebody joins it, " +
		"waits until they have everything, and leaves.",
	measures: [
		{ key: "p50", label: "p50 ms to join", better: "less", noise: 0.2 },
		{ key: "worst", label: "longest ms to join", better: "less", noise: 0.2 },
		{ key: "others", label: "p99 ms of letters", better: "less", noise: 0.2 },
	],
	shapes: [people(50, 8)],
	quickShapes: [people(10, 1)],
	runSeconds: 11,
	needs: "docs",
	run,
};
