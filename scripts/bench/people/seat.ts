/** Somebody in a room who costs little: says frames made once, looks at no more than asked. */
import type { ServerProcess } from "../../converge/systems/system.ts";
import { RawSocket } from "./raw-socket.ts";
import { bodyAt, kind, kindOf, type Words, wordsFor } from "./words.ts";

/** How long a server may take to answer somebody's first question. */
const syncMsUsual = 60_000;
/** Sockets that are opened at once: the queue of a listening socket is not endless. */
const openAtOnceMax = 50;

/** Who is told what comes. Bytes are overwritten when the call returns. */
export interface SeatEvents {
	/** An update or the answer to step 1; its body starts at `at`. */
	readonly update?: (message: Uint8Array, at: number) => void;
	/** An awareness update; its body starts at `at`. */
	readonly awareness?: (message: Uint8Array, at: number) => void;
	/** The answer to step 1 was heard, after `update`. */
	readonly synced?: () => void;
	/** The frame that answers the server's step 1: what this client has. */
	readonly step2?: Buffer;
	/** The frame with which to ask: what this client has already. */
	readonly step1?: Buffer;
}

/** How a connection ended. */
export interface Closing {
	readonly code: number;
	readonly reason: string;
}

/** A cheap client in a room. */
export class Seat {
	readonly words: Words;
	readonly #events: SeatEvents;
	#socket: RawSocket | null = null;
	#closing: Closing | null = null;
	#isSynced = false;
	#answer: Buffer | null;
	#settle: (error: Error | null) => void = () => undefined;

	/**
	 * Joins a room; resolves when the server has said all that is in it.
	 *
	 * @throws Error where it lets nobody in, or says nothing
	 */
	static async join(
		server: ServerProcess,
		room: string,
		events: SeatEvents = {},
		syncMsMax: number = syncMsUsual,
	): Promise<Seat> {
		const seat = new Seat(wordsFor(server, room), events);
		seat.#socket = await RawSocket.open(server.url(room), {
			message: (payload) => seat.#hear(payload),
			closed: (code, reason) => seat.#close({ code, reason }),
		});
		await seat.#sync(syncMsMax);
		return seat;
	}

	private constructor(words: Words, events: SeatEvents) {
		this.words = words;
		this.#events = events;
		this.#answer = events.step2 ?? words.step2;
	}

	/** How the connection ended; null while it stands. */
	get closing(): Closing | null {
		return this.#closing;
	}

	/** Sends a frame that `words.frame` made. */
	send(frame: Buffer): void {
		this.#socket?.send(frame);
	}

	/** Resolves when the server has heard all that was sent, or the connection is over. */
	async heard(): Promise<void> {
		await this.#socket?.heard();
	}

	/** Reads no more. */
	pause(): void {
		this.#socket?.pause();
	}

	/** Reads on. */
	resume(): void {
		this.#socket?.resume();
	}

	/** Leaves without a word. */
	leave(): void {
		this.#socket?.cut();
	}

	#sync(syncMsMax: number): Promise<void> {
		return new Promise((resolve, reject) => {
			const late = () => this.#settle(new Error(`nothing was said in ${syncMsMax} ms`));
			const timer = setTimeout(late, syncMsMax);
			this.#settle = (error) => {
				clearTimeout(timer);
				if (error === null) resolve();
				else reject(error);
			};
			if (this.#closing !== null) this.#close(this.#closing);
			for (const frame of this.words.greeting) this.send(frame);
			this.send(this.#events.step1 ?? this.words.step1);
			if (this.#isSynced) this.#settle(null);
		});
	}

	#close(closing: Closing): void {
		this.#closing = closing;
		this.#settle(new Error(`the server closed with ${closing.code} ${closing.reason}`));
	}

	#hear(message: Uint8Array): void {
		const at = this.words.skippedBytes;
		switch (kindOf(message, at)) {
			case kind.stateVector:
				this.#tellWhatIsHere();
				break;
			case kind.missing:
				this.#events.update?.(message, bodyAt(message, at + 2));
				this.#synced();
				break;
			case kind.update:
				this.#events.update?.(message, bodyAt(message, at + 2));
				break;
			case kind.awareness:
				this.#events.awareness?.(message, bodyAt(message, at + 1));
				break;
		}
	}

	/** Once, as a client does that answers while it joins. */
	#tellWhatIsHere(): void {
		const answer = this.#answer;
		this.#answer = null;
		// The first question may come in one breath with the handshake, before `send` can work.
		if (answer !== null) queueMicrotask(() => this.send(answer));
	}

	#synced(): void {
		if (this.#isSynced) return;
		this.#isSynced = true;
		this.#events.synced?.();
		this.#settle(null);
	}
}

/** Does something for each number from 0 on, a few at once; gives what came of each. */
export async function inWaves<T>(
	count: number,
	work: (index: number) => Promise<T>,
	atOnce: number = openAtOnceMax,
): Promise<T[]> {
	const results: T[] = [];
	for (let first = 0; first < count; first += atOnce) {
		const indexes = Array.from({ length: Math.min(atOnce, count - first) }, (_, i) => first + i);
		results.push(...(await Promise.all(indexes.map(work))));
	}
	return results;
}
