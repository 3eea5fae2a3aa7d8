/** Shows one photo after another until somebody stops it; keeps the screen on meanwhile. */
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";

/** As long as a room full of people looks at one photo. */
export const showMs: Millis = 5_000;

/** What a `Slideshow` does. */
export interface SlideshowParts {
	readonly clock: Clock;
	readonly next: () => void;
	/** Called when it begins and when it ends. */
	readonly changed: () => void;
}

/** See the file. */
export class Slideshow {
	readonly #parts: SlideshowParts;
	#cancel: Cancel | null = null;
	#lock: Promise<WakeLockSentinel | null> | null = null;

	constructor(parts: SlideshowParts) {
		this.#parts = parts;
	}

	/** True while it runs. */
	get isOn(): boolean {
		return this.#cancel !== null;
	}

	/** Begins; the photo that is shown stays for its time. */
	start(): void {
		if (this.isOn) return;
		this.#wait();
		this.#lock = stayAwake();
		this.#parts.changed();
	}

	/** Ends; safe to call twice. */
	stop(): void {
		if (!this.isOn) return;
		this.#cancel?.();
		this.#cancel = null;
		void this.#lock?.then((lock) => lock?.release());
		this.#parts.changed();
	}

	/** Somebody went to another photo by hand: that one has its full time too. */
	restart(): void {
		if (!this.isOn) return;
		this.#cancel?.();
		this.#wait();
	}

	#wait(): void {
		this.#cancel = this.#parts.clock.after(showMs, () => {
			this.#wait();
			this.#parts.next();
		});
	}
}

/** Null where the browser does not let us: the show goes on all the same. */
async function stayAwake(): Promise<WakeLockSentinel | null> {
	try {
		return (await globalThis.navigator?.wakeLock?.request("screen")) ?? null;
	} catch {
		return null; // Low battery, or the tab is not in front.
	}
}
