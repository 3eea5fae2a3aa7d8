/** Somebody who stops reading, says now and then that they are there, and counts what comes. */
import type { ServerProcess } from "../../converge/systems/system.ts";
import { readRuns } from "./runs.ts";
import { Seat } from "./seat.ts";
import { awarenessMessage } from "./words.ts";

/** Servers cut who says nothing; y-protocols says who is there every 15 s. */
const sayEveryMs = 10_000;
const lookEveryMs = 5;
/** A client id that nobody else has here. */
const clientId = 77;

/** See the head of this file. */
export class SlowReader {
	readonly #seat: Seat;
	readonly #letters: Map<number, number>;
	readonly #timer: NodeJS.Timeout;

	/** Joins a room, and reads. @throws Error where the server lets nobody in */
	static async join(server: ServerProcess, room: string): Promise<SlowReader> {
		const letters = new Map<number, number>();
		const seat = await Seat.join(server, room, {
			update: (message, at) =>
				readRuns(message, at, (client, from, to) => {
					const has = letters.get(client) ?? 0;
					// What stands behind a hole is not shown.
					if (from <= has && to > has) letters.set(client, to);
				}),
		});
		return new SlowReader(seat, letters);
	}

	private constructor(seat: Seat, letters: Map<number, number>) {
		this.#seat = seat;
		this.#letters = letters;
		let clock = 0;
		this.#timer = setInterval(() => {
			seat.send(seat.words.frame(awarenessMessage(clientId, ++clock, "{}")));
		}, sayEveryMs);
	}

	/** Letters that were shown, of everybody. */
	get letterCount(): number {
		return Array.from(this.#letters.values()).reduce((sum, count) => sum + count, 0);
	}

	/** What became of the connection, in a sentence. */
	get fate(): string {
		const { closing } = this.#seat;
		if (closing === null) return "the slow reader was kept";
		return `the slow reader was closed with ${closing.code} ${closing.reason}`;
	}

	/** True while the server keeps it. */
	get isKept(): boolean {
		return this.#seat.closing === null;
	}

	/** Reads no more. */
	pause(): void {
		this.#seat.pause();
	}

	/** Reads on until it was shown so many letters; how long that took, or NaN where it was not. */
	async readOn(letterCount: number, msMax: number): Promise<number> {
		const startMs = performance.now();
		this.#seat.resume();
		while (this.letterCount < letterCount && performance.now() - startMs < msMax) {
			if (!this.isKept) return Number.NaN;
			await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
		}
		return this.letterCount < letterCount ? Number.NaN : performance.now() - startMs;
	}

	/** Leaves without a word. */
	leave(): void {
		clearInterval(this.#timer);
		this.#seat.leave();
	}
}
