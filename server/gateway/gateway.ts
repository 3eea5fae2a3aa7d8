/** Turns upgrade requests into sessions of rooms, and into echoes. */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type Clock, wait } from "../../shared/clock.ts";
import { type FailureCode, failures, toWeftError } from "../../shared/errors.ts";
import { anyone, parseRoomSegment, type RoomName } from "../../shared/ids.ts";
import { frameBytesMax } from "../../shared/limits.ts";
import { type Guest, stampAnyone } from "../auth/guest.ts";
import type { GatewayLimits } from "../config.ts";
import type { Registry } from "../rooms/registry.ts";
import { Admission } from "./admission.ts";
import { echo, echoBytesMax } from "./echo.ts";
import { Refusals } from "./refusals.ts";
import { Session } from "./session.ts";
import { WebSocketWire } from "./wire.ts";

/** Before a room's name in a path. */
const syncPath = "/sync/";

/** What the gateway is handed. */
export interface GatewayParts {
	readonly registry: Registry;
	readonly clock: Clock;
	readonly limits: GatewayLimits;
	/** The guest behind a request; null for clients without a sign of who they are. */
	readonly guestOf: (request: IncomingMessage) => Guest | null;
	/** Told of sessions that the server ended, for log and metrics. */
	readonly report: (code: FailureCode, room: RoomName | null, detail?: string) => void;
}

/** All sockets of the server. */
export class Gateway {
	readonly #parts: GatewayParts;
	readonly #rooms = new WebSocketServer({
		noServer: true,
		maxPayload: frameBytesMax,
		perMessageDeflate: false,
	});
	readonly #echoes = new WebSocketServer({
		noServer: true,
		maxPayload: echoBytesMax,
		perMessageDeflate: false,
	});
	readonly #refusals: Refusals;
	readonly #admission = new Admission(setImmediate);
	readonly #socketsOf = new Map<string, number>();
	/** Every connection that asked for an upgrade: the HTTP server does not know them any more. */
	readonly #streams = new Set<Duplex>();
	/** Sessions of each guest, so that a new name shows everywhere at once. */
	readonly #sessions = new Map<Session, Held>();
	#isDraining = false;

	constructor(parts: GatewayParts) {
		this.#parts = parts;
		this.#refusals = new Refusals(parts.clock);
	}

	/** How many sessions are open. */
	get sessionCount(): number {
		return this.#sessions.size;
	}

	/** Bytes that wait for all clients. */
	get waitingBytes(): number {
		let bytes = 0;
		for (const session of this.#sessions.keys()) bytes += session.waitingBytes;
		return bytes;
	}

	/** Handles the `upgrade` event of an HTTP server. */
	upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
		// A client that resets its connection now must not end the process.
		stream.on("error", () => stream.destroy());
		this.#streams.add(stream);
		stream.once("close", () => this.#streams.delete(stream));
		const [path = ""] = (request.url ?? "").split("?", 1);
		const isEcho = path === "/echo";
		if (!isEcho && !path.startsWith(syncPath)) refuseUpgrade(stream, "not_found");
		else if (!this.#admit(request, stream)) return;
		else if (isEcho) this.#echoes.handleUpgrade(request, stream, head, echo);
		else this.#upgradeToRoom(request, stream, head, path.slice(syncPath.length));
	}

	/** A guest has a new name or colour: all of their sessions show it. */
	rename(guest: Guest): void {
		for (const held of this.#sessions.values()) {
			if (held.guest?.id !== guest.id) continue;
			held.guest = guest;
			held.restamp?.();
		}
	}

	/** From now on nobody is let in, and echoes end; sessions end with their rooms. */
	drain(): void {
		this.#isDraining = true;
		for (const socket of this.#echoes.clients) socket.close(failures.stopping.close, "stopping");
	}

	/** Cuts what is still open. */
	close(): void {
		for (const stream of this.#streams) stream.destroy();
	}

	#admit(request: IncomingMessage, stream: Duplex): boolean {
		const { socketsMax, socketsPerAddressMax } = this.#parts.limits;
		const address = request.socket.remoteAddress ?? "";
		const count = (this.#socketsOf.get(address) ?? 0) + 1;
		if (this.#isDraining) return refuseUpgrade(stream, "stopping");
		if (socketsPerAddressMax !== null && count > socketsPerAddressMax) {
			return refuseUpgrade(stream, "too_many_requests");
		}
		if (this.#rooms.clients.size >= socketsMax) return refuseUpgrade(stream, "server_full");
		this.#socketsOf.set(address, count);
		stream.once("close", () => {
			const left = (this.#socketsOf.get(address) ?? 1) - 1;
			if (left > 0) this.#socketsOf.set(address, left);
			else this.#socketsOf.delete(address);
		});
		return true;
	}

	#upgradeToRoom(request: IncomingMessage, stream: Duplex, head: Buffer, segment: string): void {
		const guest = this.#parts.guestOf(request);
		const client = `${request.socket.remoteAddress} ${guest?.id ?? ""} ${segment}`;
		const open = () => {
			if (stream.destroyed) return;
			if (this.#isDraining) {
				refuseUpgrade(stream, "stopping");
				return;
			}
			this.#rooms.handleUpgrade(request, stream, head, (socket) => {
				this.#open({ socket, stream, guest, client, segment });
			});
		};
		const delayMs = this.#refusals.delayOf(client);
		const enter = () => this.#admission.admit(open);
		if (delayMs === 0) enter();
		else void wait(this.#parts.clock, delayMs).then(enter);
	}

	#open({ socket, stream, guest, client, segment }: Opening): void {
		const { registry, clock, limits, report } = this.#parts;
		const name = parseRoomSegment(segment);
		if (name === null) {
			socket.on("error", () => socket.terminate());
			socket.close(failures.bad_room_name.close, "bad_room_name");
			this.#refusals.note(client);
			report("bad_room_name", null);
			return;
		}
		const held: Held = { guest, restamp: null };
		let leave: (() => void) | null = null;
		const session = new Session({
			wire: new WebSocketWire(socket, stream),
			clock,
			userId: guest?.id ?? anyone,
			stamp: (claimed) => held.guest ?? stampAnyone(claimed),
			frameRate: limits.frameRate,
			outboxBytesMax: limits.outboxBytesMax,
			ended: (code, detail) => {
				this.#sessions.delete(session);
				leave?.();
				if (code === null) return;
				if (isRefusal(code)) this.#refusals.note(client);
				report(code, name, detail);
			},
		});
		this.#sessions.set(session, held);
		registry.enter(name, session).then(
			(room) => {
				leave = () => registry.leave(room, session);
				held.restamp = () => room.restamp(session);
				if (session.isClosed) leave();
				else session.enter(room);
			},
			(error: unknown) => {
				const { code, message } = toWeftError(error);
				session.close(code, message);
			},
		);
	}
}

interface Held {
	guest: Guest | null;
	/** Null until the room is open. */
	restamp: (() => void) | null;
}

interface Opening {
	readonly socket: WebSocket;
	readonly stream: Duplex;
	readonly guest: Guest | null;
	/** Tells one client from another, for refusals. */
	readonly client: string;
	/** The room's name as it stands in the path. */
	readonly segment: string;
}

/**
 * Whether a client was told not to come back. Bad frames do not make anybody wait: no stock client
 * sends them in its loop, and others of the same address may have no cookie either.
 */
function isRefusal(code: FailureCode): boolean {
	const { close } = failures[code];
	return code !== "bad_frame" && close >= 4400 && close <= 4499;
}

/** Answers an upgrade with an error instead. */
function refuseUpgrade(stream: Duplex, code: FailureCode): false {
	const { status, say } = failures[code];
	const body = JSON.stringify({ error: { code, message: say } });
	// Ended only, it would stay for as long as the client does not end it too.
	stream.once("finish", () => stream.destroy());
	stream.end(
		`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
			`Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
	);
	return false;
}
