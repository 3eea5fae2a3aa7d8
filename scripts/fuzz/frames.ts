/**
 * Sends mutants of honest frames, their heads too, to a server over real sockets, and looks how
 * each socket ends: with a code that a client can read, where it ends at all. Nothing else may
 * happen.
 */
import { connect } from "node:net";
import { encodeAwareness } from "../../shared/awareness.ts";
import {
	encodeAwarenessFrame,
	encodeHello,
	encodeStep1,
	encodeUpdate,
	messageType,
} from "../../shared/protocol.ts";
import { below, type Random, streamsOf } from "../converge/random.ts";
import { mutate } from "./mutate.ts";

/** What became of the frames. */
export interface FrameOutcome {
	/** Sockets by the code with which the server closed them, or by what it did instead. */
	readonly counts: Readonly<Record<string, number>>;
	/** What must not be, with the number that brings it about again; at most twenty. */
	readonly findings: readonly string[];
}

/** Sockets that are open at once. */
const atOnce = 50;
/** A frame may say that more is to come than comes: the server is given so long to think of it. */
const patienceMs = 200;
const findingsMax = 20;
/** Many: an address has so many ports, and each rests for a minute when its socket is closed. */
const roomCount = 8;
const loopbackAddresses = 200;

/** What a server may say: RFC 6455 section 7.4.1, and the closes of shared/errors.ts. */
const isKnown = (code: number): boolean =>
	[1000, 1002, 1007, 1009, 1013].includes(code) || (code >= 4400 && code <= 4499);

/** What a client asks that has nothing: answered behind all that it sent before. */
const question = framed(0x82, encodeStep1(Uint8Array.of(0)), () => 0);

/** Sends so many mutants, each on a socket of its own; calls `tell` now and then. */
export async function fuzzFrames(
	port: number,
	{ seed, mutantCount }: { readonly seed: number; readonly mutantCount: number },
	tell: (doneCount: number) => void = () => undefined,
): Promise<FrameOutcome> {
	const random = streamsOf(seed)("frames");
	const honest = honestFrames(random);
	const counts: Record<string, number> = {};
	const findings: string[] = [];
	for (let done = 0; done < mutantCount; done += atOnce) {
		const mutants = Array.from({ length: Math.min(atOnce, mutantCount - done) }, () => {
			const one = honest[below(random, honest.length)] ?? Buffer.alloc(0);
			const other = honest[below(random, honest.length)] ?? Buffer.alloc(0);
			return mutate(one, other, random);
		});
		const tries = mutants.map((mutant, index) => tryOne(port, done + index, mutant));
		for (const [index, end] of (await Promise.all(tries)).entries()) {
			counts[end] = (counts[end] ?? 0) + 1;
			const isCode = /^\d/.test(end) && !isKnown(Number(end));
			const isWrong = isCode && !closesWith(mutants[index] ?? new Uint8Array(), Number(end));
			if (isWrong && findings.length < findingsMax) {
				findings.push(`seed ${seed}, mutant ${done + index}: closed with ${end}`);
			}
		}
		tell(Math.min(done + atOnce, mutantCount));
	}
	return { counts, findings };
}

/** True where somewhere in a mutant stands a close with that code, which a server sends back. */
function closesWith(mutant: Uint8Array, code: number): boolean {
	return mutant.some((first, at) => {
		const [, size = 0, ...mask] = mutant.subarray(at, at + 6);
		const [high = 0, low = 0] = mutant.subarray(at + 6);
		const theirs = ((high ^ (mask[0] ?? 0)) << 8) | (low ^ (mask[1] ?? 0));
		return first === 0x88 && size >= (0x80 | 2) && theirs === code;
	});
}

/** One frame of each kind, as clients send it, masked at random. */
function honestFrames(random: Random): readonly Buffer[] {
	const letter = Uint8Array.of(1, 1, 1, 0, 4, 1, 4, 116, 101, 120, 116, 1, 97, 0);
	const state = { clientId: 2, clock: 1, state: '{"user":{"name":"Ann"}}' };
	const messages = [
		encodeHello(),
		encodeStep1(Uint8Array.of(0)),
		encodeUpdate(letter),
		encodeAwarenessFrame(encodeAwareness([state])),
		Uint8Array.of(messageType.queryAwareness),
		encodeUpdate(new Uint8Array(300).fill(7)),
	];
	const ping = framed(0x89, Uint8Array.of(1, 2, 3), random);
	return [ping, ...messages.map((message) => framed(0x82, message, random))];
}

/** A whole frame with a mask (RFC 6455 section 5.2). */
function framed(first: number, payload: Uint8Array, random: Random): Buffer {
	const { length } = payload;
	const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 255];
	const mask = Array.from({ length: 4 }, () => below(random, 256));
	const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
	return Buffer.from([first, ...size, ...mask, ...masked]);
}

/** Sends a mutant where a room is open; the code of the server's close, or what it does instead. */
function tryOne(port: number, number: number, mutant: Uint8Array): Promise<string> {
	// Only Linux has more than one address of its own at once.
	const isMany = process.platform === "linux";
	const localAddress = `127.0.0.${isMany ? 1 + (number % loopbackAddresses) : 1}`;
	const stream = connect({ port, host: "127.0.0.1", localAddress });
	return new Promise((resolve, reject) => {
		let answer = Buffer.alloc(0);
		let impatience: NodeJS.Timeout | undefined;
		const steps = [
			{ isDue: () => answer.includes("\r\n\r\n"), send: () => stream.write(question) },
			{
				isDue: () => readAnswer(answer).answerCount === 1,
				send: () => {
					stream.write(Buffer.concat([mutant, question]));
					impatience = setTimeout(() => stream.end(), patienceMs);
				},
			},
			{ isDue: () => readAnswer(answer).answerCount === 2, send: () => stream.end() },
		];
		stream.on("data", (bytes) => {
			answer = Buffer.concat([answer, bytes]);
			if (readAnswer(answer).closeCode !== null) stream.end();
			else if (steps[0]?.isDue()) steps.shift()?.send();
		});
		stream.on("error", (error: NodeJS.ErrnoException) => {
			// Who sends on while it is closed is reset.
			if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
		});
		stream.on("close", () => {
			clearTimeout(impatience);
			const { closeCode, answerCount } = readAnswer(answer);
			if (closeCode !== null) resolve(String(closeCode));
			else if (answerCount > 0) resolve(answerCount > 1 ? "goes on" : "waits for more");
			else reject(new Error(`mutant ${number}: the server does not answer any more`));
		});
		stream.write(
			`GET /sync/damaged-${number % roomCount} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
				"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
				// Who was refused must wait, and so would all of an address.
				`X-Forwarded-For: ${addressOf(number)}\r\n\r\n`,
		);
	});
}

function addressOf(number: number): string {
	return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

/** What a server said behind its answer to the upgrade. */
function readAnswer(answer: Buffer): { answerCount: number; closeCode: number | null } {
	let at = answer.indexOf("\r\n\r\n") + 4;
	let answerCount = 0;
	while (at > 3 && at + 4 <= answer.length) {
		if (answer[at] === 0x88) return { answerCount, closeCode: answer.readUInt16BE(at + 2) };
		const short = answer.readUInt8(at + 1);
		const payloadAt = at + (short === 126 ? 4 : 2);
		if (answer[payloadAt] === messageType.sync && answer[payloadAt + 1] === 1) answerCount++;
		at = payloadAt + (short === 126 ? answer.readUInt16BE(at + 2) : short);
	}
	return { answerCount, closeCode: null };
}
