/**
 * People who type in one room, a letter at a time, and when each of the others was shown it.
 *
 * Every reader notes how far it was shown each writer's letters, so a frame that holds several
 * letters, or one that was merged by the server, counts for all of them; letters that never come
 * are known by name.
 */
import * as Y from "yjs";
import { encodeUpdate } from "../../../shared/protocol.ts";
import type { Random } from "../../converge/random.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import type { Histogram } from "../drive/histogram.ts";
import { differenceFor } from "./newcomer.ts";
import { readRuns } from "./runs.ts";
import { inWaves, Seat } from "./seat.ts";
import { lettersBetween, typed } from "./updates.ts";

/** Who is in a room. */
export interface Company {
	/** They type, and read what the others type. */
	readonly writerCount: number;
	/** They only read. */
	readonly readerCount: number;
	readonly random: Random;
	/** Letters that come at once, as when something is pasted. */
	readonly lettersAtOnce?: number;
	/** Takes how long each letter took to each of the others. */
	readonly shown: () => Histogram;
}

interface Writer {
	readonly clientId: number;
	readonly seat: Seat;
	/** When each of their letters was due, on the clock of `performance.now()`. */
	readonly dueMs: number[];
	readonly frames: Buffer[];
}

/** Client ids of one length on the wire, as random ones nearly always are: 2^28 and more. */
const clientIdMin = 2 ** 28;

/** A room with people in it. */
export class Typing {
	readonly room: string;
	readonly #server: ServerProcess;
	readonly #company: Company;
	readonly #indexOf = new Map<number, number>();
	readonly #writers: Writer[] = [];
	readonly #readers: Reader[] = [];
	readonly #atOnce: number;
	#owedCount = 0;
	#shownCount = 0;

	/** Opens a room that everybody has joined. @throws Error where the server does not let them */
	static async open(server: ServerProcess, room: string, company: Company): Promise<Typing> {
		const typing = new Typing(server, room, company);
		await typing.#join();
		return typing;
	}

	private constructor(server: ServerProcess, room: string, company: Company) {
		this.#server = server;
		this.room = room;
		this.#company = company;
		this.#atOnce = company.lettersAtOnce ?? 1;
	}

	/** Everybody's seats: the writers' first. */
	get seats(): readonly Seat[] {
		return this.#readers.map(({ seat }) => seat).filter((seat) => seat !== null);
	}

	/** Letters that were typed so far. */
	get typedCount(): number {
		return this.#writers.reduce((sum, { dueMs }) => sum + dueMs.length, 0);
	}

	/** Letters times those who were shown them. */
	get shownCount(): number {
		return this.#shownCount;
	}

	/** True when everybody was shown everything. */
	get isAllShown(): boolean {
		return this.#shownCount === this.#owedCount;
	}

	/** Makes the frames of each writer's next letters, so that nothing is made while it counts. */
	prepare(countEach: number): void {
		for (const { clientId, seat, frames, dueMs } of this.#writers) {
			const wanted = dueMs.length + countEach;
			for (let clock = frames.length; clock < wanted; clock++) {
				frames.push(seat.words.frame(encodeUpdate(this.#typed(clientId, clock, clock + 1))));
			}
		}
	}

	/** Types the next letter of one writer. */
	type(writerIndex: number, dueMs: number): void {
		const writer = this.#writers[writerIndex % this.#writers.length];
		if (writer === undefined) throw new Error("nobody types here");
		const frame = writer.frames[writer.dueMs.length];
		if (frame === undefined) throw new Error("a letter was not prepared");
		writer.dueMs.push(dueMs);
		this.#owedCount += this.#readers.length - 1;
		writer.seat.send(frame);
	}

	/** The first letter that somebody was not shown, in a sentence; null where all were. */
	missing(): string | null {
		if (this.isAllShown) return null;
		for (const [readerIndex, reader] of this.#readers.entries()) {
			for (const [writerIndex, { dueMs }] of this.#writers.entries()) {
				const has = reader.frontiers[writerIndex] ?? 0;
				if (readerIndex === writerIndex || has === dueMs.length) continue;
				return (
					`reader ${readerIndex + 1} of ${this.#readers.length} in ${this.room} was shown ` +
					`${has} of the ${dueMs.length} letters of writer ${writerIndex + 1}`
				);
			}
		}
		return `${this.#owedCount - this.#shownCount} letters in ${this.room} were not shown`;
	}

	/** Whether a newcomer sees what was typed: null, or what differs. */
	async difference(): Promise<string | null> {
		const expected = new Y.Doc();
		for (const { clientId, dueMs } of this.#writers) {
			if (dueMs.length > 0) Y.applyUpdate(expected, this.#typed(clientId, 0, dueMs.length));
		}
		return differenceFor(this.#server, this.room, expected);
	}

	/** Everybody leaves. */
	close(): void {
		for (const { seat } of this.#readers) seat?.leave();
	}

	/** Strokes of the keyboard, or pastes, as one update. */
	#typed(clientId: number, from: number, to: number): Uint8Array {
		const at = from * this.#atOnce;
		return typed(clientId, at, lettersBetween(at, to * this.#atOnce));
	}

	async #join(): Promise<void> {
		const { writerCount, readerCount, random } = this.#company;
		for (let index = 0; index < writerCount; index++) {
			this.#indexOf.set(clientIdMin + Math.floor(random() * (2 ** 32 - clientIdMin)), index);
		}
		const clientIds = Array.from(this.#indexOf.keys());
		await inWaves(writerCount + readerCount, async (index) => {
			const reader = new Reader({
				writers: this.#writers,
				indexOf: this.#indexOf,
				atOnce: this.#atOnce,
				show: (ms) => this.#show(ms),
			});
			this.#readers[index] = reader;
			const seat = await Seat.join(this.#server, this.room, {
				update: (message, at) => reader.hear(message, at),
			});
			reader.seat = seat;
			const clientId = clientIds[index];
			if (clientId === undefined) return;
			reader.ownIndex = index;
			this.#writers[index] = { clientId, seat, dueMs: [], frames: [] };
		});
	}

	#show(ms: number): void {
		this.#shownCount += 1;
		this.#company.shown().record(ms);
	}
}

interface ReaderParts {
	readonly writers: readonly Writer[];
	readonly indexOf: ReadonlyMap<number, number>;
	readonly atOnce: number;
	readonly show: (ms: number) => void;
}

/** How far one person was shown what the others type. */
class Reader {
	seat: Seat | null = null;
	/** Which writer this is; -1 for who only reads. */
	ownIndex = -1;
	/** Letters that were shown, by writer. */
	readonly frontiers: number[] = [];
	readonly #parts: ReaderParts;
	#nowMs = 0;

	constructor(parts: ReaderParts) {
		this.#parts = parts;
	}

	hear(message: Uint8Array, at: number): void {
		this.#nowMs = performance.now();
		readRuns(message, at, this.#seen);
	}

	readonly #seen = (clientId: number, fromLetter: number, toLetter: number): void => {
		const { writers, indexOf, atOnce, show } = this.#parts;
		const writerIndex = indexOf.get(clientId);
		if (writerIndex === undefined || writerIndex === this.ownIndex) return;
		const from = Math.floor(fromLetter / atOnce);
		const to = Math.floor(toLetter / atOnce);
		const has = this.frontiers[writerIndex] ?? 0;
		// Behind a hole nothing can be shown: Yjs keeps it back until the hole is filled.
		if (from > has || to <= has) return;
		const { dueMs } = writers[writerIndex] as Writer;
		for (let clock = has; clock < to; clock++) show(this.#nowMs - (dueMs[clock] ?? 0));
		this.frontiers[writerIndex] = to;
	};
}
