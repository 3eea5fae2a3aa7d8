/**
 * Who is in a room: everybody's awareness state, stamped by the server, sent on in turns.
 *
 * States carry a clock of the server's own that only grows, over restarts too: y-protocols ignores
 * a state whose clock it has seen. Clients echo what they are sent (y-websocket does), so states of
 * other sessions' client ids are dropped without a look.
 */
import {
	type AwarenessEntry,
	decodeAwareness,
	encodeAwareness,
	type Person,
} from "../../../shared/awareness.ts";
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import { awarenessBytesMax } from "../../../shared/limits.ts";
import { encodeAwarenessFrame } from "../../../shared/protocol.ts";

/** Shortest time between two frames of awareness to one room: 40 a second. */
const awarenessEveryMs: Millis = 25;

/** What the roster needs of a session. */
export interface Guest {
	/** Who the session is, whatever `user` its state claims; may change while it is here. */
	stamp(claimed: unknown): Person;
	/** May be dropped or delayed where the client reads slowly. */
	sendAwareness(frame: Uint8Array): void;
}

interface Presence<G extends Guest> {
	readonly guest: G;
	/** As the client sent it; stamped anew when the person changes. */
	readonly fields: Readonly<Record<string, unknown>>;
	entry: AwarenessEntry;
}

/** Hands out clocks for awareness states: milliseconds since 1970, but never the same twice. */
export function createStamps(clock: Clock): () => number {
	let last = 0;
	return () => {
		last = Math.max(last + 1, clock.now());
		return last;
	};
}

/** Everybody's presence in one room. */
export class Roster<G extends Guest> {
	readonly #presences = new Map<number, Presence<G>>();
	readonly #guests = new Set<G>();
	readonly #clock: Clock;
	readonly #stamp: () => number;
	/** What changed since the last frame: by client id; null states say that somebody left. */
	#changed = new Map<number, { readonly entry: AwarenessEntry; readonly guest: G | null }>();
	#cancelFlush: Cancel | null = null;
	#flushedMs: Millis = Number.NEGATIVE_INFINITY;

	constructor(clock: Clock, stamp: () => number) {
		this.#clock = clock;
		this.#stamp = stamp;
	}

	/** A session came. */
	join(guest: G): void {
		this.#guests.add(guest);
	}

	/** A session left, and its presences with it. */
	leave(guest: G): void {
		this.#guests.delete(guest);
		for (const [clientId, presence] of this.#presences) {
			if (presence.guest === guest) this.#remove(clientId);
		}
	}

	/**
	 * Takes an awareness update of a session.
	 *
	 * @throws WeftError `bad_frame`
	 */
	receive(guest: G, update: Uint8Array): void {
		for (const { clientId, state } of decodeAwareness(update)) {
			const presence = this.#presences.get(clientId);
			if (presence !== undefined && presence.guest !== guest) continue;
			if (state === "null") this.#remove(clientId);
			else if (presence !== undefined || !this.#isPresent(guest)) {
				this.#put(guest, clientId, readFields(state));
			}
		}
	}

	/** Stamps the states of a session anew: its person changed. */
	restamp(guest: G): void {
		for (const [clientId, presence] of this.#presences) {
			if (presence.guest === guest) this.#put(guest, clientId, presence.fields);
		}
	}

	/** True where a client id is the session's own. */
	owns(guest: G, clientId: number): boolean {
		return this.#presences.get(clientId)?.guest === guest;
	}

	/** Sends everybody else's state to a session. */
	sendAll(guest: G): void {
		const others = Array.from(this.#presences.values()).filter((one) => one.guest !== guest);
		if (others.length > 0) guest.sendAwareness(frameOf(others.map(({ entry }) => entry)));
	}

	/** Forgets what waits to be sent. */
	close(): void {
		this.#cancelFlush?.();
		this.#cancelFlush = null;
		this.#changed.clear();
	}

	#isPresent(guest: G): boolean {
		for (const presence of this.#presences.values()) {
			if (presence.guest === guest) return true;
		}
		return false;
	}

	#put(guest: G, clientId: number, fields: Readonly<Record<string, unknown>>): void {
		const state = JSON.stringify({ ...fields, user: guest.stamp(fields["user"]) });
		if (state.length > awarenessBytesMax) throw new WeftError("bad_frame", "awareness too big");
		const entry = { clientId, clock: this.#stamp(), state };
		this.#presences.set(clientId, { guest, fields, entry });
		this.#change(entry, guest);
	}

	#remove(clientId: number): void {
		if (!this.#presences.delete(clientId)) return;
		this.#change({ clientId, clock: this.#stamp(), state: "null" }, null);
	}

	/** The last state of each person wins; at once when quiet, 40 times a second at most. */
	#change(entry: AwarenessEntry, guest: G | null): void {
		this.#changed.set(entry.clientId, { entry, guest });
		if (this.#cancelFlush !== null) return;
		const waitMs = this.#flushedMs + awarenessEveryMs - this.#clock.elapsed();
		this.#cancelFlush = this.#clock.after(Math.max(0, waitMs), () => this.#flush());
	}

	#flush(): void {
		this.#cancelFlush = null;
		this.#flushedMs = this.#clock.elapsed();
		const changes = Array.from(this.#changed.values());
		this.#changed = new Map();
		const frame = frameOf(changes.map(({ entry }) => entry));
		const authors = new Set(changes.map(({ guest }) => guest));
		for (const guest of this.#guests) {
			if (authors.has(guest)) sendOthers(guest, changes);
			else guest.sendAwareness(frame);
		}
	}
}

/** Nobody is sent a state of their own. */
function sendOthers<G extends Guest>(
	guest: G,
	changes: readonly { readonly entry: AwarenessEntry; readonly guest: G | null }[],
): void {
	const others = changes.filter((change) => change.guest !== guest);
	if (others.length > 0) guest.sendAwareness(frameOf(others.map(({ entry }) => entry)));
}

function frameOf(entries: readonly AwarenessEntry[]): Uint8Array {
	return encodeAwarenessFrame(encodeAwareness(entries));
}

function readFields(state: string): Record<string, unknown> {
	if (state.length > awarenessBytesMax) throw new WeftError("bad_frame", "awareness too big");
	let fields: unknown;
	try {
		fields = JSON.parse(state);
	} catch (error) {
		throw new WeftError("bad_frame", "awareness is not JSON", { cause: error });
	}
	if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return {};
	return fields as Record<string, unknown>;
}
