/** How long the event loop is held while what somebody wrote while away comes into a room. */
import * as Y from "yjs";
import { nodeClock } from "../../../server/node-clock.ts";
import type { Member } from "../../../server/rooms/members/member.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Room } from "../../../server/rooms/room.ts";
import { createScheduler } from "../../../server/rooms/scheduler.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory-log.ts";
import { parseRoomName, type UserId } from "../../../shared/ids.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { below, seeded } from "../../converge/random.ts";
import type { Stage } from "../drive/stage.ts";
import type { Finding, Scenario, Shape } from "../scenarios/scenario.ts";
import { strokeNumber } from "./judge.ts";

/** What several people made apart, at one spot; each sends it as one update. */
type Deed = (doc: Y.Doc, count: number) => void;

const words = "some words of a text that somebody wrote on the train ";

const deeds: Readonly<Record<string, Deed>> = {
	"letters of a text": (doc, count) => {
		const random = seeded(7);
		const text = textOf(doc);
		while (text.length < count) text.insert(below(random, text.length + 1), words);
	},
	strokes: (doc, count) => {
		for (let index = 0; index < count; index++) addStroke(strokesOf(doc), strokeNumber(index));
	},
	"letters in front of one another, by three": (doc, count) => {
		for (let left = count; left > 0; left--) textOf(doc).insert(0, "x");
	},
};

function shapeOf(label: string, count: number): Shape {
	return { label: `${count.toLocaleString("en-US")} ${label}`, count, rate: 0, seconds: 0 };
}

async function run(_: Stage, { label, count }: Shape): Promise<Finding> {
	const [name, deed] = Object.entries(deeds).find(([name]) => label.endsWith(name)) ?? [];
	if (name === undefined || deed === undefined) throw new Error(`There is no deed "${label}".`);
	const people = name.endsWith("three") ? 3 : 1;
	await merge(deed, { people, count: warmUpCount }); // The compiler has seen it.
	return { figures: await merge(deed, { people, count }), refusal: null };
}

/** Things that each person makes before anything is measured. */
const warmUpCount = 300;

interface Crowd {
	readonly people: number;
	/** Things that each makes. */
	readonly count: number;
}

async function merge(deed: Deed, { people, count }: Crowd) {
	const room = await openRoom();
	let holdMs = 0;
	const startMs = performance.now();
	for (let person = 1; person <= people; person++) {
		const bytes = writtenApart(person, deed, count);
		const member = memberOf(person);
		room.join(member, undefined);
		room.greet(member);
		await room.settled();
		holdMs = Math.max(holdMs, await heldWhile(() => sendTo(room, member, bytes)));
	}
	return { hold: holdMs, whole: performance.now() - startMs };
}

function writtenApart(clientId: number, deed: Deed, count: number): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	doc.transact(() => deed(doc, count));
	return Y.encodeStateAsUpdate(doc);
}

async function sendTo(room: Room, member: Member, bytes: Uint8Array): Promise<void> {
	room.write(member, bytes, true);
	await room.settled();
}

/**
 * The longest time from one turn of the event loop to the next, and of the processor in it: what
 * other processes took is not ours.
 */
async function heldWhile(work: () => Promise<void>): Promise<number> {
	let isOver = false;
	let heldMs = 0;
	let lastMs = performance.now();
	let last = process.cpuUsage();
	const look = () => {
		const nowMs = performance.now();
		const { user, system } = process.cpuUsage(last);
		heldMs = Math.max(heldMs, Math.min(nowMs - lastMs, (user + system) / 1000));
		last = process.cpuUsage();
		lastMs = nowMs;
		if (!isOver) setImmediate(look);
	};
	look();
	await work();
	isOver = true;
	return heldMs;
}

const ignore = () => undefined;

async function openRoom(): Promise<Room> {
	const log = new MemoryLog(new MemoryDisk(), nodeClock, 0);
	const name = parseRoomName("merges");
	if (name === null) throw new Error("no name of a room");
	return new Room(name, await log.load(name), "guarded", {
		...{ log, clock: nodeClock, scheduler: createScheduler(), stamp: createStamps(nodeClock) },
		...{ bytesMax: 64 * 1024 * 1024, prepare: async () => undefined, woke: ignore },
		...{ wrote: ignore, observe: { leftOut: ignore, resynced: ignore }, healed: null },
		failed: (_, error) => {
			throw error;
		},
	});
}

/** Somebody who sends, and looks at nothing. */
function memberOf(person: number): Member {
	const id = `g_person${person}` as UserId;
	return {
		...{ userId: id, accountName: null, speaksWeft: true, mayOwn: true, isBehind: false },
		mayClaim: () => true,
		stamp: () => ({ id, name: "Somebody", color: "#112233" }),
		...{ send: ignore, sendAwareness: ignore, sendInk: ignore, reconsider: ignore },
		...{ pause: ignore, resume: ignore },
		close: (code) => {
			throw new Error(`the room sent somebody away: ${code}`);
		},
	};
}

/** Long merges. */
export const merges: Scenario = {
	name: "merges",
	title: "What was written apart comes at once",
	about:
		"A guarded room in memory is sent what people made without a network, one update each, in a " +
		"process of its own on the clients' core. How long does the event loop stand still?",
	measures: [
		{ key: "hold", label: "ms held, longest", better: "less", isWorst: true },
		{ key: "whole", label: "ms in all", better: "less", isContext: true },
	],
	shapes: [
		shapeOf("letters of a text", 1_000_000),
		shapeOf("strokes", 10_000),
		shapeOf("letters in front of one another, by three", 4_000),
	],
	quickShapes: [
		shapeOf("letters of a text", 10_000),
		shapeOf("strokes", 100),
		shapeOf("letters in front of one another, by three", 100),
	],
	runSeconds: 15,
	needs: "relay",
	isAlone: true,
	run,
};
