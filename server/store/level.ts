/**
 * One LevelDB directory, and how it fails and heals.
 *
 * After one failed write LevelDB refuses all others until it is opened again. So this waits until
 * the disk takes bytes, opens it again, and writes a synced probe; reads go on meanwhile.
 */
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";
import { type FailureCode, WeftError } from "../../shared/errors.ts";
import { formatKey, probeKey, wholeStore } from "./format/keys.ts";
import { RefusedWrites } from "./format/refused-writes.ts";
import { seal, unseal } from "./format/sealed.ts";
import type { Binding, Entry, OpenBinding, Operation, ReadOptions } from "./level-binding.ts";
import { whoHas } from "./level-binding.ts";

/** What a Level is made of. */
export interface LevelOptions {
	readonly directory: string;
	readonly clock: Clock;
	readonly openBinding: OpenBinding;
	/** Fails while the disk takes no bytes; asked before the store is opened again. */
	readonly probeDisk: (directory: string) => Promise<void>;
	/** Told once when writes begin to fail, and why; with null when they succeed again. */
	readonly writable?: (failure: WeftError | null) => void;
}

/** Why a store cannot be opened, as a sentence for who runs the server. */
export class StoreOpenError extends Error {
	override readonly name = "StoreOpenError";
	readonly reason: "in_use" | "other_format" | "unreadable" | "damaged";

	/** `sentence` is printed as it is. */
	constructor(reason: StoreOpenError["reason"], sentence: string, options?: ErrorOptions) {
		super(sentence, options);
		this.reason = reason;
	}
}

/** First wait before the store is opened again; each next one is twice as long. */
const healWaitMsMin: Millis = 250;

/** Longest wait: a person who freed space sees the room heal within seconds. */
const healWaitMsMax: Millis = 4_000;

/** How long close and healing wait for who still iterates before they end the iteration. */
const readWaitMsMax: Millis = 2_000;

/** "weft", then the number of the store's format (FORMAT.md section 6). */
const formatBody = Buffer.from("7765667400000001", "hex");

type State =
	| { readonly phase: "open" }
	| { readonly phase: "failing"; readonly code: FailureCode }
	/** Between two bindings: reads wait for `opened`. */
	| { readonly phase: "reopening"; readonly code: FailureCode; readonly opened: Promise<void> }
	/** No binding could be opened: nothing can be read. */
	| { readonly phase: "down"; readonly code: FailureCode };

interface Read {
	/** Ends the native iterator once nothing of it is under way; safe to call twice. */
	end(): Promise<void>;
}

/** See the head of this file. Every write is synced; there is no other. */
export class Level {
	readonly #options: LevelOptions;
	#binding: Binding;
	#state: State = { phase: "open" };
	#openCount = 1;
	readonly #busy = new Set<Promise<unknown>>();
	readonly #reads = new Set<Read>();
	readonly #writableWaiters: { resolve(): void; reject(error: unknown): void }[] = [];
	readonly #readsEnded: (() => void)[] = [];
	#refused = new RefusedWrites();
	#healWaitMs = healWaitMsMin;
	#cancelHeal: Cancel = () => undefined;
	#healing: Promise<void> = Promise.resolve();
	#closing: Promise<void> | null = null;

	private constructor(options: LevelOptions, binding: Binding) {
		this.#options = options;
		this.#binding = binding;
	}

	/**
	 * Opens the store of a directory that exists, or makes it.
	 *
	 * @throws StoreOpenError where another process has it, its format is another one, or it cannot be
	 * read or written
	 */
	static async open(options: LevelOptions): Promise<Level> {
		const binding = options.openBinding(options.directory);
		try {
			await binding.open();
		} catch (error) {
			throw openError(options.directory, error);
		}
		const level = new Level(options, binding);
		try {
			await level.#checkFormat();
		} catch (error) {
			await level.close();
			throw openError(options.directory, error);
		}
		return level;
	}

	/**
	 * How often the store was opened. Opened again it may hold writes that were refused: what was
	 * read before is then no ground to delete or replace anything.
	 */
	get openCount(): number {
		return this.#openCount;
	}

	/** Why writes fail now; null where they do not. */
	get failure(): FailureCode | null {
		if (this.#closing !== null) return "store_failed";
		return this.#state.phase === "open" ? null : this.#state.code;
	}

	/** True while somebody reads: what they see stays on the disk. */
	get isRead(): boolean {
		return this.#reads.size > 0;
	}

	/** The values in the order of the keys; null where there is none. */
	async getMany(keys: readonly Uint8Array[]): Promise<readonly (Buffer | null)[]> {
		await this.#readable();
		const refused = this.#refused;
		const values = await this.#track(this.#binding.getMany(keys)).catch(rethrow);
		return values.map((value, index) => refused.valueOf(keys[index], value));
	}

	/** The value of one key, or null. */
	async get(key: Uint8Array): Promise<Buffer | null> {
		const [value] = await this.getMany([key]);
		return value ?? null;
	}

	/**
	 * Reads entries as they were when the first were asked for, so many at once as LevelDB reads
	 * ahead (64 KiB): one by one, 260,000 records would take a second longer.
	 */
	async *read(options: ReadOptions): AsyncGenerator<readonly Entry[], void, undefined> {
		await this.#readable();
		const refused = this.#refused;
		const { limit = Number.POSITIVE_INFINITY, ...range } = options;
		// Entries that are left out do not count.
		const cursor = this.#binding.read(refused.isAny ? range : options);
		let leftCount = limit;
		let ended: Promise<void> | null = null;
		let under: Promise<unknown> = Promise.resolve();
		const read: Read = {
			end: () => {
				ended ??= under.then(
					() => cursor.end(),
					() => cursor.end(),
				);
				return ended;
			},
		};
		this.#reads.add(read);
		try {
			while (true) {
				if (ended !== null) throw closedError();
				const next = cursor.next();
				under = next;
				const entries = await next.catch(rethrow);
				if (entries.length === 0 || leftCount <= 0) return;
				const seen = refused.entriesOf(entries);
				if (seen.length > 0) yield seen.slice(0, leftCount);
				leftCount -= seen.length;
			}
		} finally {
			await read.end();
			this.#reads.delete(read);
			if (this.#reads.size === 0) for (const resolve of this.#readsEnded.splice(0)) resolve();
		}
	}

	/**
	 * Writes all or nothing, synced. `undo` names keys that hold what they held where this fails.
	 *
	 * @throws WeftError `disk_full` or `store_failed`; all further writes fail too until
	 * `whenWritable` resolves
	 */
	async write(operations: readonly Operation[], undo: readonly Uint8Array[] = []): Promise<void> {
		if (this.failure !== null) throw new WeftError(this.failure, "the store takes no writes");
		try {
			await this.#track(this.#binding.write(operations, { sync: true }));
		} catch (error) {
			const failure = this.#fail(error);
			await this.#refuse(undo);
			throw failure;
		}
	}

	/** The binding that failed to write still reads what was there before. */
	async #refuse(keys: readonly Uint8Array[]): Promise<void> {
		const values = await this.#track(this.#binding.getMany(keys)).catch(() => null);
		// What cannot be read cannot be put back.
		if (values !== null) this.#refused = this.#refused.with(keys, values);
	}

	/** Resolves when writes may succeed again; at once where nothing is wrong. */
	whenWritable(): Promise<void> {
		if (this.#closing !== null) return Promise.reject(closedError());
		if (this.#state.phase === "open") return Promise.resolve();
		return new Promise((resolve, reject) => {
			this.#writableWaiters.push({ resolve, reject });
		});
	}

	/** Gives bytes of deleted entries back to the disk; does nothing while writes fail. */
	async compactRange(range: { gte: Uint8Array; lt: Uint8Array }): Promise<void> {
		if (this.#state.phase !== "open") return;
		await this.#track(this.#binding.compactRange(range.gte, range.lt)).catch(rethrow);
	}

	/** Waits for what is under way, then lets go of the directory. Safe to call twice. */
	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #close(): Promise<void> {
		this.#cancelHeal();
		await this.#healing;
		await this.#quiet();
		if (this.#state.phase !== "down") await this.#binding.close();
		for (const waiter of this.#writableWaiters.splice(0)) waiter.reject(closedError());
	}

	async #readable(): Promise<void> {
		if (this.#state.phase === "reopening") await this.#state.opened;
		if (this.#closing !== null) throw closedError();
		if (this.#state.phase === "down")
			throw new WeftError(this.#state.code, "the store is not open");
	}

	#track<Result>(work: Promise<Result>): Promise<Result> {
		this.#busy.add(work);
		const done = () => this.#busy.delete(work);
		work.then(done, done);
		return work;
	}

	/** Waits until nothing native is under way; ends iterations that take too long. */
	async #quiet(): Promise<void> {
		await Promise.allSettled(this.#busy);
		if (this.#reads.size === 0) return;
		await new Promise<void>((resolve) => {
			const cancel = this.#options.clock.after(readWaitMsMax, resolve);
			this.#readsEnded.push(() => {
				cancel();
				resolve();
			});
		});
		await Promise.allSettled(Array.from(this.#reads, (read) => read.end()));
	}

	#fail(error: unknown): WeftError {
		const failure = asFailure(error);
		if (this.#state.phase === "open") {
			this.#state = { phase: "failing", code: failure.code };
			this.#options.writable?.(failure);
			this.#healWaitMs = healWaitMsMin;
			this.#healLater();
		}
		return failure;
	}

	#healLater(): void {
		this.#cancelHeal = this.#options.clock.after(this.#healWaitMs, () => {
			this.#healing = this.#heal();
		});
		this.#healWaitMs = Math.min(this.#healWaitMs * 2, healWaitMsMax);
	}

	async #heal(): Promise<void> {
		try {
			await this.#options.probeDisk(this.#options.directory);
			if (this.#closing !== null) return;
			await this.#reopen();
			await this.#binding.write(this.#probe(), { sync: true });
		} catch (error) {
			this.#stillFailing(asFailure(error).code);
			return;
		}
		this.#refused = new RefusedWrites();
		if (this.#closing !== null) return;
		this.#state = { phase: "open" };
		this.#options.writable?.(null);
		for (const waiter of this.#writableWaiters.splice(0)) waiter.resolve();
	}

	/** A failed attempt; the next one comes later, unless the store is being closed. */
	#stillFailing(code: FailureCode): void {
		if (this.#state.phase === "failing") this.#state = { phase: "failing", code };
		else if (this.#state.phase === "down") this.#state = { phase: "down", code };
		if (this.#closing === null) this.#healLater();
	}

	/** Closes the binding and opens another; afterwards the state is `failing` or `down`. */
	async #reopen(): Promise<void> {
		const code = this.failure ?? "store_failed";
		const wasDown = this.#state.phase === "down";
		let opened: () => void = () => undefined;
		const waiting = new Promise<void>((resolve) => {
			opened = resolve;
		});
		this.#state = { phase: "reopening", code, opened: waiting };
		try {
			await this.#quiet();
			if (!wasDown) await this.#binding.close();
			this.#binding = this.#options.openBinding(this.#options.directory);
			await this.#binding.open();
			this.#openCount++;
			this.#state = { phase: "failing", code };
		} catch (error) {
			this.#state = { phase: "down", code };
			throw error;
		} finally {
			opened();
		}
	}

	#probe(): Operation[] {
		const now = Buffer.alloc(8);
		now.writeDoubleBE(this.#options.clock.now());
		return [{ type: "put", key: probeKey, value: now }, ...this.#refused.undo()];
	}

	async #checkFormat(): Promise<void> {
		const stored = await this.get(formatKey);
		if (stored === null) {
			for await (const _ of this.read({ ...wholeStore, limit: 1 })) {
				throw formatError(this.#options.directory, "it holds something else");
			}
			await this.write([{ type: "put", key: formatKey, value: seal(formatKey, [formatBody]) }]);
			return;
		}
		let body: Buffer;
		try {
			body = unseal(formatKey, stored);
		} catch (error) {
			throw formatError(this.#options.directory, "its format cannot be read", error);
		}
		if (!body.equals(formatBody)) {
			throw formatError(this.#options.directory, `its format is ${body.toString("hex")}`);
		}
	}
}

/** The disk's error as a failure with a code. */
function asFailure(error: unknown): WeftError {
	if (error instanceof WeftError) return error;
	const text = error instanceof Error ? error.message : String(error);
	const isFull = /no space left|ENOSPC|quota exceeded|EDQUOT/i.test(text);
	return new WeftError(isFull ? "disk_full" : "store_failed", text, { cause: error });
}

function closedError(): WeftError {
	return new WeftError("store_failed", "the store is closed");
}

/** For reads: a block that LevelDB cannot read is damage of the room in it. */
function rethrow(error: unknown): never {
	const failure = asFailure(error);
	if (!/corruption/i.test(failure.message)) throw failure;
	throw new WeftError("room_damaged", "LevelDB cannot read a block", { cause: error });
}

/** Why the store of a directory cannot be opened, as a sentence. */
export function openError(directory: string, error: unknown): StoreOpenError {
	if (error instanceof StoreOpenError) return error;
	const text = error instanceof Error ? error.message : String(error);
	if (/^IO error: lock /i.test(text)) {
		const say =
			`Another process is using the data in ${directory}${whoHas(directory)}. Only one Weft may ` +
			"run on a directory: stop the other one, or set WEFT_DATA to another directory.";
		return new StoreOpenError("in_use", say, { cause: error });
	}
	return new StoreOpenError("unreadable", `The data in ${directory} cannot be opened: ${text}.`, {
		cause: error,
	});
}

function formatError(directory: string, why: string, cause?: unknown): StoreOpenError {
	return new StoreOpenError(
		"other_format",
		`The data in ${directory} was not written by this version of Weft (${why}). ` +
			"Nothing in it was changed.",
		{ cause },
	);
}
