import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";

interface Event {
	readonly at: Millis;
	/** Events of one moment happen in the order in which they were asked for. */
	readonly order: number;
	readonly run: () => void;
	isCancelled: boolean;
}

/** Time that passes only when it is told to: events in their order, promises settled in between. */
export class SimTime implements Clock {
	readonly #startMs: Millis;
	#elapsedMs: Millis = 0;
	/** What the wall clock is ahead of the other one. */
	#jumpMs: Millis = 0;
	#order = 0;
	readonly #heap: Event[] = [];

	/** Starts at this wall-clock time. */
	constructor(startMs: Millis = Date.UTC(2026, 0, 1)) {
		this.#startMs = startMs;
	}

	/** Events that wait; for checks that everything is at rest. */
	get waitingCount(): number {
		return this.#heap.filter(({ isCancelled }) => !isCancelled).length;
	}

	now(): Millis {
		return this.#startMs + this.#elapsedMs + this.#jumpMs;
	}

	elapsed(): Millis {
		return this.#elapsedMs;
	}

	after(ms: Millis, run: () => void): Cancel {
		const at = this.#elapsedMs + Math.max(0, ms);
		const event: Event = { at, order: this.#order++, run, isCancelled: false };
		this.#push(event);
		return () => {
			event.isCancelled = true;
		};
	}

	/** The wall clock jumps; durations do not. */
	jump(ms: Millis): void {
		this.#jumpMs += ms;
	}

	/** Lets time pass. */
	async advance(ms: Millis): Promise<void> {
		const end = this.#elapsedMs + ms;
		await settlePromises();
		for (let event = this.#heap[0]; event && event.at <= end; event = this.#heap[0]) {
			this.#pop();
			if (event.isCancelled) continue;
			this.#elapsedMs = event.at;
			event.run();
			await settlePromises();
		}
		this.#elapsedMs = end;
	}

	#push(event: Event): void {
		const heap = this.#heap;
		let index = heap.push(event) - 1;
		while (index > 0) {
			const parentIndex = (index - 1) >> 1;
			const parent = heap[parentIndex] as Event;
			if (!isBefore(event, parent)) break;
			heap[index] = parent;
			index = parentIndex;
		}
		heap[index] = event;
	}

	#pop(): void {
		const heap = this.#heap;
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return;
		let index = 0;
		for (;;) {
			let childIndex = 2 * index + 1;
			const right = heap[childIndex + 1];
			if (right !== undefined && isBefore(right, heap[childIndex] as Event)) childIndex++;
			const child = heap[childIndex];
			if (child === undefined || !isBefore(child, last)) break;
			heap[index] = child;
			index = childIndex;
		}
		heap[index] = last;
	}
}

function isBefore(a: Event, b: Event): boolean {
	return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** One turn of the real event loop: every promise that can settle has settled. */
function settlePromises(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
