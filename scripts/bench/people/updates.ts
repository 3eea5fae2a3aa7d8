/**
 * Yjs updates by hand: what somebody types, a letter at a time, at the end of their own words in
 * the root text (yjs 13, `encodeStateAsUpdate` in version 1).
 *
 *     01             one client
 *     01 client clock   one struct, and where it starts
 *     04 01 04 "text"   a string in the root type of that name: the first of a client
 *     84 client clock-1 a string behind the letter before: all others
 *     length bytes      the string
 *     00             nothing deleted
 */
import * as encoding from "lib0/encoding";

/** Content of a struct that is a string, and the bit that says it stands behind another. */
const stringContent = 4;
const hasOrigin = 0x80;
/** The root type of a room's text: see shared/surfaces/root.ts. */
const rootName = "text";
const letters = "etaoin shrdlu cmfwyp vbgkjq xz. ";

/** What a client types from number `from` up to, but without, `to`. */
export function lettersBetween(from: number, to: number): string {
	const start = from % letters.length;
	const length = to - from;
	const whole = letters.repeat(Math.ceil((start + length) / letters.length));
	return whole.slice(start, start + length);
}

/** An update in which a client types `text`, `clock` being how much it has typed before. */
export function typed(clientId: number, clock: number, text: string): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint(encoder, clientId);
		encoding.writeVarUint(encoder, clock);
		if (clock === 0) {
			encoding.writeUint8(encoder, stringContent);
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarString(encoder, rootName);
		} else {
			encoding.writeUint8(encoder, stringContent | hasOrigin);
			encoding.writeVarUint(encoder, clientId);
			encoding.writeVarUint(encoder, clock - 1);
		}
		encoding.writeVarString(encoder, text);
		encoding.writeVarUint(encoder, 0);
	});
}
