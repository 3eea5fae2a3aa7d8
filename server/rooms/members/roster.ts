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
import { anyone, type UserId } from "../../../shared/ids.ts";
import { awarenessBytesMax } from "../../../shared/limits.ts";
import { encodeAwarenessFrame } from "../../../shared/protocol.ts";
import { putNewest } from "../../newest.ts";
import { AwarenessFrames } from "./awareness-frames.ts";

/** Client ids of which a room remembers who came with them; each takes about a hundred bytes. */
const holdersMax = 10_000;

/** Shortest time between two frames of awareness to one room: 40 a second. */
const awarenessEveryMs: Millis = 25;

/** What the roster needs of a session. */
export interface Attendee {
	readonly userId: UserId;
	/** Who the session is, whatever `user` its state claims; may change while it is here. */
	stamp(claimed: unknown): Person;
	/**
	 * Sends frames in this order, together: they arrive, or the session ends. Must not throw; the
	 * arrays may be shared.
	 */
	send(frames: readonly Uint8Array[]): void;
	/** May be dropped or delayed where the client reads slowly. */
	sendAwareness(frame: Uint8Array): void;
}

/** Knows who sessions were before they signed in. */
export interface Former<A extends Attendee> {
	/** True where that one went by the id. */
	was(attendee: A, id: UserId): boolean;
}

/** A session's own client id, once it showed itself, and what it last said under it. */
interface Claim {
	/** What it is sent has a later clock, so no echo of that has this one or an earlier one. */
	readonly joinedAt: number;
	clientId: number | null;
	/** Null where it said that it left, or nothing yet. */
	fields: Fields | null;
}

type Fields = Readonly<Record<string, unknown>>;

interface Presence<A extends Attendee> {
	readonly attendee: A;
	readonly entry: AwarenessEntry;
}

/**
 * Clients number their own states from 0; clocks from here on (milliseconds since 1970) are this
 * server's, echoed.
 */
const serverClockMin = 1_000_000_000_000;

/** Hands out clocks for awareness states: milliseconds since 1970, but never the same twice. */
export function createStamps(clock: Clock): () => number {
	let last = 0;
	return () => {
		last = Math.max(last + 1, clock.now());
		return last;
	};
}

/** Everybody's presence in one room. */
export class Roster<A extends Attendee> {
	readonly #presences = new Map<number, Presence<A>>();
	readonly #claims = new Map<A, Claim>();
	/** Who was the first to come with a client id; stays when they leave. Oldest first. */
	readonly #holders = new Map<number, UserId>();
	readonly #clock: Clock;
	readonly #stamp: () => number;
	readonly #seats: Former<A>;
	/** What changed since the last frame: by client id; null states say that somebody left. */
	#changed = new Map<number, { readonly entry: AwarenessEntry; readonly attendee: A | null }>();
	#cancelFlush: Cancel | null = null;
	#flushedMs: Millis = Number.NEGATIVE_INFINITY;

	constructor(clock: Clock, stamp: () => number, seats: Former<A>) {
		this.#clock = clock;
		this.#stamp = stamp;
		this.#seats = seats;
	}

	/**
	 * A session came. Who is here is stamped anew, so that all it will be sent is of later than it:
	 * a client that the server once told of itself goes on counting from that clock, and when it
	 * comes back it must not be taken for the echo of somebody else.
	 */
	join(attendee: A): void {
		this.#claims.set(attendee, { joinedAt: this.#stamp(), clientId: null, fields: null });
		const clock = this.#stamp();
		for (const [clientId, { attendee: other, entry }] of this.#presences) {
			const stamped = { attendee: other, entry: { ...entry, clock } };
			this.#presences.set(clientId, stamped);
			// What waits to be sent must not be older than what the new session is told at once.
			if (this.#changed.has(clientId)) this.#changed.set(clientId, stamped);
		}
	}

	/** A session left, and its presence with it. */
	leave(attendee: A): void {
		const claim = this.#claims.get(attendee);
		this.#claims.delete(attendee);
		if (claim !== undefined && claim.clientId !== null) this.#release(attendee, claim.clientId);
	}

	/**
	 * Takes an awareness update of a session: the part that speaks of itself.
	 *
	 * @throws WeftError `bad_frame`
	 */
	receive(attendee: A, update: Uint8Array): void {
		for (const entry of decodeAwareness(update)) {
			const claim = this.#isStale(attendee, entry) ? null : this.#claimFor(attendee, entry);
			if (claim === null) continue;
			const { state } = entry;
			claim.fields = state === "null" ? null : readFields(state);
			if (claim.fields === null) this.#release(attendee, entry.clientId);
			else this.#show(attendee, entry.clientId, claim.fields);
		}
	}

	/** Stamps the state of a session anew: its person changed. */
	restamp(attendee: A): void {
		const claim = this.#claims.get(attendee);
		if (claim === undefined || claim.clientId === null || claim.fields === null) return;
		this.#show(attendee, claim.clientId, claim.fields);
	}

	/** True where a client id is the session's own. */
	owns(attendee: A, clientId: number): boolean {
		return this.#presences.get(clientId)?.attendee === attendee;
	}

	/** Who was the first to show themselves under a client id; null where nobody did. */
	holderOf(clientId: number): UserId | null {
		return this.#holders.get(clientId) ?? null;
	}

	/** Sends everybody else's state to a session. Who is alone is told that: it may be a question. */
	sendAll(attendee: A): void {
		const others = Array.from(this.#presences.values()).filter((one) => one.attendee !== attendee);
		attendee.sendAwareness(frameOf(others.map(({ entry }) => entry)));
	}

	/** Forgets what waits to be sent. */
	close(): void {
		this.#cancelFlush?.();
		this.#cancelFlush = null;
		this.#changed.clear();
	}

	/** The claim that an entry belongs to; null where it speaks of somebody else. */
	#claimFor(attendee: A, entry: AwarenessEntry): Claim | null {
		const { clientId, clock } = entry;
		const claim = this.#claims.get(attendee);
		if (claim === undefined || claim.clientId === clientId) return claim ?? null;
		const isEcho = clock > claim.joinedAt && this.#holders.has(clientId);
		if (isEcho || claim.fields !== null || entry.state === "null") return null;
		if (this.#isHeldBySomebodyElse(clientId, attendee)) return null;
		claim.clientId = clientId;
		this.#hold(clientId, attendee.userId);
		return claim;
	}

	/**
	 * True for a session's own state as it was stamped: another tab of the browser was sent it and
	 * told this one, which says it again. Stamped once more it would go round for ever.
	 */
	#isStale(attendee: A, entry: AwarenessEntry): boolean {
		const { clientId, clock } = entry;
		const shown = this.#presences.get(clientId);
		if (shown?.attendee !== attendee || clock < serverClockMin) return false;
		return clock <= shown.entry.clock && entry.state !== "null";
	}

	/**
	 * A signed person's client id stays theirs while they are away: who took it meanwhile would keep
	 * them from being shown when they come back.
	 */
	#isHeldBySomebodyElse(clientId: number, attendee: A): boolean {
		const holder = this.#holders.get(clientId) ?? anyone;
		return holder !== anyone && holder !== attendee.userId && !this.#seats.was(attendee, holder);
	}

	#hold(clientId: number, userId: UserId): void {
		if (!this.#holders.has(clientId)) putNewest(this.#holders, clientId, userId, holdersMax);
	}

	/**
	 * Shows a state, unless another session is there under the same client id: a reconnected client
	 * whose old socket still hangs waits for its end, a signed one takes over at once. Never throws:
	 * it may be somebody else's leaving that shows a state. What the stamp adds is bounded.
	 */
	#show(attendee: A, clientId: number, fields: Fields): void {
		const owner = this.#presences.get(clientId)?.attendee;
		const isFree = owner === undefined || owner === attendee;
		if (!isFree && (attendee.userId === anyone || owner.userId !== attendee.userId)) return;
		const state = JSON.stringify({ ...fields, user: attendee.stamp(fields["user"]) });
		const entry = { clientId, clock: this.#stamp(), state };
		this.#presences.set(clientId, { attendee, entry });
		this.#change(entry, attendee);
	}

	/** A session is gone from a client id; another that waited for it is shown instead. */
	#release(attendee: A, clientId: number): void {
		if (!this.owns(attendee, clientId)) return;
		this.#presences.delete(clientId);
		this.#change({ clientId, clock: this.#stamp(), state: "null" }, null);
		for (const [other, claim] of this.#claims) {
			if (claim.clientId !== clientId || claim.fields === null) continue;
			this.#show(other, clientId, claim.fields);
			return;
		}
	}

	/** The last state of each person wins; at once when quiet, 40 times a second at most. */
	#change(entry: AwarenessEntry, attendee: A | null): void {
		this.#changed.set(entry.clientId, { entry, attendee });
		if (this.#cancelFlush !== null) return;
		const waitMs = this.#flushedMs + awarenessEveryMs - this.#clock.elapsed();
		this.#cancelFlush = this.#clock.after(Math.max(0, waitMs), () => this.#flush());
	}

	#flush(): void {
		this.#cancelFlush = null;
		this.#flushedMs = this.#clock.elapsed();
		const changed = Array.from(this.#changed.values());
		this.#changed = new Map();
		this.#sayFarewells(changed.filter(({ attendee }) => attendee === null));
		const changes = changed.filter(({ attendee }) => attendee !== null);
		if (changes.length === 0) return;
		const frames = new AwarenessFrames(changes.map(({ entry }) => entry));
		const forAll = frames.all();
		// A session shows one client id: who is an author is the author of one change.
		const changeOf = new Map(changes.map(({ attendee }, index) => [attendee, index]));
		for (const attendee of this.#claims.keys()) {
			const own = changeOf.get(attendee);
			const frame = own === undefined ? forAll : frames.allBut(own);
			if (frame !== null) attendee.sendAwareness(frame);
		}
	}

	/** A state that a slow reader misses is said again later; that somebody left is not. */
	#sayFarewells(farewells: readonly { readonly entry: AwarenessEntry }[]): void {
		if (farewells.length === 0) return;
		const frame = frameOf(farewells.map(({ entry }) => entry));
		for (const attendee of this.#claims.keys()) attendee.send([frame]);
	}
}

function frameOf(entries: readonly AwarenessEntry[]): Uint8Array {
	return encodeAwarenessFrame(encodeAwareness(entries));
}

function readFields(state: string): Fields {
	if (state.length > awarenessBytesMax) throw new WeftError("bad_frame", "awareness too big");
	let fields: unknown;
	try {
		fields = JSON.parse(state);
	} catch (error) {
		throw new WeftError("bad_frame", "awareness is not JSON", { cause: error });
	}
	if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return {};
	return fields as Fields;
}
