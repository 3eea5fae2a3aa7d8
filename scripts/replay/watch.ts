/** Plays everything at once into a room of a running server, slowly enough to watch. */
import { randomBytes } from "node:crypto";
import * as Y from "yjs";
import { addStroke } from "../../shared/surfaces/board.ts";
import { say } from "../../shared/surfaces/chat.ts";
import { chatOf, strokesOf } from "../../shared/surfaces/root.ts";
import { shareFile, signIn } from "./jobs.ts";
import type { Material } from "./material.ts";
import type { Options } from "./options.ts";
import { applyEdit, type Trace, versionsOf } from "./traces.ts";
import { join, type Writer } from "./writer.ts";

const strokeEveryMs = 700;
const lineEveryMs = 4_000;
const photoEveryMs = 6_000;

/** Resolves when all is played. Ctrl+C ends it sooner. */
export async function watch(
	material: Material,
	{ url, room, editsPerSecond }: Extract<Options, { mode: "watch" }>,
): Promise<void> {
	const [trace] = material.traces;
	const count = Math.max(1, trace?.agentCount ?? 1);
	const guests = await Promise.all(Array.from({ length: count }, () => signIn(url)));
	const writers = await Promise.all(guests.map(({ cookie }) => join({ url, room, cookie })));
	for (const { provider } of writers) provider.awareness.setLocalState({ surface: "document" });
	const [writer] = writers;
	const [guest] = guests;
	if (writer === undefined || guest === undefined) return;
	await Promise.all([
		trace === undefined ? null : type(trace, writers, 1000 / editsPerSecond),
		slowly(material.strokes, strokeEveryMs, (stroke) =>
			writer.doc.transact(() => addStroke(strokesOf(writer.doc), stroke)),
		),
		slowly(material.lines, lineEveryMs, (body) => {
			const author = { person: guest.person, at: Date.now(), random };
			writer.doc.transact(() => say(chatOf(writer.doc), { body }, author));
		}),
		slowly(material.photos, photoEveryMs, async (file) => {
			await shareFile(file, { writer, guest, place: { url, room } });
		}),
	]);
	await Promise.all(writers.map((one) => one.saved()));
	for (const one of writers) one.close();
}

const random = (size: number) => Uint8Array.from(randomBytes(size));

/**
 * Types a trace beside people who type too: each agent has a doc of its own that sees the trace
 * only, and what changes in it is carried into the room, where Yjs merges it with all others.
 */
async function type(trace: Trace, writers: readonly Writer[], everyMs: number): Promise<void> {
	const docs = writers.map(() => new Y.Doc());
	const updates: Uint8Array[][] = writers.map(() => []);
	for (const [agentIndex, doc] of docs.entries()) {
		doc.on("update", (update: Uint8Array, origin: unknown) => {
			if (origin === carried) return;
			updates[agentIndex]?.push(update);
			const room = writers[agentIndex]?.doc;
			if (room !== undefined) Y.applyUpdate(room, update, carried);
		});
	}
	const versions = versionsOf(trace);
	const seen = docs.map(() => docs.map(() => 0));
	await slowly([...trace.edits.entries()], everyMs, ([editIndex, edit]) => {
		const doc = docs[edit.agent];
		const known = seen[edit.agent];
		if (doc === undefined || known === undefined) return;
		for (const [otherIndex, count] of (versions[editIndex] ?? []).entries()) {
			if (otherIndex === edit.agent) continue;
			for (const update of updates[otherIndex]?.slice(known[otherIndex], count) ?? []) {
				Y.applyUpdate(doc, update, carried);
			}
			known[otherIndex] = count;
		}
		applyEdit(doc, edit);
	});
}

const carried = "replay";

async function slowly<T>(
	entries: readonly T[],
	everyMs: number,
	play: (entry: T) => unknown,
): Promise<void> {
	for (const entry of entries) {
		await play(entry);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
