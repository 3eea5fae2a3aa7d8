/**
 * Somebody in another room of the same server, whose name begins as the first one's does: nothing
 * may pass from one room to the other, and what was promised here must stay as it must there.
 */
import type * as Y from "yjs";
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { Checklist } from "../checks/checklist.ts";
import { askPromises } from "../checks/tokens.ts";
import { Ledger } from "../person/ledger.ts";
import { Device } from "../person/person.ts";
import { ReferencePerson } from "../person/reference.ts";
import type { Dial } from "../person/socket.ts";
import { below, type Random } from "../random.ts";

/** Where the neighbour lives, beside "garden". */
export const neighbourRoom = "garden2" as RoomName;
/** The neighbour's name; also that of its connection. */
export const neighbourName = "neighbour";

/** Longest pause between two acts. */
const pauseMsMax: Millis = 16_000;
/** In a hurry, so many acts in so long. */
const hurryCount = 20;
const hurryMs: Millis = 2_500;
/** First of the client ids of the neighbour's docs: nobody else has these. */
const firstClientId = 900_000;

/** What a neighbour is handed. */
export interface NeighbourParts {
	readonly clock: Clock;
	readonly random: Random;
	readonly dial: Dial;
	/** Told what is wrong in the room. */
	readonly complain: (say: string) => void;
}

/** See the head of this file. */
export class Neighbour {
	readonly #parts: NeighbourParts;
	readonly #ledger = new Ledger();
	readonly #person: ReferencePerson;
	#clientId = firstClientId;
	#cancel: Cancel = () => undefined;
	#hasCome = false;
	#isResting = false;
	/** What was promised up to this moment must be there. */
	#moment = 0;

	constructor(parts: NeighbourParts) {
		this.#parts = parts;
		this.#person = new ReferencePerson({
			name: neighbourName,
			user: neighbourName,
			device: new Device(),
			clock: parts.clock,
			ledger: this.#ledger,
			dial: parts.dial,
			nextClientId: () => this.#clientId++,
			hasAcks: true,
		});
	}

	/** True while everything that was written is called saved. */
	get isSaved(): boolean {
		return !this.#hasCome || this.#person.isSaved;
	}

	/** Opens the page, where it is not open. */
	come(): void {
		if (this.#hasCome) return;
		this.#hasCome = true;
		this.#person.goOnline();
		this.#actLater();
	}

	/** Does nothing more, but has the page open. */
	rest(): void {
		this.#isResting = true;
		this.#cancel();
		if (this.#hasCome) this.#person.goOnline();
	}

	/** Writes a lot for a moment, and comes and goes: two rooms want the disk at once. */
	hurry(): void {
		if (!this.#hasCome) return;
		this.#person.goOnline();
		const { clock, random } = this.#parts;
		for (let count = 0; count < hurryCount; count++) {
			clock.after(below(random, hurryMs), () => this.#act(count % 5));
		}
	}

	/** Closes the page. */
	leave(): void {
		this.#isResting = true;
		this.#cancel();
		this.#person.leave();
	}

	/** The server is gone now: what was promised up to here is looked for later. */
	noteCrash(): void {
		this.#moment = this.#ledger.moment;
	}

	/** Compares what is stored with what was promised. */
	check(doc: Y.Doc): void {
		const { complain } = this.#parts;
		const list = new Checklist([], ({ check, say }) =>
			complain(`${neighbourRoom}: ${check}: ${say}`),
		);
		askPromises({ doc, whose: "the disk", ledger: this.#ledger, list }, this.#moment);
		const strange = this.#person.text().replace(/⟨neighbour\d+👋⟩/gu, "");
		if (strange !== "") complain(`${neighbourRoom} shows ${strange}`);
	}

	#actLater(): void {
		const { clock, random } = this.#parts;
		this.#cancel = clock.after(below(random, pauseMsMax), () => {
			this.#act(below(random, 5));
			this.#actLater();
		});
	}

	/** Mostly writes; comes and goes, so that the room leaves memory. */
	#act(chance: number): void {
		const person = this.#person;
		if (this.#isResting) return;
		if (chance === 0) person.goOffline();
		else if (chance === 1) person.goOnline();
		else this.#write();
	}

	#write(): void {
		const word = this.#ledger.mint(neighbourName);
		this.#person.edit((doc) => doc.getText("text").insert(0, word));
	}
}
