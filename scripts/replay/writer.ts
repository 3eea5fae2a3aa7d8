/**
 * One client of a room: an unmodified y-websocket over a real socket, whose lateness is ours.
 *
 * The socket class it is given counts what goes over it and can hold back what was written, so that
 * a recorded session meets the server in the order in which it happened.
 */
import type { Duplex } from "node:stream";
import WebSocket, { type RawData } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import {
	countsAsWrite,
	encodeHello,
	messageType,
	readRefused,
	readSaved,
	readWritable,
} from "../../shared/protocol.ts";

/** Which room, and as whom. */
export interface WriterOptions {
	/** Address of the server, `http://localhost:1234`. */
	readonly url: string;
	readonly room: string;
	/** The doc's client id; left out, Yjs takes one by chance. */
	readonly clientId?: number;
	/** Value of the header `cookie`. */
	readonly cookie?: string;
}

/** Bytes on the wire in both directions, with all that TCP carries: upgrade, heads of frames. */
export interface Traffic {
	readonly sentBytes: number;
	readonly receivedBytes: number;
}

/** Longest wait for anything that the server should say. */
const waitMsMax = 120_000;

/** Of these nothing follows for a writer; y-websocket complains of types that nobody takes. */
const ignoredTypes = [
	messageType.welcome,
	messageType.ink,
	messageType.standing,
	messageType.changed,
];

/** Joins, and resolves when the room's content is there. */
export async function join(options: WriterOptions): Promise<Writer> {
	const writer = new Writer(options);
	// Its answer to the server's step 1 counts as a frame too: no edit is before it.
	await writer.until(() => writer.provider.synced && writer.writtenCount > 0);
	return writer;
}

/** See `join`. */
export class Writer {
	readonly doc = new Y.Doc();
	readonly provider: WebsocketProvider;
	/** Counted frames that were written so far, held ones too. */
	writtenCount = 0;
	#sentCount = 0;
	#savedCount = 0;
	#held: Uint8Array[] | null = null;
	#failure: Error | null = null;
	#socket: Duplex | null = null;
	readonly #watchers = new Set<() => void>();

	constructor({ url, room, clientId, cookie }: WriterOptions) {
		if (clientId !== undefined) this.doc.clientID = clientId;
		const address = `${url.replace(/^http/, "ws").replace(/\/$/, "")}/sync`;
		this.provider = new WebsocketProvider(address, encodeURIComponent(room), this.doc, {
			connect: false,
			disableBc: true,
			WebSocketPolyfill: this.#socketClass(cookie),
		});
		this.#listen();
		this.provider.connect();
	}

	/** From now on what is written waits for `release`. */
	hold(): void {
		this.#held ??= [];
	}

	/** Counted frames that are on their way or there. */
	get sentCount(): number {
		return this.#sentCount;
	}

	/** Sends what was held until `frameCount` frames in all are sent. */
	release(frameCount: number): void {
		const held = this.#held ?? [];
		while (this.#sentCount < frameCount) {
			const frame = held.shift();
			if (frame === undefined) throw new Error("There is nothing to release.");
			this.#send(frame);
		}
	}

	/** Resolves when at most `frameCount` frames are on their way to the server's disk. */
	saved(frameCount = 0): Promise<void> {
		return this.until(() => this.#sentCount - this.#savedCount <= frameCount);
	}

	/** Resolves when `isSo` holds; looks whenever something came. */
	until(isSo: () => boolean): Promise<void> {
		return new Promise((resolve, reject) => {
			const end = (settle: () => void) => {
				clearTimeout(timer);
				this.#watchers.delete(look);
				settle();
			};
			const timer = setTimeout(
				() => end(() => reject(new Error(`The server was silent for ${waitMsMax / 1000} s.`))),
				waitMsMax,
			);
			const look = () => {
				const failure = this.#failure;
				if (failure !== null) end(() => reject(failure));
				else if (isSo()) end(resolve);
			};
			this.#watchers.add(look);
			look();
		});
	}

	/** What went over this writer's socket so far. */
	traffic(): Traffic {
		const { bytesWritten = 0, bytesRead = 0 } = (this.#socket ?? {}) as {
			bytesWritten?: number;
			bytesRead?: number;
		};
		return { sentBytes: bytesWritten, receivedBytes: bytesRead };
	}

	/** Leaves. Safe to call twice. */
	close(): void {
		this.provider.destroy();
		this.doc.destroy();
	}

	#listen(): void {
		const { messageHandlers } = this.provider;
		this.provider.on("status", ({ status }) => {
			// Before step 1, which leaves when the listeners are done.
			if (status === "connected") this.provider.ws?.send(Uint8Array.from(encodeHello()));
		});
		this.provider.on("sync", () => this.#look());
		this.doc.on("update", () => this.#look());
		const lost = (event: { code: number; reason: string } | null) => {
			if (this.provider.shouldConnect || event !== null) this.#fail(event?.reason || "lost");
		};
		this.provider.on("connection-close", lost);
		messageHandlers[messageType.saved] = (_encoder, decoder) => {
			this.#savedCount = readSaved(decoder).count;
			this.#look();
		};
		messageHandlers[messageType.writable] = (_encoder, decoder) => {
			const code = readWritable(decoder);
			if (code !== null) this.#fail(code);
		};
		messageHandlers[messageType.refused] = (_encoder, decoder) =>
			this.#fail(readRefused(decoder).code);
		for (const type of ignoredTypes) messageHandlers[type] = () => undefined;
	}

	#fail(reason: string): void {
		this.#failure ??= new Error(`The server ended the session of a writer: ${reason}.`);
		this.provider.shouldConnect = false;
		this.#look();
	}

	#look(): void {
		for (const look of [...this.#watchers]) look();
	}

	#write(frame: Uint8Array): void {
		this.writtenCount += 1;
		if (this.#held === null) this.#send(frame);
		else this.#held.push(frame);
	}

	#send(frame: Uint8Array): void {
		this.#sentCount += 1;
		const socket = this.provider.ws as unknown as CountingSocket | null;
		socket?.sendNow(frame);
	}

	#socketClass(cookie: string | undefined): typeof globalThis.WebSocket {
		const headers = cookie === undefined ? {} : { cookie };
		const opened = (socket: Duplex) => {
			this.#socket = socket;
		};
		const write = (frame: Uint8Array) => this.#write(frame);
		class Socket extends WebSocket implements CountingSocket {
			constructor(address: string) {
				super(address, { headers, perMessageDeflate: false });
				this.once("upgrade", ({ socket }) => opened(socket));
			}
			override send(data: RawData | string | Uint8Array): void {
				if (data instanceof Uint8Array && countsAsWrite(data)) write(data);
				else super.send(data as Uint8Array);
			}
			sendNow(frame: Uint8Array): void {
				super.send(frame);
			}
		}
		return Socket as unknown as typeof globalThis.WebSocket;
	}
}

interface CountingSocket {
	/** Past the outbox. */
	sendNow(frame: Uint8Array): void;
}
