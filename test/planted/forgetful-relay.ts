/**
 * A small y-websocket server with a planted fault: of every so many updates it forgets one, keeps
 * nothing of it and tells nobody. With none forgotten it is honest. Nothing outlives its process.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type WebSocket, WebSocketServer } from "ws";
import * as awarenessProtocol from "y-protocols/awareness";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";

/** First numbers of y-websocket's messages. */
const messageType = { sync: 0, awareness: 1 } as const;

/** A server that listens. */
export interface Relay {
	/** `ws://127.0.0.1:…`: the room follows behind a slash. */
	readonly address: string;
	/** Updates that were forgotten. */
	readonly forgottenCount: number;
	close(): Promise<void>;
}

/** Starts one on a free port; `forgetEvery` 20 forgets the 20th, the 40th and so on. */
export async function startRelay({ forgetEvery }: { forgetEvery: number }): Promise<Relay> {
	const rooms = new Map<string, RelayRoom>();
	const fault = { forgetEvery, updateCount: 0, forgottenCount: 0 };
	const http = createServer();
	const sockets = new WebSocketServer({ server: http });
	sockets.on("connection", (socket, { url = "" }) => {
		const room = rooms.get(url) ?? new RelayRoom(fault);
		rooms.set(url, room);
		room.enter(socket);
	});
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	return {
		address: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
		get forgottenCount() {
			return fault.forgottenCount;
		},
		close: () => {
			for (const socket of sockets.clients) socket.terminate();
			return new Promise((resolve) => http.close(() => resolve()));
		},
	};
}

interface Fault {
	readonly forgetEvery: number;
	updateCount: number;
	forgottenCount: number;
}

class RelayRoom {
	readonly #fault: Fault;
	readonly #doc = new Y.Doc();
	readonly #awareness = new awarenessProtocol.Awareness(this.#doc);
	/** Client ids whose states came through each socket. */
	readonly #idsOf = new Map<WebSocket, Set<number>>();

	constructor(fault: Fault) {
		this.#fault = fault;
		this.#awareness.setLocalState(null);
		this.#doc.on("update", (update: Uint8Array) => {
			this.#sendAll(messageType.sync, (encoder) => syncProtocol.writeUpdate(encoder, update));
		});
		this.#awareness.on("update", (change: Record<"added" | "updated" | "removed", number[]>) => {
			const ids = [...change.added, ...change.updated, ...change.removed];
			const update = awarenessProtocol.encodeAwarenessUpdate(this.#awareness, ids);
			this.#sendAll(messageType.awareness, (encoder) =>
				encoding.writeVarUint8Array(encoder, update),
			);
		});
	}

	enter(socket: WebSocket): void {
		const ids = new Set<number>();
		this.#idsOf.set(socket, ids);
		socket.binaryType = "nodebuffer";
		socket.on("error", () => socket.terminate());
		socket.on("message", (data: Buffer) => this.#receive(socket, data));
		socket.on("close", () => {
			this.#idsOf.delete(socket);
			awarenessProtocol.removeAwarenessStates(this.#awareness, [...ids], socket);
		});
		const step1 = this.#encode(messageType.sync, (encoder) =>
			syncProtocol.writeSyncStep1(encoder, this.#doc),
		);
		socket.send(step1);
		const shown = [...this.#awareness.getStates().keys()];
		const states = awarenessProtocol.encodeAwarenessUpdate(this.#awareness, shown);
		const frame = this.#encode(messageType.awareness, (encoder) =>
			encoding.writeVarUint8Array(encoder, states),
		);
		socket.send(frame);
	}

	#receive(socket: WebSocket, data: Uint8Array): void {
		const decoder = decoding.createDecoder(data);
		const type = decoding.readVarUint(decoder);
		if (type === messageType.sync) this.#receiveSync(socket, decoder);
		else if (type === messageType.awareness) {
			const update = decoding.readVarUint8Array(decoder);
			const before = new Set(this.#awareness.getStates().keys());
			awarenessProtocol.applyAwarenessUpdate(this.#awareness, update, socket);
			for (const id of this.#awareness.getStates().keys()) {
				if (!before.has(id)) this.#idsOf.get(socket)?.add(id);
			}
		}
	}

	#receiveSync(socket: WebSocket, decoder: decoding.Decoder): void {
		const isUpdate = decoding.peekVarUint(decoder) === syncProtocol.messageYjsUpdate;
		if (isUpdate && ++this.#fault.updateCount % this.#fault.forgetEvery === 0) {
			this.#fault.forgottenCount++;
			return;
		}
		const answer = this.#encode(messageType.sync, (encoder) => {
			syncProtocol.readSyncMessage(decoder, encoder, this.#doc, socket);
		});
		if (answer.length > 1) socket.send(answer);
	}

	#sendAll(type: number, write: (encoder: encoding.Encoder) => void): void {
		const frame = this.#encode(type, write);
		for (const socket of this.#idsOf.keys()) socket.send(frame);
	}

	#encode(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, type);
			write(encoder);
		});
	}
}
