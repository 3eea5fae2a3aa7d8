/** What a room holds, and what it says of it. */
import * as Y from "yjs";
import { encodeStep1, encodeStep2 } from "../../shared/protocol.ts";
import type { Cold } from "./cold.ts";
import { type Holdings, holdingsOf } from "./inspect.ts";
import type { Task } from "./room-parts.ts";

/** What a room is: without a doc, with one, or over. */
export type Phase =
	| { readonly kind: "cold"; readonly cold: Cold }
	| { readonly kind: "live"; readonly doc: Y.Doc }
	| { readonly kind: "closed" };

/** True where somebody waits to be told something. */
export function isQuestion({ kind }: Task): boolean {
	return kind === "ask" || kind === "answer";
}

/** True for what a doc answers for less, so that it waits for one; see `Cold.isDear`. */
export function isDear(task: Task, cold: Cold): boolean {
	return task.kind === "answer" && cold.isDear(task.stateVector);
}

/** What the room holds; null where it is over. */
export function holdingsIn(phase: Phase): Holdings | null {
	if (phase.kind === "closed") return null;
	return phase.kind === "cold" ? phase.cold : holdingsOf(phase.doc);
}

/** The frames that ask what the room lacks. */
export function questionOf(phase: Phase): readonly Uint8Array[] {
	if (phase.kind === "closed") return [];
	const vector = phase.kind === "cold" ? phase.cold.stateVector : Y.encodeStateVector(phase.doc);
	return [encodeStep1(vector)];
}

/** The frames that say what somebody lacks. */
export async function answerOf(
	phase: Phase,
	stateVector: Uint8Array,
): Promise<readonly Uint8Array[]> {
	if (phase.kind === "closed") return [];
	if (phase.kind === "cold") return phase.cold.answer(stateVector);
	return [encodeStep2(Y.encodeStateAsUpdate(phase.doc, stateVector))];
}
