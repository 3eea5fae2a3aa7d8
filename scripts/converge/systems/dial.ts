/** A person's way to a real server: a WebSocket that says everything in the server's words. */
import WebSocket, { type RawData } from "ws";
import type { ClientSocket, Dial, SocketEvents } from "../person/socket.ts";
import type { Conversation } from "./dialect.ts";
import type { ServerProcess } from "./system.ts";

/** How long a server may take to let somebody in. */
const openMsMax = 10_000;
/** Close code for a message that cannot be read (RFC 6455, section 7.4.1). */
const unreadable = 1002;

/** Whom somebody calls, and how. */
export interface Call {
	readonly room: string;
	/** Through a proxy of ours that listens there. */
	readonly port?: number;
	/** What `identify` gave. */
	readonly headers?: Readonly<Record<string, string>>;
	/** A host application's, in the address; null for none. */
	readonly token?: string | null;
}

/** Connects to `server` each time it is called. */
export function dialServer(server: ServerProcess, call: Call): Dial {
	return (events) => {
		const url = new URL(server.url(call.room, call.port));
		if (call.token) url.searchParams.set("token", call.token);
		const socket = new WebSocket(url, {
			headers: { ...call.headers },
			handshakeTimeout: openMsMax,
		});
		return new Caller(socket, server.converse(call.room), events);
	};
}

class Caller implements ClientSocket {
	readonly #socket: WebSocket;
	readonly #talk: Conversation;
	readonly #events: SocketEvents;
	/** Why it failed, where nothing better is known at the close. */
	#failure = "";

	constructor(socket: WebSocket, talk: Conversation, events: SocketEvents) {
		this.#socket = socket;
		this.#talk = talk;
		this.#events = events;
		socket.on("open", () => this.#open());
		socket.on("message", (data: RawData) => this.#hear(bytesOf(data)));
		// A close follows each error, and tells.
		socket.on("error", (error) => this.#remember(error.message));
		socket.on("close", (code, reason) => {
			events.closed(code, reason.toString() || this.#failure);
		});
	}

	send(message: Uint8Array): void {
		const bytes = this.#talk.wrap(message);
		if (bytes !== null && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes);
	}

	close(): void {
		this.#socket.close();
	}

	#open(): void {
		for (const message of this.#talk.greeting()) this.#socket.send(message);
		this.#events.opened();
	}

	#hear(message: Uint8Array): void {
		const heard = this.#read(message);
		if (heard.kind === "frame") this.#events.message(heard.frame);
		else if (heard.kind === "ended") {
			this.#remember(heard.reason);
			this.#socket.close();
		}
	}

	#read(message: Uint8Array) {
		try {
			return this.#talk.unwrap(message);
		} catch (error) {
			this.#remember(`unreadable: ${String(error)}`);
			this.#socket.close(unreadable);
			return { kind: "nothing" } as const;
		}
	}

	#remember(failure: string): void {
		this.#failure ||= failure;
	}
}

function bytesOf(data: RawData): Uint8Array {
	if (Array.isArray(data)) return Buffer.concat(data);
	return Buffer.isBuffer(data) ? data : new Uint8Array(data);
}
