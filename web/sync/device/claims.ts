/**
 * Rooms that were made here by the button are theirs who pressed it, before anybody else writes.
 * The server is told when it can be: until then the claim is kept, over reloads too.
 */
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import { failures, WeftError } from "../../../shared/errors.ts";
import { parseRoomName, type RoomName } from "../../../shared/ids.ts";
import { isOurs, type Me, newcomer, type PersonMemory } from "../me.ts";
import { claimsKey, isKeeping } from "./keeping.ts";

/** Rooms that were made without a network; of more the oldest go, and are their first writer's. */
const claimsMax = 50;

/** First and longest wait before the server is asked again. */
const pauseMsMin: Millis = 1_000;
const pauseMsMax: Millis = 60_000;

interface Claim {
	readonly room: RoomName;
	/** The id of who pressed the button. */
	readonly by: string;
}

/** What claims are made of. */
export interface ClaimParts {
	readonly memory: PersonMemory | null;
	readonly me: Pick<Me, "person">;
	/** Tells the server; fails as `call` of `api.ts` does. */
	readonly send: (room: RoomName) => Promise<unknown>;
	readonly clock: Clock;
	/** Calls back when there may be a network again, until cancelled. */
	readonly onReturn: (run: () => void) => Cancel;
}

/** See the head of this file; one a page. */
export class Claims {
	readonly #parts: ClaimParts;
	/** What a device that keeps nothing has of them. */
	#unkept: readonly Claim[] = [];
	#sending: Promise<void> | null = null;
	/** Ends the wait before the next try. */
	#wake: () => void = () => undefined;

	constructor(parts: ClaimParts) {
		this.#parts = parts;
	}

	/** The room was made on this page, by who is here now. */
	add(room: RoomName): void {
		const others = this.#read().filter((claim) => claim.room !== room);
		this.#write([...others, { room, by: this.#parts.me.person.id }].slice(-claimsMax));
		this.#wake();
	}

	/** Tells the server of all of them; resolves when it knows, or will never take the rest. */
	send(): Promise<void> {
		this.#sending ??= this.#sendAll().finally(() => {
			this.#sending = null;
		});
		return this.#sending;
	}

	async #sendAll(): Promise<void> {
		const { me, clock, onReturn } = this.#parts;
		const isOwn = ({ by }: Claim) => by === newcomer.id || isOurs(me.person, by);
		for (let pauseMs = pauseMsMin; ; pauseMs = Math.min(pauseMsMax, pauseMs * 2)) {
			for (const { room } of this.#read().filter(isOwn)) {
				if (!(await this.#isSettled(room))) break;
				this.#write(this.#read().filter((claim) => claim.room !== room));
			}
			if (!this.#read().some(isOwn)) return;
			await new Promise<void>((resolve) => {
				const cancels = [onReturn(() => this.#wake()), clock.after(pauseMs, () => this.#wake())];
				this.#wake = () => {
					for (const cancel of cancels) cancel();
					resolve();
				};
			});
		}
	}

	/** False where the server may answer otherwise another time. */
	async #isSettled(room: RoomName): Promise<boolean> {
		try {
			await this.#parts.send(room);
			return true;
		} catch (error) {
			console.info("Not claimed:", error);
			if (!(error instanceof WeftError)) return false;
			const { status } = failures[error.code];
			return status < 500 && status !== 401 && status !== 429;
		}
	}

	#read(): readonly Claim[] {
		const { memory } = this.#parts;
		return isKeeping(memory) && memory !== null ? readKept(memory) : this.#unkept;
	}

	#write(claims: readonly Claim[]): void {
		const { memory } = this.#parts;
		this.#unkept = claims;
		if (isKeeping(memory))
			memory?.setItem(claimsKey, claims.length === 0 ? "" : JSON.stringify(claims));
	}
}

function readKept(memory: PersonMemory): Claim[] {
	try {
		const kept: unknown = JSON.parse(memory.getItem(claimsKey) || "[]");
		return Array.isArray(kept) ? kept.flatMap(readClaim) : [];
	} catch {
		return []; // Somebody else's value under our name.
	}
}

function readClaim(value: unknown): Claim[] {
	const { room, by } = (value ?? {}) as Partial<Record<keyof Claim, unknown>>;
	const name = typeof room === "string" ? parseRoomName(room) : null;
	return name === null || typeof by !== "string" ? [] : [{ room: name, by }];
}
