/** A client's end of a connection: in memory in a simulation, a WebSocket against a real server. */

/** What the client is told. */
export interface SocketEvents {
	readonly opened: () => void;
	readonly message: (message: Uint8Array) => void;
	readonly closed: (code: number, reason: string) => void;
}

/** What the client does. */
export interface ClientSocket {
	send(message: Uint8Array): void;
	close(): void;
}

/** Connects; null where nobody answers. */
export type Dial = (events: SocketEvents) => ClientSocket | null;
