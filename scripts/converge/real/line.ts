/** A connection that is asked for before the way to the server is known. */
import type { ClientSocket, Dial, SocketEvents } from "../person/socket.ts";

/** Told what the harness itself could not read: a client that falls over is a finding. */
export type TellFailure = (error: unknown) => void;

/** Finds the way, then dials; null where nobody answers. */
export type FindWay = () => Promise<Dial | null>;

/** See the head of this file. */
export class Line implements ClientSocket {
	readonly #events: SocketEvents;
	readonly #tellFailure: TellFailure;
	#socket: ClientSocket | null = null;
	#isLeft = false;

	constructor(find: FindWay, events: SocketEvents, tellFailure: TellFailure) {
		this.#events = events;
		this.#tellFailure = tellFailure;
		find().then(
			(dial) => this.#dial(dial),
			// Its server ended while it was asked who the caller is.
			(error: unknown) => events.closed(1006, String(error)),
		);
	}

	send(message: Uint8Array): void {
		this.#socket?.send(message);
	}

	close(): void {
		this.#isLeft = true;
		this.#socket?.close();
	}

	#dial(dial: Dial | null): void {
		if (this.#isLeft || dial === null) {
			this.#events.closed(1006, "");
			return;
		}
		this.#socket = dial({
			opened: () => {
				if (!this.#isLeft) this.#events.opened();
			},
			message: (message) => this.#hear(message),
			closed: this.#events.closed,
		});
		if (this.#socket === null) this.#events.closed(1006, "");
	}

	#hear(message: Uint8Array): void {
		if (this.#isLeft) return;
		try {
			this.#events.message(message);
		} catch (error) {
			this.#tellFailure(error);
			this.close();
		}
	}
}
