/**
 * What a room holds, told from what is stored: how far each client goes, and what is deleted.
 *
 * Most structs are only passed by. Millions that hold nothing any more stand in a few megabytes:
 * an object for each took a minute.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import type { StoredRoom } from "../../store/room-log.ts";
import type { Budget } from "../guard/values.ts";
import { DeleteRanges } from "../pieces/delete-ranges.ts";
import { inTurns, type Steps, type Turns } from "../scheduler.ts";
import { type DeletedRange, readStruct } from "../update-reader.ts";

/** What is stored of a room. Nobody changes it. */
export interface StoredHoldings {
	/** The clock after the last element of each client. */
	readonly clocks: ReadonlyMap<number, number>;
	readonly deletes: DeleteRanges;
}

/** Structs or ranges between two looks at the clock: a quarter of a millisecond at most. */
const partsPerLook = 4_096;

/** What is stored was let in once, and grew from many updates: nothing bounds it now. */
const uncounted: Budget = { left: Number.POSITIVE_INFINITY };

/**
 * Reads for as long as a turn may last, and goes on in the next one.
 *
 * @throws WeftError, or an error of lib0, where it cannot be read
 */
export function readHoldings(stored: StoredRoom, turns: Turns): Promise<StoredHoldings> {
	return inTurns(new Reading().read(stored), turns);
}

/** All updates of the tail, in order. */
export function* updatesOf({ tail }: StoredRoom): Iterable<Uint8Array> {
	for (const { updates } of tail) {
		for (const { bytes } of updates) yield bytes;
	}
}

class Reading {
	readonly #clocks = new Map<number, number>();
	readonly #deleted: DeletedRange[] = [];
	#partCount = 0;

	/** Yields where it may pause. */
	*read(stored: StoredRoom): Steps<StoredHoldings> {
		const { snapshot } = stored;
		if (snapshot !== null) {
			for (const [client, clock] of Y.decodeStateVector(snapshot.stateVector)) {
				this.#clocks.set(client, clock);
			}
			yield* this.#readUpdate(snapshot.deleteSet);
		}
		for (const update of updatesOf(stored)) yield* this.#readUpdate(update);
		return { clocks: this.#clocks, deletes: yield* DeleteRanges.inSteps(this.#deleted) };
	}

	*#readUpdate(update: Uint8Array): Steps<void> {
		const decoder = decoding.createDecoder(update);
		const clients = new Set<number>();
		for (let left = decoding.readVarUint(decoder); left > 0; left--) {
			const structCount = decoding.readVarUint(decoder);
			const client = decoding.readVarUint(decoder);
			if (clients.has(client)) refuse("a client stands twice");
			clients.add(client);
			const end = yield* this.#passStructs(decoder, structCount);
			this.#clocks.set(client, Math.max(this.#clocks.get(client) ?? 0, end));
		}
		yield* this.#readDeletes(decoder);
		if (decoding.hasContent(decoder)) refuse("bytes left over");
	}

	/** The clock after the last of them. */
	*#passStructs(decoder: decoding.Decoder, structCount: number): Steps<number> {
		let clock = decoding.readVarUint(decoder);
		for (let left = structCount; left > 0; left--) {
			const length = lengthOfNext(decoder, clock);
			if (length === 0) refuse("a struct of no length");
			clock += length;
			if (this.#isLookDue()) yield;
		}
		if (!Number.isSafeInteger(clock)) refuse("a clock beyond all numbers");
		return clock;
	}

	*#readDeletes(decoder: decoding.Decoder): Steps<void> {
		for (let left = decoding.readVarUint(decoder); left > 0; left--) {
			const client = decoding.readVarUint(decoder);
			for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--) {
				const clock = decoding.readVarUint(decoder);
				const length = decoding.readVarUint(decoder);
				if (length === 0) refuse("deletes nothing");
				this.#deleted.push({ client, clock, length });
				if (this.#isLookDue()) yield;
			}
		}
	}

	#isLookDue(): boolean {
		this.#partCount++;
		return this.#partCount % partsPerLook === 0;
	}
}

/** As in `GC.write` of yjs (src/structs/GC.js). */
const gcInfo = 0;

/** Elements of the struct at which the decoder stands; it stands behind that then. */
function lengthOfNext(decoder: decoding.Decoder, clock: number): number {
	if (decoder.arr[decoder.pos] !== gcInfo) return readStruct(decoder, clock, uncounted).length;
	decoder.pos++;
	return decoding.readVarUint(decoder);
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
