/**
 * A room without a doc: what is stored, and answers made from it. Joining a quiet room costs bytes,
 * not work; the doc is built when somebody writes.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { WeftError } from "../../shared/errors.ts";
import { stateVectorBytesMax } from "../../shared/limits.ts";
import { encodeStep2, encodeUpdate } from "../../shared/protocol.ts";
import { applyQuietly } from "../fold/apply-quietly.ts";
import type { RoomLog, StoredRoom } from "../store/room-log.ts";
import { RoomDoc } from "./held/room-doc.ts";
import { readHoldings, type StoredHoldings, updatesOf } from "./held/stored-holdings.ts";
import type { Holdings } from "./inspect.ts";
import type { DeleteRanges } from "./pieces/delete-ranges.ts";
import { pieceStructsMax } from "./pieces/pieces.ts";
import { slicesOf } from "./pieces/slices.ts";
import { inTurns, type Turns, turnMsMax } from "./scheduler.ts";
import type { DeletedRange } from "./update-reader.ts";

/** Frames that an answer may have: sending 500 takes about 4 ms, building their doc as long. */
const answerUpdatesMax = 500;

/** Largest snapshot of which differences are made: each takes 5 ms, after a doc is built 1 ms. */
const differenceBytesMax = 256 * 1024;

/** An update with nothing in it: no clients, no deletes. */
const emptyUpdate = Uint8Array.of(0, 0);

/** A stored update up to this is applied at once; of a longer one each struct may take long. */
const wholeBytesMax = 4 * 1024;

/** Structs of a larger one that are applied at once: nobody judges them. */
const storedStructsMax = 2 * pieceStructsMax;

/** What was sent to somebody with that state vector. */
interface Answer {
	readonly stateVector: Uint8Array;
	readonly frames: readonly Uint8Array[];
}

/** What is stored of a room, ready to answer joiners. Never changes. */
export class Cold implements Holdings {
	/** What it was made of. */
	readonly stored: StoredRoom;
	/** State vector of all that is stored, as Yjs encodes it. */
	readonly stateVector: Uint8Array;
	readonly #log: Pick<RoomLog, "updateOf">;
	readonly #clocks: ReadonlyMap<number, number>;
	readonly #deletes: DeleteRanges;
	readonly #turns: Turns;
	#decompressing: Promise<Uint8Array> | null = null;
	/** Here for who joins next, gone where memory is needed. */
	#decompressed: WeakRef<Uint8Array> | null = null;
	#lastAnswer: WeakRef<Answer> | null = null;

	private constructor(
		stored: StoredRoom,
		log: Pick<RoomLog, "updateOf">,
		{ clocks, deletes }: StoredHoldings,
		turns: Turns,
	) {
		this.stored = stored;
		this.#log = log;
		this.#clocks = clocks;
		this.#deletes = deletes;
		this.#turns = turns;
		this.stateVector = encodeClocks(this.#clocks);
	}

	/**
	 * Reads what is stored in as many turns as it takes, so that the event loop is not held.
	 *
	 * @throws WeftError `room_damaged`
	 */
	static async open(
		stored: StoredRoom,
		log: Pick<RoomLog, "updateOf">,
		turns: Turns,
	): Promise<Cold> {
		try {
			return new Cold(stored, log, await readHoldings(stored, turns), turns);
		} catch (error) {
			throw damaged(error);
		}
	}

	/** See `Holdings`. */
	get clientCount(): number {
		return this.#clocks.size;
	}

	/** See `Holdings`. */
	clockOf(client: number): number {
		return this.#clocks.get(client) ?? 0;
	}

	/** See `Holdings`. */
	hasDeleted(range: DeletedRange): boolean {
		return this.#deletes.has(range);
	}

	/**
	 * True where a doc answers for less than what is stored does, though it must be built: what was
	 * missed of a large snapshot, or of many updates. Null stands for any state vector.
	 */
	isDear(stateVector: Uint8Array | null): boolean {
		const { snapshot, tail } = this.stored;
		const tailCount = tail.reduce((count, { updates }) => count + updates.length, 0);
		if (stateVector === null || tailCount > answerUpdatesMax) return true;
		if (snapshot === null || snapshot.sizeBytes <= differenceBytesMax) return false;
		const theirs = readStateVector(stateVector);
		return theirs.size > 0 && !hasAll(theirs, Y.decodeStateVector(snapshot.stateVector));
	}

	/**
	 * The frames that bring a client up to date: updates, then a step 2. A crowd that lacks the same
	 * is handed the same frames.
	 *
	 * @throws WeftError `bad_frame` where the client's state vector cannot be read
	 */
	async answer(stateVector: Uint8Array): Promise<readonly Uint8Array[]> {
		const theirs = readStateVector(stateVector);
		const last = this.#lastAnswer?.deref();
		if (last !== undefined && isSame(last.stateVector, stateVector)) return last.frames;
		const frames = await this.#framesFor(theirs, stateVector);
		this.#lastAnswer = new WeakRef({ stateVector, frames });
		return frames;
	}

	async #framesFor(
		theirs: ReadonlyMap<number, number>,
		stateVector: Uint8Array,
	): Promise<readonly Uint8Array[]> {
		if (hasAll(theirs, this.#clocks)) {
			return [encodeStep2(await inTurns(this.#deletes.encodeInSteps(), this.#turns))];
		}
		const frames: Uint8Array[] = [];
		const missing = await this.#missingOfSnapshot(theirs, stateVector);
		if (missing !== null) frames.push(encodeUpdate(missing));
		for (const update of updatesOf(this.stored)) frames.push(encodeUpdate(update));
		frames.push(encodeStep2(emptyUpdate));
		return frames;
	}

	/**
	 * Builds the doc; a large one in many turns, so that the event loop is not held.
	 *
	 * @throws WeftError `room_damaged`
	 */
	async wake({ elapsed, pause }: Turns): Promise<Y.Doc> {
		const doc = new RoomDoc();
		try {
			const pieces = this.#pieces(await this.#snapshot());
			const applySome = () => applyWhile(doc, pieces, elapsed);
			while (!applyQuietly(doc, applySome)) await pause();
		} catch (error) {
			throw damaged(error);
		}
		if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
			throw new WeftError("room_damaged", "a stored update lacks its predecessor");
		}
		return doc;
	}

	/** All that is stored, cut where it is long; null where as much was only read. */
	*#pieces(snapshot: Uint8Array | null): Generator<Uint8Array | null, void, undefined> {
		if (snapshot !== null) yield* piecesOfStored(snapshot);
		for (const update of updatesOf(this.stored)) yield* piecesOfStored(update);
	}

	/** Who has all structs of the snapshot gets only what it deletes: reading all of it is dear. */
	async #missingOfSnapshot(
		theirs: ReadonlyMap<number, number>,
		stateVector: Uint8Array,
	): Promise<Uint8Array | null> {
		const { snapshot } = this.stored;
		if (snapshot === null) return null;
		if (hasAll(theirs, Y.decodeStateVector(snapshot.stateVector))) return snapshot.deleteSet;
		const update = await this.#snapshot();
		return update === null || theirs.size === 0 ? update : Y.diffUpdate(update, stateVector);
	}

	/** The snapshot as an update; decompressed once for all who come before memory is needed. */
	async #snapshot(): Promise<Uint8Array | null> {
		const { snapshot } = this.stored;
		if (snapshot === null) return null;
		const held = this.#decompressed?.deref();
		if (held !== undefined) return held;
		this.#decompressing ??= this.#log.updateOf(snapshot).finally(() => {
			this.#decompressing = null;
		});
		const update = await this.#decompressing;
		this.#decompressed = new WeakRef(update);
		return update;
	}
}

function* piecesOfStored(update: Uint8Array): Generator<Uint8Array | null, void, undefined> {
	if (update.length <= wholeBytesMax) yield update;
	else yield* slicesOf(update, storedStructsMax);
}

/** Applies pieces for as long as a turn may last; true where none is left. */
function applyWhile(
	doc: Y.Doc,
	pieces: Iterator<Uint8Array | null, void, undefined>,
	elapsed: Turns["elapsed"],
): boolean {
	const untilMs = elapsed() + turnMsMax;
	do {
		const piece = pieces.next();
		if (piece.done) return true;
		if (piece.value !== null) Y.applyUpdate(doc, piece.value);
	} while (elapsed() < untilMs);
	return false;
}

function hasAll(theirs: ReadonlyMap<number, number>, ours: ReadonlyMap<number, number>): boolean {
	for (const [client, clock] of ours) if ((theirs.get(client) ?? 0) < clock) return false;
	return true;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function damaged(cause: unknown): WeftError {
	return new WeftError("room_damaged", "stored updates cannot be read", { cause });
}

/**
 * Reads a state vector from the wire, of at most so many clients: of the most that fit into one it
 * takes 100 ms.
 *
 * @throws WeftError `bad_frame`
 */
export function readStateVector(
	stateVector: Uint8Array,
	clientsMax = Number.POSITIVE_INFINITY,
): Map<number, number> {
	if (stateVector.length > stateVectorBytesMax) {
		throw new WeftError("bad_frame", "a state vector too large");
	}
	try {
		const clientCount = decoding.readVarUint(decoding.createDecoder(stateVector));
		if (clientCount > clientsMax) throw new Error("more clients than there can be");
		return Y.decodeStateVector(stateVector);
	} catch (error) {
		throw new WeftError("bad_frame", "not a state vector", { cause: error });
	}
}

function encodeClocks(clocks: ReadonlyMap<number, number>): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, clocks.size);
		for (const [client, clock] of clocks) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
		}
	});
}
