/** One of many does not read: the others must not notice. */
import { memoryKib, mib } from "../drive/proc.ts";
import type { Stage } from "../drive/stage.ts";
import { Seat } from "../people/seat.ts";
import { Session } from "../people/session.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

/** A paste: enough in a few seconds to fill what the kernel keeps for a socket. */
const lettersAtOnce = 16 * 1024;
/** How long the slow one has to catch up at the end. */
const catchUpMs = 3_000;
/** Who cannot keep up has a figure too, as long as everything comes at last. */
const settleMsMax = 60_000;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const slow = await Seat.join(server, "slow-0");
	const session = await Session.open(stage, server, {
		roomCount: 1,
		company: { writerCount: 1, readerCount: shape.count - 1, lettersAtOnce },
		pace: shape,
		name: "slow",
		settleMsMax,
	});
	await session.warmUp();
	const before = await session.play(shape.seconds / 3);
	const memory = () => (server.pid === null ? null : memoryKib(server.pid)) ?? Number.NaN;
	const calmKib = memory();
	slow.pause();
	const during = await session.play();
	const grownKib = memory() - calmKib;
	slow.resume();
	await new Promise((resolve) => setTimeout(resolve, catchUpMs));
	const { closing } = slow;
	slow.leave();
	session.close();
	const [calm, p99] = [before, during].map(({ shown }) => shown.quantile(0.99));
	return {
		figures: {
			calm: calm ?? Number.NaN,
			p99: p99 ?? Number.NaN,
			worse: (p99 ?? Number.NaN) / (calm ?? Number.NaN),
			grown: Math.max(0, mib(grownKib)),
		},
		notes: [
			closing === null
				? "the slow reader was kept"
				: `the slow reader was closed with ${closing.code} ${closing.reason}`,
		],
		refusal: before.refusal ?? during.refusal,
	};
}

function readers(count: number, rate: number, seconds: number): Shape {
	return { label: `1 of ${count} readers`, count, rate, seconds };
}

/** One of 100. */
export const slowReader: Scenario = {
	name: "slow-reader",
	title: "One reader of many does not read",
	about:
		"One person pastes 16 KiB again and again, others read; then one of them stops reading, and " +
		"the same is done again. Counted is what the others see, and how much more memory the server " +
		"has.",
	measures: [
		{ key: "calm", label: "p99 ms before", better: "less", isContext: true },
		{ key: "p99", label: "p99 ms of the others", better: "less", noise: 0.5 },
		{ key: "worse", label: "p99, of before", better: "less", isContext: true },
		{ key: "grown", label: "MiB more", better: "less", noise: 1 },
	],
	shapes: [readers(100, 25, 18)],
	quickShapes: [readers(10, 20, 1)],
	runSeconds: 28,
	needs: "relay",
	run,
};
