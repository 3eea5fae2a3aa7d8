/** An `UpdateStore` in memory, which fails and hesitates when a test wants it to. */
import type { UpdateStore } from "../../../web/sync/offline.ts";

/** What a device keeps; two stores over one device are two tabs. */
export interface Device {
	updates: { key: number; update: Uint8Array }[];
	waiting: number;
	writeCount: number;
	lastKey: number;
	/** The browser lets nobody keep anything. */
	readonly isShut?: boolean;
}

/** A device on which nothing is kept yet. */
export function newDevice(): Device {
	return { updates: [], waiting: 0, writeCount: 0, lastKey: 0 };
}

/** See the file. */
export class MemoryUpdates implements UpdateStore {
	readonly #device: Device;
	#seenKey = 0;
	isClosed = false;
	/** What the next writes fail with. */
	failure: Error | null = null;
	#held: Promise<void> = Promise.resolve();

	constructor(device: Device) {
		if (device.isShut) throw new Error("This browser has no IndexedDB.");
		this.#device = device;
	}

	/** From now on writes take until the returned function is called. */
	hold(): () => void {
		let release: () => void = () => undefined;
		this.#held = new Promise((resolve) => {
			release = resolve;
		});
		return release;
	}

	async readNew(): Promise<Uint8Array[]> {
		const unseen = this.#device.updates.filter(({ key }) => key > this.#seenKey);
		this.#seenKey = unseen.at(-1)?.key ?? this.#seenKey;
		return unseen.map(({ update }) => update);
	}

	async append(updates: readonly Uint8Array[], waiting: number): Promise<number> {
		await this.#held;
		if (this.failure !== null) throw this.failure;
		this.#device.writeCount += 1;
		this.#device.waiting = waiting;
		for (const update of updates) this.#put(update);
		return this.#device.updates.length;
	}

	async squash(readState: (unseen: Uint8Array[]) => Uint8Array): Promise<void> {
		const lastKey = this.#device.lastKey;
		const state = readState(await this.readNew());
		this.#device.updates = this.#device.updates.filter(({ key }) => key > lastKey);
		this.#put(state);
	}

	async readWaiting(): Promise<number> {
		return this.#device.waiting;
	}

	close(): void {
		this.isClosed = true;
	}

	#put(update: Uint8Array): void {
		this.#device.lastKey += 1;
		this.#device.updates.push({ key: this.#device.lastKey, update });
	}
}

/** Lets everything that is already under way in promises come to its end. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}
