/**
 * What comes from the server, applied once a frame of the screen and not once a message.
 *
 * Each transaction costs every surface its work: Quill lays out, the board looks at its items. A
 * room that is long or loud comes as thousands of updates at once. So the first after a pause is
 * applied as it comes, and what follows within the time of one frame is one transaction.
 */
import { peekVarUint, readVarUint, readVarUint8Array } from "lib0/decoding";
import type { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import { messageType, syncStep } from "../../../shared/protocol.ts";

/** A little less than a frame at 60 Hz: what comes is shown with the next one. */
const gatherMs = 12;

/** Gathers updates of one doc. */
export class IncomingUpdates {
	readonly #doc: Y.Doc;
	readonly #origin: unknown;
	readonly #clock: Clock;
	#waiting: Uint8Array[] = [];
	#cancel: Cancel | null = null;
	#appliedMs: Millis = Number.NEGATIVE_INFINITY;

	/** `origin` is that of the transactions: the provider, which then does not send them back. */
	constructor(doc: Y.Doc, origin: unknown, clock: Clock) {
		this.#doc = doc;
		this.#origin = origin;
		this.#clock = clock;
	}

	/** Takes its updates. All else of y-protocols' sync finds them applied, "synced" above all. */
	gatherFrom({ messageHandlers }: Pick<WebsocketProvider, "messageHandlers">): void {
		const plain = messageHandlers[messageType.sync];
		messageHandlers[messageType.sync] = (encoder, decoder, ...rest) => {
			if (peekVarUint(decoder) === syncStep.update) {
				readVarUint(decoder);
				this.add(readVarUint8Array(decoder));
				return;
			}
			this.flush();
			plain?.(encoder, decoder, ...rest);
		};
	}

	/** Takes an update; it is given away. */
	add(update: Uint8Array): void {
		this.#waiting.push(update);
		const sinceMs = this.#clock.elapsed() - this.#appliedMs;
		if (sinceMs >= gatherMs) this.flush();
		else this.#cancel ??= this.#clock.after(gatherMs - sinceMs, () => this.flush());
	}

	/** Applies now what waits; call it before anything that must come after. */
	flush(): void {
		this.#cancel?.();
		this.#cancel = null;
		const updates = this.#waiting;
		if (updates.length === 0) return;
		this.#waiting = [];
		const apply = () => {
			for (const update of updates) this.#apply(update);
		};
		// Not local, as if each came alone: Yjs then tidies formats of texts as it does for others'.
		Y.transact(this.#doc, apply, this.#origin, false);
		this.#appliedMs = this.#clock.elapsed();
	}

	#apply(update: Uint8Array): void {
		try {
			Y.applyUpdate(this.#doc, update, this.#origin);
		} catch (error) {
			// As y-protocols does: one bad update must not keep the others away.
			console.error("Weft could not apply an update:", error);
		}
	}
}
