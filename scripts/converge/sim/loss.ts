/**
 * Frames that a network lost, and whether the server could see it: a client's next edit builds upon
 * the lost one. Then the server has to ask for what is missing; it cannot know of losses that
 * nothing was built upon.
 */
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { messageType, syncStep } from "../../../shared/protocol.ts";

/** What was lost of one connection. */
export class Losses {
	/** The first lost clock of each client id. */
	readonly #lost = new Map<number, number>();
	/** Client ids that were seen to go on behind what was lost, and not asked about since. */
	readonly #open = new Set<number>();
	#isAny = false;
	#isMiscounted = false;
	#isAnswerLost = false;

	/** True once anything was lost. */
	get isAny(): boolean {
		return this.#isAny;
	}

	/** True once both sides count other writes. */
	get isMiscounted(): boolean {
		return this.#isMiscounted;
	}

	/** The client's frame did not arrive; or it arrived twice. */
	noteUp(frame: Uint8Array, isLost: boolean): void {
		this.#isAny = true;
		if (isWrite(frame)) this.#isMiscounted = true;
		if (isLost && isStep2(frame)) this.#isAnswerLost = true;
		for (const [client, clock] of edgesOf(frame)) {
			this.#lost.set(client, Math.min(clock, this.#lost.get(client) ?? clock));
		}
	}

	/** The server's frame did not arrive. */
	noteDown(): void {
		this.#isAny = true;
	}

	/** A later frame of the client arrived. True where it shows a gap. */
	passUp(frame: Uint8Array): boolean {
		if (this.#lost.size === 0) return false;
		let isGap = false;
		for (const [client, clock] of edgesOf(frame)) {
			const lost = this.#lost.get(client);
			if (lost === undefined) continue;
			if (clock > lost) {
				this.#open.add(client);
				isGap = true;
			} else this.#forget(client);
		}
		return isGap;
	}

	/** The server sent a frame: a step 1 asks for all that it lacks. */
	passDown(frame: Uint8Array): void {
		if (frame[0] !== messageType.sync || frame[1] !== syncStep.stateVector) return;
		for (const client of this.#open) this.#forget(client);
	}

	/**
	 * Client ids and the clocks that the server was shown to lack, and did not ask for. A server that
	 * asked and whose answer was lost may wait for that answer as long as the connection stands.
	 */
	get unasked(): ReadonlyMap<number, number> {
		if (this.#isAnswerLost) return new Map();
		return new Map([...this.#open].map((client) => [client, this.#lost.get(client) ?? 0]));
	}

	#forget(client: number): void {
		this.#lost.delete(client);
		this.#open.delete(client);
	}
}

function isWrite(frame: Uint8Array): boolean {
	return frame[0] === messageType.sync && frame[1] !== syncStep.stateVector;
}

function isStep2(frame: Uint8Array): boolean {
	return frame[0] === messageType.sync && frame[1] === syncStep.missing;
}

/** Where an update frame begins, for each client id in it. */
function edgesOf(frame: Uint8Array): ReadonlyMap<number, number> {
	if (!isWrite(frame)) return new Map();
	const decoder = decoding.createDecoder(frame.subarray(2));
	return Y.parseUpdateMeta(decoding.readVarUint8Array(decoder)).from;
}
