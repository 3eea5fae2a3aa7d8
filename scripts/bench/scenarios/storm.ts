/** Many type in one room at once: how much of it can a server carry? */

import type { ServerProcess } from "../../converge/systems/system.ts";
import { coreShare, cpuUsEach, type Stage } from "../drive/stage.ts";
import { type Played, Session } from "../people/session.ts";
import { type Finding, refused, type Scenario, type Shape } from "./scenario.ts";

/** Slower than this, others are seen to type in jerks. */
const p99MsMax = 200;
/** What somebody types in a hurry, and where the search begins. */
const lettersPerSecond = 10;
/** Nobody's server carries more, and no client of ours either. */
const rateMax = 64_000;
/** Halvings between the last rate that was carried and the first that was not: to within 19 %. */
const halvings = 2;

interface Step extends Played {
	readonly rate: number;
	readonly isCarried: boolean;
}

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const steps: Step[] = [];
	const play = async (rate: number) => {
		const step = await playStep(stage, { server, shape, rate, number: steps.length });
		steps.push(step);
		return step;
	};
	// Not carried once may be bad luck, and the next rates would never be tried.
	const playTwice = async (rate: number) => {
		const step = await play(rate);
		return step.isCarried ? step : play(rate);
	};
	const first = await playTwice(shape.rate);
	let best = first;
	let worst: number | null = first.isCarried ? null : first.rate;
	while (worst === null && best.rate < rateMax) {
		const step = await playTwice(best.rate * 2);
		if (step.isCarried) best = step;
		else worst = step.rate;
	}
	for (let left = halvings; worst !== null && best.isCarried && left > 0; left--) {
		const step = await play(Math.round(Math.sqrt(best.rate * worst)));
		if (step.isCarried) best = step;
		else worst = step.rate;
	}
	return findingOf(first, best, steps);
}

function findingOf(first: Step, best: Step, steps: readonly Step[]): Finding {
	if (!best.isCarried) {
		const say = first.refusal ?? `p99 was ${Math.round(first.shown.quantile(0.99))} ms`;
		return refused(`not even ${first.rate} op/s were carried: ${say}`);
	}
	return {
		figures: {
			rate: best.rate,
			cpu: cpuUsEach(best.load, best.typedCount),
			core: coreShare(best.load),
			calm: first.shown.quantile(0.99),
		},
		curve: first.shown.curve(),
		sweep: steps.map(({ rate, shown, load, typedCount }) => {
			return { rate, p99Ms: shown.quantile(0.99), cpuUs: cpuUsEach(load, typedCount) };
		}),
		notes: steps.map((step) => {
			const { rate, shown, load, refusal, isCarried } = step;
			const p99 = shown.quantile(0.99).toFixed(1);
			const cpu = cpuUsEach(load, step.typedCount).toFixed(0);
			const end = isCarried ? "" : `: not carried${refusal === null ? "" : `, ${refusal}`}`;
			return `${rate} op/s: p99 ${p99} ms, ${cpu} us each${end}`;
		}),
		refusal: null,
	};
}

async function playStep(
	stage: Stage,
	step: { server: ServerProcess; shape: Shape; rate: number; number: number },
): Promise<Step> {
	const { server, shape, rate } = step;
	const session = await Session.open(stage, server, {
		roomCount: 1,
		company: { writerCount: shape.count, readerCount: 0 },
		pace: { rate, seconds: shape.seconds },
		random: stage.random,
		name: `storm-${step.number}`,
	});
	if (step.number === 0) await session.warmUp();
	const played = await session.play();
	session.close();
	const isCarried = played.refusal === null && played.shown.quantile(0.99) < p99MsMax;
	return { ...played, rate, isCarried };
}

function people(count: number, seconds: number): Shape {
	return { label: `${count} people`, count, rate: count * lettersPerSecond, seconds };
}

/** 20, 50 and 100 people. */
export const storm: Scenario = {
	name: "storm",
	title: "Everybody types in one room",
	about:
		"People type in one room, at random moments, faster and faster: twice the rate until, two " +
		`times, the p99 over all letters and readers passes ${p99MsMax} ms or somebody is not ` +
		"shown everything within 8 s; then two halvings. Each rate has a new room. CPU is that of " +
		"the fastest rate that was carried.",
	measures: [
		{ key: "rate", label: `op/s at p99 < ${p99MsMax} ms`, better: "more" },
		{ key: "cpu", label: "CPU us an op", better: "less", noise: 1 },
		{ key: "core", label: "core share there", better: "less", isContext: true },
		{ key: "calm", label: "p99 ms at 10 op/s each", better: "less", noise: 0.1 },
	],
	shapes: [people(20, 2), people(50, 2), people(100, 2)],
	quickShapes: [people(10, 0.5)],
	needs: "relay",
	run,
};
