/** Parts of a room whose code comes when nothing waits for the line, or when somebody asks. */
import type { Cancel } from "../../shared/clock.ts";
import { whenIdle } from "../ui/idle.ts";
import type { RoomClient } from "./room-client.ts";
import type { RoomStatus } from "./status.ts";

/** What it needs of a room: when it is there, and how its connection is. */
type Room = Pick<RoomClient, "ready" | "on" | "status">;

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
		this.#asked ??= this.#start().catch((error: unknown) => {
			this.#asked = null;
			throw error;
		});
		return this.#asked;
	}

	/** Begins it when nothing waits, after this; again each time the connection went and is back. */
	begin(after: Promise<unknown> = this.#client.ready): this {
		const fetch = (): void => {
			if (this.#isClosed) return;
			this.get().catch((error: unknown) => {
				if (this.#isClosed) return;
				console.info("Not here before the connection is back:", error);
				this.#whenBack(fetch);
			});
		};
		void after.then(() => whenIdle(fetch));
		return this;
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
		if (this.#isClosed) throw new Error("What it belongs to was closed meanwhile.");
		this.#here = begin();
		return this.#here;
	}

	/** A file that is not there, after a deploy, is not asked for at every word that is saved. */
	#whenBack(run: () => void): void {
		this.#unfollow?.();
		let wasAway = isAway(this.#client.status);
		this.#unfollow = this.#client.on("status", (status) => {
			wasAway ||= isAway(status);
			if (!wasAway || (status.phase !== "saved" && status.phase !== "sent")) return;
			this.#unfollow?.();
			this.#unfollow = null;
			run();
		});
	}
}

function isAway({ phase }: RoomStatus): boolean {
	return phase !== "saving" && phase !== "saved" && phase !== "sent";
}
