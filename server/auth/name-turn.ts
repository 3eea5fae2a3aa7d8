import { friendlyName, friendlyNameCount } from "../../shared/friendly-name.ts";
import type { RandomBytes } from "../../shared/ids.ts";

/**
 * Steps from one name to the next: without a divisor in common with their count, so that all come
 * before one comes again; long ones, so that neighbours do not sound alike.
 */
const steps = stepsFor(friendlyNameCount);

function stepsFor(count: number): number[] {
	const found: number[] = [];
	for (let step = Math.floor(count / 3); step < count; step++) {
		if (greatestCommonDivisor(step, count) === 1) found.push(step);
	}
	return found;
}

function greatestCommonDivisor(one: number, other: number): number {
	return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/**
 * Hands out friendly names, so that two people of one room have different ones: none comes again
 * before all have come, and none that somebody here has.
 */
export class NameTurn {
	readonly #namesHere: () => ReadonlySet<string>;
	readonly #step: number;
	#at: number;

	/** `namesHere` is asked once for each name that is handed out. */
	constructor(random: RandomBytes, namesHere: () => ReadonlySet<string>) {
		const [a = 0, b = 0, c = 0] = random(3);
		this.#namesHere = namesHere;
		this.#step = steps[(a * 256 + b) % steps.length] ?? 1;
		this.#at = (b * 256 + c) % friendlyNameCount;
	}

	/** The next name. Where all are taken, they are numbered. */
	next(): string {
		const taken = this.#namesHere();
		for (let round = 1; ; round++) {
			for (let tries = 0; tries < friendlyNameCount; tries++) {
				this.#at = (this.#at + this.#step) % friendlyNameCount;
				const name = friendlyName(this.#at) + (round === 1 ? "" : ` ${round}`);
				if (!taken.has(name)) return name;
			}
		}
	}
}
