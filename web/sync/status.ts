/**
 * What the light may say: facts about socket and local copy, folded from events, and the one
 * phase that follows from them. Pure, so that every case stands in a table in the test.
 */
import type { Millis } from "../../shared/clock.ts";
import { type FailureCode, failures, isFailureCode } from "../../shared/errors.ts";
import type { RoomKind } from "../../shared/roles.ts";

/** The copy on this device: being read, kept up to date, or not to be had. */
export type CopyState = "opening" | "kept" | "off";

/** Where the room's changes are, in one word each. */
export type RoomPhase =
	/** Nothing to show yet. */
	| { readonly phase: "loading" }
	/** Shown from this device; nothing from the server yet. */
	| { readonly phase: "device" }
	/** Changes, or at first the question whether there are any, are on the way to the disk. */
	| { readonly phase: "saving"; readonly sinceMs: Millis }
	/** The server said that all is on its disk. */
	| { readonly phase: "saved"; readonly atMs: Millis }
	/** A plain Yjs server: what leaves is sent, and nobody says more. */
	| { readonly phase: "sent" }
	/** No connection; it is tried again. `because` where the server gave a reason. */
	| {
			readonly phase: "offline";
			/** Local changes that the server has not stored. */
			readonly waiting: number;
			readonly because: FailureCode | null;
	  }
	/** The server is there and stores nothing. */
	| { readonly phase: "readOnly"; readonly code: FailureCode; readonly waiting: number }
	/** The server sent this page away for good. */
	| { readonly phase: "refused"; readonly code: FailureCode; readonly waiting: number };

/** The phase, and whether this device keeps a copy. */
export type RoomStatus = RoomPhase & { readonly copy: CopyState };

/** All that was heard so far. */
export interface SyncFacts {
	readonly link: "opening" | "live" | "down";
	readonly connectedMs: Millis;
	/** Null until the server's `welcome`. */
	readonly kind: RoomKind | null;
	/** The server's step 2 came on this connection. */
	readonly synced: boolean;
	/** It came on some connection of this page. */
	readonly everSynced: boolean;
	/** Update and step 2 frames sent on this connection. */
	readonly sentCount: number;
	/** How many of them are on the server's disk. */
	readonly savedCount: number;
	readonly savedAtMs: Millis;
	/** When the oldest frame that is not yet covered was sent. */
	readonly pendingSinceMs: Millis | null;
	/** Local changes that the server has not stored, those of earlier visits included. */
	readonly waiting: number;
	readonly readOnly: FailureCode | null;
	readonly refused: FailureCode | null;
	readonly because: FailureCode | null;
	readonly copy: CopyState;
}

/** Before anything happened. */
export const firstFacts: SyncFacts = {
	link: "opening",
	connectedMs: 0,
	kind: null,
	synced: false,
	everSynced: false,
	sentCount: 0,
	savedCount: 0,
	savedAtMs: 0,
	pendingSinceMs: null,
	waiting: 0,
	readOnly: null,
	refused: null,
	because: null,
	copy: "opening",
};

/** One thing that happened. */
export type SyncEvent =
	| { readonly type: "connected"; readonly atMs: Millis }
	| { readonly type: "disconnected"; readonly because: FailureCode | null }
	| { readonly type: "welcome"; readonly kind: RoomKind }
	| { readonly type: "synced" }
	| { readonly type: "frameSent"; readonly atMs: Millis }
	| { readonly type: "saved"; readonly count: number; readonly atMs: Millis }
	| { readonly type: "writable"; readonly code: FailureCode | null }
	| { readonly type: "refused"; readonly code: FailureCode }
	| { readonly type: "retried" }
	| { readonly type: "localChange" }
	| { readonly type: "copyLoaded"; readonly waiting: number }
	| { readonly type: "copyFailed" };

/** The facts after one more event. */
export function foldSync(facts: SyncFacts, event: SyncEvent): SyncFacts {
	switch (event.type) {
		case "connected":
			return { ...facts, ...freshSocket, link: "live", connectedMs: event.atMs };
		case "disconnected":
			return { ...facts, ...freshSocket, link: "down", because: event.because };
		case "welcome":
			return { ...facts, kind: event.kind };
		case "synced":
			return foreignWaiting({ ...facts, synced: true, everSynced: true });
		case "frameSent":
			return {
				...facts,
				sentCount: facts.sentCount + 1,
				pendingSinceMs: facts.pendingSinceMs ?? event.atMs,
			};
		case "saved":
			return covered({ ...facts, savedCount: event.count, savedAtMs: event.atMs });
		case "writable":
			// Who may write nothing has nothing that could fail to be saved: see `KnownRights`.
			return { ...facts, readOnly: event.code === "not_allowed" ? null : event.code };
		case "refused":
			return { ...facts, refused: facts.refused ?? event.code };
		case "retried":
			return { ...facts, refused: null, link: "opening" };
		case "localChange":
			return foreignWaiting({ ...facts, waiting: facts.waiting + 1 });
		case "copyLoaded":
			return covered({ ...facts, copy: "kept", waiting: facts.waiting + event.waiting });
		case "copyFailed":
			return { ...facts, copy: "off" };
	}
}

const freshSocket = {
	kind: null,
	synced: false,
	sentCount: 0,
	savedCount: 0,
	pendingSinceMs: null,
	readOnly: null,
	because: null,
} as const;

/** Nothing waits any more once every frame of this connection is on disk. */
function covered(facts: SyncFacts): SyncFacts {
	return allSaved(facts) ? { ...facts, pendingSinceMs: null, waiting: 0 } : facts;
}

/** A plain Yjs server counts nothing: what a synced connection took is gone from here. */
function foreignWaiting(facts: SyncFacts): SyncFacts {
	return facts.synced && facts.kind === null ? { ...facts, waiting: 0 } : facts;
}

function allSaved(facts: SyncFacts): boolean {
	return facts.sentCount > 0 && facts.savedCount >= facts.sentCount;
}

/** What the facts come to. */
export function statusOf(facts: SyncFacts): RoomStatus {
	return { ...phaseOf(facts), copy: facts.copy };
}

function phaseOf(facts: SyncFacts): RoomPhase {
	const { waiting } = facts;
	if (facts.refused !== null) return { phase: "refused", code: facts.refused, waiting };
	if (facts.link === "down") return { phase: "offline", waiting, because: facts.because };
	if (facts.link === "live" && facts.readOnly !== null) {
		return { phase: "readOnly", code: facts.readOnly, waiting };
	}
	if (!facts.everSynced && facts.copy !== "kept") return { phase: "loading" };
	if (facts.link === "opening") return { phase: "device" };
	return livePhase(facts);
}

function livePhase(facts: SyncFacts): RoomPhase {
	if (facts.kind === null) return facts.synced ? { phase: "sent" } : { phase: "device" };
	if (facts.synced && allSaved(facts)) return { phase: "saved", atMs: facts.savedAtMs };
	return { phase: "saving", sinceMs: facts.pendingSinceMs ?? facts.connectedMs };
}

/**
 * The failure behind a closed socket: its reason where the server gave one of ours, else what the
 * code says, else null (the network went, or a stranger's server).
 */
export function failureOfClose(code: number, reason: string): FailureCode | null {
	if (isFailureCode(reason)) return reason;
	if (code < 4400 || code > 4599) return null;
	for (const name of Object.keys(failures)) {
		if (!isFailureCode(name) || name.startsWith("photo")) continue; // No socket carries photos.
		if (failures[name].close === code) return name;
	}
	return code < 4500 ? "bad_request" : "internal";
}

/** True where somebody is kept out of the room, whatever of it is on their device. */
export function isDoor(code: FailureCode): boolean {
	return doors.includes(code);
}

const doors: readonly FailureCode[] = [
	"no_entry",
	"must_knock",
	"put_out",
	"link_over",
	"room_binned",
];

/** True for what must be told at once; the rest may end by itself. */
export function isUrgent(status: RoomStatus): boolean {
	return status.phase === "readOnly" || status.phase === "refused";
}
