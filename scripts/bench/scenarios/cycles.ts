/** People come, write a letter and go, again and again: does anything stay behind? */
import { encodeUpdate } from "../../../shared/protocol.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { memoryKib, mib } from "../drive/proc.ts";
import { becomeQuiet } from "../drive/shelf.ts";
import { cpuUsEach, type Stage } from "../drive/stage.ts";
import { inWaves, Seat } from "../people/seat.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

/** Each is visited by one person at a time. */
const roomCount = 50;
/** Client ids of the rooms' only writers. */
const clientIdMin = 2 ** 31;

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const half = Math.floor(shape.count / 2);
	await visitAll(server, { from: 0, to: half });
	const before = await quietMemory(server);
	const load = await stage.watch(server, () => visitAll(server, { from: half, to: half * 2 }));
	const after = await quietMemory(server);
	return {
		figures: {
			grown: Math.max(0, (after - before) / half),
			cpu: cpuUsEach(load, half),
			memory: mib(after),
		},
		refusal: null,
	};
}

/** So many visits: one to each room at once, each with the next letter of its text. */
async function visitAll(server: ServerProcess, visits: { from: number; to: number }) {
	const visit = async (offset: number) => {
		const index = visits.from + offset;
		const room = index % roomCount;
		const clock = Math.floor(index / roomCount);
		const seat = await Seat.join(server, `cycle-${room}`);
		const letter = lettersBetween(clock, clock + 1);
		seat.send(seat.words.frame(encodeUpdate(typed(clientIdMin + room, clock, letter))));
		await seat.heard();
		seat.leave();
	};
	await inWaves(visits.to - visits.from, visit, roomCount);
}

async function quietMemory(server: ServerProcess): Promise<number> {
	await becomeQuiet(server.pid);
	return (server.pid === null ? null : memoryKib(server.pid)) ?? Number.NaN;
}

function visits(count: number): Shape {
	return { label: `${count.toLocaleString("en-US")} visits`, count, rate: 0, seconds: 0 };
}

/** 10,000 visits. */
export const cycles: Scenario = {
	name: "cycles",
	title: "People come, write a letter and go",
	about:
		`One after another in each of ${roomCount} rooms. Memory that was added in the second half, ` +
		"for each visit; what a letter and the history of a room take is a part of it.",
	measures: [
		{ key: "grown", label: "KiB more a visit", better: "less", noise: 0.2 },
		{ key: "cpu", label: "CPU us a visit", better: "less", noise: 5 },
		{ key: "memory", label: "MiB at the end", better: "less", isContext: true },
	],
	shapes: [visits(10_000)],
	quickShapes: [visits(400)],
	needs: "relay",
	run,
};
