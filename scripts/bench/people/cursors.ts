/** People whose pointers move, and how old is what everybody sees of everybody else. */
import type { Random } from "../../converge/random.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { Histogram } from "../drive/histogram.ts";
import { pace } from "../drive/pacer.ts";
import { inWaves, Seat } from "./seat.ts";
import { awarenessMessage } from "./words.ts";

/** Ages are looked at so often, whatever comes in between. */
const lookEveryMs = 20;
/** How long the last places may take to come: who sends everything to everybody is behind. */
const settleMsMax = 60_000;
/** Stands in each state before its number, and nowhere else in it. */
const mark = Buffer.from('"n":');
/** Awareness' client ids are those of docs. */
const clientIdMin = 2 ** 28;

/** A room of moving pointers. */
export class Cursors {
	/** Since the last call of `move`. */
	ages = new Histogram();
	readonly #clientIds: number[] = [];
	readonly #indexOf = new Map<number, number>();
	readonly #seats: Seat[] = [];
	/** When each person's newest place was due that a viewer has, by viewer and person. */
	#seenMs: Float64Array[] = [];
	/** When each place was due, by person and number. */
	readonly #dueMs: number[][] = [];

	/** Opens a room in which everybody has joined. */
	static async open(
		server: ServerProcess,
		{ count, random }: { readonly count: number; readonly random: Random },
	): Promise<Cursors> {
		const cursors = new Cursors();
		for (let index = 0; index < count; index++) {
			const clientId = clientIdMin + Math.floor(random() * (2 ** 32 - clientIdMin));
			cursors.#clientIds.push(clientId);
			cursors.#indexOf.set(clientId, index);
			cursors.#dueMs.push([]);
			cursors.#seenMs.push(new Float64Array(count));
		}
		await inWaves(count, async (viewer) => {
			cursors.#seats[viewer] = await Seat.join(server, "cursors", {
				awareness: (message, at) => cursors.#see(viewer, message, at),
			});
		});
		return cursors;
	}

	/** Everybody moves so many times a second. */
	async move(movesPerSecond: number, seconds: number): Promise<void> {
		const count = this.#seats.length;
		// Everybody is somewhere first: who was never seen has no age.
		for (let person = 0; person < count; person++) this.#send(person, performance.now());
		await this.settle();
		this.ages = new Histogram();
		const timer = setInterval(() => this.#look(), lookEveryMs);
		await pace({ rate: movesPerSecond * count, seconds }, (index, dueMs) => {
			this.#send(index % count, dueMs);
		});
		clearInterval(timer);
	}

	/** Waits until everybody sees everybody's last place; null, or who does not. */
	async settle(): Promise<string | null> {
		const untilMs = performance.now() + settleMsMax;
		for (;;) {
			const missing = this.#missing();
			if (missing === null || performance.now() > untilMs) return missing;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	/** Everybody leaves. */
	close(): void {
		for (const seat of this.#seats) seat.leave();
	}

	#send(person: number, dueMs: number): void {
		const dues = this.#dueMs[person] ?? [];
		const clientId = this.#clientIds[person] ?? 0;
		const seat = this.#seats[person];
		dues.push(dueMs);
		const state = JSON.stringify({
			n: dues.length - 1,
			pointer: { x: (dues.length * 7) % 1920, y: (dues.length * 3) % 1080 },
			surface: "board",
			user: { name: `Person ${person}`, color: "#3366aa" },
		});
		seat?.send(seat.words.frame(awarenessMessage(clientId, dues.length, state)));
	}

	#see(viewer: number, message: Uint8Array, start: number): void {
		let at = start;
		const number = () => {
			let value = 0;
			let factor = 1;
			for (;;) {
				const byte = message[at++] ?? 0;
				value += (byte & 0x7f) * factor;
				if (byte < 0x80) return value;
				factor *= 128;
			}
		};
		for (let left = number(); left > 0; left--) {
			const person = this.#indexOf.get(number());
			number();
			const length = number();
			if (person !== undefined) this.#note(viewer, person, placeIn(message, at, at + length));
			at += length;
		}
	}

	#note(viewer: number, person: number, place: number): void {
		const dueMs = this.#dueMs[person]?.[place];
		const row = this.#seenMs[viewer];
		if (dueMs === undefined || row === undefined) return;
		if (dueMs > (row[person] ?? 0)) row[person] = dueMs;
	}

	#look(): void {
		const nowMs = performance.now();
		for (const [viewer, row] of this.#seenMs.entries()) {
			for (let person = 0; person < row.length; person++) {
				if (person !== viewer) this.ages.record(nowMs - (row[person] ?? 0));
			}
		}
	}

	#missing(): string | null {
		for (const [viewer, row] of this.#seenMs.entries()) {
			for (let person = 0; person < row.length; person++) {
				const dues = this.#dueMs[person] ?? [];
				const isBehind = (row[person] ?? 0) < (dues[dues.length - 1] ?? 0);
				if (person === viewer || !isBehind) continue;
				return `person ${viewer + 1} does not see where person ${person + 1} is at the end`;
			}
		}
		return null;
	}
}

/** The number that a state carries; -1 where it carries none. */
function placeIn(message: Uint8Array, from: number, to: number): number {
	const [first, second, third, fourth] = mark;
	for (let at = from; at + mark.length < to; at++) {
		if (message[at] !== first || message[at + 1] !== second) continue;
		if (message[at + 2] !== third || message[at + 3] !== fourth) continue;
		return digitsAt(message, at + mark.length);
	}
	return -1;
}

function digitsAt(message: Uint8Array, start: number): number {
	let value = 0;
	for (let at = start; ; at++) {
		const digit = (message[at] ?? 0) - 0x30;
		if (digit < 0 || digit > 9) return value;
		value = value * 10 + digit;
	}
}
