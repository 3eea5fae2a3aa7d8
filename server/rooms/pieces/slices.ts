/**
 * Cuts a large update (Yjs v1) into small ones that can be applied one after another, so that a
 * doc is built in many turns of the event loop. No slice leaves anything pending: a struct comes
 * after all that it names, as in `integrateStructs` of yjs 13.6 (src/utils/encoding.js).
 *
 * A struct's bytes mean the same wherever they stand, so a slice is made of copies:
 *
 *     client 7: |a b c|d e    client 9: |f g|h      b names f, h names e
 *     slices:   {7: a, 9: f g, 7: b c} = {7: a b c, 9: f g}   {7: d e, 9: h}   {deletes} ...
 *
 * Only of structs that hold nothing any more, neighbours are one: a doc makes one of them too, and
 * of two bytes each, a frame has room for millions.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WeftError } from "../../../shared/errors.ts";
import type { Budget } from "../guard/values.ts";
import { type DeletedRange, type ReadStruct, readStruct } from "../update-reader.ts";
import { DeleteRanges } from "./delete-ranges.ts";

/** The structs of one client, read from the first to the last. */
interface Run {
	readonly client: number;
	readonly decoder: decoding.Decoder;
	/** Structs that are in no slice yet. */
	leftCount: number;
	/** The first of them, or null; where its bytes begin, and its clock. */
	next: ReadStruct | null;
	at: number;
	clock: number;
	/** What the one that was taken last weighs: see `weightOf`. */
	weight: number;
	/** From there on nobody else knew of it. */
	newFrom: number;
	/** Structs in the slice in the making, and their clock. */
	count: number;
	fromClock: number;
	/** Their bytes so far, and where those begin that follow. */
	readonly parts: Uint8Array[];
	fromAt: number;
}

/** What a struct waits for: all of a run before that clock. */
interface Wait {
	readonly run: Run;
	readonly untilClock: number;
}

/** What is stored was counted when it was let in; what comes is counted when it is read first. */
const uncounted: Budget = { left: Number.POSITIVE_INFINITY };

/** How much an update, and a slice of it, may hold. */
interface Limits {
	/** Ranges of a slice that deletes; as many as structs where nothing is said. */
	readonly rangesMax?: number;
	/** Structs and values of the whole update, and its ranges. */
	readonly countMax?: number;
	/** Told of all that the update speaks of, before the first slice; may throw. */
	readonly met?: Met;
}

/** Is told of an update what tells whether all of it can be applied. */
export interface Met {
	/** Structs of a client, from one clock up to another; gives the clock up to which it is held. */
	structs(client: number, clock: number, end: number): number;
	/** Deletes of a client that go up to, but without, that clock; behind all structs. */
	deletes(client: number, end: number): void;
}

/**
 * The slices in the order in which they must be applied, each of so many structs, or of more that
 * are light; behind them those that delete. Null stands where as much work was done that made no
 * slice.
 *
 * @throws an error of lib0 or WeftError `refused_update` where the update cannot be read, or has
 * more than `countMax`
 */
export function* slicesOf(
	update: Uint8Array,
	structsMax: number,
	{ rangesMax = structsMax, countMax = Number.POSITIVE_INFINITY, met }: Limits = {},
): Generator<Uint8Array | null, void, undefined> {
	const reader = decoding.createDecoder(update);
	const runs = new Map<number, Run>();
	const budget: Budget = { left: countMax };
	let workCount = 0;
	for (const run of beginRuns(update, reader, budget, met)) {
		runs.set(run.client, run);
		if (++workCount % structsMax === 0) yield null;
	}
	if (met !== undefined) yield* lookAtDeletes(update, reader.pos, met, countMax);
	let touched: Run[] = [];
	let weight = 0;
	for (const run of inOrder(runs)) {
		if (run.count === 1) touched.push(run);
		weight += run.weight;
		if (weight < structsMax) continue;
		yield takeSlice(update, touched);
		touched = [];
		weight = 0;
	}
	yield takeSlice(update, touched);
	yield* deletesBehind(update, reader.pos, { rangesMax, countMax });
}

/** The structs of each client, once for each of them: reading it takes so long. */
function* beginRuns(
	update: Uint8Array,
	reader: decoding.Decoder,
	budget: Budget,
	met: Met | undefined,
): Generator<Run, void, undefined> {
	const clients = new Set<number>();
	let mayHave = budget.left;
	for (let clientsLeft = decoding.readVarUint(reader); clientsLeft > 0; clientsLeft--) {
		const run = beginRun(update, reader);
		if (run.leftCount === 0 || clients.has(run.client)) refuse("a client twice, or with nothing");
		clients.add(run.client);
		// Told by its head: nobody reads what is too much up to there.
		mayHave -= run.leftCount;
		if (mayHave < 0) refuse("too many structs");
		let end = run.clock;
		for (let left = run.leftCount; left > 0; left--) {
			end += readStruct(reader, 0, budget).length;
			yield run;
		}
		run.newFrom = Math.max(run.clock, met?.structs(run.client, run.clock, end) ?? 0);
		// Not before: what nobody has counted yet is read by nobody.
		run.next = readStruct(run.decoder, run.clock, uncounted);
	}
}

/** The structs of the client at which the reader stands, of which none is read yet. */
function beginRun(update: Uint8Array, reader: decoding.Decoder): Run {
	const leftCount = decoding.readVarUint(reader);
	const client = decoding.readVarUint(reader);
	const clock = decoding.readVarUint(reader);
	const at = reader.pos;
	const decoder = decoding.createDecoder(update);
	decoder.pos = at;
	const start = { weight: 0, newFrom: clock, count: 0, fromClock: clock, parts: [], fromAt: at };
	return { client, decoder, leftCount, next: null, at, clock, ...start };
}

/** Takes all structs, each after those that it names; yields the run of each. */
function* inOrder(runs: ReadonlyMap<number, Run>): Generator<Run, void, undefined> {
	for (const first of runs.values()) {
		const waits: Wait[] = [{ run: first, untilClock: Number.POSITIVE_INFINITY }];
		for (let wait = waits.at(-1); wait !== undefined; wait = waits.at(-1)) {
			const { run, untilClock } = wait;
			if (run.next === null || run.clock >= untilClock) {
				waits.pop();
				continue;
			}
			const before = waitOf(run.next, run, runs);
			// More waits than runs go round in a circle, which no doc does: Yjs will find it pending.
			if (before !== null && waits.length < runs.size) {
				waits.push(before);
				continue;
			}
			take(run, run.next, runs.size === 1);
			yield run;
		}
	}
}

/** What must come before a struct; null where all has come, or never will. */
function waitOf(struct: ReadStruct, own: Run, runs: ReadonlyMap<number, Run>): Wait | null {
	for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
		if (id === null || typeof id === "string" || id.client === own.client) continue;
		const run = runs.get(id.client);
		if (run === undefined || run.next === null || run.clock > id.clock) continue;
		return { run, untilClock: id.clock + 1 };
	}
	return null;
}

/** What a struct weighs of which Yjs knows the place at once: 64 of them are a piece. */
const lightWeight = 1 / 32;

/** So far behind something stands what somebody made right after it: a stroke behind a stroke. */
const nearMax = 64;

/**
 * How long a struct may take at most. Yjs looks for the place among all that came to the same spot:
 * to what only follows the struct before it nothing came. Neither did anything of others come
 * behind, or into, what nobody else knew of; and of its own sender's, no more than was made since.
 */
function weightOf(struct: ReadStruct, run: Run, isAlone: boolean): number {
	const { kind, clock, origin, rightOrigin, parent } = struct;
	if (kind !== "item") return lightWeight;
	const into = rightOrigin === null && typeof parent !== "string" ? parent : null;
	const before = origin ?? into;
	if (before === null || before.client !== run.client) return 1;
	if (origin !== null && origin.clock === clock - 1) return lightWeight;
	const isNew = before.clock >= run.newFrom && clock - before.clock <= nearMax;
	return isAlone && isNew ? lightWeight : 1;
}

function take(run: Run, struct: ReadStruct, isAlone: boolean): void {
	run.weight = weightOf(struct, run, isAlone);
	run.count++;
	run.leftCount--;
	run.clock += struct.length;
	if (struct.kind === "gc" && isGcNext(run)) joinGcs(run, struct);
	run.at = run.decoder.pos;
	run.next = run.leftCount > 0 ? readStruct(run.decoder, run.clock, uncounted) : null;
}

/** Most structs without content that become one: they are read in a third of a millisecond. */
const joinedGcsMax = 4_096;

/** As in `GC.write` of yjs (src/structs/GC.js). */
const gcInfo = 0;

function isGcNext({ leftCount, decoder }: Run): boolean {
	return leftCount > 0 && decoder.arr[decoder.pos] === gcInfo;
}

/** Joins what follows to a struct that was taken, as far as it holds nothing either. */
function joinGcs(run: Run, first: ReadStruct): void {
	const { decoder } = run;
	run.parts.push(decoder.arr.subarray(run.fromAt, run.at));
	let { length } = first;
	let count = 0;
	for (; count < joinedGcsMax && length > 0 && isGcNext(run); count++) {
		const next = readStruct(decoder, run.clock, uncounted);
		if (next.length === 0) refuse("a struct of no length");
		run.leftCount--;
		run.clock += next.length;
		length += next.length;
	}
	const joined = encoding.encode((encoder) => {
		encoding.writeUint8(encoder, gcInfo);
		encoding.writeVarUint(encoder, length);
	});
	run.parts.push(joined);
	run.fromAt = decoder.pos;
	run.weight += count / joinedGcsMax;
}

/** What was taken of these runs since the last slice, as an update without deletes. */
function takeSlice(update: Uint8Array, touched: readonly Run[]): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, touched.length);
		for (const run of touched) {
			encoding.writeVarUint(encoder, run.count);
			encoding.writeVarUint(encoder, run.client);
			encoding.writeVarUint(encoder, run.fromClock);
			for (const part of run.parts.splice(0)) encoding.writeUint8Array(encoder, part);
			encoding.writeUint8Array(encoder, update.subarray(run.fromAt, run.at));
			run.count = 0;
			run.fromAt = run.at;
			run.fromClock = run.clock;
		}
		encoding.writeVarUint(encoder, 0); // No deletes.
	});
}

/** Ranges that are looked at in a moment. */
const rangesPerLook = 4_096;

/** Goes through the ranges once, without making anything of them. */
function* lookAtDeletes(
	update: Uint8Array,
	at: number,
	met: Met,
	countMax: number,
): Generator<null, void, undefined> {
	const reader = decoding.createDecoder(update);
	reader.pos = at;
	let mayHave = countMax;
	for (let clientsLeft = decoding.readVarUint(reader); clientsLeft > 0; clientsLeft--) {
		const client = decoding.readVarUint(reader);
		const rangeCount = decoding.readVarUint(reader);
		// Told by its head, as above; a client without any counts too.
		mayHave -= Math.max(1, rangeCount);
		if (mayHave < 0) refuse("too many deletes");
		for (let left = rangeCount; left > 0; left--) {
			met.deletes(client, decoding.readVarUint(reader) + decoding.readVarUint(reader));
			if (left % rangesPerLook === 0) yield null;
		}
	}
}

/** Updates that only delete, so many ranges each: what follows the structs. */
function* deletesBehind(
	update: Uint8Array,
	at: number,
	{ rangesMax, countMax }: Required<Pick<Limits, "rangesMax" | "countMax">>,
): Generator<Uint8Array, void, undefined> {
	const reader = decoding.createDecoder(update);
	reader.pos = at;
	let ranges: DeletedRange[] = [];
	let rangeCount = 0;
	for (let clientsLeft = decoding.readVarUint(reader); clientsLeft > 0; clientsLeft--) {
		const client = decoding.readVarUint(reader);
		for (let rangesLeft = decoding.readVarUint(reader); rangesLeft > 0; rangesLeft--) {
			const clock = decoding.readVarUint(reader);
			const length = decoding.readVarUint(reader);
			if (length === 0) refuse("deletes nothing");
			ranges.push({ client, clock, length });
			if (++rangeCount > countMax) refuse("too many deletes");
			if (ranges.length < rangesMax) continue;
			yield DeleteRanges.of(ranges).encodeAsUpdate();
			ranges = [];
		}
	}
	if (decoding.hasContent(reader)) refuse("bytes left over");
	yield DeleteRanges.of(ranges).encodeAsUpdate();
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
