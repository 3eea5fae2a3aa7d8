/**
 * The wire as functions: frames to bytes and back. PROTOCOL.md draws the bytes.
 *
 * What is read is checked to its end: a frame with bytes left over is no frame.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Millis } from "./clock.ts";
import { type FailureCode, isFailureCode, WeftError } from "./errors.ts";
import { type Act, acts, parseRole, type Rights, type Role, type RoomKind } from "./roles.ts";

/** The version of Weft's own messages that this code speaks. */
export const protocolVersion = 1;

/** First number of a frame. The first four are y-protocols', the others Weft's. */
export const messageType = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	hello: 0x64,
	welcome: 0x65,
	saved: 0x66,
	writable: 0x67,
	ink: 0x68,
	refused: 0x69,
	standing: 0x6a,
	changed: 0x6b,
} as const;

/** What stands behind `messageType.sync`. */
export const syncStep = { stateVector: 0, missing: 1, update: 2 } as const;

/** What a client may send. Arrays are views of the frame: copy what must outlive it. */
export type ClientFrame =
	| { readonly type: "stateVector"; readonly stateVector: Uint8Array }
	| { readonly type: "update"; readonly update: Uint8Array; readonly isStep2: boolean }
	| { readonly type: "awareness"; readonly update: Uint8Array }
	| { readonly type: "queryAwareness" }
	| { readonly type: "hello"; readonly version: number }
	| { readonly type: "ink"; readonly clientId: number; readonly ink: Uint8Array };

/**
 * Reads one frame of a client.
 *
 * @throws WeftError `bad_frame`
 */
export function decodeClientFrame(frame: Uint8Array): ClientFrame {
	const decoder = decoding.createDecoder(frame);
	let decoded: ClientFrame;
	try {
		decoded = readClientFrame(decoder);
	} catch (error) {
		if (error instanceof WeftError) throw error;
		throw new WeftError("bad_frame", "cut short", { cause: error });
	}
	if (decoding.hasContent(decoder)) throw new WeftError("bad_frame", "bytes left over");
	return decoded;
}

function readClientFrame(decoder: decoding.Decoder): ClientFrame {
	const type = decoding.readVarUint(decoder);
	switch (type) {
		case messageType.sync:
			return readSync(decoder);
		case messageType.awareness:
			return { type: "awareness", update: decoding.readVarUint8Array(decoder) };
		case messageType.queryAwareness:
			return { type: "queryAwareness" };
		case messageType.hello:
			return { type: "hello", version: decoding.readVarUint(decoder) };
		case messageType.ink: {
			const clientId = decoding.readVarUint(decoder);
			return { type: "ink", clientId, ink: decoding.readVarUint8Array(decoder) };
		}
		default:
			throw new WeftError("bad_frame", `type ${type}`);
	}
}

function readSync(decoder: decoding.Decoder): ClientFrame {
	const step = decoding.readVarUint(decoder);
	const bytes = decoding.readVarUint8Array(decoder);
	switch (step) {
		case syncStep.stateVector:
			return { type: "stateVector", stateVector: bytes };
		case syncStep.missing:
			return { type: "update", update: bytes, isStep2: true };
		case syncStep.update:
			return { type: "update", update: bytes, isStep2: false };
		default:
			throw new WeftError("bad_frame", `sync step ${step}`);
	}
}

/** Step 1: "this is what I have". */
export function encodeStep1(stateVector: Uint8Array): Uint8Array {
	return encodeSync(syncStep.stateVector, stateVector);
}

/** Step 2: "this is what you miss". */
export function encodeStep2(update: Uint8Array): Uint8Array {
	return encodeSync(syncStep.missing, update);
}

/** An update: "this is new". */
export function encodeUpdate(update: Uint8Array): Uint8Array {
	return encodeSync(syncStep.update, update);
}

function encodeSync(step: number, bytes: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.sync);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, bytes);
	});
}

/** An awareness frame around what `encodeAwareness` or y-protocols made. */
export function encodeAwarenessFrame(update: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.awareness);
		encoding.writeVarUint8Array(encoder, update);
	});
}

/** "I speak Weft": a Weft client's first message. */
export function encodeHello(): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.hello);
		encoding.writeVarUint(encoder, protocolVersion);
	});
}

/** The server's answer to `hello`. */
export interface Welcome {
	readonly version: number;
	readonly userId: string;
	readonly kind: RoomKind;
}

/** Who you are here, and what kind of room this is. */
export function encodeWelcome(welcome: Welcome): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.welcome);
		encoding.writeVarUint(encoder, welcome.version);
		encoding.writeVarString(encoder, welcome.userId);
		encoding.writeVarString(encoder, welcome.kind);
	});
}

/** "The first `count` of your update and step 2 frames are on disk." */
export interface Saved {
	readonly count: number;
	readonly atMs: Millis;
}

/** See `Saved`. */
export function encodeSaved(saved: Saved): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.saved);
		encoding.writeVarUint(encoder, saved.count);
		encoding.writeVarUint(encoder, saved.atMs);
	});
}

/** Whether the room takes changes: null, or why it does not. */
export function encodeWritable(failure: FailureCode | null): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.writable);
		encoding.writeVarString(encoder, failure ?? "");
	});
}

/** What somebody is in the room, and what they may do there. */
export interface ToldStanding {
	readonly role: Role;
	readonly rights: Rights;
}

/** What you are here, and what you may do. */
export function encodeStanding({ role, rights }: ToldStanding): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.standing);
		encoding.writeVarString(encoder, role);
		let bits = 0;
		for (const [index, act] of acts.entries()) if (rights[act]) bits |= 1 << index;
		encoding.writeVarUint(encoder, bits);
	});
}

/** Members, links, rules or who waits are others now: who may manage the room asks anew. */
export function encodeChanged(): Uint8Array {
	return Uint8Array.of(messageType.changed);
}

/** Ink in the making; `clientId` is the sender's awareness id. */
export function encodeInk(clientId: number, ink: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.ink);
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint8Array(encoder, ink);
	});
}

/** Frame number `frameIndex` of the receiver was refused. */
export interface Refused {
	readonly code: FailureCode;
	readonly frameIndex: number;
}

/** See `Refused`. */
export function encodeRefused(refused: Refused): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.refused);
		encoding.writeVarString(encoder, refused.code);
		encoding.writeVarUint(encoder, refused.frameIndex);
	});
}

/** Reads what follows the type of a `welcome`; the client's provider has read the type. */
export function readWelcome(decoder: decoding.Decoder): Welcome {
	const version = decoding.readVarUint(decoder);
	const userId = decoding.readVarString(decoder);
	const kind = decoding.readVarString(decoder) === "open" ? "open" : "guarded";
	return { version, userId, kind };
}

/** Reads what follows the type of a `saved`. */
export function readSaved(decoder: decoding.Decoder): Saved {
	const count = decoding.readVarUint(decoder);
	return { count, atMs: decoding.readVarUint(decoder) };
}

/** Reads what follows the type of a `writable`; null says that the room takes changes. */
export function readWritable(decoder: decoding.Decoder): FailureCode | null {
	const code = decoding.readVarString(decoder);
	if (code === "") return null;
	return isFailureCode(code) ? code : "internal";
}

/** Reads what follows the type of a `standing`. A role that is newer than this code reads. */
export function readStanding(decoder: decoding.Decoder): ToldStanding {
	const role = parseRole(decoding.readVarString(decoder)) ?? "viewer";
	const bits = decoding.readVarUint(decoder);
	const rights: Partial<Record<Act, boolean>> = {};
	for (const [index, act] of acts.entries()) rights[act] = (bits & (1 << index)) !== 0;
	return { role, rights: rights as Rights };
}

/** Reads what follows the type of an `ink`. */
export function readInk(decoder: decoding.Decoder): { clientId: number; ink: Uint8Array } {
	const clientId = decoding.readVarUint(decoder);
	return { clientId, ink: decoding.readVarUint8Array(decoder) };
}

/** Reads what follows the type of a `refused`. */
export function readRefused(decoder: decoding.Decoder): Refused {
	const code = decoding.readVarString(decoder);
	const frameIndex = decoding.readVarUint(decoder);
	return { code: isFailureCode(code) ? code : "internal", frameIndex };
}

/** True where a frame that a client is about to send counts for `saved`. */
export function countsAsWrite(frame: Uint8Array): boolean {
	return frame[0] === messageType.sync && frame[1] !== syncStep.stateVector;
}
