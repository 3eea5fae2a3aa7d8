/**
 * What a server said on one connection: who is there, and how much of the room. What a slow reader
 * was not told meanwhile it must be told when it has read all that waited.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import type { AwarenessEntry } from "../../../shared/awareness.ts";
import { messageType, syncStep } from "../../../shared/protocol.ts";
import { statesIn } from "./states-in.ts";

/** What one client was told, and who it is. */
export class Told {
	/** The latest that was said of who is there, by client id. */
	readonly #states = new Map<number, AwarenessEntry>();
	/** How much it has, as it said, or was told; … */
	readonly #clocks = new Map<number, number>();
	/** … and what of that it was told here: what it says of itself may never have arrived. */
	readonly #toldClocks = new Map<number, number>();
	readonly #own = new Set<number>();
	#isAnswered = false;

	/** How much of what each client id wrote it was told. */
	get clocks(): ReadonlyMap<number, number> {
		return this.#toldClocks;
	}

	/** The client sent a frame. */
	noteUp(frame: Uint8Array): void {
		for (const { clientId } of statesIn(frame)) this.#own.add(clientId);
		if (frame[0] === messageType.sync && frame[1] === syncStep.stateVector) {
			raise(this.#clocks, readClocks(frame));
		}
	}

	/** The server sent a frame. */
	noteDown(frame: Uint8Array): void {
		for (const entry of statesIn(frame)) this.#states.set(entry.clientId, entry);
		if (frame[0] !== messageType.sync || frame[1] === syncStep.stateVector) return;
		if (frame[1] === syncStep.missing) this.#isAnswered = true;
		const update = decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(2)));
		const { to } = Y.parseUpdateMeta(update);
		raise(this.#clocks, to);
		raise(this.#toldClocks, to);
	}

	/**
	 * Who was shown to somebody else at a newer place; nobody is told of themselves. The same state
	 * with a later clock is no news: all are stamped anew for who joins.
	 */
	lackedStates(other: Told): string[] {
		return [...other.#states.values()]
			.filter(({ clientId, clock, state }) => {
				const held = this.#states.get(clientId);
				const isNews = held === undefined || (held.clock < clock && held.state !== state);
				return state !== "null" && !this.#own.has(clientId) && isNews;
			})
			.map(({ clientId }) => `again where ${clientId} is`);
	}

	/** What of that much it was not told; nothing where it has not asked yet. */
	lackedClocks(clocks: ReadonlyMap<number, number>): string[] {
		if (!this.#isAnswered) return [];
		return [...clocks]
			.filter(([client, clock]) => {
				return !this.#own.has(client) && (this.#clocks.get(client) ?? 0) < clock;
			})
			.map(([client]) => `what ${client} wrote meanwhile`);
	}
}

function raise(held: Map<number, number>, clocks: ReadonlyMap<number, number>): void {
	for (const [client, clock] of clocks) held.set(client, Math.max(clock, held.get(client) ?? 0));
}

function readClocks(frame: Uint8Array): ReadonlyMap<number, number> {
	try {
		const decoder = decoding.createDecoder(frame.subarray(2));
		return Y.decodeStateVector(decoding.readVarUint8Array(decoder));
	} catch {
		return new Map(); // The hostile send what nobody can read.
	}
}
