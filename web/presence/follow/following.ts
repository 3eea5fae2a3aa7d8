/**
 * Following somebody: where they go we go, until we do something ourselves. The surfaces look at
 * the leader here; each knows what it means to be where they are.
 */
import type { Person, PresenceState } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import { Emitter } from "../../sync/emitter.ts";
import type { PresenceClient } from "../here.ts";
import { type Tab, tabOf } from "../roster.ts";

/** Whom we follow. */
export interface Leader {
	readonly person: Person;
	/** The tab in which they are active; null while they are not here. */
	readonly tab: Tab | null;
}

/** What a `Following` tells. */
interface FollowingEvents {
	/** Somebody else is followed, nobody is, or the leader has moved. */
	leader: undefined;
	/** Somebody began to follow us, or nobody does any more. */
	followed: undefined;
}

const known = new WeakMap<PresenceClient, Following>();

/** The one of that client; it lives as long as the client. */
export function followingOf(client: PresenceClient): Following {
	const following = known.get(client) ?? new Following(client);
	known.set(client, following);
	return following;
}

/** See `followingOf`. */
export class Following {
	readonly #client: PresenceClient;
	readonly #events = new Emitter<FollowingEvents>();
	#leader: Leader | null = null;
	#isCircle = false;
	#isFollowed = false;

	constructor(client: PresenceClient) {
		this.#client = client;
		client.awareness.on("change", () => this.#look());
		this.#look();
	}

	/** Whom we follow; null where we go our own way. */
	get leader(): Leader | null {
		return this.#leader;
	}

	/** True while somebody wants to know what we look at. */
	get isFollowed(): boolean {
		return this.#isFollowed;
	}

	/** Goes where that person goes, from now on. */
	start(person: Person): void {
		if (this.#leader?.person.id === person.id) return;
		this.#leader = { person, tab: tabOf(this.#client.people(), person.id) };
		this.#isCircle = this.#leadsToUs(person.id);
		this.#client.setPresence({ following: person.id });
		this.#events.emit("leader", undefined);
	}

	/** Goes nowhere by itself any more. Safe to call at any time. */
	stop(): void {
		if (this.#leader === null) return;
		this.#leader = null;
		this.#client.setPresence({ following: null });
		this.#events.emit("leader", undefined);
	}

	/** Calls `listen` at every event of that name until cancelled. */
	on(event: keyof FollowingEvents, listen: () => void): Cancel {
		return this.#events.on(event, listen);
	}

	#look(): void {
		const { people, me } = this.#client;
		const isFollowed = people.call(this.#client).some(({ state }) => state.following === me.id);
		if (isFollowed !== this.#isFollowed) {
			this.#isFollowed = isFollowed;
			this.#events.emit("followed", undefined);
		}
		if (this.#leader !== null) this.#lookAtLeader(this.#leader);
	}

	#lookAtLeader({ person, tab: before }: Leader): void {
		const tab = tabOf(this.#client.people(), person.id);
		const isCircle = this.#leadsToUs(person.id);
		const wasClosed = isCircle && !this.#isCircle;
		this.#isCircle = isCircle;
		// Two who follow each other stand still: who was followed first leads.
		if (wasClosed) this.stop();
		else if (tab?.state !== before?.state) {
			this.#leader = { person: tab?.state.user ?? person, tab };
			this.#events.emit("leader", undefined);
		}
	}

	/** True where that person follows us, or somebody who does. */
	#leadsToUs(userId: string): boolean {
		const tabs = this.#client.people();
		const seen = new Set<string>();
		let next: PresenceState["following"] = userId;
		while (typeof next === "string" && !seen.has(next)) {
			if (next === this.#client.me.id) return true;
			seen.add(next);
			next = tabOf(tabs, next)?.state.following;
		}
		return false;
	}
}
