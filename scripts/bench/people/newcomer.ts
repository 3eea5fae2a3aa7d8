/** Somebody who comes when all is over and looks at what is there, with a real doc. */
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { Seat } from "./seat.ts";

/** How long what was sent may take to be there for a newcomer. */
const waitMsMax = 5_000;
/** How long a server may take to let a newcomer in, at least. */
const joinMsMax = 60_000;
const lookEveryMs = 25;

/** Joins a room and waits until its doc is as it should be; gives the doc either way. */
export async function lookAround(
	server: ServerProcess,
	room: string,
	isThere: (doc: Y.Doc) => boolean,
	msMax = waitMsMax,
): Promise<Y.Doc> {
	const doc = new Y.Doc();
	const hear = (message: Uint8Array, at: number) => {
		Y.applyUpdate(doc, Uint8Array.from(message.subarray(at)));
	};
	const seat = await Seat.join(server, room, { update: hear }, Math.max(msMax, joinMsMax));
	const untilMs = performance.now() + msMax;
	while (!isThere(doc) && performance.now() < untilMs) {
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
	}
	seat.leave();
	return doc;
}

/**
 * Whether a newcomer sees exactly what was sent: null, or what differs in a sentence. A doc with
 * the same state vector and the same text has the same letters in the same places.
 */
export async function differenceFor(
	server: ServerProcess,
	room: string,
	expected: Y.Doc,
): Promise<string | null> {
	const wanted = textOf(expected).toString();
	const vector = Buffer.from(Y.encodeStateVector(expected));
	const isThere = (doc: Y.Doc) => vector.equals(Y.encodeStateVector(doc));
	const doc = await lookAround(server, room, isThere);
	const text = textOf(doc).toString();
	if (text === wanted && isThere(doc)) return null;
	const counts = `${text.length} letters of the ${wanted.length} that were sent`;
	return `a newcomer to ${room} sees ${counts}, or others`;
}
