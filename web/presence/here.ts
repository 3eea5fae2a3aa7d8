/** Who is in a room, worked out once for all that show it. */
import type { Cancel } from "../../shared/clock.ts";
import { Emitter } from "../sync/emitter.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { handOf, type PersonHere, rosterOf } from "./roster.ts";

/** What is read of a room, and told to it. */
export type PresenceClient = Pick<RoomClient, "awareness" | "me" | "people" | "setPresence">;

const known = new WeakMap<PresenceClient, Here>();

/** Who is in that client's room; it lives as long as the client. */
export function hereOf(client: PresenceClient): Here {
	const here = known.get(client) ?? new Here(client);
	known.set(client, here);
	return here;
}

/** See `hereOf`. */
export class Here {
	readonly #client: PresenceClient;
	readonly #events = new Emitter<{ change: undefined }>();
	#people: readonly PersonHere[] = [];
	#hand: number | null = null;
	#told = "";

	constructor(client: PresenceClient) {
		this.#client = client;
		client.awareness.on("change", () => this.#look());
		this.#look();
	}

	/** The others, as `rosterOf` sorts them. */
	get people(): readonly PersonHere[] {
		return this.#people;
	}

	/** True while our own hand is up, in this tab. */
	get isHandUp(): boolean {
		return this.#hand !== null;
	}

	/** Raises our hand behind all that are up, or takes it down. */
	toggleHand(): void {
		const last = Math.max(0, ...this.#people.map(({ hand }) => hand ?? 0));
		this.#client.setPresence({ hand: this.isHandUp ? null : last + 1 });
	}

	/** Calls `listen` whenever somebody comes, goes, or is told of otherwise than before. */
	onChange(listen: () => void): Cancel {
		return this.#events.on("change", listen);
	}

	#look(): void {
		this.#people = rosterOf(this.#client.people(), this.#client.me.id);
		this.#hand = handOf(this.#client.awareness.getLocalState() ?? {});
		// Cursors move 30 times a second; faces seldom do.
		const told = JSON.stringify([this.#people, this.#hand]);
		if (told === this.#told) return;
		this.#told = told;
		this.#events.emit("change", undefined);
	}
}
