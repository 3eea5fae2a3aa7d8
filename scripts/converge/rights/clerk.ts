/**
 * Who the people of a run are to the server, and what the room's owner decides about them. What was
 * asked and not answered, because the server ended or its disk failed, is asked again until it is:
 * meanwhile the rulebook says that nobody knows.
 */

import { HostTokens } from "../../../server/auth/host-token.ts";
import { type Comer, placeOf } from "../../../server/auth/rooms/admit.ts";
import { surfaceNames } from "../../../shared/awareness.ts";
import { type Cancel, type Clock, type Millis, wait } from "../../../shared/clock.ts";
import { failures, WeftError } from "../../../shared/errors.ts";
import { anyone, type LinkId, type RoomName, type UserId } from "../../../shared/ids.ts";
import { aliasOf, entries, type LinkRole, linkRoles } from "../../../shared/room-access.ts";
import { below, type Random } from "../random.ts";
import type { Pass } from "../testbed.ts";
import {
	type Access,
	type Decision,
	hostSecret,
	type Known,
	mintToken,
	type Office,
} from "./office.ts";
import type { May, Rulebook } from "./rulebook.ts";
import { isSignedIn, type Kind, type Someone } from "./someone.ts";

/** What a clerk is handed. */
export interface ClerkParts {
	readonly office: Office;
	readonly clock: Clock;
	readonly rulebook: Rulebook;
	readonly room: RoomName;
	/** The owner first. */
	readonly users: readonly string[];
	/** Who is what. */
	readonly random: Random;
	/** Told what the server must not answer. */
	readonly complain: (say: string) => void;
}

/** How long a token holds, in a run of a minute or two. */
const tokenMsMin: Millis = 4_000;
const tokenMsMax: Millis = 40_000;
/** And when everybody has come home. */
const longTokenMs: Millis = 10 * 60 * 60 * 1000;
/** A server may take so long to notice that a token is over. */
const slackMs: Millis = 2_000;
/** Between two tries. */
const againMs: Millis = 500;
/** Strangers that may come in one run. */
const strangersMax = 40;

/** See the head of this file. */
export class Clerk {
	readonly #parts: ClerkParts;
	readonly #people = new Map<string, Someone>();
	/** Guests whom nobody knows yet, for who comes unexpectedly. */
	readonly #spare: Known[] = [];
	readonly #known = new Map<string, Known>();
	readonly #watches = new Map<string, Cancel>();
	readonly #hostTokens: HostTokens;
	#access: Access | null = null;
	#isBusy = false;
	#isEnding = false;
	#isClosed = false;

	constructor(parts: ClerkParts) {
		this.#parts = parts;
		// Reads what was just made, whatever the time is.
		this.#hostTokens = new HostTokens(hostSecret, { ...parts.clock, now: () => 0 });
	}

	/** Everybody is known, and the room is its owner's, before anybody comes. */
	async prepare(): Promise<void> {
		const { users, random, office } = this.#parts;
		const kinds: readonly Kind[] = ["account", "guest", "token"];
		for (const [index, user] of users.entries()) {
			const kind = index === 0 ? "account" : (kinds[below(random, kinds.length)] ?? "guest");
			await this.#introduce(user, kind, below(random, 2) === 0 ? "editor" : "commenter");
		}
		for (let count = 0; count < strangersMax; count++) {
			this.#spare.push(await this.#surely(() => office.meet(`visitor ${count}`)));
		}
		// Where nothing changes nobody becomes an owner.
		for (const entry of ["viewer", "editor"] as const) await this.#decide({ kind: "entry", entry });
		this.#noteAll();
	}

	/** Who somebody is now, and where they come in; null while they cannot come. */
	passOf(user: string): Pass | null {
		const someone = this.#people.get(user);
		if (someone === undefined) {
			const known = this.#known.get(user) ?? this.#spare.pop();
			if (known === undefined) return null;
			this.#known.set(user, known);
			return { cookie: known.cookie, token: null, name: this.#parts.room };
		}
		if (someone.isAway) return null;
		if (someone.kind === "token") this.#renew(someone);
		const { cookie, token, way } = someone;
		return { cookie, token, name: way === null ? this.#parts.room : aliasOf(way) };
	}

	/** The owner's cookie: who may always come in. */
	get ownerCookie(): string {
		return this.#owner.cookie;
	}

	/** Somebody was told that their link is over: they come by the room's name from now on. */
	loseLink(user: string): void {
		const someone = this.#people.get(user);
		if (someone === undefined || someone.way === null) return;
		someone.way = null;
		this.#note(someone);
	}

	/**
	 * The owner decides something, unless the last decision is not answered yet. Comes back with
	 * what is asked for, to follow the owner's name; null where it is nothing.
	 */
	decide(decision: Decision | null, then: () => void = () => undefined): boolean {
		if (decision === null || this.#isBusy) return false;
		this.#work([...this.#people.values()], async () => {
			await this.#decide(decision);
			then();
		});
		return true;
	}

	/** Somebody is let in by a link of their own, once the owner has made it. */
	sendLink(user: string, size: number, moved: () => void): boolean {
		const someone = this.#people.get(user);
		if (someone === undefined || someone.kind === "token" || user === this.#owner.user)
			return false;
		const before = new Set(this.#access?.links.map(({ id }) => id));
		const role = linkRoles[size % linkRoles.length] ?? "editor";
		return this.decide({ kind: "link", role }, () => {
			const made = this.#access?.links.find(({ id }) => !before.has(id));
			if (made !== undefined) someone.way = made.id;
			moved();
		});
	}

	/** The link by which somebody comes, else one of those that hold; null where there is none. */
	linkFor(user: string, at: number): LinkId | null {
		const links = this.#access?.links ?? [];
		const own = links.find(({ id }) => id === this.#people.get(user)?.way);
		if (own !== undefined) return own.id;
		return links[Math.floor(at * links.length)]?.id ?? null;
	}

	/**
	 * Somebody asks at the door of a room whose owner wants that, and is let in as that role. Where
	 * it is another door, the owner has new arrivals ask from now on.
	 */
	knock(user: string, role: LinkRole, moved: () => void): boolean {
		if (this.#access?.entry !== "knock") return this.decide({ kind: "entry", entry: "knock" });
		const { office, rulebook, room } = this.#parts;
		const someone = this.#people.get(user);
		if (someone === undefined || someone.isAway || someone.kind === "token") return false;
		if (this.#isBusy || rulebook.mayNow(user) !== null) return false;
		this.#work([someone], async () => {
			const { state } = await this.#surely(() => office.knock(someone.cookie, room));
			const { id } = someone;
			if (state === "waiting") await this.#decide({ kind: "member", id, change: { role } });
			moved();
		});
		return true;
	}

	/** The owner puts the room into the bin, or takes it out. False where it is there. */
	bin(isBinned: boolean): boolean {
		const isThere = (this.#access?.binnedAtMs ?? null) !== null;
		return isThere !== isBinned && this.decide({ kind: "bin", isBinned });
	}

	/** The owner purges the room; `ended` is told whether there was one. */
	purge(ended: (isPurged: boolean) => void): boolean {
		if (this.#isBusy) return false;
		const { office, room } = this.#parts;
		this.#work([], async () => {
			const answer = await this.#answered(() => office.purge(this.ownerCookie, room));
			const isRefused = answer instanceof WeftError;
			if (isRefused && answer.code !== "not_found") throw answer;
			ended(!isRefused);
		});
		return true;
	}

	/** By what the room's access knows somebody; null for the owner, whom nothing is about. */
	idOf(user: string): UserId | null {
		const someone = this.#people.get(user);
		return someone === undefined || someone === this.#owner ? null : someone.id;
	}

	/** A guest signs in, or who was signed out does again. False where they need not, or may not. */
	signIn(user: string): boolean {
		const someone = this.#people.get(user);
		if (someone === undefined || this.#isBusy || !this.#canSignIn(someone)) return false;
		this.#work([someone], () => this.#signIn(someone));
		return true;
	}

	/** Somebody signs out everywhere. */
	signOut(user: string): boolean {
		const someone = this.#people.get(user);
		if (someone === undefined || this.#isBusy || someone === this.#owner) return false;
		if (someone.isAway || !isSignedIn(someone)) return false;
		someone.isAway = true;
		this.#work([someone], () => this.#surely(() => this.#parts.office.signOut(someone.cookie)));
		return true;
	}

	/** Everybody may do everything again, and has a way in that holds. */
	async openAll(): Promise<void> {
		while (this.#isBusy && !this.#isClosed) await wait(this.#parts.clock, againMs);
		this.#isEnding = true;
		for (const cancel of this.#watches.values()) cancel();
		for (const user of this.#people.keys()) this.#parts.rulebook.note(user, undefined);
		for (const { id } of this.#access?.members ?? []) await this.#decide({ kind: "forget", id });
		await this.#decide({ kind: "present", id: null, isTalkOpen: false });
		for (const surface of surfaceNames) {
			await this.#decide({ kind: "least", surface, role: null });
		}
		await this.#decide({ kind: "entry", entry: entries[0] });
		await this.#decide({ kind: "bin", isBinned: false });
		for (const someone of this.#people.values()) {
			someone.way = null;
			someone.untilMs = 0;
			if (someone.isAway) await this.#signIn(someone);
		}
		this.#noteAll();
	}

	/** Nothing more is asked. */
	close(): void {
		this.#isClosed = true;
		for (const cancel of this.#watches.values()) cancel();
	}

	get #owner(): Someone {
		const owner = this.#people.get(this.#parts.users[0] ?? "");
		if (owner === undefined) throw new Error("nobody was introduced yet");
		return owner;
	}

	async #introduce(user: string, kind: Kind, role: Someone["role"]): Promise<void> {
		const { office } = this.#parts;
		const isHosts = kind === "token";
		const nobody = { id: anyone, cookie: "" };
		const met = isHosts ? nobody : await this.#surely(() => office.meet(user));
		if (!isHosts) await this.#surely(() => office.makeAccount(user));
		const rest = { formerIds: [], token: null, untilMs: 0, way: null, isAway: false };
		const someone: Someone = { user, kind, role, ...met, ...rest };
		this.#people.set(user, someone);
		if (kind === "account") await this.#signIn(someone);
		if (isHosts) this.#renew(someone);
	}

	#canSignIn(someone: Someone): boolean {
		if (someone.kind === "token") return false;
		return someone.isAway || !isSignedIn(someone);
	}

	async #signIn(someone: Someone): Promise<void> {
		const { office } = this.#parts;
		someone.isAway = true;
		const before = isSignedIn(someone) ? "" : someone.cookie;
		const known = await this.#surely(() => office.signIn(someone.user, before));
		if (known.id !== someone.id) someone.formerIds = [someone.id, ...someone.formerIds];
		Object.assign(someone, known, { isAway: false });
	}

	/** A new token, where the one of now is over or nearly so: the host made it when it was asked. */
	#renew(someone: Someone): void {
		const { clock, room, random, rulebook } = this.#parts;
		if (someone.untilMs > clock.now() + slackMs) {
			// A clock that was set back makes a token good again that was over.
			if (rulebook.mayNow(someone.user) === null) this.#begin(someone);
			return;
		}
		const lastsMs = this.#isEnding
			? longTokenMs
			: tokenMsMin + below(random, tokenMsMax - tokenMsMin);
		// Whole seconds, as in a token.
		someone.untilMs = Math.ceil((clock.now() + lastsMs) / 1000) * 1000;
		someone.token = mintToken(someone.user, { ...someone, room });
		someone.id = this.#hostTokens.read(someone.token)?.person.id ?? someone.id;
		this.#begin(someone);
	}

	/** From now on the token counts. What is being decided may be about its person as well. */
	#begin(someone: Someone): void {
		if (this.#isBusy) this.#parts.rulebook.note(someone.user, undefined);
		else if (this.#access !== null) this.#note(someone);
		if (!this.#isEnding) this.#watch(someone, someone.untilMs);
	}

	/** Who has a token may do nothing more a moment after it is over. */
	#watch(someone: Someone, untilMs: Millis): void {
		const { clock, rulebook } = this.#parts;
		const { user } = someone;
		const after = (ms: Millis, run: () => void) => {
			const cancel = clock.after(ms, () => {
				if (someone.untilMs === untilMs && !this.#isClosed) run();
			});
			this.#watches.get(user)?.();
			this.#watches.set(user, cancel);
		};
		after(Math.max(0, untilMs - clock.now()), () => {
			if (clock.now() < untilMs) return this.#watch(someone, untilMs);
			rulebook.note(user, undefined);
			after(slackMs, () => this.#note(someone));
		});
	}

	/** While it is done, nobody knows what these may do. */
	#work(people: readonly Someone[], work: () => Promise<void>): void {
		this.#isBusy = true;
		for (const { user } of people) this.#parts.rulebook.note(user, undefined);
		work().then(
			() => {
				this.#isBusy = false;
				this.#noteAll();
			},
			(error: unknown) => this.#parts.complain(String(error)),
		);
	}

	#noteAll(): void {
		for (const someone of this.#people.values()) this.#note(someone);
	}

	#note(someone: Someone): void {
		this.#parts.rulebook.note(someone.user, this.#mayOf(someone));
	}

	/** What the server's own words come to; see `placeOf`. */
	#mayOf({ id, formerIds, token, way, isAway, untilMs }: Someone): May {
		const { clock, room } = this.#parts;
		const isOver = token !== null && clock.now() >= untilMs;
		if (this.#access === null || isAway || isOver) return null;
		const login = token === null ? null : this.#hostTokens.read(token);
		const comer: Comer = { ids: [id, ...formerIds], login, linkId: way, nowMs: clock.now() };
		try {
			return placeOf({ room, ...this.#access }, comer).standing.rights;
		} catch (error) {
			if (error instanceof WeftError) return null;
			throw error;
		}
	}

	async #decide(decision: Decision): Promise<void> {
		const { office, room, complain } = this.#parts;
		const { cookie } = this.#owner;
		const answer = await this.#answered(() => office.decide(cookie, room, decision));
		if (!(answer instanceof WeftError)) this.#access = answer;
		// An earlier try that nobody heard of may have done it.
		else if (answer.code === "not_found" && decision.kind === "revoke") {
			await this.#decide({ kind: "entry", entry: this.#access?.entry ?? "editor" });
		} else if (answer.code !== "not_found") {
			complain(`the owner may not decide about ${decision.kind}: ${answer.code}`);
		}
	}

	async #surely<Result>(ask: () => Promise<Result>): Promise<Result> {
		const answer = await this.#answered(ask);
		if (answer instanceof WeftError) throw answer;
		return answer;
	}

	/** The answer, or why it is refused for good. */
	async #answered<Result>(ask: () => Promise<Result>): Promise<Result | WeftError> {
		while (!this.#isClosed) {
			try {
				return await ask();
			} catch (error) {
				if (error instanceof WeftError && isFinal(error)) return error;
			}
			await wait(this.#parts.clock, againMs);
		}
		return new WeftError("stopping");
	}
}

function isFinal({ code }: WeftError): boolean {
	const { close } = failures[code];
	return close >= 4400 && close <= 4499;
}
