/** Tells the others where we are, and when we stopped doing anything. */
import type { SurfaceName } from "../../shared/awareness.ts";
import type { Cancel, Clock } from "../../shared/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";

/** Without any sign of life for this long a person is away. */
export const idleAfterMs = 60_000;

/** What counts as a sign of life. */
const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Where signs of life come from: the document. */
export type LifeTarget = EventTarget & { readonly visibilityState?: string };

/** Keeps `idle` and `surface` of the own presence true until it is closed. */
export class Whereabouts {
	readonly #client: Pick<RoomClient, "setPresence">;
	readonly #clock: Clock;
	readonly #target: LifeTarget;
	readonly #listening = new AbortController();
	#isIdle = false;
	#cancelTimer: Cancel = () => undefined;

	constructor(client: Pick<RoomClient, "setPresence">, clock: Clock, target: LifeTarget) {
		this.#client = client;
		this.#clock = clock;
		this.#target = target;
		const { signal } = this.#listening;
		const options = { signal, passive: true };
		for (const sign of signs) target.addEventListener(sign, this.#onLife, options);
		target.addEventListener("visibilitychange", this.#onVisibility, { signal });
		this.#onVisibility(); // A tab may be opened in the background.
	}

	/** We look at another surface. */
	look(surface: SurfaceName): void {
		this.#client.setPresence({ surface });
	}

	/** Stops watching. */
	close(): void {
		this.#cancelTimer();
		this.#listening.abort();
	}

	readonly #onLife = (): void => {
		this.#setIdle(false);
		this.#cancelTimer();
		this.#cancelTimer = this.#clock.after(idleAfterMs, () => this.#setIdle(true));
	};

	readonly #onVisibility = (): void => {
		if (this.#target.visibilityState === "hidden") this.#setIdle(true);
		else this.#onLife();
	};

	#setIdle(isIdle: boolean): void {
		if (this.#isIdle === isIdle) return;
		this.#isIdle = isIdle;
		this.#client.setPresence({ idle: isIdle });
	}
}
