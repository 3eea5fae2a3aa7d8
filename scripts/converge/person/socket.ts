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

/** The same way, but what becomes of its connections is told. */
export function toldDial(dial: Dial, tell: (say: string) => void): Dial {
	return (events) =>
		dial({
			opened: () => {
				tell("is connected");
				events.opened();
			},
			message: events.message,
			closed: (code, reason) => {
				tell(`loses the connection${code === 1006 ? "" : `: ${code} ${reason}`}`);
				events.closed(code, reason);
			},
		});
}
