/** Sockets in memory: every direction is a queue with its own delay, and may be cut or hang. */

import type { Wire, WireEvents } from "../../../server/gateway/wire.ts";
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import type { ClientSocket, SocketEvents } from "../person/socket.ts";
import { below, type Random } from "../random.ts";

/** One direction: in order, late, never twice. */
class Pipe {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #deliver: (message: Uint8Array) => void;
	#queue: Uint8Array[] = [];
	#timer: Cancel | null = null;
	#lastMs: Millis = 0;
	isHanging = false;
	isPaused = false;
	lagMs: Millis = 0;
	bytes = 0;

	constructor(clock: Clock, random: Random, deliver: (message: Uint8Array) => void) {
		this.#clock = clock;
		this.#random = random;
		this.#deliver = deliver;
	}

	/** The bytes are copied, as a network would. */
	send(message: Uint8Array): void {
		this.bytes += message.length;
		this.#queue.push(message.slice());
		this.#schedule();
	}

	pause(isPaused: boolean): void {
		this.isPaused = isPaused;
		this.#schedule();
	}

	drop(): void {
		this.#timer?.();
		this.#timer = null;
		this.#queue = [];
		this.bytes = 0;
	}

	#schedule(): void {
		if (this.#timer !== null || this.isHanging || this.isPaused || this.#queue.length === 0) return;
		const delayMs = 1 + below(this.#random, 20) + this.lagMs;
		const at = Math.max(this.#lastMs, this.#clock.elapsed() + delayMs);
		this.#lastMs = at;
		this.#timer = this.#clock.after(at - this.#clock.elapsed(), () => {
			this.#timer = null;
			const message = this.#queue.shift();
			if (message !== undefined) {
				this.bytes -= message.length;
				this.#deliver(message);
			}
			this.#schedule();
		});
	}
}

/** The delays of both directions. */
export interface NetworkChance {
	readonly up: Random;
	readonly down: Random;
}

/** A connection between a client and a server. */
export class SimConnection implements ClientSocket {
	readonly #clock: Clock;
	readonly #client: SocketEvents;
	readonly #up: Pipe;
	readonly #down: Pipe;
	#server: WireEvents | null = null;
	#isOpen = true;

	constructor(clock: Clock, chance: NetworkChance, client: SocketEvents) {
		this.#clock = clock;
		this.#client = client;
		this.#up = new Pipe(clock, chance.up, (message) => this.#server?.message(message));
		this.#down = new Pipe(clock, chance.down, (message) => {
			client.message(message);
			if (this.#down.bytes === 0) this.#server?.drained();
		});
	}

	/** True until one side or the network ends it. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** The server's end. */
	readonly wire: Wire = {
		waitingBytes: 0,
		listen: (events) => {
			this.#server = events;
		},
		send: (messages) => {
			if (this.#isOpen) for (const message of messages) this.#down.send(message);
		},
		ping: () => this.#ping(),
		pause: () => this.#up.pause(true),
		resume: () => this.#up.pause(false),
		close: (code, reason) => this.#close(code, reason),
		terminate: () => this.cut(),
	};

	/** Sends a message of the client. */
	send(message: Uint8Array): void {
		if (this.#isOpen) this.#up.send(message);
	}

	/** The client leaves. */
	close(): void {
		this.cut();
	}

	/** The network ends it: both sides learn of it, nothing on its way arrives. */
	cut(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#up.drop();
		this.#down.drop();
		this.#clock.after(1, () => this.#server?.closed());
		this.#clock.after(1, () => this.#client.closed(1006, ""));
	}

	/** Nothing arrives any more, and nobody is told. */
	hang(): void {
		this.#up.isHanging = true;
		this.#down.isHanging = true;
	}

	/** From now on everything comes later. */
	lag(ms: Millis): void {
		this.#up.lagMs = ms;
		this.#down.lagMs = ms;
	}

	/** The server's process is gone: it hears nothing more, the client finds out. */
	orphan(): void {
		this.#server = null;
		this.cut();
	}

	#ping(): void {
		if (this.#up.isHanging) return;
		this.#clock.after(2, () => this.#server?.pong());
	}

	/** What was sent before the close still arrives. */
	#close(code: number, reason: string): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#up.drop();
		this.#clock.after(40, () => {
			this.#down.drop();
			this.#server?.closed();
			this.#client.closed(code, reason);
		});
	}
}
