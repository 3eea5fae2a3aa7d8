/**
 * What a cheap client says, in a server's words, as frames that are made once; and where in a
 * server's message the part of y-protocols begins. See ../../converge/systems/dialect.ts.
 */
import * as encoding from "lib0/encoding";
import { encodeStep1, encodeStep2, messageType } from "../../../shared/protocol.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { frameOf } from "./raw-socket.ts";

/** The words of everybody in one room. */
export interface Words {
	/** Sent first of all. */
	readonly greeting: readonly Buffer[];
	/** "I have nothing." */
	readonly step1: Buffer;
	/** "I have nothing for you." */
	readonly step2: Buffer;
	/** A message of y-protocols as a frame. */
	readonly frame: (message: Uint8Array) => Buffer;
	/** Bytes that stand before a message of the server. */
	readonly skippedBytes: number;
}

/** A state vector that holds nothing, and an update that does nothing. */
const nothingKnown = Uint8Array.of(0);
const nothingNew = Uint8Array.of(0, 0);

/** The words for a room of that server. */
export function wordsFor(server: ServerProcess, room: string): Words {
	const talk = server.converse(room);
	const frame = (message: Uint8Array) => frameOf(talk.wrap(message) ?? message);
	const step1 = encodeStep1(nothingKnown);
	const wrapped = talk.wrap(step1) ?? step1;
	return {
		greeting: talk.greeting().map((message) => frameOf(message)),
		step1: frameOf(wrapped),
		step2: frame(encodeStep2(nothingNew)),
		frame,
		skippedBytes: wrapped.length - step1.length,
	};
}

/** What a message of a server is about; a number that nobody sends for all others. */
export const kind = { stateVector: 0, missing: 1, update: 2, awareness: 3, other: 4 } as const;

/** Hocuspocus' answer to step 1 has a type of its own, and is one of sync all the same. */
const syncReply = 4;

/** The kind of a message whose part of y-protocols begins at `at`. */
export function kindOf(message: Uint8Array, at: number): number {
	const type = message[at];
	if (type === messageType.sync || type === syncReply) return message[at + 1] ?? kind.other;
	return type === messageType.awareness ? kind.awareness : kind.other;
}

/** Where the body behind a length starts. The body ends with the message. */
export function bodyAt(message: Uint8Array, at: number): number {
	let start = at;
	while ((message[start] ?? 0) >= 0x80) start += 1;
	return start + 1;
}

/** An awareness message of one person: their state as JSON. */
export function awarenessMessage(clientId: number, clock: number, state: string): Uint8Array {
	const update = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, state);
	});
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.awareness);
		encoding.writeVarUint8Array(encoder, update);
	});
}
