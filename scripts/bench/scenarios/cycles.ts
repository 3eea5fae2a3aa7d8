/** People come, write a letter and go, again and again: does anything stay behind? */
import type * as Y from "yjs";
import { encodeUpdate } from "../../../shared/protocol.ts";
import { textOf } from "../../../shared/surfaces/root.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { cpuUsEach } from "../drive/load.ts";
import { heldKib } from "../drive/probe.ts";
import { mib } from "../drive/proc.ts";
import type { Stage } from "../drive/stage.ts";
import { lookAround } from "../people/newcomer.ts";
import { inWaves, Seat } from "../people/seat.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import { type Finding, type Scenario, type Shape, sizeOf } from "./scenario.ts";

/** Rooms that are visited at once, each by one person. */
const roomCount = 50;
/** Stands in the label where nobody comes to a room twice. */
const toNewRooms = "to new rooms";
/** Weft lets go of a room 30 s after the last has left; others do it sooner. */
const letGoSeconds = 36;
/** This part of as many come before it counts, so that code and heap are warm. */
const warmPart = 0.5;
/** Client ids of the rooms' only writers. */
const clientIdMin = 2 ** 31;

/** Visits from one number up to, but without, another. */
interface Visits {
	readonly from: number;
	readonly to: number;
}

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const server = await stage.serve();
	const warm = shape.count * warmPart;
	const visits = shape.label.includes(toNewRooms) ? visitNewRooms : visitAgain;
	const quiet = async () => {
		await new Promise((resolve) => setTimeout(resolve, shape.seconds * 1000));
		return heldKib(server);
	};
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
		refusal: stage.contestant.keepsDocs ? await missingIn(server, visits, counted.to) : null,
	};
}

/** Whether the letters of all visits to the first room are there: null, or what is. */
async function missingIn(
	server: ServerProcess,
	visits: typeof visitAgain,
	visitCount: number,
): Promise<string | null> {
	const expected = visits === visitAgain ? Math.ceil(visitCount / roomCount) : 1;
	const isThere = (doc: Y.Doc) => textOf(doc).length === expected;
	const doc = await lookAround(server, nameOf(0), isThere);
	if (isThere(doc)) return null;
	return `${textOf(doc).length} letters of ${expected} are in the first room`;
}

function nameOf(room: number): string {
	return `cycle-${room}`;
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
	const seat = await Seat.join(server, nameOf(room));
	const letter = typed(clientIdMin + room, clock, lettersBetween(clock, clock + 1));
	seat.send(seat.words.frame(encodeUpdate(letter)));
	await seat.heard();
	seat.leave();
}

function newRooms(count: number, seconds: number): Shape {
	return { ...sizeOf(count, `visits ${toNewRooms}`), seconds };
}

/** 10,000 visits to few rooms, and 5,000 to a new one each. */
export const cycles: Scenario = {
	name: "cycles",
	title: "People come, write a letter and go",
	about:
		`One after another in each of ${roomCount} rooms, and each in a new room, which a server may ` +
		`let go of for ${letGoSeconds} s. Memory that was added for each visit, after half as many ` +
		"that do not count. Garbage is collected before each look.",
	measures: [
		{ key: "grown", label: "KiB more a visit", better: "less", noise: 1 },
		{ key: "cpu", label: "CPU us a visit", better: "less", noise: 5 },
		{ key: "memory", label: "MiB at the end", better: "less", isContext: true },
	],
	shapes: [sizeOf(10_000, "visits"), newRooms(5_000, letGoSeconds)],
	quickShapes: [sizeOf(400, "visits"), newRooms(400, 1)],
	// Thousands of visits are many repeats, and most of the time goes by waiting.
	repeatsMax: 1,
	runSeconds: 45,
	needs: "relay",
	run,
};
