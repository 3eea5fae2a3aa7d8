/** Parts of a room whose code comes when nothing waits for the line, or when somebody asks. */
import type { Cancel } from "../../shared/clock.ts";
import { whenIdle } from "../ui/idle.ts";
import type { RoomClient } from "./room-client.ts";
import type { RoomStatus } from "./status.ts";

/** What it needs of a room: when it is there, and how its connection is. */
type Room = Pick<RoomClient, "ready" | "on" | "status">;

/** How long after it did not come it is asked for again, and how long at most. */
const retryMs = 2_000;
const retryMsMax = 60_000;

/** What begins once its code is here, and ends. */
export interface Part {
	close(): void;
}

/** For a part that begins by itself: its element stands there already, or it ends with the room. */
export const byItself = () => ({ close: () => undefined });

/** The way to one part: fetched once, made once. `close()` it with what it belongs to. */
export class Later<T extends Part> {
	readonly #client: Room;
	readonly #fetch: () => Promise<() => T>;
	#asked: Promise<T> | null = null;
	#here: T | null = null;
	#unfollow: Cancel | null = null;
	#retryMs = retryMs;
	#isClosed = false;

	/** `fetch` brings the code; what comes of it begins the part. */
	constructor(client: Room, fetch: () => Promise<() => T>) {
		this.#client = client;
		this.#fetch = fetch;
	}

	/** The part, where it has begun. */
	get here(): T | null {
		return this.#here;
	}

	/** Begins it now; rejects where that cannot be, and is tried again when asked next. */
	get(): Promise<T> {
		if (this.#isClosed) return Promise.reject(closed());
		this.#asked ??= this.#start().catch((error: unknown) => {
			this.#asked = null;
			throw error;
		});
		return this.#asked;
	}

	/** As `want`, when nothing waits, after this. */
	begin(after: Promise<unknown> = this.#client.ready): this {
		void after.then(() => whenIdle(() => this.want()));
		return this;
	}

	/** Begins it now; where it does not come, each time the connection went and is back. */
	want(): void {
		if (this.#isClosed) return;
		this.get().catch((error: unknown) => {
			if (this.#isClosed) return;
			console.info("Not here before the connection is back:", error);
			this.#whenBack(() => this.want());
		});
	}

	/** Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		this.#unfollow?.();
		this.#unfollow = null;
		this.#here?.close();
		this.#here = null;
	}

	async #start(): Promise<T> {
		const begin = await this.#fetch();
		if (this.#isClosed) throw closed();
		this.#here = begin();
		return this.#here;
	}

	/**
	 * A file that is not there, after a deploy, is not asked for at every word that is saved. That it
	 * did not come may be told when the connection has long been back: it is asked for in any case,
	 * ever more seldom.
	 */
	#whenBack(run: () => void): void {
		this.#unfollow?.();
		const again = (): void => {
			this.#unfollow?.();
			this.#unfollow = null;
			run();
		};
		const unfollow = onReturn(this.#client, again);
		this.#retryMs = Math.min(2 * this.#retryMs, retryMsMax);
		const timer = setTimeout(again, this.#retryMs);
		// A short absence is over before the connection was missed.
		addEventListener("online", again);
		this.#unfollow = () => {
			clearTimeout(timer);
			removeEventListener("online", again);
			unfollow();
		};
	}
}

function closed(): Error {
	return new Error("What it belongs to was closed.");
}

/** Calls `run` each time the connection went and is back, until cancelled. */
export function onReturn(client: Pick<Room, "on" | "status">, run: () => void): Cancel {
	let wasAway = isAway(client.status);
	return client.on("status", (status) => {
		wasAway ||= isAway(status);
		if (!wasAway || (status.phase !== "saved" && status.phase !== "sent")) return;
		wasAway = false;
		run();
	});
}

function isAway({ phase }: RoomStatus): boolean {
	return phase !== "saving" && phase !== "saved" && phase !== "sent";
}

/** Code that is needed in any case: the server may be away. Null when nobody waits any more. */
export async function untilItComes<Code>(
	fetch: () => Promise<Code>,
	isClosed: () => boolean,
): Promise<Code | null> {
	while (!isClosed()) {
		try {
			const code = await fetch();
			return isClosed() ? null : code;
		} catch (error) {
			console.info("Not here yet; it is asked for again:", error);
			await new Promise((resolve) => setTimeout(resolve, retryMs));
		}
	}
	return null;
}
