/** Strangers of a run: each comes, does one thing, and goes. */
import * as Y from "yjs";
import type { Clock, Millis } from "../../shared/clock.ts";
import { countsAsWrite, decodeClientFrame } from "../../shared/protocol.ts";
import type { Checklist } from "./checks/checklist.ts";
import { attack } from "./faults.ts";
import { Ledger } from "./person/ledger.ts";
import { Device, type Person, type PersonParts } from "./person/person.ts";
import { ReferencePerson } from "./person/reference.ts";
import type { Fault, Turn } from "./plan.ts";
import type { Random } from "./random.ts";
import { countedHarms, harms } from "./rights/hostile.ts";

/** When an attack comes, and when who made it leaves. */
const attackMs: Millis = 100;
const leaveMs: Millis = 3_000;
/** Who must have read the room first comes later. */
const harmMs: Millis = 1_500;

/** What strangers are made of. */
export interface StrangersParts {
	readonly clock: Clock;
	readonly random: Random;
	readonly list: Checklist;
	readonly partsOf: (
		parts: Pick<PersonParts, "name" | "user" | "device" | "ledger">,
		nextClientId: () => number,
	) => PersonParts;
}

/** See the head of this file. */
export class Strangers {
	readonly #parts: StrangersParts;
	#count = 0;

	constructor(parts: StrangersParts) {
		this.#parts = parts;
	}

	/** True for what a stranger does. */
	static does(turn: Turn): boolean {
		return Object.hasOwn(harms, turn);
	}

	/** Somebody hostile comes beside the honest. */
	attack(fault: Fault, victim: Person): void {
		const { clock, random } = this.#parts;
		const stranger = this.#come();
		clock.after(attackMs, () => attack(fault, { stranger, victim, random }));
		clock.after(leaveMs, () => stranger.leave());
	}

	/** The same, by who knows the schema: nothing of it may be called saved. */
	harm(turn: Turn, victim: Person): void {
		const { clock, random, list } = this.#parts;
		const stranger = this.#come();
		let sentAt: { readonly dialCount: number; readonly count: number } | null = null;
		clock.after(harmMs, () => {
			if (!stranger.isSynced) return;
			const frame = harms[turn]?.({ stranger, victim, random }) ?? null;
			if (frame === null) return;
			const isSent = countsAsWrite(frame) && stranger.sendWrite(frame);
			if (!countsAsWrite(frame)) stranger.sendFrame(frame);
			const { dialCount, sentCount: count } = stranger;
			if (!isSent || !countedHarms.has(turn)) return;
			sentAt = { dialCount, count };
			hold(stranger, frame);
		});
		clock.after(harmMs + leaveMs, () => {
			const isSame = sentAt?.dialCount === stranger.dialCount;
			const isTaken = isSame && stranger.isSaved && stranger.sentCount >= (sentAt?.count ?? 0);
			if (sentAt !== null) list.ask("the hostile are told", isTaken ? `${turn} was saved` : null);
			if (turn === "rewrittenChat") {
				list.ask("chat is guarded", isTaken ? "a stranger rewrote the chat" : null);
			}
			stranger.leave();
		});
	}

	#come(): ReferencePerson {
		const user = `stranger${this.#count++}`;
		const clientId = 1_000_000 + this.#count;
		const parts = { name: user, user, device: new Device(), ledger: new Ledger() };
		const stranger = new ReferencePerson(this.#parts.partsOf(parts, () => clientId));
		stranger.goOnline();
		return stranger;
	}
}

/**
 * The stranger's copy has it from now on, and a step 2 brings it again: where a disk failed, the
 * frame itself may never have been judged, and "saved" speaks of what came behind it.
 */
function hold({ doc }: ReferencePerson, frame: Uint8Array): void {
	const sent = decodeClientFrame(frame);
	if (sent.type === "update") Y.applyUpdate(doc, sent.update, "server");
}
