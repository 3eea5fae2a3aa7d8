/**
 * How large rooms are on disk. Measuring one reads all that is stored of it, so it is done in turn,
 * and what is known holds for a while.
 */
import { type Clock, type Millis, wait } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { putNewest } from "../../newest.ts";
import type { Records } from "../../store/records.ts";
import type { RoomLog } from "../../store/room-log.ts";

/** What is measured, and when it changed last. */
export interface Measurable {
	readonly name: RoomName;
	/** Null where nobody wrote in it. */
	readonly changedAtMs: Millis | null;
}

/** What the sizes are read from. */
export interface RoomSizesParts {
	readonly log: Pick<RoomLog, "sizeOf">;
	readonly records: Pick<Records, "photos">;
	readonly clock: Clock;
	/** Told of rooms that cannot be measured. */
	readonly report: (error: unknown) => void;
}

/** A room in which people write changes all the time: it is measured no more often than this. */
const freshMs: Millis = 60_000;

/** How long somebody who asks for a page waits for the sizes on it. */
const lookMsMax: Millis = 500;

/** Rooms between two rests, in which those who write come first. */
const stepRooms = 8;
const restMs: Millis = 1;

/** Rooms whose size is remembered, at about 100 bytes each. */
const knownMax = 100_000;

interface Known {
	/** Null where it could not be measured. */
	readonly bytes: number | null;
	readonly changedAtMs: Millis | null;
	readonly measuredMs: Millis;
}

/** See the head of this file. */
export class RoomSizes {
	readonly #parts: RoomSizesParts;
	readonly #known = new Map<RoomName, Known>();
	#waiting: Measurable[] = [];
	#working: Promise<void> | null = null;

	constructor(parts: RoomSizesParts) {
		this.#parts = parts;
	}

	/** What is known; null where nothing is. */
	of(name: RoomName): number | null {
		return this.#known.get(name)?.bytes ?? null;
	}

	/** True where it was measured once, or could not be. */
	has(name: RoomName): boolean {
		return this.#known.has(name);
	}

	/** Measures those of one page, for as long as somebody waits for a page. */
	async look(rooms: readonly Measurable[]): Promise<void> {
		const { clock } = this.#parts;
		const startedMs = clock.elapsed();
		for (const room of rooms) {
			if (clock.elapsed() - startedMs > lookMsMax) return;
			await this.#measure(room);
		}
	}

	/** Measures them one after another, behind everything else, in place of those before. */
	lookThrough(rooms: readonly Measurable[]): void {
		this.#waiting = rooms.filter((room) => this.#isDue(room)).reverse();
		this.#working ??= this.#work().finally(() => {
			this.#working = null;
		});
	}

	/** Resolves when nothing waits. */
	async settled(): Promise<void> {
		await this.#working;
	}

	async #work(): Promise<void> {
		let stepCount = 0;
		for (let room = this.#waiting.pop(); room !== undefined; room = this.#waiting.pop()) {
			await this.#measure(room);
			if (++stepCount % stepRooms === 0) await wait(this.#parts.clock, restMs);
		}
	}

	#isDue({ name, changedAtMs }: Measurable): boolean {
		const known = this.#known.get(name);
		if (known === undefined) return true;
		const isOld = this.#parts.clock.elapsed() - known.measuredMs >= freshMs;
		return isOld && (known.changedAtMs !== changedAtMs || known.bytes === null);
	}

	async #measure(room: Measurable): Promise<void> {
		if (!this.#isDue(room)) return;
		const { name, changedAtMs } = room;
		const bytes = await this.#bytesOf(name);
		const measuredMs = this.#parts.clock.elapsed();
		putNewest(this.#known, name, { bytes, changedAtMs, measuredMs }, knownMax);
	}

	/** Damage in one room is no reason to say nothing of the others. */
	async #bytesOf(name: RoomName): Promise<number | null> {
		const { log, records, report } = this.#parts;
		try {
			const { liveBytes, historyBytes } = await log.sizeOf(name);
			let bytes = liveBytes + historyBytes;
			for await (const photo of records.photos(name)) {
				bytes += photo.bytes + (photo.original?.bytes ?? 0);
			}
			return bytes;
		} catch (error) {
			report(error);
			return null;
		}
	}
}
