/** What somebody wrote for days without a network comes at once: the others must not notice. */
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import { encodeStep2, encodeUpdate } from "../../../shared/protocol.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { below, seeded } from "../../converge/random.ts";
import type { Stage } from "../drive/stage.ts";
import { strokeNumber } from "../micro/judge.ts";
import { differenceFor } from "../people/newcomer.ts";
import { Seat } from "../people/seat.ts";
import { type Finding, type Scenario, type Shape, sizeOf } from "./scenario.ts";

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

const room = "merged";
/** Somebody elsewhere asks again so long after each answer. */
const askEveryMs = 1;
const stillMs = 1_000;
const mergeMsMax = 60_000;

async function run(stage: Stage, { label, count }: Shape): Promise<Finding> {
	const [name, deed] = Object.entries(deeds).find(([name]) => label.endsWith(name)) ?? [];
	if (name === undefined || deed === undefined) throw new Error(`There is no deed "${label}".`);
	const writings = peopleOf(name).map((person) => writtenApart(person, deed, count));
	const server = await stage.serve();
	const elsewhere = await Seat.join(server, "elsewhere");
	const stillUntilMs = performance.now() + stillMs;
	const still = await longestAnswer(elsewhere, () => performance.now() >= stillUntilMs);
	let hold = 0;
	let whole = 0;
	for (const { long, last, end } of writings) {
		let isThere = false;
		const update = (message: Uint8Array) => {
			isThere ||= Buffer.from(message.buffer, message.byteOffset, message.length).includes(end);
		};
		const watcher = await Seat.join(server, room, { update });
		const writer = await Seat.join(server, room);
		const startMs = performance.now();
		writer.send(writer.words.frame(encodeStep2(long)));
		writer.send(writer.words.frame(encodeUpdate(last)));
		hold = Math.max(hold, await longestAnswer(elsewhere, () => isThere));
		whole += performance.now() - startMs;
		for (const seat of [watcher, writer]) seat.leave();
	}
	elsewhere.leave();
	const expected = new Y.Doc();
	for (const { long, last } of writings) {
		for (const bytes of [long, last]) Y.applyUpdate(expected, bytes);
	}
	return { figures: { still, hold, whole }, refusal: await differenceFor(server, room, expected) };
}

function peopleOf(name: string): readonly number[] {
	return name.endsWith("by three") ? [1, 2, 3] : [1];
}

/** What a person sends: all they made, and a last word, by which it is known when all is there. */
function writtenApart(person: number, deed: Deed, count: number) {
	const doc = new Y.Doc();
	doc.clientID = person;
	doc.transact(() => deed(doc, count));
	const long = Y.encodeStateAsUpdate(doc);
	const vector = Y.encodeStateVector(doc);
	const end = `that was all of ${person}`;
	textOf(doc).insert(textOf(doc).length, end);
	return { long, last: Y.encodeStateAsUpdate(doc, vector), end };
}

/** The longest time that somebody waits for the answer to a ping; they ask again and again. */
async function longestAnswer(seat: Seat, isOver: () => boolean): Promise<number> {
	const untilMs = performance.now() + mergeMsMax;
	let longestMs = 0;
	while (!isOver()) {
		const askedMs = performance.now();
		if (askedMs > untilMs || seat.closing !== null) throw new Error("it did not come to an end");
		await seat.heard();
		longestMs = Math.max(longestMs, performance.now() - askedMs);
		await sleep(askEveryMs);
	}
	return longestMs;
}

/** Long merges. */
export const merges: Scenario = {
	name: "merges",
	title: "What was written apart comes at once",
	about:
		"People send what they made without a network, one update each, while somebody in another " +
		"room asks the server again and again whether it is there (a WebSocket's ping). How long " +
		"does an answer take at most, and how long until others in the room have it all?",
	measures: [
		{ key: "hold", label: "longest ms for an answer", better: "less", isWorst: true, noise: 5 },
		{ key: "still", label: "while nothing comes", better: "less", isContext: true },
		{ key: "whole", label: "ms until all is there", better: "less", isContext: true },
	],
	shapes: Object.entries({
		"letters of a text": 1_000_000,
		strokes: 10_000,
		"letters in front of one another, by three": 4_000,
	}).map(([name, count]) => sizeOf(count, name)),
	quickShapes: Object.keys(deeds).map((name) => sizeOf(200, name)),
	runSeconds: 15,
	needs: "docs",
	run,
};
