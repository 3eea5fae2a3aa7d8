/** A socket as a session sees it; handed in, so that a simulation can own the network. */
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { frameOf } from "./frames/frame.ts";
import type { Sending, Unfinished } from "./frames/unfinished.ts";

/** What a socket tells its session. Set once, before anything can happen. */
export interface WireEvents {
	/** A whole binary message. The bytes belong to the receiver. */
	message(bytes: Uint8Array): void;
	/**
	 * Something that is no binary message came; the socket may have closed itself for it. Or it came
	 * so slowly that others have no place.
	 */
	broken(code: "bad_frame" | "frame_too_big" | "server_full", detail: string): void;
	/** All that waited went out. */
	drained(): void;
	/** It is over; nothing comes after this. */
	closed(): void;
}

/** One message socket. */
export interface Wire {
	/** Bytes that were sent and have not left yet. */
	readonly waitingBytes: number;
	/** Bytes that came in so far, of whatever: it grows where the other side lives. */
	readonly receivedBytes: number;
	/** Who is told what happens. Called once. */
	listen(events: WireEvents): void;
	/** Sends messages in this order, together; drops them where the socket is not open. */
	send(messages: readonly Uint8Array[]): void;
	ping(): void;
	/** Stops reading; what was read already may still come. */
	pause(): void;
	resume(): void;
	/** Says goodbye with a close code and a reason. */
	close(code: number, reason: string): void;
	/** Cuts the connection. */
	terminate(): void;
}

/** What ws 8 holds of a message that is not whole (lib/receiver.js). See unfinished.test.ts. */
interface Receiver {
	/** Of the frame under way. */
	readonly _bufferedBytes: number;
	/** Of frames of that message that came before. */
	readonly _messageLength: number;
}

/** A `Wire` over a WebSocket of ws and the stream below it. */
export class WebSocketWire implements Wire, Sending {
	readonly #socket: WebSocket;
	readonly #stream: Socket;
	readonly #unfinished: Unfinished;
	/** Of a message that is not whole, as it was noted. */
	#unfinishedBytes = 0;
	/** It is told when the stream has drained: a listener only for who reads slowly. */
	#awaitsDrain = false;
	#events: WireEvents | null = null;

	constructor(socket: WebSocket, stream: Socket, unfinished: Unfinished) {
		this.#socket = socket;
		this.#stream = stream;
		this.#unfinished = unfinished;
	}

	/** See `Wire`. */
	get waitingBytes(): number {
		return this.#stream.writableLength;
	}

	/** See `Wire`. */
	get receivedBytes(): number {
		return this.#stream.bytesRead;
	}

	/** See `Wire`. */
	listen(events: WireEvents): void {
		this.#events = events;
		this.#socket.on("message", (data: Buffer, isBinary: boolean) => {
			if (isBinary) events.message(data);
			else events.broken("bad_frame", "text");
		});
		// ws answers a malformed frame with the right close code itself (1002, 1007, 1009).
		this.#socket.on("error", (error: NodeJS.ErrnoException) => {
			const isTooBig = error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
			events.broken(isTooBig ? "frame_too_big" : "bad_frame", error.message);
		});
		this.#socket.on("close", () => {
			this.#unfinished.forget(this);
			events.closed();
		});
		const { _receiver: receiver } = this.#socket as WebSocket & { readonly _receiver: Receiver };
		// Behind ws's own listener: it has taken out what is whole.
		this.#stream.on("data", () => {
			const bytes = receiver._bufferedBytes + receiver._messageLength;
			if (bytes === this.#unfinishedBytes) return;
			this.#unfinishedBytes = bytes;
			this.#unfinished.note(this, bytes);
		});
	}

	/** See `Sending`. */
	giveUp(): void {
		this.#events?.broken("server_full", "frames that are not whole hold too much");
		this.#socket.pause();
	}

	/**
	 * See `Wire`. Past the socket, which would make a head for each reader and write that by itself.
	 * As nothing is compressed it writes to the stream at once, too: everything keeps its order.
	 */
	send(messages: readonly Uint8Array[]): void {
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		const isMany = messages.length > 1;
		if (isMany) this.#stream.cork();
		let isFull = false;
		for (const message of messages) {
			for (const part of frameOf(message)) isFull = !this.#stream.write(part);
		}
		if (isMany) this.#stream.uncork();
		if (isFull && !this.#awaitsDrain) this.#awaitDrain();
	}

	/** See `Wire`. */
	ping(): void {
		this.#socket.ping();
	}

	/** See `Wire`. */
	pause(): void {
		this.#socket.pause();
	}

	/** See `Wire`. */
	resume(): void {
		this.#socket.resume();
	}

	/** See `Wire`. */
	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
	}

	/** See `Wire`. */
	terminate(): void {
		this.#socket.terminate();
	}

	#awaitDrain(): void {
		this.#awaitsDrain = true;
		this.#stream.once("drain", () => {
			this.#awaitsDrain = false;
			this.#events?.drained();
		});
	}
}
