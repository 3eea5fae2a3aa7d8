import { expect, test } from "vitest";
import * as Y from "yjs";
import { silenceYjs } from "../../scripts/converge/crew/quiet.ts";
import { seeded } from "../../scripts/converge/random.ts";
import { FuzzedRoom, type Honest, makeRoom } from "../../scripts/fuzz/guarded-room.ts";
import { mutate } from "../../scripts/fuzz/mutate.ts";
import { fuzz } from "../../scripts/fuzz/run.ts";
import { textOf } from "../../shared/surfaces/root.ts";
import { cpuMsOf } from "../fixtures/cpu-time.ts";

silenceYjs();

/** FAULTS.md, R2. */
const judgedMsMax = 50;
const largeBytes = 64 * 1024;

test("what honest people send to the room of the fuzzer is taken", () => {
	const { stored, honest } = makeRoom(seeded(3), 60);
	expect(stored.length).toBeGreaterThan(20);
	for (const update of honest) {
		expect(["new", "known"]).toContain(new FuzzedRoom(stored, 1).take(update)?.verdict);
	}
});

test("8,000 damaged updates change nothing, or something that everybody can show", () => {
	const { counts, findings, slowestMs } = fuzz(5, 8_000);
	expect(findings).toEqual([]);
	expect(slowestMs).toBeLessThan(judgedMsMax);
	expect(counts["new"]).toBeGreaterThan(50);
	expect(counts["refused"]).toBeGreaterThan(1_000);
});

/** Letters in front of each other: each is a struct of its own. */
function largeUpdate(author: Honest["author"]): Honest {
	const doc = new Y.Doc();
	doc.clientID = 4_000_000_000;
	doc.transact(() => {
		for (let count = 0; count < 6_500; count++) textOf(doc).insert(0, "x");
	});
	return { author, bytes: Y.encodeStateAsUpdate(doc) };
}

/** What takes longest may have been a pause of ours: the least of some tries counts. */
function leastOf(work: () => unknown): number {
	return Math.min(...Array.from({ length: 6 }, () => cpuMsOf(work)));
}

test("of 64 kB what is damaged changes nothing, and is refused in time", () => {
	const { stored, honest } = makeRoom(seeded(4), 3);
	const [small] = honest;
	if (small === undefined) throw new Error("nobody is there");
	const { author, bytes } = largeUpdate(small.author);
	expect(bytes.length / largeBytes).toBeCloseTo(1, 1);
	const judge = (mutant: Uint8Array) => {
		const room = new FuzzedRoom(stored, Number.POSITIVE_INFINITY);
		const before = Y.encodeStateAsUpdate(room.doc);
		let verdict: string | undefined;
		const ms = cpuMsOf(() => {
			verdict = room.take({ author, bytes: mutant })?.verdict;
		});
		// Of what was found out too late the room drops the doc.
		const isSame = Buffer.from(before).equals(Y.encodeStateAsUpdate(room.doc));
		expect(isSame || verdict === "new" || room.isSpoilt).toBe(true);
		return { ms, verdict };
	};
	const random = seeded(8);
	let slowestMs = 0;
	for (let count = 0; count < 150; count++) {
		const mutant = mutate(bytes, small.bytes, random);
		const { ms, verdict } = judge(mutant);
		if (verdict === "new" || ms <= slowestMs) continue;
		slowestMs = Math.max(
			slowestMs,
			leastOf(() => judge(mutant)),
		);
	}
	// The 50 ms are what Yjs alone takes to apply the whole 25 times, on whatever machine.
	const appliedMs = leastOf(() => {
		for (let count = 0; count < 25; count++) Y.applyUpdate(new Y.Doc(), bytes);
	});
	expect(slowestMs).toBeLessThan(appliedMs);
});
