/**
 * Who wrote what, who saw it, who removed it, and what was promised. Every token that is written
 * is unique, and each place where it was put is followed by the id that Yjs gave it: from the hand
 * to the disk and back. What an undo brings back is a new place of the same token.
 */
import type * as Y from "yjs";
import { type Afar, AfarTokens } from "./afar.ts";
import { Epochs } from "./epochs.ts";
import {
	type Breach,
	type Entry,
	isAway,
	isRemoved,
	type Mark,
	Page,
	type Promised,
} from "./page.ts";
import {
	idOf,
	type Placed,
	tokenAfter,
	tokenBefore,
	tokensAdded,
	tokensInOrder,
	tokensRemoved,
} from "./tokens.ts";

/** Who is told of promises, as they are made. */
export interface LedgerNews {
	/** Somebody sees these tokens of others for the first time. */
	readonly shown: (user: string, tokens: readonly string[]) => void;
	/** Somebody sees that others removed these. */
	readonly gone: (user: string, tokens: readonly string[]) => void;
	/** These are called saved for the first time. */
	readonly saved: (tokens: readonly string[]) => void;
	/** The removal of these is called saved, and nobody was promised it before. */
	readonly removalSaved: (tokens: readonly string[]) => void;
	/** Somebody's hand did that. */
	readonly did?: (user: string, entries: readonly Entry[]) => void;
	/** That is promised for the first time. */
	readonly promised?: (entry: Entry) => void;
}

/** What the server's part of a transaction did. */
interface Brought {
	readonly added: readonly Placed[];
	readonly removed: readonly Placed[];
}

/** The tokens of a run. */
export class Ledger {
	readonly #news: LedgerNews | null;
	/** Marks by which user has seen them. */
	readonly #seen = new Map<string, Set<Mark>>();
	readonly #marks = new Map<string, Mark>();
	readonly #writers = new Map<string, string>();
	readonly #clients = new Set<number>();
	readonly #counts = new Map<string, number>();
	/** What each user did, less what was found to be promised since. */
	readonly #done = new Map<string, Entry[]>();
	/** Tokens that were left to somebody at a screen. */
	readonly afar = new AfarTokens();
	/** Purges of the room. */
	readonly epochs: Epochs;
	#breaches: Breach[] = [];
	#moment = 0;

	/** `news` is told of every promise. */
	constructor(news: LedgerNews | null = null) {
		this.#news = news;
		this.epochs = new Epochs({
			marks: this.#marks,
			clients: this.#clients,
			inherit: (placed) => this.#inherit(placed),
			show: (user, placed) => void this.#showPlace(user, placed),
		});
	}

	/** Grows with every promise: what was promised up to a moment must be there after it. */
	get moment(): number {
		return this.#moment;
	}

	/** What pages were shown that must never be, since the last call. */
	takeBreaches(): readonly Breach[] {
		const breaches = this.#breaches;
		this.#breaches = [];
		return breaches;
	}

	/** A new token of a person, as it is about to be written. */
	mint(user: string): string {
		const count = (this.#counts.get(user) ?? 0) + 1;
		this.#counts.set(user, count);
		const token = `⟨${user}${count}👋⟩`;
		this.#writers.set(token, user);
		return token;
	}

	/** Whose token it is; undefined for one that nobody minted. */
	writerOf(token: string): string | undefined {
		return this.#writers.get(token);
	}

	/** Every place where something was put, but for tokens that were left to a screen. */
	marks(): Iterable<Mark> {
		const marks = this.#marks.values();
		if (this.afar.isEmpty) return marks;
		return [...marks].filter(({ token }) => this.afar.get(token) === undefined);
	}

	/** Leaves a token to somebody at a screen, who answers for it from now on. */
	leave(token: string): Afar {
		const held = this.afar.get(token);
		if (held !== undefined) return held;
		const marks = this.#marksOf(token);
		const isTouched = marks.length > 1 || marks.some(({ removedBy }) => removedBy.size > 0);
		return this.afar.leave(token, isTouched);
	}

	/** Somebody at a screen sees these. */
	see(user: string, tokens: readonly string[]): void {
		for (const token of tokens) {
			const afar = this.afar.get(token);
			if (afar !== undefined && this.writerOf(token) !== user) afar.isShown = true;
		}
		// Of several places nobody could tell which one the screen shows.
		const places = tokens.map((token) => this.#marksOf(token));
		const marks = places.flatMap(([mark, ...others]) =>
			mark === undefined || others.length > 0 || mark.user === user ? [] : [mark],
		);
		for (const mark of marks) this.#promise({ kind: "put", mark, sentCount: 0 }, "shown");
		const shown = marks.map(({ token }) => token);
		if (shown.length > 0) this.#news?.shown(user, shown);
	}

	/** Tokens that were shown or called saved up to now. */
	promised(): ReadonlySet<string> {
		const marks = [...this.#marks.values()];
		return new Set(marks.flatMap(({ promised, token }) => (promised === null ? [] : token)));
	}

	/** True where somebody wrote under that client id, be it no token. */
	hasWriter(client: number): boolean {
		return this.#clients.has(client);
	}

	/** What was put at an id, `client:clock`; undefined where nothing was. */
	at(id: string): Mark | undefined {
		return this.#marks.get(id);
	}

	/**
	 * Follows a page's doc from now on: what comes from the server is promised, all else is the
	 * work of the user's hand. Load what the device keeps before.
	 */
	follow(doc: Y.Doc, user: string, isServer: (origin: unknown) => boolean): Page {
		const page = new Page(this.#openOf(user));
		doc.on("afterTransaction", (transaction: Y.Transaction) => {
			const added = tokensAdded(transaction);
			const removed = tokensRemoved(transaction);
			if (isServer(transaction.origin)) {
				this.#bring(user, doc, { added, removed });
			} else {
				for (const [client, clock] of transaction.afterState) {
					if (clock !== transaction.beforeState.get(client)) this.#clients.add(client);
				}
				page.did(this.#write(user, added, removed));
			}
		});
		return page;
	}

	#bring(user: string, doc: Y.Doc, { added, removed }: Brought): void {
		// What was on its way when the room was purged.
		if (this.epochs.isOver(doc)) return;
		this.#show(user, added, removed);
		if (added.some(isMessage)) this.#watchChat(user, doc);
	}

	/** A user's device holds what was purged: what was never sent must be nowhere. */
	forsake(user: string): void {
		for (const { kind, mark, sentCount } of this.#openOf(user)) {
			if (kind === "put" && sentCount === 0) mark.isRefused = true;
		}
		this.loseDevice(user);
	}

	/** It is there when its room begins anew. */
	#inherit(placed: Placed): void {
		const mark = this.#put(this.writerOf(placed.token) ?? "nobody", placed, null);
		Object.assign(mark, { promised: "saved", promisedAt: ++this.#moment });
	}

	/** Who did these was told that they are saved. */
	save(done: readonly Entry[]): void {
		const entries = done.filter(({ mark }) => this.#marks.get(mark.id) === mark);
		// What was removed before it was sent is not there.
		const fresh = entries.filter(
			({ kind, mark }) => kind === "put" && mark.promised !== "saved" && !isRemoved(mark),
		);
		const removals = entries.filter(({ kind, mark }) => kind === "removal" && !isAway(mark));
		for (const entry of entries) this.#promise(entry, "saved");
		if (fresh.length > 0) this.#news?.saved(fresh.map(({ mark }) => mark.token));
		if (removals.length > 0) this.#news?.removalSaved(removals.map(({ mark }) => mark.token));
	}

	/** The user's device is gone: what nobody was promised may be lost. */
	loseDevice(user: string): void {
		for (const { kind, mark } of this.#openOf(user)) {
			if (kind === "put") mark.isForgotten = true;
			else mark.isRemovalForgotten = true;
		}
		this.#done.delete(user);
	}

	/**
	 * The server refused what a user's device held: it may be gone. `entries` were in the refused
	 * write; what no other write brought must be nowhere.
	 */
	refuse(user: string, entries: readonly Entry[]): void {
		for (const { kind, mark, sentCount } of entries) {
			if (sentCount > 1) continue;
			if (kind === "put") mark.isRefused = mark.promised === null;
			else if (mark.promised !== null && !isAway(mark)) mark.removedBy.delete(user);
		}
		this.loseDevice(user);
	}

	#write(user: string, added: readonly Placed[], removed: readonly Placed[]): Entry[] {
		const entries: Entry[] = [];
		this.afar.touch([...added, ...removed]);
		let last: { readonly item: Y.Item; readonly mark: Mark } | null = null;
		for (const placed of added) {
			const { item } = placed;
			const mark: Mark = this.#put(user, placed, last?.item === item ? last.mark : null);
			entries.push({ kind: "put", mark, sentCount: 0 });
			last = { item, mark };
		}
		for (const placed of removed) {
			const mark = this.at(idOf(placed));
			if (mark === undefined) this.epochs.recast([placed.token]); // In a room that was just purged.
			if (mark === undefined) continue;
			mark.removedBy.add(user);
			entries.push({ kind: "removal", mark, sentCount: 0 });
		}
		this.#news?.did?.(user, entries);
		if (entries.length > 0) this.#done.set(user, [...(this.#done.get(user) ?? []), ...entries]);
		return entries;
	}

	/** `before` was put before it in the same string; null where nothing was. */
	#put(user: string, placed: Placed, before: Mark | null): Mark {
		const { token, surface, item } = placed;
		const { left, right } =
			before === null ? this.#besides(item) : { left: before, right: before.right };
		const mark: Mark = {
			id: idOf(placed),
			token,
			surface,
			user,
			left,
			right,
			within: this.#holderOf(item, surface),
			promisedAt: Number.POSITIVE_INFINITY,
			promised: null,
			removedBy: new Set(),
			removalPromisedAt: Number.POSITIVE_INFINITY,
			isForgotten: false,
			isRemovalForgotten: false,
			isRefused: false,
		};
		this.#marks.set(mark.id, mark);
		return mark;
	}

	/** What stands on either side of an item of a list: to find it costs a look at those. */
	#besides(item: Y.Item): Pick<Mark, "left" | "right"> {
		if (item.parentSub !== null) return { left: null, right: null };
		const [left, right] = [tokenBefore(item), tokenAfter(item)].map((placed) => {
			return placed === null ? null : (this.at(idOf(placed)) ?? null);
		});
		return { left: left ?? null, right: right ?? null };
	}

	/** Every place of a token. */
	#marksOf(token: string): Mark[] {
		return [...this.#marks.values()].filter((mark) => mark.token === token);
	}

	#holderOf({ parent }: Y.Item, surface: Placed["surface"]): Mark | null {
		if (surface !== "caption" && surface !== "letters") return null;
		const holder = (parent as Y.AbstractType<unknown>)._item?.parent as Y.AbstractType<unknown>;
		// A photo is known by its entry, an item by the name in it.
		const id = surface === "caption" ? holder?._item?.id : holder?._map.get("id")?.id;
		return id === undefined ? null : (this.at(idOf(id)) ?? null);
	}

	/** Tabs of one device tell each other of their user's work without the server. */
	#show(user: string, added: readonly Placed[], removed: readonly Placed[]): void {
		const gone: string[] = [];
		const fresh = added.filter((placed) => this.#showPlace(user, placed));
		for (const placed of removed) {
			const mark = this.at(idOf(placed));
			const isOwn = mark?.removedBy.size === 1 && mark.removedBy.has(user);
			if (mark === undefined || isOwn) continue;
			this.#promise({ kind: "removal", mark, sentCount: 0 }, "shown");
			gone.push(mark.token);
		}
		for (const { token } of removed.filter(isMessage)) {
			this.#breach("chat grows", `${token} left the chat of ${user}`);
		}
		const tokens = fresh.map(({ token }) => token);
		if (tokens.length > 0) this.#news?.shown(user, tokens);
		if (gone.length > 0) this.#news?.gone(user, gone);
	}

	/** True where that is news to the user. */
	#showPlace(user: string, placed: Placed): boolean {
		const mark = this.at(idOf(placed));
		const afar = this.afar.get(placed.token);
		if (afar !== undefined) {
			afar.isShown = true;
			return false;
		}
		if (mark === undefined && this.epochs.isEarly(user, placed)) return false;
		if (mark?.token !== placed.token) {
			this.#breach("nothing invented", inventionOf(placed, mark));
			return false;
		}
		const seen = this.#seen.get(user) ?? new Set();
		this.#seen.set(user, seen);
		if (mark.user === user || seen.has(mark)) return false;
		seen.add(mark);
		this.#promise({ kind: "put", mark, sentCount: 0 }, "shown");
		return true;
	}

	#watchChat(user: string, doc: Y.Doc): void {
		for (const wrong of outOfOrder(tokensInOrder(doc.getArray("chat")._start), this)) {
			this.#breach("chat grows", `on the screen of ${user} ${wrong}`);
		}
	}

	#breach(check: Breach["check"], say: string): void {
		this.#breaches.push({ check, say });
	}

	#promise(entry: Entry, how: Promised): void {
		const { kind, mark } = entry;
		const heldAt = kind === "removal" ? mark.removalPromisedAt : mark.promisedAt;
		if (heldAt === Number.POSITIVE_INFINITY) this.#news?.promised?.(entry);
		if (kind === "removal") {
			if (mark.removalPromisedAt === Number.POSITIVE_INFINITY) {
				mark.removalPromisedAt = ++this.#moment;
			}
		} else {
			if (mark.promisedAt === Number.POSITIVE_INFINITY) mark.promisedAt = ++this.#moment;
			if (mark.promised !== "saved") mark.promised = how;
		}
	}

	#openOf(user: string): readonly Entry[] {
		const open = (this.#done.get(user) ?? []).filter(({ kind, mark }) => {
			const at = kind === "put" ? mark.promisedAt : mark.removalPromisedAt;
			return at === Number.POSITIVE_INFINITY;
		});
		this.#done.set(user, open);
		return open;
	}
}

function isMessage({ surface }: Placed): boolean {
	return surface === "message";
}

function inventionOf({ token, surface, client, clock }: Placed, mark: Mark | undefined): string {
	const at = `${surface} ${token} stands at ${client}:${clock}`;
	return mark === undefined
		? `${at}, where nobody wrote anything`
		: `${at}, where ${mark.user} wrote ${mark.token}`;
}

/** Of tokens of one list in their order: those that stand before their left, after their right. */
export function outOfOrder(placed: readonly Placed[], ledger: Ledger): string[] {
	const marks = placed.flatMap((one) => ledger.at(idOf(one)) ?? []);
	const places = new Map(marks.map((mark, index) => [mark, index]));
	const wrong: string[] = [];
	for (const [index, { token, left, right }] of marks.entries()) {
		const leftIndex = left === null ? undefined : places.get(left);
		const rightIndex = right === null ? undefined : places.get(right);
		if (leftIndex !== undefined && leftIndex > index) {
			wrong.push(`${token} was put after ${left?.token} and stands before it`);
		}
		if (rightIndex !== undefined && rightIndex < index) {
			wrong.push(`${token} was put before ${right?.token} and stands after it`);
		}
	}
	return wrong;
}
