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
	const head = headOf(message.length);
	if (message.length > joinedBytesMax) return [head, message];
	lastMessage = message;
	lastFrame = [Buffer.concat([head, message])];
	return lastFrame;
}

function headOf(length: number): Buffer {
	if (length < lengthOf2Bytes) return Buffer.of(finalBinary, length);
	const isShort = length < 2 ** 16;
	const head = Buffer.alloc(isShort ? 4 : 10);
	head[0] = finalBinary;
	head[1] = isShort ? lengthOf2Bytes : lengthOf8Bytes;
	if (isShort) head.writeUInt16BE(length, 2);
	else head.writeUIntBE(length, 4, 6);
	return head;
}
