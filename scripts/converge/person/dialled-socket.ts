/** As much of the browser's WebSocket as y-websocket asks for, over a connection of a testbed. */
import type { Clock } from "../../../shared/clock.ts";
import type { ClientSocket, Dial } from "./socket.ts";

/** What y-websocket's provider takes as `WebSocketPolyfill`. */
export type SocketClass = new () => DialledSocket;

/** See the head of this file. */
export interface DialledSocket {
	readonly OPEN: number;
	readonly readyState: number;
	onopen: (() => void) | null;
	onmessage: ((event: { data: Uint8Array }) => void) | null;
	onerror: ((event: { message: string }) => void) | null;
	onclose: ((event: { code: number; reason: string }) => void) | null;
	send(message: Uint8Array): void;
	close(): void;
}

/** RFC 6455, as the browser numbers the phases of a connection. */
const phase = { connecting: 0, open: 1, closing: 2, closed: 3 } as const;

/** A class whose sockets dial as soon as they are made, as the browser's, at any address. */
export function socketClassOf(dial: Dial, clock: Clock): SocketClass {
	return class implements DialledSocket {
		readonly OPEN = phase.open;
		readyState: number = phase.connecting;
		onopen: DialledSocket["onopen"] = null;
		onmessage: DialledSocket["onmessage"] = null;
		onerror: DialledSocket["onerror"] = null;
		onclose: DialledSocket["onclose"] = null;
		readonly #line: ClientSocket | null;

		constructor() {
			this.#line = dial({
				opened: () => this.#opened(),
				message: (data) => this.onmessage?.({ data }),
				closed: (code, reason) => this.#closed(code, reason),
			});
			// Nobody listens yet: a browser, too, says so only after the constructor is over.
			if (this.#line === null) clock.after(0, () => this.#refused());
		}

		send(message: Uint8Array): void {
			if (this.readyState === phase.open) this.#line?.send(message);
		}

		close(): void {
			if (this.readyState >= phase.closing) return;
			this.readyState = phase.closing;
			this.#line?.close();
		}

		#opened(): void {
			if (this.readyState !== phase.connecting) return;
			this.readyState = phase.open;
			this.onopen?.();
		}

		#refused(): void {
			this.onerror?.({ message: "nobody answers" });
			this.#closed(1006, "");
		}

		#closed(code: number, reason: string): void {
			if (this.readyState === phase.closed) return;
			this.readyState = phase.closed;
			this.onclose?.({ code, reason });
		}
	};
}
