/** Many type in one room at once: how much of it can a server carry? */

import type { ServerProcess } from "../../converge/systems/system.ts";
import { coreShare, cpuUsEach } from "../drive/load.ts";
import { searchRate } from "../drive/rate-search.ts";
import type { Stage } from "../drive/stage.ts";
import { Session, type Typed } from "../people/session.ts";
import { type Finding, refused, type Scenario, type Shape } from "./scenario.ts";

/** Slower than this, others are seen to type in jerks. */
const p99MsMax = 200;
/** What somebody types in a hurry, and where the search begins. */
const lettersPerSecond = 10;
/** Above this our own client makes and reads frames for longer than it types. */
const rateMax = 256_000;
/** A short trial lasts so long, and is passed at half the bound: less piles up in it. */
const shortSeconds = 0.4;
const shortP99MsMax = p99MsMax / 2;
/** How long the last letters may take: at a rate that is carried it is a fraction of that. */
const settleMsMax = 3_000;

interface Step extends Typed {
	readonly rate: number;
	readonly isShort: boolean;
	readonly p99Ms: number;
	readonly refusal: string | null;
	readonly isCarried: boolean;
}

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const hall = new Hall(stage, shape);
	const found = await searchRate<Step>({
		first: shape.rate,
		rateMax,
		p99MsMax,
		play: (rate, isShort) => hall.play(rate, isShort),
	});
	const { steps } = hall;
	const [first] = steps;
	if (found === null || first === undefined) {
		const last = steps.at(-1);
		const say = last?.refusal ?? `p99 was ${Math.round(last?.p99Ms ?? Number.NaN)} ms`;
		return refused(`not even ${shape.rate} op/s were carried: ${say}`);
	}
	const { rate, best } = found;
	return {
		figures: {
			rate,
			cpu: cpuUsEach(best.load, best.typedCount),
			core: coreShare(best.load),
			calm: first.p99Ms,
		},
		curve: first.shown.curve(),
		sweep: steps
			.filter(({ p99Ms }) => !Number.isNaN(p99Ms))
			.map(({ rate: tried, p99Ms, load, typedCount }) => {
				return { rate: tried, p99Ms, cpuUs: cpuUsEach(load, typedCount) };
			}),
		notes: steps.map(sayStep),
		refusal: null,
	};
}

function sayStep({ rate, isShort, p99Ms, load, typedCount, refusal, isCarried }: Step): string {
	const cpu = cpuUsEach(load, typedCount).toFixed(1);
	const end = isCarried ? "" : `: not carried${refusal === null ? "" : `, ${refusal}`}`;
	const what = isShort ? "op/s for a moment" : "op/s";
	return `${rate} ${what}: p99 ${p99Ms.toFixed(1)} ms, ${cpu} us each${end}`;
}

/** Plays one rate after another, each in a new room. */
class Hall {
	readonly steps: Step[] = [];
	readonly #stage: Stage;
	readonly #shape: Shape;
	#server: ServerProcess | null = null;
	#roomCount = 0;

	constructor(stage: Stage, shape: Shape) {
		this.#stage = stage;
		this.#shape = shape;
	}

	async play(rate: number, isShort: boolean): Promise<Step> {
		const server = await this.#warmServer();
		const seconds = isShort ? Math.min(shortSeconds, this.#shape.seconds) : this.#shape.seconds;
		const session = await this.#open(server, { rate, seconds, isTrial: isShort });
		const typed = await session.type();
		const p99Ms = typed.missing === null ? typed.shown.quantile(0.99) : Number.NaN;
		const isFast = p99Ms < (isShort ? shortP99MsMax : p99MsMax);
		const mayCount = typed.missing === null && isFast && !isShort;
		const refusal = typed.missing ?? (mayCount ? await session.difference() : null);
		session.close();
		// Who is behind would be behind in the next trial too.
		if (typed.missing !== null) await this.#end();
		const isCarried = refusal === null && isFast;
		const step = { ...typed, rate, isShort, p99Ms, refusal, isCarried };
		this.steps.push(step);
		return step;
	}

	async #warmServer(): Promise<ServerProcess> {
		if (this.#server !== null) return this.#server;
		this.#server = await this.#stage.serve();
		const session = await this.#open(this.#server, { ...this.#shape, isTrial: true });
		await session.warmUp();
		session.close();
		return this.#server;
	}

	async #end(): Promise<void> {
		await this.#server?.kill();
		this.#server = null;
	}

	#open(
		server: ServerProcess,
		{ rate, seconds, isTrial }: { rate: number; seconds: number; isTrial: boolean },
	): Promise<Session> {
		return Session.open(this.#stage, server, {
			roomCount: 1,
			company: { writerCount: this.#shape.count, readerCount: 0 },
			pace: { rate, seconds },
			random: this.#stage.random,
			name: `storm-${this.#roomCount++}`,
			settleMsMax,
			isTrial,
		});
	}
}

function people(count: number, seconds: number): Shape {
	return { label: `${count} people`, count, rate: count * lettersPerSecond, seconds };
}

/** 20, 50 and 100 people. */
export const storm: Scenario = {
	name: "storm",
	title: "Everybody types in one room",
	about:
		"People type in one room, at random moments, faster and faster: twice the rate in short " +
		"trials until one is too much, then 2 s at rates that differ by 19 %. A rate is carried " +
		`where the p99 over all letters and readers is below ${p99MsMax} ms, everybody is shown ` +
		"everything within 3 s and a newcomer sees it. The figure lies on the line between the " +
		"fastest rate that was carried and the next; CPU is that of the former. Each rate has a " +
		"new room, and a new server where the last one was left behind.",
	measures: [
		{ key: "rate", label: `op/s at p99 < ${p99MsMax} ms`, better: "more" },
		{ key: "cpu", label: "CPU us an op", better: "less", noise: 1 },
		{ key: "core", label: "core share there", better: "less", isContext: true },
		{ key: "calm", label: "p99 ms at 10 op/s each", better: "less", noise: 0.1 },
	],
	shapes: [people(20, 2), people(50, 2), people(100, 2)],
	quickShapes: [people(10, 0.5)],
	runSeconds: 13,
	needs: "relay",
	run,
};
