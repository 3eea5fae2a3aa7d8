/**
 * A WebSocket client that costs little, so that what is measured is the server (RFC 6455).
 *
 * Frames to the server are made once and written as they are: their mask is zero, which the RFC
 * allows and which leaves the payload as it stands. What comes is cut into messages in one buffer
 * that all sockets share; no stream, no event and no copy stands between.
 */
import { connect, type Socket } from "node:net";

/** What a socket tells. */
export interface RawEvents {
	/** A whole message. The bytes are overwritten as soon as this returns: copy what must stay. */
	readonly message: (payload: Uint8Array) => void;
	/** It is over. The code is 1006 where nobody said goodbye. */
	readonly closed: (code: number, reason: string) => void;
}

const opcode = { more: 0, close: 8, ping: 9, pong: 10 } as const;
const openMsMax = 20_000;
const noGoodbye = 1006;
/** Longest answer to a handshake. */
const headBytesMax = 16 * 1024;

/** Reads happen one after another, so all sockets read into one buffer. */
const readBuffer = Buffer.allocUnsafe(64 * 1024);
const emptyBytes = Buffer.alloc(0);

/** A masked frame with a mask of zero around a payload. */
export function frameOf(payload: Uint8Array, code = 2): Buffer {
	const length = payload.length;
	const extraBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
	const frame = Buffer.alloc(6 + extraBytes + length);
	frame[0] = 0x80 | code;
	frame[1] = 0x80 | (extraBytes === 0 ? length : extraBytes === 2 ? 126 : 127);
	if (extraBytes === 2) frame.writeUInt16BE(length, 2);
	if (extraBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
	frame.set(payload, 6 + extraBytes);
	return frame;
}

const pingFrame = frameOf(emptyBytes, opcode.ping);

/** One connection. */
export class RawSocket {
	readonly #events: RawEvents;
	readonly #stream: Socket;
	/** Bytes that wait for the rest of their frame, and how many of them make it whole. */
	#waiting: Buffer[] = [];
	#waitingBytes = 0;
	#neededBytes = 0;
	/** Payloads of a message in several frames. */
	#pieces: Buffer[] = [];
	/** Who waits for the answers to our pings, in their order. */
	readonly #asking: (() => void)[] = [];
	#isOpen = false;
	#isOver = false;
	#code = noGoodbye;
	#reason = "";
	readonly #opened: (error: Error | null) => void;

	/**
	 * Connects.
	 *
	 * @throws Error where the server does not let us in
	 */
	static open(url: string, events: RawEvents): Promise<RawSocket> {
		return new Promise((resolve, reject) => {
			const socket: RawSocket = new RawSocket(new URL(url), events, (error) => {
				clearTimeout(timer);
				if (error === null) resolve(socket);
				else reject(error);
			});
			const timer = setTimeout(() => {
				reject(new Error(`${url} did not answer in ${openMsMax} ms`));
				socket.cut();
			}, openMsMax);
		});
	}

	private constructor(url: URL, events: RawEvents, opened: (error: Error | null) => void) {
		this.#events = events;
		this.#opened = opened;
		this.#stream = connect({
			host: url.hostname,
			port: Number(url.port),
			noDelay: true,
			onread: {
				buffer: readBuffer,
				callback: (byteCount) => {
					this.#read(readBuffer.subarray(0, byteCount));
					return true;
				},
			},
		});
		this.#stream.on("error", (error) => this.#end(error));
		this.#stream.on("close", () => this.#end(null));
		this.#stream.write(handshake(url));
	}

	/** Writes a frame that `frameOf` made. */
	send(frame: Uint8Array): void {
		if (this.#isOpen) this.#stream.write(frame);
	}

	/** Resolves when the server has heard all that was sent, or the connection is over. */
	heard(): Promise<void> {
		if (!this.#isOpen) return Promise.resolve();
		this.send(pingFrame);
		return new Promise((resolve) => this.#asking.push(resolve));
	}

	/** Reads no more: the server's bytes pile up where they can. */
	pause(): void {
		this.#stream.pause();
	}

	/** Reads on. */
	resume(): void {
		this.#stream.resume();
	}

	/** Ends the connection without a word, as a lost network does. */
	cut(): void {
		this.#isOpen = false;
		this.#stream.destroy();
	}

	#end(error: Error | null): void {
		if (this.#isOver) return;
		this.#isOver = true;
		const wasOpen = this.#isOpen;
		this.#isOpen = false;
		for (const resolve of this.#asking.splice(0)) resolve();
		if (wasOpen) this.#events.closed(this.#code, this.#reason || (error?.message ?? ""));
		else this.#opened(error ?? new Error("the server hung up"));
	}

	#read(bytes: Buffer): void {
		if (this.#waitingBytes === 0) {
			this.#cut(bytes, false);
			return;
		}
		// The buffer is everybody's: what waits is a copy.
		this.#waiting.push(Buffer.from(bytes));
		this.#waitingBytes += bytes.length;
		if (this.#waitingBytes < this.#neededBytes) return;
		const [first = emptyBytes, ...others] = this.#waiting;
		const whole = others.length === 0 ? first : Buffer.concat(this.#waiting, this.#waitingBytes);
		this.#waiting = [];
		this.#waitingBytes = 0;
		this.#cut(whole, true);
	}

	/** Takes whole messages out of `bytes`; keeps what is left. */
	#cut(bytes: Buffer, isOurs: boolean): void {
		let at = this.#isOpen ? 0 : this.#readHead(bytes);
		while (at < bytes.length) {
			const next = this.#cutOne(bytes, at);
			if (next === at) break;
			at = next;
		}
		if (at >= bytes.length) return;
		const rest = bytes.subarray(at);
		this.#waiting = [isOurs ? rest : Buffer.from(rest)];
		this.#waitingBytes = rest.length;
	}

	/** Where the message behind `at` ends; `at` itself where it is not whole. */
	#cutOne(bytes: Buffer, at: number): number {
		const have = bytes.length - at;
		this.#neededBytes = 2;
		if (have < 2) return at;
		const short = (bytes[at + 1] ?? 0) & 0x7f;
		const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
		this.#neededBytes = headBytes;
		if (have < headBytes) return at;
		let length = short;
		if (short === 126) length = bytes.readUInt16BE(at + 2);
		if (short === 127) length = Number(bytes.readBigUInt64BE(at + 2));
		this.#neededBytes = headBytes + length;
		if (have < headBytes + length) return at;
		const end = at + headBytes + length;
		this.#hear(bytes[at] ?? 0, bytes.subarray(at + headBytes, end));
		return end;
	}

	#hear(first: number, payload: Buffer): void {
		const code = first & 0x0f;
		const isLast = (first & 0x80) !== 0;
		if (code === opcode.ping) this.send(frameOf(payload, opcode.pong));
		else if (code === opcode.close) this.#hearClose(payload);
		else if (code === opcode.pong) this.#asking.shift()?.();
		else if (isLast && this.#pieces.length === 0) this.#events.message(payload);
		else {
			this.#pieces.push(Buffer.from(payload));
			if (!isLast) return;
			const whole = Buffer.concat(this.#pieces);
			this.#pieces = [];
			this.#events.message(whole);
		}
	}

	#hearClose(payload: Buffer): void {
		if (payload.length >= 2) this.#code = payload.readUInt16BE(0);
		this.#reason = payload.toString("utf8", 2);
		this.#stream.end(frameOf(payload.subarray(0, 2), opcode.close));
	}

	/** Where the answer to the handshake ends. */
	#readHead(bytes: Buffer): number {
		const end = bytes.indexOf("\r\n\r\n");
		if (end < 0) {
			this.#neededBytes = bytes.length + 1;
			if (bytes.length > headBytesMax) this.#stream.destroy(new Error("no end of its headers"));
			return 0;
		}
		const [status = ""] = bytes.toString("latin1", 0, end).split("\r\n", 1);
		if (!status.startsWith("HTTP/1.1 101")) {
			this.#stream.destroy(new Error(`the server answered "${status}"`));
			return bytes.length;
		}
		this.#isOpen = true;
		this.#opened(null);
		return end + 4;
	}
}

function handshake(url: URL): string {
	const lines = [
		`GET ${url.pathname}${url.search} HTTP/1.1`,
		`Host: ${url.host}`,
		"Connection: Upgrade",
		"Upgrade: websocket",
		"Sec-WebSocket-Version: 13",
		// Proves that the other side speaks WebSocket, which is known here.
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
	];
	return `${lines.join("\r\n")}\r\n\r\n`;
}
