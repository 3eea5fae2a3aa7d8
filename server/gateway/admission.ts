/**
 * Lets in so many at a turn of the event loop. A crowd that comes back at once is let in over many
 * turns, in between which everybody else is read and answered.
 */

/** Upgrades in one turn: an upgrade with its first answers takes 0.2 to 0.4 ms. */
const upgradesPerTurnMax = 20;

/** Who waits to be let in. */
export class Admission {
	readonly #turn: (run: () => void) => void;
	#waiting: (() => void)[] = [];
	#admittedCount = 0;
	#isTurning = false;

	/** `turn` calls back when the event loop has gone round once, as `setImmediate` does. */
	constructor(turn: (run: () => void) => void) {
		this.#turn = turn;
	}

	/** Calls `open` now, or in a later turn, in the order in which they came. */
	admit(open: () => void): void {
		if (this.#admittedCount < upgradesPerTurnMax) this.#open(open);
		else this.#waiting.push(open);
	}

	#open(open: () => void): void {
		this.#admittedCount++;
		if (!this.#isTurning) this.#nextTurn();
		open();
	}

	#nextTurn(): void {
		this.#isTurning = true;
		this.#turn(() => {
			this.#isTurning = false;
			this.#admittedCount = 0;
			for (const open of this.#waiting.splice(0, upgradesPerTurnMax)) this.#open(open);
		});
	}
}
