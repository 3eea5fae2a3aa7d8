/** The server was restarted, and everybody comes back at once. */
import * as Y from "yjs";
import { encodeStep1, encodeStep2, encodeUpdate } from "../../../shared/protocol.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { cpuUsEach } from "../drive/load.ts";
import { probe } from "../drive/probe.ts";
import { memoryKib } from "../drive/proc.ts";
import { becomeQuiet } from "../drive/shelf.ts";
import type { Stage } from "../drive/stage.ts";
import { differenceFor } from "../people/newcomer.ts";
import { inWaves, Seat } from "../people/seat.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import { wordsFor } from "../people/words.ts";
import { type Finding, type Scenario, type Shape, sizeOf } from "./scenario.ts";

const peoplePerRoom = 10;
/** What each room holds. */
const lettersPerRoom = 2_000;
const memoryEveryMs = 50;

/** `count` people, ten to a room. */
async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const folder = await stage.folder();
	const server = await stage.serve(folder);
	const roomCount = Math.ceil(shape.count / peoplePerRoom);
	const docs = Array.from({ length: roomCount }, (_, index) => docOf(index));
	const writers = await inWaves(roomCount, async (index) => {
		const seat = await Seat.join(server, nameOf(index));
		seat.send(seat.words.frame(encodeUpdate(updateOf(index))));
		return seat;
	});
	const missing = await firstDifference(server, docs);
	const people = await inWaves(shape.count, (index) => come(server, docs, index));
	await becomeQuiet(server.pid);
	const steadyKib = memoryOf(server);
	await server.stop();
	for (const seat of [...people, ...writers]) seat.leave();

	const again = await stage.serve(folder, server.port);
	await probe(again);
	let mostKib = 0;
	const timer = setInterval(() => {
		mostKib = Math.max(mostKib, memoryOf(again));
	}, memoryEveryMs);
	const startMs = performance.now();
	const load = await stage.watch(again, async () => {
		people.push(...(await inWaves(shape.count, (i) => come(again, docs, i), shape.count)));
	});
	const backMs = performance.now() - startMs;
	clearInterval(timer);
	mostKib = Math.max(mostKib, memoryOf(again));
	const lagMs = (await probe(again))?.lagMs ?? Number.NaN;
	const gone = await firstDifference(again, docs);
	for (const seat of people) seat.leave();
	return {
		figures: {
			back: backMs,
			cpu: cpuUsEach(load, shape.count),
			grown: mostKib / steadyKib,
			lag: lagMs,
		},
		refusal: missing ?? gone,
	};
}

/** Somebody comes back with all that their room had. */
function come(server: ServerProcess, docs: readonly Y.Doc[], index: number): Promise<Seat> {
	const roomIndex = index % docs.length;
	const doc = docs[roomIndex] as Y.Doc;
	const room = nameOf(roomIndex);
	const { frame } = wordsFor(server, room);
	const vector = Y.encodeStateVector(doc);
	return Seat.join(server, room, {
		step1: frame(encodeStep1(vector)),
		step2: frame(encodeStep2(Y.encodeStateAsUpdate(doc, vector))),
	});
}

/** What a newcomer misses in the first and the last room. */
async function firstDifference(server: ServerProcess, docs: readonly Y.Doc[]) {
	for (const index of [0, docs.length - 1]) {
		const difference = await differenceFor(server, nameOf(index), docs[index] as Y.Doc);
		if (difference !== null) return difference;
	}
	return null;
}

function nameOf(roomIndex: number): string {
	return `back-${roomIndex}`;
}

function updateOf(roomIndex: number): Uint8Array {
	return typed(2 ** 31 + roomIndex, 0, lettersBetween(0, lettersPerRoom));
}

function docOf(roomIndex: number): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, updateOf(roomIndex));
	return doc;
}

function memoryOf(server: ServerProcess): number {
	return (server.pid === null ? null : memoryKib(server.pid)) ?? Number.NaN;
}

/** 1,000 people. */
export const comeback: Scenario = {
	name: "comeback",
	title: "Everybody comes back after a restart",
	about:
		"People, ten to a room of 2,000 letters, are there when the server is stopped. It is started " +
		"again, and all of them come back at the same moment with what they have. Counted is until " +
		"the last one was told that they have everything, and the most memory over what it was " +
		"before. The lag is how long the event loop stood still, looked at from inside each server.",
	measures: [
		{ key: "back", label: "ms until all are back", better: "less", noise: 10 },
		{ key: "cpu", label: "CPU us each", better: "less", noise: 5 },
		{ key: "grown", label: "memory, of before", better: "less" },
		{ key: "lag", label: "event loop lag p99 ms", better: "less", noise: 20 },
	],
	shapes: [sizeOf(1_000, "people")],
	quickShapes: [sizeOf(50, "people")],
	runSeconds: 5,
	needs: "disk",
	run,
};
