/**
 * People type without pause while their server is killed at random moments, again and again, on one
 * directory. Whatever was shown to somebody or called saved must be there after each start.
 */
import type { RoomName } from "../../../shared/ids.ts";
import { Checklist, type Finding } from "../checks/checklist.ts";
import { compareCopies } from "../checks/room.ts";
import { askEverything, askPromises } from "../checks/tokens.ts";
import { Ledger } from "../person/ledger.ts";
import { Device } from "../person/person.ts";
import { ReferencePerson } from "../person/reference.ts";
import { below, type Random, streamsOf } from "../random.ts";
import type { System } from "../systems/system.ts";
import { RealTestbed } from "./testbed.ts";

/** How often, and by whom. */
export interface KillOptions {
	readonly system: System;
	readonly seed: number;
	/** People who type; three where nothing is said. */
	readonly people?: number;
	/** Told after each cycle, with the count of those that are over. False ends them. */
	readonly cycled?: (count: number) => boolean;
}

/** What came of them. */
export interface KillOutcome {
	readonly cycleCount: number;
	/** Words that people typed. */
	readonly typedCount: number;
	/** Words that had to be there after a start, each counted once for each start. */
	readonly promisedCount: number;
	readonly findings: readonly Finding[];
	readonly elapsedMs: number;
}

/** A new room after so many: looking at every word of a room costs with its length. */
const cyclesPerRoom = 20;
/** From the moment when all are in step to the kill. */
const aliveMsMax = 250;
/** Between two words of one person. */
const pauseMsMax = 12;
/** How long everybody may take to be in step again. */
const inStepMsMax = 60_000;

/** Plays so many cycles, or fewer where something is lost. Ends all that it starts. */
export async function killCycles(count: number, options: KillOptions): Promise<KillOutcome> {
	const testbed = new RealTestbed(options.system, options.seed);
	try {
		return await new Cycles(testbed, options).play(count);
	} finally {
		await testbed.end();
	}
}

class Cycles {
	readonly #testbed: RealTestbed;
	readonly #options: KillOptions;
	readonly #random: Random;
	readonly #list: Checklist;
	#cycleCount = 0;
	#typedCount = 0;
	#promisedCount = 0;
	#clientId = 100;

	constructor(testbed: RealTestbed, options: KillOptions) {
		this.#testbed = testbed;
		this.#options = options;
		this.#random = streamsOf(options.seed)("kills");
		const { acks, persistence } = testbed.abilities;
		const can = [
			...(acks ? (["acks"] as const) : []),
			...(persistence ? (["persistence"] as const) : []),
		];
		this.#list = new Checklist(can, () => undefined);
	}

	async play(count: number): Promise<KillOutcome> {
		this.#list.ask("starts again", await this.#testbed.start());
		for (let roomIndex = 0; this.#cycleCount < count && this.#isGoingOn; roomIndex++) {
			const cycles = Math.min(cyclesPerRoom, count - this.#cycleCount);
			await this.#playRoom(`garden-${roomIndex}` as RoomName, cycles);
		}
		this.#list.ask("quiet log", this.#testbed.complaints);
		return {
			cycleCount: this.#cycleCount,
			typedCount: this.#typedCount,
			promisedCount: this.#promisedCount,
			findings: this.#list.findings,
			elapsedMs: this.#testbed.clock.elapsed(),
		};
	}

	get #isGoingOn(): boolean {
		return this.#list.findings.length === 0 && !this.#isToldToEnd;
	}

	#isToldToEnd = false;

	async #playRoom(room: RoomName, cycles: number): Promise<void> {
		const ledger = new Ledger();
		const people = Array.from({ length: this.#options.people ?? 3 }, (_, index) =>
			this.#makePerson(room, `${String.fromCharCode(97 + index)}`, ledger),
		);
		try {
			for (let cycle = 0; cycle < cycles && this.#isGoingOn; cycle++) {
				await this.#comeHome(people);
				const stop = this.#typeOn(people, ledger);
				await this.#testbed.advance(below(this.#random, aliveMsMax));
				await this.#testbed.crash("kill");
				stop();
				await this.#restart(room, ledger);
				this.#cycleCount++;
				this.#isToldToEnd = this.#options.cycled?.(this.#cycleCount) === false;
			}
			if (this.#list.findings.length === 0) await this.#checkEnd(people, ledger);
		} finally {
			for (const person of people) person.leave();
		}
	}

	/** Everybody types words at random places, with pauses at random, until they are stopped. */
	#typeOn(people: readonly ReferencePerson[], ledger: Ledger): () => void {
		let isTyping = true;
		for (const person of people) {
			const type = () => {
				if (!isTyping) return;
				const word = ledger.mint(person.user);
				this.#typedCount++;
				person.edit((doc) => doc.getText("text").insert(spotIn(person, this.#random), word));
				this.#testbed.clock.after(below(this.#random, pauseMsMax), type);
			};
			type();
		}
		return () => {
			isTyping = false;
		};
	}

	/** What was promised up to the kill must be there before anybody comes back. */
	async #restart(room: RoomName, ledger: Ledger): Promise<void> {
		// Acks and updates that the dead server had sent are on their way: they count too.
		await this.#testbed.advance(5);
		const { moment } = ledger;
		this.#promisedCount += ledger.promised().size;
		const wrong = await this.#testbed.start();
		this.#list.ask("starts again", wrong);
		if (wrong !== null) return;
		try {
			const doc = await this.#testbed.stored(room);
			this.#list.ask("store is whole");
			if (doc === null) return;
			askPromises({ doc, whose: "the disk", ledger, list: this.#list }, moment);
			doc.destroy();
		} catch (error) {
			this.#list.ask("store is whole", String(error));
		}
	}

	async #comeHome(people: readonly ReferencePerson[]): Promise<void> {
		for (const person of people) person.goOnline();
		const isHome = () => people.every(({ isSynced }) => isSynced);
		const isInStep = await this.#until(isHome);
		this.#list.ask("in step again", isInStep ? null : `not ${inStepMsMax} ms after the start`);
	}

	/** All are equal, and every word that anybody typed is there. */
	async #checkEnd(people: readonly ReferencePerson[], ledger: Ledger): Promise<void> {
		await this.#comeHome(people);
		const copies = people.map(({ name, doc }) => ({ whose: name, doc }));
		await this.#until(() => people.every(({ isSaved }) => isSaved));
		await this.#until(() => compareCopies(copies).length === 0);
		this.#list.ask("equal copies", compareCopies(copies));
		const [first] = copies;
		if (first !== undefined) askEverything({ ...first, ledger, list: this.#list });
	}

	async #until(isDone: () => boolean): Promise<boolean> {
		const { clock } = this.#testbed;
		const endMs = clock.elapsed() + inStepMsMax;
		while (!isDone() && clock.elapsed() < endMs) await this.#testbed.advance(5);
		return isDone();
	}

	#makePerson(room: RoomName, user: string, ledger: Ledger): ReferencePerson {
		const { clock, abilities } = this.#testbed;
		return new ReferencePerson({
			name: user,
			user,
			device: new Device(),
			clock,
			ledger,
			dial: this.#testbed.dial({ name: user, user, room }),
			nextClientId: () => this.#clientId++,
			hasAcks: abilities.acks,
		});
	}
}

/** A place between two words: all words are equally long up to their number. */
function spotIn(person: ReferencePerson, random: Random): number {
	const text = person.text();
	const at = below(random, text.length + 1);
	const edge = text.indexOf("⟨", at);
	return edge === -1 ? text.length : edge;
}
