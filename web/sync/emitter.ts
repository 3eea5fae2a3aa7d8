/** Who listens to what; typed by a map from event to value. */
import type { Cancel } from "../../shared/clock.ts";

/** Listeners by event name. One that throws does not silence the others. */
export class Emitter<Events> {
	readonly #listeners = new Map<keyof Events, Set<(value: never) => void>>();

	/** Calls `listen` at every `event` until cancelled. */
	on<K extends keyof Events>(event: K, listen: (value: Events[K]) => void): Cancel {
		const listeners = this.#listeners.get(event) ?? new Set();
		this.#listeners.set(event, listeners.add(listen));
		return () => listeners.delete(listen);
	}

	/** Tells everybody who listens now. */
	emit<K extends keyof Events>(event: K, value: Events[K]): void {
		const listeners = this.#listeners.get(event) ?? [];
		for (const listen of [...listeners] as ((value: Events[K]) => void)[]) {
			try {
				listen(value);
			} catch (error) {
				reportError(error);
			}
		}
	}

	/** Forgets all listeners. */
	clear(): void {
		this.#listeners.clear();
	}
}
