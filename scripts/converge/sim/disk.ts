/**
 * A disk as LevelDB meets it: what is written is read at once, and survives a power cut only when
 * it was synced. The first write that fails breaks the handle until the next open; what it wanted
 * to write may be in the log all the same, and come to life then.
 */
import type {
	Binding,
	Cursor,
	Entry,
	Operation,
	ReadOptions,
} from "../../../server/store/level-binding.ts";
import { type Clock, type Millis, wait } from "../../../shared/clock.ts";
import { below, type Random } from "../random.ts";
import { DiskTokens } from "./disk-tokens.ts";
import { apply, type LogFile, LogFiles, nameOf } from "./log-files.ts";

/** Bytes of a log file before the next one begins. LevelDB's has 4 MiB; runs are shorter. */
const fileBytesMax = 2_000;

const noSpace = "IO error: No space left on device";
const deviceError = "IO error: Input/output error";
/** A device that refuses a write may be gone for a moment: then nothing can be read either. */
const goneMs: Millis = 250;

/** A byte of the store that is another one now. */
export interface Flip {
	/** The key of the value in which it is. */
	readonly key: Buffer;
	/** The right byte comes back, where the value is still there. */
	putBack(): void;
}

/** What is on the disk, whoever has it open. */
export class SimDisk {
	isFull = false;
	/** What people wrote, as far as it lies here. */
	readonly tokens = new DiskTokens();
	/** Added to every operation. */
	slowMs: Millis = 0;
	/** Reads fail up to this moment. */
	unreadableUntilMs: Millis = 0;
	/** Operations begun before this moment end at it. */
	stalledUntilMs: Millis = 0;
	#files = new LogFiles(fileBytesMax);
	#failEvery = 0;
	#writeCount = 0;
	#tripCount = 0;
	#trip: (() => void) | null = null;

	/** True where something of it does not work now. */
	get isFailing(): boolean {
		return this.isFull || this.#failEvery > 0;
	}

	/** From now on every n-th write fails; 0 for none. */
	failEvery(count: number): void {
		this.#failEvery = count;
	}

	/** All of it works again. */
	mend(): void {
		this.isFull = false;
		this.slowMs = 0;
		this.stalledUntilMs = 0;
		this.unreadableUntilMs = 0;
		this.#failEvery = 0;
	}

	/** Calls `run` before the n-th operation from now; null to call nothing any more. */
	atOperation(count: number, run: (() => void) | null): void {
		this.#tripCount = count;
		this.#trip = run;
	}

	/** An operation begins or goes on. */
	step(): void {
		if (this.#trip === null || this.#tripCount-- > 0) return;
		const run = this.#trip;
		this.#trip = null;
		run();
	}

	/** Whether the write that comes now fails with an error of the device. */
	failsNow(): boolean {
		return this.#failEvery > 0 && ++this.#writeCount % this.#failEvery === 0;
	}

	/** The power goes: unsynced ends of files are gone. */
	cutPower(random: Random): void {
		this.#files.cutPower(random);
	}

	/** What opening does: the log becomes tables. Comes back with all that is stored. */
	recover(): Map<string, Buffer> {
		this.#files.recover();
		this.tokens.recovered();
		return this.#files.contents();
	}

	/** The disk as a power cut would leave it now, at its worst. */
	syncedCopy(): SimDisk {
		const copy = new SimDisk();
		copy.#files = this.#files.copy(({ syncedCount }) => syncedCount);
		return copy;
	}

	/** Adds a batch to the log, unsynced. */
	write(operations: readonly Operation[]): LogFile {
		const file = this.#files.write(operations);
		this.tokens.written(file, operations);
		return file;
	}

	/** Changes one bit of one value of a store that nobody has open; null where it holds nothing. */
	flip(random: Random): Flip | null {
		const stored = this.recover();
		const name = [...stored.keys()][below(random, stored.size)];
		const value = name === undefined ? undefined : stored.get(name);
		if (name === undefined || value === undefined || value.length === 0) return null;
		const at = below(random, value.length);
		const damaged = Buffer.from(value);
		damaged.writeUInt8(value.readUInt8(at) ^ (1 << below(random, 8)), at);
		this.#files.replace(name, damaged);
		return {
			key: Buffer.from(name, "latin1"),
			putBack: () => {
				if (this.recover().get(name)?.equals(damaged)) this.#files.replace(name, value);
			},
		};
	}
}

/** What a process is handed: the disk, until the process is gone. */
export interface SimBindingParts {
	readonly disk: SimDisk;
	readonly clock: Clock;
	readonly random: Random;
	/** False once the process was killed: nothing it waits for ever happens. */
	readonly isAlive: () => boolean;
	/** True where writes are synced when they ask for it; a planted fault says no. */
	readonly isSyncing: () => boolean;
}

/** One process's handle on the disk. */
export class SimBinding implements Binding {
	readonly #parts: SimBindingParts;
	#memory = new Map<string, Buffer>();
	#isBroken = false;

	constructor(parts: SimBindingParts) {
		this.#parts = parts;
	}

	async open(): Promise<void> {
		await this.#work();
		if (this.#parts.disk.isFull) throw new Error(noSpace);
		if (this.#parts.disk.failsNow()) throw new Error(deviceError);
		this.#memory = this.#parts.disk.recover();
		this.#isBroken = false;
	}

	async close(): Promise<void> {
		await this.#work();
	}

	async getMany(keys: readonly Uint8Array[]): Promise<readonly (Buffer | null)[]> {
		await this.#work();
		this.#mustBeReadable();
		return keys.map((key) => {
			const value = this.#memory.get(nameOf(key));
			return value === undefined ? null : Buffer.from(value);
		});
	}

	read({ gte, lt, reverse, limit }: ReadOptions): Cursor {
		const [from, to] = [nameOf(gte), nameOf(lt)];
		const names = [...this.#memory.keys()].filter((name) => from <= name && name < to).sort();
		if (reverse) names.reverse();
		const entries: Entry[] = names.slice(0, limit).map((name) => ({
			key: Buffer.from(name, "latin1"),
			value: Buffer.from(this.#memory.get(name) ?? []),
		}));
		return {
			next: async () => {
				await this.#work();
				this.#mustBeReadable();
				return entries.splice(0, 16);
			},
			end: () => Promise.resolve(),
		};
	}

	async write(operations: readonly Operation[], options: { sync: boolean }): Promise<void> {
		const { disk, isSyncing, random, clock } = this.#parts;
		await this.#work();
		if (this.#isBroken || disk.isFull) {
			this.#isBroken = true;
			throw new Error(noSpace);
		}
		if (disk.failsNow()) {
			this.#isBroken = true;
			if (random() < 0.5) disk.write(operations);
			if (random() < 0.5) disk.unreadableUntilMs = clock.elapsed() + goneMs;
			throw new Error(deviceError);
		}
		const file = disk.write(operations);
		apply(this.#memory, operations);
		const count = file.batches.length;
		await this.#work();
		if (options.sync && isSyncing()) file.syncedCount = Math.max(file.syncedCount, count);
	}

	async compactRange(): Promise<void> {
		await this.#work();
	}

	#mustBeReadable(): void {
		const { disk, clock } = this.#parts;
		if (clock.elapsed() < disk.unreadableUntilMs) throw new Error(deviceError);
	}

	/** Takes its time; of a process that is gone it never ends. */
	async #work(): Promise<void> {
		const { clock, random, disk, isAlive } = this.#parts;
		const stallMs = Math.max(0, disk.stalledUntilMs - clock.elapsed());
		await wait(clock, below(random, 4) + disk.slowMs + stallMs);
		if (isAlive()) disk.step();
		if (!isAlive()) await new Promise(() => undefined);
	}
}
