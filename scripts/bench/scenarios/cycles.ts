/** People come, write a letter and go, again and again: does anything stay behind? */
import { encodeUpdate } from "../../../shared/protocol.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { cpuUsEach } from "../drive/load.ts";
import { memoryKib, mib } from "../drive/proc.ts";
import { becomeQuiet } from "../drive/shelf.ts";
import type { Stage } from "../drive/stage.ts";
import { inWaves, Seat } from "../people/seat.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import type { Finding, Scenario, Shape } from "./scenario.ts";

/** Rooms that are visited at once, each by one person. */
const roomCount = 50;
/** Stands in the label where nobody comes to a room twice. */
const toNewRooms = "to new rooms";
/** Weft lets go of a room 30 s after the last has left; others do it sooner. */
const letGoSeconds = 36;
/**
 * So many times as many come before it counts. V8 lets garbage pile up to some tens of MiB before
 * it looks at old objects for the first time; until then memory grows, and nothing is kept.
 */
const warmTimes = 2;
/** Client ids of the rooms' only writers. */
const clientIdMin = 2 ** 31;

/** Visits from one number up to, but without, another. */
interface Visits {
	readonly from: number;
	readonly to: number;
}

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const warm = shape.count * warmTimes;
	const visits = shape.label.includes(toNewRooms) ? visitNewRooms : visitAgain;
	const quiet = () => quietMemory(server, shape.seconds);
	await visits(server, { from: 0, to: warm });
	const before = await quiet();
	const counted = { from: warm, to: warm + shape.count };
	const load = await stage.watch(server, () => visits(server, counted));
	const after = await quiet();
	return {
		figures: {
			grown: Math.max(0, (after - before) / shape.count),
			cpu: cpuUsEach(load, shape.count),
			memory: mib(after),
		},
		refusal: null,
	};
}

/** One visit to each room at once, each with the next letter of its text. */
function visitAgain(server: ServerProcess, visits: Visits): Promise<void> {
	return visitAll(visits, (index) => {
		const room = index % roomCount;
		return visit(server, room, Math.floor(index / roomCount));
	});
}

/** Each visit is the first and the last to its room. */
function visitNewRooms(server: ServerProcess, visits: Visits): Promise<void> {
	return visitAll(visits, (index) => visit(server, index, 0));
}

async function visitAll({ from, to }: Visits, one: (index: number) => Promise<void>) {
	await inWaves(to - from, (offset) => one(from + offset), roomCount);
}

/** Somebody comes, types letter number `clock` of the room, and goes. */
async function visit(server: ServerProcess, room: number, clock: number): Promise<void> {
	const seat = await Seat.join(server, `cycle-${room}`);
	const letter = typed(clientIdMin + room, clock, lettersBetween(clock, clock + 1));
	seat.send(seat.words.frame(encodeUpdate(letter)));
	await seat.heard();
	seat.leave();
}

async function quietMemory(server: ServerProcess, seconds: number): Promise<number> {
	await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	await becomeQuiet(server.pid);
	return (server.pid === null ? null : memoryKib(server.pid)) ?? Number.NaN;
}

function again(count: number): Shape {
	return { label: `${words(count)} visits`, count, rate: 0, seconds: 0 };
}

function newRooms(count: number, seconds: number): Shape {
	return { label: `${words(count)} visits ${toNewRooms}`, count, rate: 0, seconds };
}

function words(count: number): string {
	return count.toLocaleString("en-US");
}

/** 10,000 visits to few rooms, and 5,000 to a new one each. */
export const cycles: Scenario = {
	name: "cycles",
	title: "People come, write a letter and go",
	about:
		`One after another in each of ${roomCount} rooms, and each in a new room, which a server may ` +
		`let go of for ${letGoSeconds} s. Memory that was added for each visit, after ${warmTimes} ` +
		"times as many that do not count. Nobody forces garbage to be collected: a KiB may come and " +
		"go, and few visits say nothing of what stays.",
	measures: [
		{ key: "grown", label: "KiB more a visit", better: "less", noise: 1 },
		{ key: "cpu", label: "CPU us a visit", better: "less", noise: 5 },
		{ key: "memory", label: "MiB at the end", better: "less", isContext: true },
	],
	shapes: [again(10_000), newRooms(5_000, letGoSeconds)],
	quickShapes: [again(400), newRooms(400, 1)],
	runSeconds: 40,
	needs: "relay",
	run,
};
