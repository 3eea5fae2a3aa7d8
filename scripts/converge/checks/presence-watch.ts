/**
 * What a server says of who is there, held against what it was told, at the server's own end of
 * each connection: no delay of a network explains what is wrong here.
 *
 * Nobody may be told that somebody left who is connected and said no such thing; and of each
 * client id the clock never goes back on a connection, for pages leave out what comes with an
 * older one (y-protocols/awareness.js).
 */
import type { AwarenessEntry } from "../../../shared/awareness.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { statesIn } from "./states-in.ts";

/** Who is at the other end of a connection. */
interface Caller {
	readonly user: string;
	readonly room: RoomName;
}

/** One connection, for as long as its session lasts. */
export class PresenceEar {
	readonly #caller: Caller;
	readonly #watch: PresenceWatch;
	/** The page's own client id, the first that it spoke of. */
	#clientId: number | null = null;
	#isShown = false;
	readonly #clocks = new Map<number, number>();

	constructor(caller: Caller, watch: PresenceWatch) {
		this.#caller = caller;
		this.#watch = watch;
	}

	/** The server takes a frame of the page. */
	heard(frame: Uint8Array): void {
		for (const { clientId, state } of statesIn(frame)) {
			this.#clientId ??= clientId;
			if (clientId === this.#clientId) this.#isShown = state !== "null";
		}
	}

	/** The server sends frames to the page. */
	said(frames: readonly Uint8Array[]): void {
		for (const frame of frames) for (const entry of statesIn(frame)) this.#check(entry);
	}

	/** Whose page it is. */
	get user(): string {
		return this.#caller.user;
	}

	/** True where that client id is this page's, in that room, and should be shown. */
	isOf(room: RoomName, clientId: number): boolean {
		return this.#isShown && this.#clientId === clientId && this.#caller.room === room;
	}

	#check({ clientId, clock, state }: AwarenessEntry): void {
		const { user, room } = this.#caller;
		const held = this.#clocks.get(clientId) ?? clock;
		this.#clocks.set(clientId, Math.max(clock, held));
		const shown = this.#watch.find(room, clientId)?.user ?? null;
		if (clock < held) {
			this.#watch.complain(`${user} is sent an older state of ${shown ?? clientId} again`);
		}
		if (state !== "null" || shown === null) return;
		this.#watch.complain(`${user} is told that ${shown} left, whose page is connected`);
	}
}

/** All connections of one server. */
export class PresenceWatch {
	readonly #ears = new Set<PresenceEar>();
	/** Told what is wrong. */
	readonly complain: (say: string) => void;

	constructor(complain: (say: string) => void) {
		this.complain = complain;
	}

	/** A session began. */
	open(caller: Caller): PresenceEar {
		const ear = new PresenceEar(caller, this);
		this.#ears.add(ear);
		return ear;
	}

	/** It ended: what it said is over. */
	close(ear: PresenceEar): void {
		this.#ears.delete(ear);
	}

	/** The page of that room and client id that is connected, and said that it is there; or null. */
	find(room: RoomName, clientId: number): PresenceEar | null {
		for (const ear of this.#ears) if (ear.isOf(room, clientId)) return ear;
		return null;
	}
}
