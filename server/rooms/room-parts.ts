/** What a room is handed, what it works through, and what it is meanwhile. */
import type { Clock } from "../../shared/clock.ts";
import { type FailureCode, toWeftError, WeftError } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { RoomLog, StoredRoom } from "../store/room-log.ts";
import type { Written } from "./batch.ts";
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

/**
 * A purge that somebody waits for. When it is done the room ends, to be loaded again: who is here
 * must come anew, and what they sent behind it is not taken.
 */
export interface Purge {
	readonly kind: "purge";
	/** Begins the next epoch of what is handed in, on disk; where it throws, nothing has happened. */
	readonly begin: (stored: StoredRoom) => Promise<void>;
	readonly done: () => void;
	readonly failed: (error: unknown) => void;
}

/** What waits in a room beside writes. */
export type Task =
	| { readonly kind: "ask"; readonly member: Member }
	| { readonly kind: "rest" }
	| Purge
	| { readonly kind: "answer"; readonly member: Member; readonly stateVector: Uint8Array | null };

/**
 * Runs a purge; comes back with why the room ends then, or null where it goes on as it was. Where
 * the disk failed nobody knows which epoch it will show: the room is loaded again too.
 */
export async function runPurge(
	{ begin, done, failed }: Purge,
	readOnly: FailureCode | null,
	load: () => Promise<StoredRoom>,
): Promise<WeftError | null> {
	try {
		if (readOnly !== null) throw new WeftError(readOnly);
		await begin(await load());
		done();
		return new WeftError("room_purged");
	} catch (error) {
		failed(error);
		return readOnly === null && isOfDisk(error) ? toWeftError(error) : null;
	}
}

/** The room ended before they began. */
export function failPurges(tasks: readonly Task[]): void {
	for (const task of tasks) {
		if (task.kind === "purge") task.failed(new WeftError("room_failed"));
	}
}

/** True for a failure of the disk: all that waits for it will fail too. */
export function isOfDisk(error: unknown): boolean {
	return error instanceof WeftError && ["disk_full", "store_failed"].includes(error.code);
}
