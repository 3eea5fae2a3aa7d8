/**
 * What a run is played on: a server, its disk, and the network between it and the people. In a
 * simulation all of it stands in one process under simulated time; else processes, a proxy and a
 * directory are real. A run knows only this.
 */
import type * as Y from "yjs";
import type { Clock, Millis } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { Dial } from "./person/socket.ts";
import type { Fault } from "./plan.ts";
import type { Office } from "./rights/office.ts";

/** Who connects. Everybody has an identity of their own; the tabs of one browser share it. */
export interface Caller {
	/** The name of a connection: faults of the network are asked for by it. */
	readonly name: string;
	/** Whose browser it is. */
	readonly user: string;
	readonly room: RoomName;
	/** What they show at the door, asked at each call; null while they have nothing to show. */
	readonly pass?: () => Pass | null;
}

/** Who somebody is to a server, and where they come in. */
export interface Pass {
	readonly cookie: string;
	/** Of a host application; null for who has none. */
	readonly token: string | null;
	/** The room's name, or the alias of a link into it. */
	readonly name: RoomName;
}

/** A server, its disk and its network. */
export interface Testbed {
	readonly clock: Clock;
	/** Shortest time worth waiting for something. */
	readonly stepMs: Millis;
	/** What can go wrong here; what a plan asks for beyond that does not happen. */
	readonly faults: ReadonlySet<Fault>;
	/** What can be asked of the server. What it cannot be asked is not testable, never passed. */
	readonly abilities: Abilities;
	/** True while a server takes connections. */
	readonly isListening: boolean;
	/** Open sessions at the server; null where nobody can tell. */
	readonly sessionCount: number | null;
	/** What the server wrote into its log as an error, without a fault that explains it. */
	readonly complaints: readonly string[];
	/** Time passes. */
	advance(ms: Millis): Promise<void>;
	/** A wait of the plan: simulated time costs nothing, real time is scaled down. */
	rest(ms: Millis): Promise<void>;
	/** The way for a caller to the server, through the network. */
	dial(caller: Caller): Dial;
	/**
	 * Address of the server's pages for the browser of a user, through the same network: what fails
	 * for a name there fails for the browser's tabs. It stays the same over restarts. Null where the
	 * server has no pages.
	 */
	pages(caller: Caller): Promise<string | null>;
	/** Starts the server; again after a crash. Null once it listens, else why it does not. */
	start(): Promise<string | null>;
	/** Ends the server at once: kill -9, or the power is gone and with it what was not synced. */
	crash(kind: "kill" | "powerCut"): Promise<void>;
	/** Ends it with SIGTERM. Null where it ended well, else what was wrong. */
	stop(): Promise<string | null>;
	/**
	 * Brings about a fault of the network, the disk, the clock or the process, for so long. Null, or
	 * what the server did wrong under it. `byteFlip` is asked for while the server is down: it is
	 * started on the damaged store and must refuse or serve what is right; then the byte is put back.
	 */
	fail(fault: Fault, name: string, ms: Millis): Promise<string | null>;
	/** Ends all faults, and waits until both sides of every broken connection know. */
	heal(): Promise<void>;
	/** What a room holds on disk; null where nobody can read it. @throws Error where it is damaged */
	stored(room: RoomName): Promise<Y.Doc | null>;
	/**
	 * What a room would hold on disk if the power went now: only what is synced. Where nobody can
	 * tell, there is no such method.
	 */
	synced?(room: RoomName): Promise<Y.Doc>;
	/** Whether a token would be there after a power cut now. The same rule. */
	isSynced?(token: string): boolean;
	/** How much waits for its time to come, in the server and the network. The same rule. */
	readonly waitingCount?: number;
	/**
	 * When everybody has left: null where the server's memory and open files are soon near where they
	 * were when it started, else what is not. Left out where nobody can see them.
	 */
	checkReturn?(): Promise<string | null>;
	/** Where people ask the server who they are, and who may do what. The same rule. */
	readonly office?: Office;
	/** From now on the testbed itself reads rooms as who has that cookie. */
	readAs?(cookie: string): void;
	/** Nothing of it is left. */
	end(): Promise<void>;
}

/** What a server can be asked. */
export interface Abilities {
	/** It says when a write is saved. */
	readonly acks: boolean;
	/** Rooms are there after a restart. */
	readonly persistence: boolean;
	/** It enforces who somebody is. */
	readonly identity: boolean;
}
