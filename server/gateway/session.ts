/**
 * One socket inside one room, from join to close. Frames that come while the room is loaded wait
 * here; a bad one ends this socket and nothing else.
 */
import type { Person } from "../../shared/awareness.ts";
import type { Cancel, Clock } from "../../shared/clock.ts";
import { type FailureCode, failures, toWeftError, WeftError } from "../../shared/errors.ts";
import type { UserId } from "../../shared/ids.ts";
import { inkBytesMax, inkPerSecondMax, keepAliveMs } from "../../shared/limits.ts";
import {
	type ClientFrame,
	decodeClientFrame,
	encodeAwarenessFrame,
	protocolVersion,
} from "../../shared/protocol.ts";
import type { Rate } from "../config.ts";
import type { Member } from "../rooms/members/member.ts";
import type { Room } from "../rooms/room.ts";
import { Outbox } from "./outbox.ts";
import { RateLimit } from "./rate-limit.ts";
import type { Wire } from "./wire.ts";

/** Frames that may wait while the room is loaded; with more the socket is read no further. */
const openingBytesMax = 1024 * 1024;
/** Questions whose answer may be a whole room: once when it opens, again after a trouble. */
const questionRate: Rate = { perSecond: 1, burst: 20 };
/**
 * A client that says nothing for so long, not even a pong, is gone. Looked at every five seconds,
 * so that nobody is shown for longer than 30 s after they were heard last.
 */
const silentMsMax = 25_000;
/** How long a client that sends too fast is not read. */
const slowDownMs = 100;
/** How long the other side may take to answer a close before the socket is cut. */
const closeMsMax = 2_000;

/** An awareness frame without states: keeps a silent connection up. */
const keepAliveFrame = encodeAwarenessFrame(Uint8Array.of(0));

/** What a session is handed. */
export interface SessionParts {
	readonly wire: Wire;
	readonly clock: Clock;
	readonly userId: UserId;
	/** Who the session is, given what its awareness state claims. */
	readonly stamp: (claimed: unknown) => Person;
	/** Frames a second; null lifts the limit. */
	readonly frameRate: Rate | null;
	/** Bytes that may wait for the client before it is sent no updates. */
	readonly outboxBytesMax: number;
	/** Called once, with why the server ended it; null where the client left. */
	readonly ended: (code: FailureCode | null, detail?: string) => void;
}

/** The room is not open yet, it has more than it can write, or the client sends too fast. */
type Hold = "opening" | "room" | "rate";

type Phase =
	| { readonly kind: "opening"; readonly frames: Uint8Array[]; readonly bytes: number }
	| { readonly kind: "live"; readonly room: Room }
	| { readonly kind: "closed" };

/** A client in a room. */
export class Session implements Member {
	readonly userId: UserId;
	readonly #parts: SessionParts;
	readonly #outbox: Outbox;
	readonly #frameRate: RateLimit | null;
	readonly #inkRate: RateLimit;
	readonly #questionRate: RateLimit;
	#phase: Phase = { kind: "opening", frames: [], bytes: 0 };
	#speaksWeft = false;
	#isGreeted = false;
	/** Why the socket is not read now; it is read again when none is left. */
	readonly #holds = new Set<Hold>();
	#heardMs: number;
	#sentMs: number;
	#cancelWatch: Cancel;

	constructor(parts: SessionParts) {
		this.#parts = parts;
		this.userId = parts.userId;
		this.#frameRate = parts.frameRate && new RateLimit(parts.frameRate, parts.clock);
		this.#inkRate = new RateLimit(
			{ perSecond: inkPerSecondMax, burst: inkPerSecondMax },
			parts.clock,
		);
		this.#questionRate = new RateLimit(questionRate, parts.clock);
		this.#heardMs = parts.clock.elapsed();
		this.#sentMs = this.#heardMs;
		this.#outbox = new Outbox({
			wire: parts.wire,
			clock: parts.clock,
			bytesMax: parts.outboxBytesMax,
			overflowed: () => this.close("slow_reader"),
			caughtUp: () => this.#room?.catchUp(this),
			awarenessWanted: () => this.#room?.tellPresence(this),
		});
		this.#cancelWatch = this.#watch();
		this.#listen(parts.wire);
	}

	/** True once the client said hello. */
	get speaksWeft(): boolean {
		return this.#speaksWeft;
	}

	/** See `Member.isBehind`. */
	get isBehind(): boolean {
		return this.#outbox.isBehind;
	}

	/** Bytes that were sent and have not left yet. */
	get waitingBytes(): number {
		return this.#parts.wire.waitingBytes;
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
		this.#release("opening");
		for (const frame of frames) this.#receive(frame);
	}

	/** See `Guest.stamp`. */
	stamp(claimed: unknown): Person {
		return this.#parts.stamp(claimed);
	}

	/** See `Guest.send`. */
	send(frames: readonly Uint8Array[]): void {
		this.#sentMs = this.#parts.clock.elapsed();
		this.#outbox.send(frames);
	}

	/** See `Guest.sendAwareness`. */
	sendAwareness(frame: Uint8Array): void {
		this.#sentMs = this.#parts.clock.elapsed();
		this.#outbox.sendAwareness(frame);
	}

	/** See `Member.sendInk`. */
	sendInk(frame: Uint8Array): void {
		this.#outbox.sendFleeting(frame);
	}

	/** See `Member.pause`. */
	pause(): void {
		this.#hold("room");
	}

	/** See `Member.resume`. */
	resume(): void {
		this.#release("room");
	}

	/** Ends the session; the code goes over the wire as the close's reason. */
	close(code: FailureCode, detail?: string): void {
		if (this.#phase.kind === "closed") return;
		const { wire, clock } = this.#parts;
		wire.close(failures[code].close, code);
		wire.resume(); // Paused, it would never see the answer.
		clock.after(closeMsMax, () => wire.terminate());
		this.#end(code, detail);
	}

	get #room(): Room | null {
		return this.#phase.kind === "live" ? this.#phase.room : null;
	}

	#end(code: FailureCode | null, detail?: string): void {
		if (this.#phase.kind === "closed") return;
		this.#phase = { kind: "closed" };
		this.#cancelWatch();
		this.#parts.ended(code, detail);
	}

	#listen(wire: Wire): void {
		const heard = () => {
			this.#heardMs = this.#parts.clock.elapsed();
		};
		wire.listen({
			message: (bytes) => {
				heard();
				this.#receive(bytes);
			},
			broken: (code, detail) => this.close(code, detail),
			pong: heard,
			drained: () => this.#outbox.drained(),
			closed: () => this.#end(null),
		});
	}

	#receive(frame: Uint8Array): void {
		try {
			if (this.#phase.kind === "opening") this.#keep(this.#phase, frame);
			else if (this.#phase.kind === "live") this.#handle(this.#phase.room, frame);
		} catch (error) {
			const { code, message } = toWeftError(error, "bad_frame");
			this.close(code, message);
		}
	}

	#keep({ frames, bytes }: { frames: Uint8Array[]; bytes: number }, frame: Uint8Array): void {
		const total = bytes + frame.length;
		if (total > openingBytesMax) this.#hold("opening");
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
		if (!this.#questionRate.take()) throw new WeftError("too_many_requests");
	}

	#passInk(room: Room, clientId: number, ink: Uint8Array): void {
		if (ink.length > inkBytesMax) throw new WeftError("frame_too_big", "ink");
		if (this.#inkRate.take()) room.passInk(this, clientId, ink);
	}

	/** Who sends more than a person can is read more slowly; nobody else waits for it. */
	#slowDown(): void {
		if (this.#frameRate === null || this.#frameRate.take()) return;
		if (this.#holds.has("rate")) return; // What was read before the pause still comes.
		this.#hold("rate");
		this.#parts.clock.after(slowDownMs, () => this.#release("rate"));
	}

	#hold(why: Hold): void {
		if (this.#holds.size === 0) this.#parts.wire.pause();
		this.#holds.add(why);
	}

	/** A client that was not read could not be heard: its silence begins anew. */
	#release(why: Hold): void {
		if (!this.#holds.delete(why) || this.#holds.size > 0) return;
		this.#heardMs = this.#parts.clock.elapsed();
		this.#parts.wire.resume();
	}

	/** Every few seconds: is the client still there, and does it know that we are? */
	#watch(): Cancel {
		const { wire, clock } = this.#parts;
		return clock.after(keepAliveMs / 3, () => {
			const now = clock.elapsed();
			if (this.#holds.size === 0 && now - this.#heardMs > silentMsMax) {
				wire.terminate();
				this.#end(null, "silent");
				return;
			}
			if (this.#outbox.isOverdue) {
				this.close("slow_reader", "does not read");
				return;
			}
			if (now - this.#sentMs >= keepAliveMs) this.send([keepAliveFrame]);
			if (now - this.#heardMs >= keepAliveMs) wire.ping();
			this.#cancelWatch = this.#watch();
		});
	}
}
