/**
 * Purges of a run's room: each begins it anew, with what people see under other ids. What was
 * promised before must be in it; nothing of before may come back under its ids of before.
 */
import type * as Y from "yjs";
import { type Breach, isAway, isRemoved, type Mark } from "./page.ts";
import { idOf, type Placed, tokensIn } from "./tokens.ts";

/** What a ledger hands in of its own. */
export interface EpochsParts {
	readonly marks: Map<string, Mark>;
	/** Client ids under which somebody wrote. */
	readonly clients: Set<number>;
	/** Follows what the room begins with, as promised. */
	readonly inherit: (placed: Placed) => void;
	/** Somebody saw that. */
	readonly show: (user: string, placed: Placed) => void;
}

/** Somebody saw a token at a place that nobody knows yet. */
interface Early {
	readonly user: string;
	readonly placed: Placed;
}

/** See the head of this file. */
export class Epochs {
	readonly #parts: EpochsParts;
	/** Messages of which a purge may leave nothing: they correct or take back, or are corrected. */
	readonly #recast = new Set<string>();
	/** Clients of what was purged. */
	readonly #over = new Set<number>();
	/** Null while no purge is under way. */
	#early: Early[] | null = null;

	constructor(parts: EpochsParts) {
		this.#parts = parts;
	}

	/** These are messages that speak of each other. */
	recast(tokens: readonly string[]): void {
		for (const token of tokens) this.#recast.add(token);
	}

	/** True while a purge is under way: nobody knows by which ids the room's words go. */
	get isUnderWay(): boolean {
		return this.#early !== null;
	}

	/** True for what must wait until the purge has ended. */
	isEarly(user: string, placed: Placed): boolean {
		this.#early?.push({ user, placed });
		return this.#early !== null;
	}

	/** True for a doc that holds what was purged. */
	isOver(doc: Y.Doc): boolean {
		return [...doc.store.clients.keys()].some((client) => this.#over.has(client));
	}

	/** A purge was asked for. */
	begin(): void {
		this.#early = [];
	}

	/** It is over, or there was nothing to purge. */
	end(): void {
		const early = this.#early ?? [];
		this.#early = null;
		for (const { user, placed } of early) this.#parts.show(user, placed);
	}

	/** The room begins anew with what this doc holds; comes back with what is wrong with that. */
	renew(doc: Y.Doc): Breach[] {
		const { marks, clients, inherit } = this.#parts;
		const all = tokensIn(doc);
		const there = new Set(all.map(({ token }) => token));
		const live = new Set(all.map(idOf));
		const fresh = all.filter((one) => marks.get(idOf(one))?.token !== one.token);
		const old = [...marks.values()].filter(
			({ id, promised, token }) => !live.has(id) && (promised !== null || there.has(token)),
		);
		const breaches = [...this.#lostOf(old, there), ...wrongIn(fresh, old)];
		for (const { id } of old) this.#retire(id);
		for (const client of doc.store.clients.keys()) clients.add(client);
		// A caption stands in a photo that must be known.
		for (const one of fresh.filter(({ surface }) => surface !== "caption")) inherit(one);
		for (const one of fresh.filter(({ surface }) => surface === "caption")) inherit(one);
		this.end();
		return breaches;
	}

	#lostOf(old: readonly Mark[], there: ReadonlySet<string>): Breach[] {
		const lost = old.filter((mark) => {
			const { promised, token } = mark;
			return promised !== null && !isRemoved(mark) && !there.has(token) && !this.#recast.has(token);
		});
		return lost.map(({ surface, token, user }) => ({
			check: "nothing lost",
			say: `${surface} ${token} of ${user} was promised, and is gone after a purge`,
		}));
	}

	#retire(id: string): void {
		const { marks, clients } = this.#parts;
		const client = Number(id.split(":")[0]);
		marks.delete(id);
		clients.delete(client);
		this.#over.add(client);
	}
}

/** What nobody wrote, or what somebody was promised to be away. */
function wrongIn(fresh: readonly Placed[], old: readonly Mark[]): Breach[] {
	return fresh.flatMap(({ token, surface }): Breach[] => {
		const before = old.filter((mark) => mark.token === token);
		if (before.length === 0) {
			const say = `${surface} ${token} is there after a purge, and nobody wrote it`;
			return [{ check: "nothing invented", say }];
		}
		const say = `${surface} ${token} was removed, and is there after a purge`;
		return before.every(isAway) ? [{ check: "nothing comes back", say }] : [];
	});
}
