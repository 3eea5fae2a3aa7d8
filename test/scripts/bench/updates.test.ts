/** Updates by hand, held against Yjs. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { readRuns } from "../../../scripts/bench/people/runs.ts";
import { lettersBetween, typed } from "../../../scripts/bench/people/updates.ts";
import { below, streamsOf } from "../../../scripts/converge/random.ts";
import { textOf } from "../../../shared/surfaces/root.ts";

const letterAt = (clock: number) => lettersBetween(clock, clock + 1);

/** Runs as `client from to`. */
function runsOf(update: Uint8Array, start = 0): string[] {
	const runs: string[] = [];
	readRuns(update, start, (clientId, from, to) => runs.push(`${clientId} ${from} ${to}`));
	return runs;
}

describe("a letter by hand", () => {
	test("is what Yjs makes of it", () => {
		const doc = new Y.Doc();
		doc.clientID = 4_000_000_001;
		const updates: Uint8Array[] = [];
		doc.on("update", (update: Uint8Array) => updates.push(update));
		for (let clock = 0; clock < 40; clock++) textOf(doc).insert(clock, letterAt(clock));
		const ours = updates.map((_, clock) => typed(doc.clientID, clock, letterAt(clock)));
		expect(ours).toEqual(updates);
	});

	test("letters of several people come to the doc that all of each one's letters make", () => {
		const letters = new Y.Doc();
		const whole = new Y.Doc();
		for (const clientId of [7, 300, 4_294_967_295]) {
			for (let clock = 0; clock < 50; clock++) {
				Y.applyUpdate(letters, typed(clientId, clock, letterAt(clock)));
			}
			Y.applyUpdate(whole, typed(clientId, 0, lettersBetween(0, 50)));
		}
		expect(textOf(letters).toString()).toBe(textOf(whole).toString());
		expect(Y.encodeStateVector(letters)).toEqual(Y.encodeStateVector(whole));
	});
});

describe("runs", () => {
	test("are read from any update that typing makes, merged or not", () => {
		const random = streamsOf(5)("runs");
		const doc = new Y.Doc();
		for (let step = 0; step < 120; step++) {
			const client = 1 + below(random, 5);
			const other = new Y.Doc();
			Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
			// Only now: Yjs takes another id where somebody else comes with its own.
			other.clientID = client;
			const text = textOf(other);
			text.insert(below(random, text.length + 1), "abc".slice(0, 1 + below(random, 3)));
			if (text.length > 4 && step % 7 === 0) text.delete(below(random, text.length - 2), 2);
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		}
		const ends = new Map<number, number>();
		readRuns(Y.encodeStateAsUpdate(doc), 0, (clientId, from, to) => {
			expect(from).toBe(ends.get(clientId) ?? 0);
			ends.set(clientId, to);
		});
		expect(ends).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
	});

	test("start anywhere in a message", () => {
		const update = typed(9, 3, "d");
		expect(runsOf(Uint8Array.of(0, 2, update.length, ...update), 3)).toEqual(["9 3 4"]);
	});

	test("what nobody wrote, and what is cut short, is not taken for letters", () => {
		const doc = new Y.Doc();
		doc.getMap("map").set("key", 1);
		expect(() => runsOf(Y.encodeStateAsUpdate(doc))).toThrow("nobody wrote");
		expect(() => runsOf(typed(9, 3, "d").subarray(0, 4))).toThrow();
	});
});
