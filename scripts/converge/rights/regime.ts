/** The rights of one run: what changes them, who follows them, and what is wrong with them. */
import * as Y from "yjs";
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { Act } from "../../../shared/roles.ts";
import { entries, linkRoles } from "../../../shared/room-access.ts";
import type { Checklist } from "../checks/checklist.ts";
import type { TokenParts } from "../checks/tokens.ts";
import type { Ledger } from "../person/ledger.ts";
import { isRemoved } from "../person/page.ts";
import type { Bailiff, Person, Refusal } from "../person/person.ts";
import type { Seat } from "../person/seat.ts";
import { tokensIn } from "../person/tokens.ts";
import type { Deed, Plan, Step, Turn } from "../plan.ts";
import { streamsOf } from "../random.ts";
import type { Pass, Testbed } from "../testbed.ts";
import { Clerk } from "./clerk.ts";
import { Court } from "./court.ts";
import type { Decision, Office } from "./office.ts";
import { Rulebook } from "./rulebook.ts";

/** What a regime is handed. */
export interface RegimeParts {
	readonly testbed: Testbed;
	readonly room: RoomName;
	readonly users: readonly string[];
	readonly list: Checklist;
	readonly ledger: Ledger;
	readonly seatOf: (user: string) => Seat | undefined;
	/** Told what somebody did, to follow their name. */
	readonly tell: (user: string, say: string) => void;
}

/** What a deed needs to be allowed. */
const actsFor: Partial<Record<Deed, readonly Act[]>> = {
	type: ["document"],
	paste: ["document"],
	remove: ["document"],
	format: ["document"],
	embed: ["document"],
	draw: ["board"],
	shape: ["board"],
	move: ["board"],
	restyle: ["board"],
	resize: ["board"],
	reorder: ["board"],
	group: ["board"],
	copy: ["board"],
	erase: ["board"],
	rethink: ["board"],
	note: ["board"],
	write: ["board"],
	unwrite: ["board"],
	say: ["chat"],
	mention: ["chat"],
	correct: ["chat"],
	retract: ["chat"],
	share: ["photos", "captions"],
	unshare: ["photos"],
	caption: ["captions"],
	undo: ["document", "board"],
	redo: ["document", "board"],
};

/** What people try who may not. */
const trespasses: readonly Deed[] = [
	...(["type", "remove", "draw", "reorder", "erase", "write"] as const),
	...(["say", "share", "caption"] as const),
];

const givenRoles = ["viewer", "commenter", "editor", "out", "owner", null] as const;

type TurnStep = Extract<Step, { kind: "turn" }>;

/** See the head of this file. */
export class Regime implements Bailiff {
	readonly #parts: RegimeParts;
	readonly #clerk: Clerk;
	/** Told what people do, and what they are promised. */
	readonly court: Court;
	/** Where a purge stands. */
	#purging: "no" | "asked" | "done" = "no";
	#purgeCount = 0;

	private constructor(parts: RegimeParts, office: Office, seed: number) {
		this.#parts = parts;
		const { testbed, room, users, list } = parts;
		const { clock } = testbed;
		const rulebook = new Rulebook(clock);
		this.court = new Court(clock, rulebook, list);
		this.#clerk = new Clerk({
			...{ office, clock, rulebook, room, users },
			random: streamsOf(seed)("people"),
			complain: (say) => list.ask("rights hold", say),
		});
	}

	/** Null for a run in which everybody may everything, or where nobody can be asked. */
	static of({ rights, seed }: Plan, parts: RegimeParts): Regime | null {
		const { office } = parts.testbed;
		return rights && office !== undefined ? new Regime(parts, office, seed) : null;
	}

	/** Everybody is known, before anybody comes. Null, or why that cannot be. */
	async prepare(): Promise<string | null> {
		try {
			await this.#clerk.prepare();
			this.#parts.testbed.readAs?.(this.#clerk.ownerCookie);
			return null;
		} catch (error) {
			return String(error);
		}
	}

	/** See `Caller.pass`. */
	passOf(user: string): Pass | null {
		return this.#purging === "no" ? this.#clerk.passOf(user) : null;
	}

	/** True from the moment in which a purge is asked for until `renew`. */
	get isPurging(): boolean {
		return this.#purging !== "no";
	}

	/** Where a purge was answered: reads what the room begins with, and lets people come again. */
	async renew(): Promise<void> {
		const { testbed, room, ledger, list } = this.#parts;
		if (this.#purging !== "done" || !testbed.isListening) return;
		// A server that stands still, or a disk that is gone, is asked again later.
		const doc = await testbed.stored(room).catch(() => null);
		if (doc === null) return;
		this.#purging = "no";
		for (const { check, say } of ledger.epochs.renew(doc)) list.ask(check, say);
		doc.destroy();
	}

	/** Nobody comes in until it is known what the room begins with: words are followed by id. */
	#purge(): boolean {
		const { ledger } = this.#parts;
		if (this.#purging !== "no") return false;
		const isAsked = this.#clerk.purge((isPurged) => {
			this.#purging = isPurged ? "done" : "no";
			if (!isPurged) ledger.epochs.end();
		});
		if (!isAsked) return false;
		this.#purging = "asked";
		this.#purgeCount++;
		ledger.epochs.begin();
		return true;
	}

	/** A page holds what was purged: what it never sent is kept, and it begins anew. */
	#beginAnew(user: string): void {
		const { ledger, list, tell, seatOf } = this.#parts;
		tell(user, "hears that the room was purged");
		const wrong = `${user} was told of a purge, and nobody had asked for one`;
		list.ask("the honest stay", this.#purgeCount === 0 ? wrong : null);
		ledger.forsake(user);
		seatOf(user)?.startAgain();
	}

	/** True where somebody would do that: their page says that they may, or has not heard. */
	isOpenTo({ rights }: Person, deed: Deed): boolean {
		return rights === null || (actsFor[deed] ?? []).every((act) => rights[act]);
	}

	/** The deed that somebody tries who may not. */
	trespassOf({ at }: Pick<TurnStep, "at">): Deed {
		return trespasses[Math.floor(at * 997) % trespasses.length] ?? "type";
	}

	/** Does what a step says; the sentence of it, to follow the name, null where nothing was done. */
	take({ turn, at, size }: TurnStep, seat: Seat): string | null {
		const deed = this.#deedOf(turn, size, seat);
		if (deed !== undefined) return deed.isDone() ? deed.say : null;
		const { user } = seat;
		const clerk = this.#clerk;
		const decision = decisionFor(turn, {
			at,
			size,
			id: clerk.idOf(user),
			linkId: clerk.linkFor(user, at),
		});
		if (!clerk.decide(decision) || decision === null) return null;
		return `hears that the owner decided: ${JSON.stringify(decision)}`;
	}

	/** What is no decision about somebody; undefined for what is. */
	#deedOf(
		turn: Turn,
		size: number,
		seat: Seat,
	): { readonly isDone: () => boolean; readonly say: string } | undefined {
		const { user } = seat;
		const clerk = this.#clerk;
		const moved = () => reconnect(seat);
		switch (turn) {
			case "signIn":
				return { isDone: () => clerk.signIn(user), say: "signs in" };
			case "signOut":
				return { isDone: () => clerk.signOut(user), say: "signs out everywhere" };
			case "purge":
				return { isDone: () => this.#purge(), say: "hears that the owner purges the room" };
			case "bin":
				return { isDone: () => clerk.bin(true), say: "hears that the room is in the bin" };
			case "restore":
				return { isDone: () => clerk.bin(false), say: "hears that the room is out of the bin" };
			case "knock": {
				const role = linkRoles[size % linkRoles.length] ?? "editor";
				const isDone = () => clerk.knock(user, role, moved);
				return { isDone, say: "stands before a door at which one knocks" };
			}
			case "link": {
				const isDone = () => clerk.sendLink(user, size, moved);
				return { isDone, say: "is sent a link, and comes by it" };
			}
			default:
				return undefined;
		}
	}

	/** See `Bailiff`. */
	refused({ user }: Person, refusal: Refusal): void {
		if (refusal.code === "room_purged") {
			this.#beginAnew(user);
			return;
		}
		this.#parts.tell(user, `is refused a write: ${refusal.code}`);
		this.court.refused({ user, ...refusal });
		this.#parts.ledger.refuse(user, refusal.entries);
		this.#parts.seatOf(user)?.startAgain();
	}

	/** See `Bailiff`. */
	sentAway({ user }: Person, refusal: Omit<Refusal, "entries">): void {
		this.court.refused({ user, ...refusal });
		if (refusal.code === "link_over") this.#clerk.loseLink(user);
	}

	/** In the end everybody may everything again. Null, or why that cannot be. */
	async openAll(): Promise<string | null> {
		try {
			await this.#clerk.openAll();
			return null;
		} catch (error) {
			return String(error);
		}
	}

	/** What was refused is nowhere, and what is nowhere is kept. */
	ask({ doc, ledger, list, whose }: TokenParts, seats: readonly Seat[]): void {
		const live = new Set(tokensIn(doc).map(({ client, clock }) => `${client}:${clock}`));
		const kept = new Map(seats.map((seat) => [seat.user, wordsKept(seat)]));
		const wrong: string[] = [];
		for (const mark of ledger.marks()) {
			const { id, token, user } = mark;
			if (!mark.isRefused || isRemoved(mark)) continue;
			if (live.has(id)) wrong.push(`${whose} holds ${token} of ${user}, which was refused`);
			else if (!kept.get(user)?.has(token)) wrong.push(`${user} did not keep ${token}`);
		}
		list.ask("refused is kept", wrong);
	}

	/** Nothing more is asked. */
	close(): void {
		this.#clerk.close();
	}
}

function wordsKept({ kept }: Seat): ReadonlySet<string> {
	const words = new Set<string>();
	for (const update of kept) {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, update);
		for (const { token } of tokensIn(doc)) words.add(token);
		doc.destroy();
	}
	return words;
}

/** Opens the pages anew, by the way of now. */
function reconnect({ people }: Seat): void {
	for (const person of people) {
		person.goOffline();
		person.goOnline();
	}
}

interface Facts {
	readonly at: number;
	readonly size: number;
	/** Of whom it is about; null for the owner. */
	readonly id: (Decision & { kind: "forget" })["id"] | null;
	readonly linkId: (Decision & { kind: "revoke" })["id"] | null;
}

function decisionFor(turn: Turn, { at, size, id, linkId }: Facts): Decision | null {
	switch (turn) {
		case "give": {
			const role = pick(givenRoles, at);
			return id === null ? null : { kind: "member", id, change: { role } };
		}
		case "mute":
			return id === null ? null : { kind: "member", id, change: { isMuted: size > 1 } };
		case "narrow": {
			const surface: SurfaceName = pick(surfaceNames, at);
			return { kind: "least", surface, role: size > 2 ? null : size > 1 ? "owner" : "editor" };
		}
		case "present":
			return { kind: "present", id: size > 2 ? null : id, isTalkOpen: size > 1 };
		case "open":
			return { kind: "entry", entry: pick(entries, at) };
		case "revoke":
			return linkId === null ? null : { kind: "revoke", id: linkId };
		default:
			return null;
	}
}

function pick<const Item>(items: readonly Item[], at: number): Item {
	return items[Math.floor(at * items.length)] as Item;
}
