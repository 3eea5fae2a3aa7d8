import type { Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { InTurn } from "../../in-turn.ts";
import { putNewest } from "../../newest.ts";

/** How what was found is kept. */
export interface KeptParts<Found> {
	readonly clock: Clock;
	/** Finds it anew, which is dear: for one room after another. */
	readonly find: (room: RoomName) => Promise<Found>;
	/** So long it is as good as new. */
	readonly freshMs: Millis;
	/** Rooms of which it is kept; the one that was asked for longest ago goes first. */
	readonly roomsMax: number;
}

interface Held<Found> {
	readonly atMs: Millis;
	readonly found: Promise<Found>;
}

/** What is dear to find about rooms: once in a while for each, however many ask. */
export class Kept<Found> {
	readonly #parts: KeptParts<Found>;
	readonly #held = new Map<RoomName, Held<Found>>();
	/** One at a time: each may take a room's memory. */
	readonly #finds = new InTurn<"find">();

	constructor(parts: KeptParts<Found>) {
		this.#parts = parts;
	}

	/** What is known of a room. @throws what finding it throws; then it is found anew */
	of(room: RoomName): Promise<Found> {
		const { clock, find, freshMs, roomsMax } = this.#parts;
		const atMs = clock.elapsed();
		const held = this.#held.get(room);
		if (held !== undefined && atMs - held.atMs < freshMs) return held.found;
		const found = this.#finds.run("find", () => find(room));
		const next: Held<Found> = { atMs, found };
		putNewest(this.#held, room, next, roomsMax);
		const drop = () => {
			if (this.#held.get(room) === next) this.#held.delete(room);
		};
		found.then(() => clock.after(freshMs, drop), drop); // Who asked is told.
		return found;
	}
}
