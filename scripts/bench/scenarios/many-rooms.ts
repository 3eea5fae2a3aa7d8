/** Many rooms with two people in each: what a day's work looks like to a server. */

import { cpuUsEach } from "../drive/load.ts";
import type { Stage } from "../drive/stage.ts";
import { Session } from "../people/session.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

/** Later than this is not on time: others are seen to type in jerks. */
const onTimeMsMax = 200;
/** Who cannot keep up has a figure too, as long as everything comes at last. */
const settleMsMax = 60_000;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const session = await Session.open(stage, server, {
		roomCount: shape.count,
		company: { writerCount: 2, readerCount: 0 },
		pace: shape,
		random: stage.random,
		settleMsMax,
		name: "rooms",
	});
	await session.warmUp();
	const { shown, load, typedCount, refusal } = await session.play();
	session.close();
	return {
		figures: {
			onTime: (100 * shown.countTo(onTimeMsMax)) / typedCount,
			p50: shown.quantile(0.5),
			p99: shown.quantile(0.99),
			cpu: cpuUsEach(load, typedCount),
		},
		curve: shown.curve(),
		refusal,
	};
}

function rooms(count: number, rate: number, seconds: number): Shape {
	const label = `${count} rooms x 2, ${rate} op/s`;
	return { label, count, rate, seconds };
}

/** 200 and 1,000 rooms. */
export const manyRooms: Scenario = {
	name: "many-rooms",
	title: "Many rooms with two people each",
	about:
		"Letters are typed at random moments at a fixed rate, in all rooms in turn, and shown to " +
		`the one other person there. On time is what was shown within ${onTimeMsMax} ms. A ` +
		"newcomer looks at 20 of the rooms.",
	measures: [
		{ key: "onTime", label: "% on time", better: "more" },
		{ key: "p50", label: "p50 ms", better: "less", noise: 0.1 },
		{ key: "p99", label: "p99 ms", better: "less", noise: 0.1 },
		{ key: "cpu", label: "CPU us an op", better: "less", noise: 1 },
	],
	shapes: [rooms(200, 10_000, 5), rooms(1_000, 10_000, 5)],
	quickShapes: [rooms(20, 500, 1)],
	runSeconds: 8,
	needs: "relay",
	run,
};
