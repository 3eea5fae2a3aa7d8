/**
 * Slows down who guesses passwords: by the account that is tried, and by the address that tries.
 * Every try counts when it begins, so that a thousand at once are no way around it.
 */
import type { Clock, Millis } from "../../shared/clock.ts";
import { putNewest } from "../newest.ts";

/** How one kind of try is slowed. */
interface Pace {
	/** Tries in a row that nobody has to wait for. */
	readonly freeTries: number;
	/** The wait behind the next one; it doubles with each further. */
	readonly firstWaitMs: Millis;
	readonly waitMsMax: Millis;
}

/** Eight in the first minute, one a minute from then on: 10 a minute are never reached. */
const accountPace: Pace = { freeTries: 3, firstWaitMs: 1_000, waitMsMax: 60_000 };

/** A class behind one router mistypes more than one person does. */
const addressPace: Pace = { freeTries: 20, firstWaitMs: 1_000, waitMsMax: 30_000 };

/** Forgotten after a rest of this length. */
const memoryMs: Millis = 15 * 60_000;

/** Most accounts and most addresses remembered; the one that rests longest goes first. */
const rememberedMax = 10_000;

interface Tries {
	readonly count: number;
	readonly nextMs: Millis;
	readonly atMs: Millis;
}

/** See the head of this file. */
export class LoginBrake {
	readonly #clock: Clock;
	readonly #accounts = new Map<string, Tries>();
	readonly #addresses = new Map<string, Tries>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/**
	 * How long this try has to wait; 0 where it may be made, and then it counts. Accounts that are
	 * not there are slowed as those that are: the wait tells nothing. Null for one that is new.
	 */
	waitMs(account: string | null, address: string): Millis {
		const ofAccount = account === null ? 0 : this.#left(this.#accounts.get(account));
		const waitMs = Math.max(ofAccount, this.#left(this.#addresses.get(address)));
		if (waitMs > 0) return waitMs;
		if (account !== null) this.#note(this.#accounts, account, accountPace);
		this.#note(this.#addresses, address, addressPace);
		return 0;
	}

	/**
	 * The password was right. The address gets back this one try: a class may sign in from it, and
	 * who has an account of their own does not wipe off with it what they tried on others.
	 */
	succeeded(account: string, address: string): void {
		this.#accounts.delete(account);
		const tries = this.#addresses.get(address);
		if (tries === undefined) return;
		const nextMs = this.#clock.elapsed();
		this.#addresses.set(address, { ...tries, count: tries.count - 1, nextMs });
	}

	#left(tries: Tries | undefined): Millis {
		return tries === undefined ? 0 : Math.max(0, tries.nextMs - this.#clock.elapsed());
	}

	#note(all: Map<string, Tries>, key: string, pace: Pace): void {
		const nowMs = this.#clock.elapsed();
		const before = all.get(key);
		const isFresh = before === undefined || nowMs - before.atMs > memoryMs;
		const count = isFresh ? 1 : before.count + 1;
		const tries = { count, nextMs: nowMs + waitOf(count, pace), atMs: nowMs };
		putNewest(all, key, tries, rememberedMax);
	}
}

function waitOf(count: number, { freeTries, firstWaitMs, waitMsMax }: Pace): Millis {
	if (count < freeTries) return 0;
	return Math.min(waitMsMax, firstWaitMs * 2 ** (count - freeTries));
}
