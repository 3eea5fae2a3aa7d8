/**
 * A server under test: what it can be asked, and how it is started, killed and paused.
 *
 * There is one file for each kind beside this one: `weft`, `reference` (@y/websocket-server),
 * `hocuspocus`, and `foreign` for a server that runs somewhere and is known by its address only.
 */
import type { Conversation, Dialect } from "./dialect.ts";

/** What a server can be asked. What it cannot is reported as not testable, never as passed. */
export interface Abilities {
	/** It says when a write is saved. */
	readonly acks: boolean;
	/** It keeps rooms over a restart. */
	readonly persistence: boolean;
	/** It is a process of ours: we start, kill and pause it. */
	readonly process: boolean;
	/** People have identities, and the server enforces what each may do. */
	readonly rights: boolean;
	/** A run may make accounts there, and sign tokens as a host application: see rights/. */
	readonly people?: boolean;
	/** Its directory is at hand: it can be damaged while closed, and opened twice. */
	readonly store: boolean;
	/** Its connections can go through a TCP proxy of ours: not so behind TLS. */
	readonly proxy: boolean;
}

/** A server that can be started. */
export interface System {
	/** `weft`, `reference`, `hocuspocus`, or the address of a foreign one. */
	readonly name: string;
	/** The version of what is tested, exactly. */
	readonly version: string;
	/** What a reader of its results should know: how it is set up, what it was not made for. */
	readonly note: string;
	readonly abilities: Abilities;
	/** How its frames are wrapped. */
	readonly dialect: Dialect;
	/**
	 * Starts it on a directory, which may hold what an earlier one left; resolves when it listens.
	 * Port 0 takes any free one: ask `port` and give that again after a kill.
	 *
	 * @throws Error with what it wrote, where it ends or is silent instead
	 */
	start(directory: string, port: number): Promise<ServerProcess>;
}

/** A server that was started, or has ended since. */
export interface ServerProcess {
	/** Where it listens: `127.0.0.1`, or the host of a foreign one. */
	readonly host: string;
	readonly port: number;
	/** Null for a foreign one. */
	readonly pid: number | null;
	/** False from the moment when it has ended, whoever ended it. Of a foreign one always true. */
	readonly isRunning: boolean;
	/** `http://127.0.0.1:1234`, for its pages and its API. */
	readonly origin: string;
	/** The room's name as the server sees it. A foreign server's rooms get a prefix: see there. */
	nameOf(room: string): string;
	/** Address of the room's WebSocket; with `port`, through a proxy of ours that listens there. */
	url(room: string, port?: number): string;
	/** The same without the room, which y-websocket's provider puts behind a slash. */
	base(port?: number): string;
	/** What that provider is given as its `params`: the query of a foreign server's address. */
	readonly params: Readonly<Record<string, string>>;
	/** What one connection needs to speak this server's dialect. A new one for each connection. */
	converse(room: string): Conversation;
	/** What a new person sends with the upgrade to be known; nothing where there are no rights. */
	identify(name: string): Promise<Identity>;
	/** What it wrote as errors, an entry each, oldest first; at most `complaintsMax`. */
	readonly complaints: readonly string[];
	/** Resolves when it has ended, by itself or not. */
	readonly ended: Promise<Ending>;
	/** SIGKILL: no word to anybody, nothing written. Resolves when it is gone. */
	kill(): Promise<void>;
	/** SIGTERM: it may finish what it does; after `stopMsMax` it is killed all the same. */
	stop(): Promise<Ending>;
	/** SIGSTOP: it lives, and does nothing. */
	pause(): void;
	/** SIGCONT. */
	resume(): void;
}

/** How a process ended. */
export interface Ending {
	/** From the signal to the end; 0 where it ended by itself. */
	readonly ms: number;
	/** Null where a signal ended it. */
	readonly code: number | null;
	/** Null where it ended by itself. */
	readonly signal: string | null;
}

/** A person as a server knows them. */
export interface Identity {
	/** The id under which the server shows them; null where it knows nobody. */
	readonly id: string | null;
	/** Headers of the WebSocket's request, and of every other one. */
	readonly headers: Readonly<Record<string, string>>;
}

/** Errors kept of one process; a server in trouble repeats itself. */
export const complaintsMax = 200;

/** A server that has not stopped after so long is killed, and that is a finding. */
export const stopMsMax = 30_000;
