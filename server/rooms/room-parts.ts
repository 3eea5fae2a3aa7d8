/** What a room is handed, what it works through, and what it is meanwhile. */
import type * as Y from "yjs";
import type { Clock } from "../../shared/clock.ts";
import type { WeftError } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { RoomLog } from "../store/room-log.ts";
import type { Written } from "./batch.ts";
import type { Cold } from "./cold.ts";
import type { Relayed } from "./guard/owners.ts";
import type { Member } from "./members/member.ts";
import type { SeatsObserver } from "./members/seats.ts";
import type { Scheduler } from "./scheduler.ts";

/** What a room is handed: everything it cannot do itself. */
export interface PartsOf<Room> {
	readonly log: RoomLog;
	readonly clock: Clock;
	readonly scheduler: Scheduler;
	/** Clocks for awareness states; see `createStamps`. */
	readonly stamp: () => number;
	/** Largest doc of the room. */
	readonly bytesMax: number;
	/** Called before the first write of a room that has no record. May be slow, may throw. */
	readonly prepare: (room: Room, writer: Member) => Promise<void>;
	/** Called when the room has a doc in memory; see `rest`. */
	readonly woke: (room: Room) => void;
	/** Called after each write that is on disk. */
	readonly wrote: (room: Room, written: Written) => void;
	/** Counts slow readers. */
	readonly observe: SeatsObserver;
	/** Where given, client ids are not checked for whose they are; see `OwnersParts.healed`. */
	readonly healed: ((relayed: Relayed, room: RoomName) => void) | null;
	/** Called once where the room cannot go on: forget it, it will be loaded again. */
	readonly failed: (room: Room, error: WeftError) => void;
}

/** What a room holds. */
export type Phase =
	| { readonly kind: "cold"; readonly cold: Cold }
	| { readonly kind: "live"; readonly doc: Y.Doc }
	| { readonly kind: "closed" };

/** What waits in a room beside writes. */
export type Task =
	| { readonly kind: "ask"; readonly member: Member }
	| { readonly kind: "rest" }
	| { readonly kind: "answer"; readonly member: Member; readonly stateVector: Uint8Array | null };
