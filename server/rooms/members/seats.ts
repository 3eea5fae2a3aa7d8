/** The sessions in a room, what each was told, and what became of its writes. */
import * as Y from "yjs";
import type { Millis } from "../../../shared/clock.ts";
import type { FailureCode } from "../../../shared/errors.ts";
import type { UserId } from "../../../shared/ids.ts";
import {
	encodeInk,
	encodeRefused,
	encodeSaved,
	encodeStanding,
	encodeUpdate,
	encodeWelcome,
	encodeWritable,
	protocolVersion,
} from "../../../shared/protocol.ts";
import { type RoomKind, rightsIn, writesAnything } from "../../../shared/roles.ts";
import { type Standing, standingOf } from "../access.ts";
import type { Author } from "../guard/rules.ts";
import type { Fate } from "../pieces/taking.ts";
import type { Member } from "./member.ts";
import { SaveCounter } from "./save-counter.ts";

/** Most bytes of writes that wait for the disk before the room stops reading from their senders. */
const waitingBytesMax = 8 * 1024 * 1024;

/** An update or step 2 frame on its way into the log. */
export interface Write {
	readonly member: Member;
	/** What the session might do when it came. */
	readonly author: Author;
	readonly bytes: Uint8Array;
	readonly isStep2: boolean;
	/** Its number among the session's writes. */
	readonly frameIndex: number;
}

/** What a batch brought. */
interface News {
	/** In the order in which they are to be told. */
	readonly news: readonly Uint8Array[];
	/** What the room held before. */
	readonly before: ReadonlyMap<number, number>;
}

/** Writes that must wait still. */
interface Left {
	readonly waitingBytes: number;
	/** True where one of them is that session's. */
	isOf(member: Member): boolean;
}

/** What a room takes: what its kind is, and what keeps everybody from writing; null for nothing. */
export interface Mood {
	readonly kind: RoomKind;
	readonly failure: FailureCode | null;
}

interface Seat {
	readonly counter: SaveCounter;
	/** How many of its frames it was told are saved. */
	toldCount: number;
	/** What the session may do now, and as whom it writes. */
	standing: Standing;
	author: Author;
	/** It was told everything once: from then on it is sent what is new. */
	isAnswered: boolean;
	/**
	 * State vector of what it was sent, while it does not read and is sent nothing more: what came
	 * later it is told when it has caught up. Else null.
	 */
	heldAt: Uint8Array | null;
	/** It was asked for what is missing; asking again would only turn in circles. */
	isAsked: boolean;
	isPaused: boolean;
}

/** Counts slow readers, for metrics. */
export interface SeatsObserver {
	/** So many frames were left out for who is behind. */
	leftOut(frameCount: number): void;
	/** Who was behind was told what it lacks. */
	resynced(): void;
}

/** One seat a session. */
export class Seats {
	readonly #observe: SeatsObserver;
	readonly #seats = new Map<Member, Seat>();
	#waitingBytes = 0;
	#isAnyPaused = false;

	constructor(observe: SeatsObserver) {
		this.#observe = observe;
	}

	/** How many sessions are here. */
	get count(): number {
		return this.#seats.size;
	}

	/** Bytes of writes that wait. */
	get waitingBytes(): number {
		return this.#waitingBytes;
	}

	/** Everybody who is here now. */
	members(): Member[] {
		return [...this.#seats.keys()];
	}

	/** True while the session is here. */
	has(member: Member): boolean {
		return this.#seats.has(member);
	}

	/** True where a session went by that id before it signed in. */
	was(member: Member, id: UserId): boolean {
		return this.#standingOf(member).formerIds.includes(id);
	}

	/** True where a session may be the first to write: in a room of no kind yet. */
	mayBegin(member: Member): boolean {
		const kind = member.speaksWeft ? "guarded" : "open";
		return writesAnything(rightsIn(kind, this.#standingOf(member).rights));
	}

	/** A session came. */
	add(member: Member, standing: Standing): void {
		const author = authorOf(member, standing);
		const counter = new SaveCounter();
		const flags = { isAnswered: false, isAsked: false, isPaused: false };
		this.#seats.set(member, { counter, toldCount: 0, standing, author, heldAt: null, ...flags });
	}

	/** A session left. */
	remove(member: Member): void {
		this.#seats.delete(member);
	}

	/**
	 * A write came in: its number, and who sent it as they stand now. Stops reading from the sender
	 * where too much waits.
	 */
	receive(member: Member, sizeBytes: number): Pick<Write, "frameIndex" | "author"> {
		this.#waitingBytes += sizeBytes;
		const seat = this.#seats.get(member);
		const author = seat?.author ?? authorOf(member, standingOf("viewer"));
		if (seat === undefined) return { frameIndex: 0, author };
		if (this.#waitingBytes > waitingBytesMax && !seat.isPaused) {
			seat.isPaused = true;
			this.#isAnyPaused = true;
			member.pause();
		}
		return { frameIndex: seat.counter.receive(), author };
	}

	/** A session may something else now, and is told so. */
	restand(member: Member, standing: Standing, mood: Mood): void {
		const seat = this.#seats.get(member);
		if (seat === undefined) return;
		seat.standing = standing;
		seat.author = authorOf(member, standing);
		if (!member.speaksWeft) return;
		const rights = rightsIn(mood.kind, standing.rights);
		member.send([encodeStanding({ ...standing, rights }), this.#writable(member, mood)]);
	}

	/** A session speaks Weft: it is told where it is, and what it is there but for an editor. */
	welcome(member: Member, mood: Mood): void {
		const { userId } = member;
		const { kind, failure } = mood;
		const standing = this.#standingOf(member);
		const rights = rightsIn(kind, standing.rights);
		const frames = [encodeWelcome({ version: protocolVersion, userId, kind })];
		const isPlain = rights === standingOf("editor").rights;
		if (!isPlain) frames.push(encodeStanding({ ...standing, rights }));
		if (failure !== null || !writesAnything(rights)) frames.push(this.#writable(member, mood));
		member.send(frames);
	}

	/** Tells all who speak Weft whether they may write. */
	tellWritable(mood: Mood): void {
		for (const member of this.#seats.keys()) {
			if (member.speaksWeft) member.send([this.#writable(member, mood)]);
		}
	}

	#writable(member: Member, { kind, failure }: Mood): Uint8Array {
		const isWriter = writesAnything(rightsIn(kind, this.#standingOf(member).rights));
		return encodeWritable(failure ?? (isWriter ? null : "not_allowed"));
	}

	#standingOf(member: Member): Standing {
		return this.#seats.get(member)?.standing ?? standingOf("viewer");
	}

	/** What waited was handled, but for what is left: everybody else may send again. */
	resumeAll(left: Left | null = null): void {
		this.#waitingBytes = left?.waitingBytes ?? 0;
		if (!this.#isAnyPaused) return;
		const isMuch = this.#waitingBytes > waitingBytesMax;
		this.#isAnyPaused = isMuch;
		for (const [member, seat] of this.#seats) {
			if (!seat.isPaused || (isMuch && left?.isOf(member))) continue;
			seat.isPaused = false;
			member.resume();
		}
	}

	/** The session was told all that the room holds. */
	markAnswered(member: Member): void {
		const seat = this.#seats.get(member);
		if (seat === undefined) return;
		seat.isAnswered = true;
		if (seat.heldAt !== null) this.#observe.resynced();
		seat.heldAt = null;
	}

	/** The session has this much, and is told the rest when it has caught up. */
	hold(member: Member, stateVector: Uint8Array): void {
		const seat = this.#seats.get(member);
		if (seat !== undefined) seat.heldAt = stateVector;
	}

	/** What a session has that is to be told the rest; null where nothing was left out. */
	heldAt(member: Member): Uint8Array | null {
		return this.#seats.get(member)?.heldAt ?? null;
	}

	/**
	 * Sends what is new, encoded once however many listen. A sole writer has it already. Who is
	 * behind is held at what it was sent before.
	 */
	deliver({ news, before }: News, taken: readonly Write[]): void {
		const writer = taken[0]?.member;
		const soleWriter = taken.every(({ member }) => member === writer) ? writer : undefined;
		const frames = news.map(encodeUpdate);
		let leftOutCount = 0;
		let stateVector: Uint8Array | null = null;
		for (const [member, seat] of this.#seats) {
			if (!seat.isAnswered || member === soleWriter) continue;
			if (seat.heldAt === null && member.isBehind) {
				stateVector ??= Y.encodeStateVector(new Map(before));
				seat.heldAt = stateVector;
			}
			if (seat.heldAt === null) member.send(frames);
			else leftOutCount += frames.length;
		}
		if (leftOutCount > 0) this.#observe.leftOut(leftOutCount);
	}

	/** Sends ink to all who speak Weft, but whose it is; not that of who may not draw. */
	sendInk(clientId: number, ink: Uint8Array, author: Member): void {
		if (this.#seats.get(author)?.author.rights.board !== true) return;
		const frame = encodeInk(clientId, ink);
		for (const member of this.#seats.keys()) {
			if (member !== author && member.speaksWeft) member.sendInk(frame);
		}
	}

	/** The writes could not be taken: the room is read-only. */
	skip(writes: readonly Write[]): void {
		for (const { member, frameIndex } of writes) {
			this.#seats.get(member)?.counter.skip(frameIndex);
		}
	}

	/**
	 * Tells the writers what became of their writes, in order; what was taken is on disk.
	 * Comes back with those who must be asked for what is missing.
	 */
	settle(writes: readonly Write[], fates: readonly Fate[], atMs: Millis): Member[] {
		const toAsk: Member[] = [];
		for (const [writeIndex, write] of writes.entries()) {
			const seat = this.#seats.get(write.member);
			const fate = fates[writeIndex];
			if (seat === undefined || fate === undefined) continue;
			if (settleOne(write, fate, seat)) toAsk.push(write.member);
		}
		for (const { member } of writes) {
			const seat = this.#seats.get(member);
			const count = seat?.counter.savedCount ?? 0;
			if (seat === undefined || count <= seat.toldCount) continue;
			seat.toldCount = count;
			if (member.speaksWeft) member.send([encodeSaved({ count, atMs })]);
		}
		return toAsk;
	}
}

function authorOf(member: Member, { rights, formerIds }: Standing): Author {
	const { userId, accountName } = member;
	return { userId, accountName, rights, formerIds, claimer: member };
}

/** True where the writer must be asked for what is missing. */
function settleOne({ member, frameIndex, isStep2 }: Write, fate: Fate, seat: Seat): boolean {
	switch (fate.verdict) {
		case "new":
		case "known":
			seat.counter.settle(frameIndex, isStep2);
			if (isStep2) seat.isAsked = false;
			return false;
		case "missing": {
			const wasAsked = seat.isAsked;
			seat.counter.skip(frameIndex);
			seat.isAsked = true;
			return !wasAsked;
		}
		case "refused": {
			const { code, message } = fate.error;
			if (member.speaksWeft) member.send([encodeRefused({ code, frameIndex })]);
			member.close(code, message);
			return false;
		}
	}
}
