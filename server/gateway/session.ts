/**
 * One socket inside one room, from join to close. Frames that come while the room is loaded wait
 * here; a bad one ends this socket and nothing else.
 */
import type { Person } from "../../shared/awareness.ts";
import { type FailureCode, failures, toWeftError, WeftError } from "../../shared/errors.ts";
import type { UserId } from "../../shared/ids.ts";
import { inkBytesMax, inkPerSecondMax } from "../../shared/limits.ts";
import {
	type ClientFrame,
	decodeClientFrame,
	encodeAwarenessFrame,
	encodeChanged,
	messageType,
	protocolVersion,
} from "../../shared/protocol.ts";
import type { Rate } from "../config.ts";
import type { Member } from "../rooms/members/member.ts";
import type { Room } from "../rooms/room.ts";
import { Outbox, type OutboxEvents, type OutboxRules } from "./outbox.ts";
import { RateLimit } from "./rate-limit.ts";
import type { Watch, Watched } from "./watch.ts";
import type { Wire, WireEvents } from "./wire.ts";

/** Frames that may wait while the room is loaded; with more the socket is read no further. */
const openingBytesMax = 1024 * 1024;
/** Questions whose answer may be a whole room: once when it opens, again after a trouble. */
const questionRate: Rate = { perSecond: 1, burst: 20 };
const inkRate: Rate = { perSecond: inkPerSecondMax, burst: inkPerSecondMax };
/**
 * A client of which nothing comes at so many looks in a row, not even a pong, is gone: 25 to 30 s
 * after it was heard last. It is asked for a pong before.
 */
const silentLooksMax = 5;
const pingLooks = 3;
/**
 * Looks at which nothing had been sent before the server says that it is there: 15 to 20 s.
 * y-websocket gives a connection up after 30 s without any message.
 */
const quietLooks = 4;
/** How long a client that sends too fast is not read, at least, and then as long again. */
const slowDownMs = 100;
/** How long the other side may take to answer a close before the socket is cut. */
const closeMsMax = 2_000;

/** An awareness frame without states: keeps a silent connection up. */
const keepAliveFrame = encodeAwarenessFrame(Uint8Array.of(0));

/** What is the same for all sessions: one object, as there are thousands of them. */
export interface SessionRules extends OutboxRules {
	readonly watch: Watch;
	/** Frames a second; null lifts the limit. */
	readonly frameRate: Rate | null;
}

/** Who is behind a socket. */
export interface Visitor {
	readonly userId: UserId;
	/** See `Member.mayOwn`. */
	readonly mayOwn: boolean;
	/** See `Author.accountName`. */
	readonly accountName: string | null;
	/** See `Claimer.mayClaim`. */
	mayClaim(count: number): boolean;
	/** Who the session is, given what its awareness state claims. */
	stamp(claimed: unknown): Person;
	/** See `Member.reconsider`. */
	reconsider(): void;
	/** Called once, with why the server ended it; null where the client left. */
	ended(code: FailureCode | null, detail?: string): void;
}

/** Reasons not to read a socket: a bit each. */
const hold = {
	/** The room is not open yet. */
	opening: 1,
	/** It has more than it can write. */
	room: 2,
	/** The client sends too fast. */
	rate: 4,
} as const;
type Hold = (typeof hold)[keyof typeof hold];

type Phase =
	| { readonly kind: "opening"; readonly frames: Uint8Array[]; readonly bytes: number }
	| { readonly kind: "live"; readonly room: Room }
	| { readonly kind: "closed" };

/** A client in a room. */
export class Session implements Member, WireEvents, OutboxEvents, Watched {
	readonly userId: UserId;
	readonly #wire: Wire;
	readonly #visitor: Visitor;
	readonly #rules: SessionRules;
	readonly #outbox: Outbox;
	readonly #frameRate: RateLimit | null;
	/** Made when they are needed: most clients do nothing. */
	#inkRate: RateLimit | null = null;
	#questionRate: RateLimit | null = null;
	#phase: Phase = { kind: "opening", frames: [], bytes: 0 };
	#speaksWeft = false;
	#isGreeted = false;
	/** Why the socket is not read now; it is read again when no bit is left. */
	#holds = 0;
	/** What had come in at the last look. */
	#receivedBytes = 0;
	/** Looks in a row at which nothing had come. */
	#silentLooks = 0;
	/** Looks since something was sent, or so much waited that awareness was left out. */
	#unsentLooks = 0;
	readonly #slotIndex: number;

	constructor(wire: Wire, visitor: Visitor, rules: SessionRules) {
		this.#wire = wire;
		this.#visitor = visitor;
		this.#rules = rules;
		this.userId = visitor.userId;
		this.#frameRate = rules.frameRate && new RateLimit(rules.frameRate, rules.clock);
		this.#outbox = new Outbox(wire, this, rules);
		this.#slotIndex = rules.watch.add(this);
		wire.listen(this);
	}

	/** True once the client said hello. */
	get speaksWeft(): boolean {
		return this.#speaksWeft;
	}

	/** See `Member.mayOwn`. */
	get mayOwn(): boolean {
		return this.#visitor.mayOwn;
	}

	/** See `Author.accountName`. */
	get accountName(): string | null {
		return this.#visitor.accountName;
	}

	/** See `Claimer.mayClaim`. */
	mayClaim(count: number): boolean {
		return this.#visitor.mayClaim(count);
	}

	/** See `Member.isBehind`. */
	get isBehind(): boolean {
		return this.#outbox.isBehind;
	}

	/** Bytes that were sent and have not left yet. */
	get waitingBytes(): number {
		return this.#wire.waitingBytes;
	}

	/** Bytes that came and wait until the room is open. */
	get openingBytes(): number {
		return this.#phase.kind === "opening" ? this.#phase.bytes : 0;
	}

	/** True once nothing can be sent or received. */
	get isClosed(): boolean {
		return this.#phase.kind === "closed";
	}

	/** The room is loaded and has seated this session: what waited goes in. */
	enter(room: Room): void {
		if (this.#phase.kind !== "opening") return;
		const { frames } = this.#phase;
		this.#phase = { kind: "live", room };
		this.#release(hold.opening);
		for (const frame of frames) this.message(frame);
	}

	/** See `Attendee.stamp`. */
	stamp(claimed: unknown): Person {
		return this.#visitor.stamp(claimed);
	}

	/** See `Member.reconsider`. */
	reconsider(): void {
		this.#visitor.reconsider();
	}

	/** Others wait, present, or may something else: who is told asks for it anew. */
	tellChanged(): void {
		if (this.#speaksWeft) this.send([encodeChanged()]);
	}

	/** See `Attendee.send`. */
	send(frames: readonly Uint8Array[]): void {
		this.#unsentLooks = 0;
		this.#outbox.send(frames);
	}

	/** See `Attendee.sendAwareness`. */
	sendAwareness(frame: Uint8Array): void {
		this.#unsentLooks = 0;
		this.#outbox.sendAwareness(frame);
	}

	/** See `Member.sendInk`. */
	sendInk(frame: Uint8Array): void {
		this.#outbox.sendFleeting(frame);
	}

	/** See `Member.pause`. */
	pause(): void {
		this.#hold(hold.room);
	}

	/** See `Member.resume`. */
	resume(): void {
		this.#release(hold.room);
	}

	/** See `WireEvents.message`. */
	message(frame: Uint8Array): void {
		try {
			if (this.#phase.kind === "opening") this.#keep(this.#phase, frame);
			else if (this.#phase.kind === "live") this.#handle(this.#phase.room, frame);
		} catch (error) {
			const { code, message } = toWeftError(error, "bad_frame");
			this.close(code, message);
		}
	}

	/** See `WireEvents.broken`. */
	broken(code: FailureCode, detail: string): void {
		this.close(code, detail);
	}

	/** See `WireEvents.drained`. */
	drained(): void {
		this.#outbox.drained();
	}

	/** See `WireEvents.closed`. */
	closed(): void {
		this.#end(null);
	}

	/** See `OutboxEvents.overflowed`. */
	overflowed(): void {
		this.close("slow_reader");
	}

	/** See `OutboxEvents.caughtUp`. */
	caughtUp(): void {
		this.#room?.catchUp(this);
	}

	/** See `OutboxEvents.awarenessWanted`. */
	awarenessWanted(): void {
		this.#room?.tellPresence(this);
	}

	/** See `Watched.look`: is the client still there, and does it know that we are? */
	look(): void {
		const { receivedBytes } = this.#wire;
		const isHeard = receivedBytes !== this.#receivedBytes || this.#holds !== 0;
		this.#receivedBytes = receivedBytes;
		this.#silentLooks = isHeard ? 0 : this.#silentLooks + 1;
		this.#unsentLooks++;
		if (this.#silentLooks >= silentLooksMax) {
			this.#wire.terminate();
			this.#end(null, "silent");
			return;
		}
		if (this.#outbox.isOverdue) {
			this.close("slow_reader", "does not read");
			return;
		}
		if (this.#unsentLooks >= quietLooks) this.send([keepAliveFrame]);
		if (this.#silentLooks >= pingLooks) this.#wire.ping();
	}

	/** Ends the session; the code goes over the wire as the close's reason. */
	close(code: FailureCode, detail?: string): void {
		if (this.#phase.kind === "closed") return;
		this.#wire.close(failures[code].close, code);
		this.#wire.resume(); // Paused, it would never see the answer.
		this.#rules.clock.after(closeMsMax, () => this.#wire.terminate());
		this.#end(code, detail);
	}

	get #room(): Room | null {
		return this.#phase.kind === "live" ? this.#phase.room : null;
	}

	#end(code: FailureCode | null, detail?: string): void {
		if (this.#phase.kind === "closed") return;
		this.#phase = { kind: "closed" };
		this.#rules.watch.remove(this, this.#slotIndex);
		this.#visitor.ended(code, detail);
	}

	#keep({ frames, bytes }: { frames: Uint8Array[]; bytes: number }, frame: Uint8Array): void {
		if (frame.length === 1 && frame[0] === messageType.queryAwareness) {
			this.#limitQuestions(); // It asks whether we are there; who else is, it is told on entering.
			this.send([keepAliveFrame]);
			return;
		}
		const total = bytes + frame.length;
		if (total > openingBytesMax) this.#hold(hold.opening);
		frames.push(frame);
		this.#phase = { kind: "opening", frames, bytes: total };
	}

	#handle(room: Room, bytes: Uint8Array): void {
		this.#slowDown();
		const frame = decodeClientFrame(bytes);
		const isFirst = !this.#isGreeted;
		if (isFirst) this.#greet(room, frame);
		switch (frame.type) {
			case "stateVector":
				this.#limitQuestions();
				room.answer(this, frame.stateVector);
				break;
			case "update":
				room.write(this, frame.update, frame.isStep2);
				break;
			case "awareness":
				room.present(this, frame.update);
				break;
			case "queryAwareness":
				this.#limitQuestions();
				room.tellPresence(this);
				break;
			case "ink":
				this.#passInk(room, frame.clientId, frame.ink);
				break;
			case "hello":
				if (!isFirst) throw new WeftError("bad_frame", "hello comes first");
		}
	}

	/** The first frame tells whether the client speaks Weft, and since when. */
	#greet(room: Room, frame: ClientFrame): void {
		this.#isGreeted = true;
		this.#speaksWeft = frame.type === "hello";
		if (frame.type === "hello" && frame.version < protocolVersion) {
			throw new WeftError("app_too_old", `version ${frame.version}`);
		}
		room.greet(this);
	}

	#limitQuestions(): void {
		this.#questionRate ??= new RateLimit(questionRate, this.#rules.clock);
		if (!this.#questionRate.take()) throw new WeftError("too_many_requests");
	}

	#passInk(room: Room, clientId: number, ink: Uint8Array): void {
		if (ink.length > inkBytesMax) throw new WeftError("frame_too_big", "ink");
		this.#inkRate ??= new RateLimit(inkRate, this.#rules.clock);
		if (this.#inkRate.take()) room.passInk(this, clientId, ink);
	}

	/**
	 * Who sends more than a person can is read more slowly; nobody else waits for it. What was read
	 * before the pause, thousands of frames perhaps, still comes: it is owed.
	 */
	#slowDown(): void {
		this.#frameRate?.owe();
		if (!this.#frameRate?.isOwing || (this.#holds & hold.rate) !== 0) return;
		this.#hold(hold.rate);
		this.#releaseLater(this.#frameRate);
	}

	#releaseLater(rate: RateLimit): void {
		this.#rules.clock.after(slowDownMs, () => {
			if (rate.isOwing && !this.isClosed) this.#releaseLater(rate);
			else this.#release(hold.rate);
		});
	}

	#hold(why: Hold): void {
		if (this.#holds === 0) this.#wire.pause();
		this.#holds |= why;
	}

	/** A client that was not read could not be heard: its silence begins anew. */
	#release(why: Hold): void {
		if ((this.#holds & why) === 0) return;
		this.#holds &= ~why;
		if (this.#holds !== 0) return;
		this.#receivedBytes = -1; // So that it counts as heard at the next look.
		this.#wire.resume();
	}
}
