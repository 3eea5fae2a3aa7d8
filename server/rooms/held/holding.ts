/** What a room holds, and what it says of it: from a doc, or from what is stored. */
import * as Y from "yjs";
import type { RoomName } from "../../../shared/ids.ts";
import { encodeStep1, encodeStep2 } from "../../../shared/protocol.ts";
import type { RoomLog, StoredRoom } from "../../store/room-log.ts";
import { Cold } from "../cold.ts";
import { type Holdings, holdingsOf } from "../inspect.ts";
import type { Turns } from "../scheduler.ts";

/** What a room is: without a doc, with one, with half of one, or over. */
type Phase =
	| { readonly kind: "cold"; readonly cold: Cold }
	| { readonly kind: "live"; readonly doc: Y.Doc }
	/** Its doc holds a part of something: nobody may look at it. What is stored was not looked up. */
	| { readonly kind: "busy"; readonly doc: Y.Doc }
	| { readonly kind: "closed" };

/** What one room holds. */
export class Holding {
	readonly #name: RoomName;
	readonly #log: RoomLog;
	readonly #turns: Turns;
	#phase: Phase;

	constructor(name: RoomName, cold: Cold, log: RoomLog, turns: Turns) {
		this.#name = name;
		this.#log = log;
		this.#turns = turns;
		this.#phase = { kind: "cold", cold };
	}

	/** See `Phase`. */
	get kind(): Phase["kind"] {
		return this.#phase.kind;
	}

	/** The doc, where one is in memory and whole. */
	get doc(): Y.Doc | null {
		return this.#phase.kind === "live" ? this.#phase.doc : null;
	}

	/** What is held, as far as it can be told now; null where the room is over. */
	get holdings(): Holdings | null {
		if (this.#phase.kind === "closed") return null;
		return this.#phase.kind === "cold" ? this.#phase.cold : holdingsOf(this.#phase.doc);
	}

	/** True for a question that a doc answers for less than what is stored; see `Cold.isDear`. */
	isDear(stateVector: Uint8Array | null): boolean {
		return this.#phase.kind === "cold" && this.#phase.cold.isDear(stateVector);
	}

	/** Builds the doc of what is stored. @throws WeftError `room_damaged` */
	async wake(turns: Turns): Promise<Y.Doc> {
		if (this.#phase.kind !== "cold") throw new Error("a closed room was written to");
		const doc = await this.#phase.cold.wake(turns);
		this.#phase = { kind: "live", doc };
		return doc;
	}

	/** From here on this is the doc; one that was there is let go of. */
	live(doc: Y.Doc): void {
		if (this.doc !== doc) this.doc?.destroy();
		this.#phase = { kind: "live", doc };
	}

	/** From here on nobody looks at the doc. */
	hide(doc: Y.Doc): void {
		this.#phase = { kind: "busy", doc };
	}

	/** Where the doc is hidden, what is stored is looked up. */
	async unhide(): Promise<void> {
		if (this.#phase.kind === "busy") await this.cool();
	}

	/** Lets go of the doc: from here on answers come from what is stored, until somebody writes. */
	async cool(): Promise<StoredRoom> {
		const stored = await this.#log.load(this.#name);
		const cold = await Cold.open(stored, this.#log, this.#turns);
		this.doc?.destroy();
		this.#phase = { kind: "cold", cold };
		return stored;
	}

	/** Lets go of everything, for good. */
	close(): void {
		this.doc?.destroy();
		this.#phase = { kind: "closed" };
	}

	/** The frames that ask what the room lacks; none where nothing can be told. */
	question(): readonly Uint8Array[] {
		if (this.#phase.kind === "cold") return [encodeStep1(this.#phase.cold.stateVector)];
		const { doc } = this;
		return doc === null ? [] : [encodeStep1(Y.encodeStateVector(doc))];
	}

	/** The frames that say what somebody lacks. */
	async answer(stateVector: Uint8Array): Promise<readonly Uint8Array[]> {
		if (this.#phase.kind === "cold") return this.#phase.cold.answer(stateVector);
		const { doc } = this;
		return doc === null ? [] : [encodeStep2(Y.encodeStateAsUpdate(doc, stateVector))];
	}
}
