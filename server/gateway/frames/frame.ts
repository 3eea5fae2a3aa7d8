/** A message as it goes over a WebSocket: a head and the bytes (RFC 6455, section 5.2). */

/**
 * Larger messages are sent behind their head as they are: a copy would cost more than a write. They
 * go to one client, as an answer; what goes to many is small.
 */
const joinedBytesMax = 64 * 1024;

/** The last part of a binary message. */
const finalBinary = 0x82;
/** Behind these the length has two bytes, or eight. A server does not mask. */
const lengthOf2Bytes = 126;
const lengthOf8Bytes = 127;

let lastMessage: Uint8Array | null = null;
let lastFrame: readonly Uint8Array[] = [];

/**
 * What is written for a message, in one piece or two. A room sends one message to everybody in it,
 * one after the other: who asks for the same again gets the same, made once. So neither the message
 * nor what comes back may be changed afterwards.
 *
 *     | 0x82 | length: 1, 3 or 9 bytes | message |
 */
export function frameOf(message: Uint8Array): readonly Uint8Array[] {
	if (message === lastMessage) return lastFrame;
	const { length } = message;
	const headLength = length < lengthOf2Bytes ? 2 : length < 2 ** 16 ? 4 : 10;
	const isJoined = length <= joinedBytesMax;
	const frame = Buffer.allocUnsafe(headLength + (isJoined ? length : 0));
	frame[0] = finalBinary;
	if (headLength === 2) frame[1] = length;
	else if (headLength === 4) {
		frame[1] = lengthOf2Bytes;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = lengthOf8Bytes;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	if (!isJoined) return [frame, message];
	frame.set(message, headLength);
	lastMessage = message;
	lastFrame = [frame];
	return lastFrame;
}
