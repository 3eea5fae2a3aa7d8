/**
 * Group commit: one synced write at a time over all rooms. What arrives while it is under way
 * gathers into the next one, so a slow disk makes batches larger instead of queues longer. A fast
 * one would make them small, and their number large: where much is written it is given a rest.
 */
import { type Clock, type Millis, wait } from "../../shared/clock.ts";
import type { Operation } from "./level-binding.ts";

/**
 * Most bytes of one write. LevelDB's own log file rotates at 4 MiB: a larger write only makes
 * those behind it wait longer.
 */
export const commitBytesMax = 4 * 1024 * 1024;

/** Most changes of one write: about 2 ms of work before the disk is asked to sync. */
export const commitCountMax = 2_048;

/** Bytes that may wait for the disk: three rooms' largest updates. Beyond, nobody should commit. */
export const commitWaitingBytesMax = 192 * 1024 * 1024;

/**
 * A synced write costs as much processor time as several changes, whatever is in it. So from the
 * beginning of one to that of the next it takes this long for each change in it, …
 */
const gatherMsPerChange: Millis = 0.2;
/** … but no longer than this: nobody sees it. */
export const gatherMsUsual: Millis = 5;
/** Shorter rests are none: a timer cannot tell them, and where little is written nobody waits. */
const restMsMin: Millis = 1;

/** By what writes are spaced. */
export interface Spacing {
	readonly clock: Clock;
	/** Most from the beginning of a write to that of the next; 0 where nothing waits for more. */
	readonly gatherMsMax: Millis;
}

/** One value to store. */
export interface Commit {
	readonly key: Uint8Array;
	readonly value: Uint8Array;
}

interface Waiting {
	readonly commit: Commit;
	resolve(): void;
	reject(error: unknown): void;
}

/** Writes all or nothing, synced. `undo` names keys that hold what they held where it fails. */
export type SyncedWrite = (
	operations: readonly Operation[],
	undo: readonly Uint8Array[],
) => Promise<void>;

/** See the head of this file. */
export class GroupCommit {
	readonly #write: SyncedWrite;
	readonly #spacing: Spacing;
	/** Before that no write begins. */
	#restUntilMs: Millis = Number.NEGATIVE_INFINITY;
	#waiting: Waiting[] = [];
	#waitingBytes = 0;
	#isWriting = false;
	#idleWaiters: (() => void)[] = [];

	constructor(write: SyncedWrite, spacing: Spacing) {
		this.#write = write;
		this.#spacing = spacing;
	}

	/** True while so much waits for the disk that the next commit should be refused. */
	get isFull(): boolean {
		return this.#waitingBytes >= commitWaitingBytesMax;
	}

	/**
	 * Resolves when the value is on disk. Commits become durable in the order of the calls.
	 *
	 * @throws what the write threw, also where the write was that of an earlier commit
	 */
	commit(commit: Commit): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ commit, resolve, reject });
			this.#waitingBytes += sizeOf(commit);
			if (!this.#isWriting) void this.#drain();
		});
	}

	/** Resolves when nothing waits or is being written. */
	whenIdle(): Promise<void> {
		if (!this.#isWriting) return Promise.resolve();
		return new Promise((resolve) => {
			this.#idleWaiters.push(resolve);
		});
	}

	async #drain(): Promise<void> {
		const { clock } = this.#spacing;
		this.#isWriting = true;
		await Promise.resolve(); // What is committed in the same turn goes into the first write.
		while (this.#waiting.length > 0) {
			const restMs = this.#restUntilMs - clock.elapsed();
			if (restMs >= restMsMin) await wait(clock, restMs);
			await this.#writeGroup(this.#takeGroup());
		}
		this.#isWriting = false;
		for (const resolve of this.#idleWaiters.splice(0)) resolve();
	}

	async #writeGroup(group: readonly Waiting[]): Promise<void> {
		const operations = group.map(({ commit }): Operation => ({ type: "put", ...commit }));
		const undo = group.map(({ commit }) => commit.key);
		const { clock, gatherMsMax } = this.#spacing;
		this.#restUntilMs = clock.elapsed() + Math.min(group.length * gatherMsPerChange, gatherMsMax);
		try {
			await this.#write(operations, undo);
		} catch (error) {
			const failed = [...group, ...this.#waiting];
			this.#waiting = [];
			this.#waitingBytes = 0;
			for (const waiting of failed) waiting.reject(error);
			return;
		}
		for (const waiting of group) waiting.resolve();
	}

	/** Takes as much as one write may hold; at least one. */
	#takeGroup(): readonly Waiting[] {
		let bytes = 0;
		let count = 0;
		for (const { commit } of this.#waiting) {
			const size = sizeOf(commit);
			if (count > 0 && (bytes + size > commitBytesMax || count === commitCountMax)) break;
			bytes += size;
			count++;
		}
		this.#waitingBytes -= bytes;
		return this.#waiting.splice(0, count);
	}
}

function sizeOf(commit: Commit): number {
	return commit.key.length + commit.value.length;
}
