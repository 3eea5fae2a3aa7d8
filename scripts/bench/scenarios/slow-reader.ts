/** One of many does not read: the others must not notice, and it must have all in the end. */
import { setTimeout as sleep } from "node:timers/promises";
import { encodeUpdate } from "../../../shared/protocol.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { heldMib } from "../drive/probe.ts";
import { becomeQuiet } from "../drive/shelf.ts";
import type { Stage } from "../drive/stage.ts";
import { Seat } from "../people/seat.ts";
import { Session } from "../people/session.ts";
import { SlowReader } from "../people/slow-reader.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

/** Systems keep 4 MB for a socket that is not read; behind that a server must do something. */
const pasteCount = 48;
const pasteLetters = 256 * 1024;
const pasterId = 78;
/** How long everything may take to come, at a server that cannot keep up. */
const comeMsMax = 30_000;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const open = (name: string, readerCount: number) => {
		const company = { writerCount: 1, readerCount };
		return Session.open(stage, server, { roomCount: 1, company, pace: shape, name });
	};
	const rooms = {
		calm: await open("calm", shape.count),
		slow: await open("slow", shape.count - 1),
	};
	const slow = await SlowReader.join(server, "slow-0");
	for (const room of [rooms.calm, rooms.slow]) await room.warmUp();
	await paste(server, "calm-0");
	slow.pause();
	await paste(server, "slow-0");
	await becomeQuiet(server.pid);
	const halfGapMs = 1000 / shape.rate / 2;
	// Letter by letter in turn: whatever else the machine does hits both rooms alike.
	const [inCalm, inSlow] = await Promise.all([
		rooms.calm.type(),
		sleep(halfGapMs).then(() => rooms.slow.type()),
	]);
	const withMib = await heldMib(server);
	const letterCount = pasteCount * pasteLetters + countIn(rooms.slow);
	const [caughtUp, meanwhile] = await Promise.all([
		slow.readOn(letterCount, comeMsMax),
		rooms.slow.type(1),
	]);
	const lacks = slow.isKept && slow.letterCount < letterCount;
	const held = withMib - (await heldMib(server));
	const { fate } = slow;
	slow.leave();
	for (const room of [rooms.calm, rooms.slow]) room.close();
	const [calm, p99] = [inCalm.shown.quantile(0.99), inSlow.shown.quantile(0.99)];
	const missing = Object.values(rooms).map((room) => room.missing());
	return {
		figures: {
			...{ calm, p99, worse: p99 / calm, caughtUp },
			meanwhile: meanwhile.shown.quantile(0.99),
			held: Math.max(0, held),
		},
		notes: [fate],
		refusal: lacks
			? `the slow reader was kept, and shown ${slow.letterCount} of ${letterCount} letters`
			: (missing.find((one) => one !== null) ?? null),
	};
}

/** Somebody comes, pastes a lot a piece at a time, and leaves. */
async function paste(server: ServerProcess, room: string): Promise<void> {
	const watcher = await SlowReader.join(server, room);
	const paster = await Seat.join(server, room);
	const before = watcher.letterCount;
	for (let index = 0; index < pasteCount; index++) {
		const at = index * pasteLetters;
		const update = typed(pasterId, at, lettersBetween(at, at + pasteLetters));
		paster.send(paster.words.frame(encodeUpdate(update)));
		const ms = await watcher.readOn(before + at + pasteLetters, comeMsMax);
		if (Number.isNaN(ms)) throw new Error(`paste ${index + 1} was not shown in ${comeMsMax} ms`);
	}
	watcher.leave();
	paster.leave();
}

function countIn({ rooms }: Session): number {
	return rooms.reduce((sum, { typedCount }) => sum + typedCount, 0);
}

function readers(count: number, rate: number, seconds: number): Shape {
	return { label: `1 of ${count} readers`, count, rate, seconds };
}

/** One of 100. */
export const slowReader: Scenario = {
	name: "slow-reader",
	title: "One reader of many does not read",
	about:
		"Two rooms of one server, in each one person who types and many who read. Into each 12 MB " +
		"are pasted; in one of them somebody reads nothing of it, and the system's buffers hold " +
		"less. Then both type, letter by letter in turn, and what the others see is counted; at " +
		"last the slow one reads on until it has everything, and the server lets go of what it " +
		"held for it.",
	measures: [
		{ key: "calm", label: "p99 ms in the other room", better: "less", isContext: true },
		{ key: "p99", label: "p99 ms of the others", better: "less", noise: 0.5 },
		{ key: "worse", label: "p99, of the other room's", better: "less", isContext: true },
		{ key: "meanwhile", label: "p99 ms while it catches up", better: "less", isContext: true },
		{ key: "held", label: "MiB held for it", better: "less", noise: 1 },
		{ key: "caughtUp", label: "ms to catch up", better: "less", isContext: true },
	],
	shapes: [readers(100, 25, 16)],
	quickShapes: [readers(10, 20, 1)],
	runSeconds: 30,
	needs: "relay",
	run,
};
