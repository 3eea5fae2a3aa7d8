/** Turns upgrade requests into sessions of rooms, and into echoes. */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { type Clock, wait } from "../../shared/clock.ts";
import { type FailureCode, failures } from "../../shared/errors.ts";
import { parseRoomSegment, type RoomName, type UserId } from "../../shared/ids.ts";
import { frameBytesMax } from "../../shared/limits.ts";
import type { HerePerson } from "../../shared/operator.ts";
import type { Login } from "../auth/accounts.ts";
import type { Guest } from "../auth/guest.ts";
import { coversRoom, isPlaced } from "../auth/host-token.ts";
import type { GatewayLimits } from "../config.ts";
import type { Registry } from "../rooms/registry.ts";
import { addressOf, isOwn } from "./address.ts";
import { Admission } from "./admission.ts";
import { Connections } from "./connections.ts";
import { echo, echoBytesMax } from "./echo.ts";
import { Unfinished } from "./frames/unfinished.ts";
import { everybodyIn } from "./here.ts";
import { NetworkRates } from "./network-rates.ts";
import { Refusals } from "./refusals.ts";
import { type Caller, type Desk, nameOfClient, type RoomCaller, Visit } from "./visit.ts";
import { Watch } from "./watch.ts";
import { WebSocketWire } from "./wire.ts";

/** Before a room's name in a path. */
const syncPath = "/sync/";

/** Who asks for a socket, or why they get none. */
export interface Upgrading extends Pick<Caller, "guest" | "login"> {
	readonly refused: FailureCode | null;
}

/** What the gateway is handed. */
export interface GatewayParts {
	readonly registry: Registry;
	readonly clock: Clock;
	readonly limits: GatewayLimits;
	/** Who is behind a request; null for clients without a sign of who they are. */
	readonly identify: (request: IncomingMessage) => Upgrading;
	/** False where only those come in who sign in. */
	readonly hasGuests: boolean;
	/** True for the name of somebody who signs in. */
	readonly isTaken: Desk["isTaken"];
	/** What somebody is in a room. */
	readonly access: Desk["access"];
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
		// We know them ourselves.
		clientTracking: false,
	});
	readonly #echoes = new WebSocketServer({
		noServer: true,
		maxPayload: echoBytesMax,
		perMessageDeflate: false,
	});
	readonly #refusals: Refusals;
	readonly #unfinished: Unfinished;
	readonly #admission = new Admission(setImmediate);
	/** All that came, but from this machine. */
	readonly #connections = new Connections();
	/** Those of `#streams`. */
	readonly #upgraded = new Connections();
	/** Every connection that asked for an upgrade, and its address: HTTP has forgotten them. */
	readonly #streams = new Map<Socket, string>();
	/** Those that are in a room, or wait for it. */
	readonly #visits = new Set<Visit>();
	readonly #desk: Desk;
	/** One listener for all streams. */
	readonly #streamClosed: (this: Socket) => void;
	#isDraining = false;

	constructor(parts: GatewayParts) {
		this.#parts = parts;
		this.#refusals = new Refusals(parts.clock);
		this.#unfinished = new Unfinished(parts.clock, () => this.#wholeBytes);
		const { registry, clock, limits, isTaken, access } = parts;
		const { frameRate, outboxBytesMax, newRoomRate, newIdRate } = limits;
		const newRooms = newRoomRate && new NetworkRates(newRoomRate, clock);
		this.#desk = {
			registry,
			isTaken,
			access,
			// Who signed in can be told from others, and sent away.
			mayBegin: ({ address, login }) => login !== null || (newRooms?.take(address) ?? true),
			newIds: newIdRate && new NetworkRates(newIdRate, clock),
			rules: { clock, watch: new Watch(clock), frameRate, outboxBytesMax },
			ended: (visit, code, detail) => this.#ended(visit, code, detail),
		};
		const forget = (stream: Socket) => this.#forget(stream);
		this.#streamClosed = function (this: Socket) {
			forget(this);
		};
	}

	/** How many sessions are open. */
	get sessionCount(): number {
		return this.#visits.size;
	}

	/** Bytes that wait for all clients. */
	get waitingBytes(): number {
		let bytes = 0;
		for (const { session } of this.#visits) bytes += session.waitingBytes;
		return bytes;
	}

	/** Of frames that came and that no room has handled yet. */
	get #wholeBytes(): number {
		let bytes = this.#parts.registry.waitingBytes;
		for (const { session } of this.#visits) bytes += session.openingBytes;
		return bytes;
	}

	/** Handles the `connection` event of an HTTP server: whose it is, is all that is known. */
	connected(stream: Socket): void {
		const { connectionsPerAddressMax } = this.#parts.limits;
		const address = stream.remoteAddress ?? "";
		if (connectionsPerAddressMax === null || isOwn(address)) return;
		stream.once("close", () => this.#connections.remove(address));
		if (this.#connections.add(address) > connectionsPerAddressMax) stream.destroy();
	}

	/** Handles the `upgrade` event of an HTTP server. */
	upgrade(request: IncomingMessage, head: Buffer): void {
		const stream = request.socket;
		// A client that resets its connection now must not end the process.
		stream.on("error", destroyStream);
		this.#count(stream, addressOf(request));
		const [path = ""] = (request.url ?? "").split("?", 1);
		const isEcho = path === "/echo";
		if (!isEcho && !path.startsWith(syncPath)) refuseUpgrade(stream, "not_found");
		else if (!this.#admit(stream)) return;
		else if (isEcho) this.#echoes.handleUpgrade(request, stream, head, echo);
		else this.#upgradeToRoom(request, head, path.slice(syncPath.length));
	}

	/** A guest has a new name or colour: all of their sessions show it. */
	rename(guest: Guest): void {
		for (const visit of this.#visits) visit.rename(guest);
	}

	/** Others wait before the door of a room. */
	knocked(room: RoomName): void {
		for (const visit of this.#visits) visit.knocked(room);
	}

	/** A login ended before its time: so do its sessions. */
	endLogin(key: Login["key"]): void {
		for (const { login, session } of this.#visits) {
			if (login?.key === key) session.close("signed_out");
		}
	}

	/** A guest signed in: what was open under the old cookie comes back under the new one. */
	endGuest(id: Guest["id"]): void {
		for (const { guest, login, session } of this.#visits) {
			if (login === null && guest?.id === id) session.close("stopping", "signed in");
		}
	}

	/** What the guests in all rooms are called. */
	namesHere(): Set<string> {
		const names = new Set<string>();
		for (const { guest } of this.#visits) if (guest !== null) names.add(guest.name);
		return names;
	}

	/** What somebody is called who is in a room; null where they are in none. */
	nameOf(id: UserId): string | null {
		for (const { guest } of this.#visits) if (guest?.id === id) return guest.name;
		return null;
	}

	/** Who has a cookie or an account and came by that name, and by no role that their login has. */
	peopleBy(name: RoomName): Guest[] {
		const people: Guest[] = [];
		for (const { guest, login, name: asked } of this.#visits) {
			const isRanked = isPlaced(login) || login?.isAdmin === true;
			if (asked === name && guest !== null && !isRanked) people.push(guest);
		}
		return people;
	}

	/** Everybody who is in a room. */
	everybody(): HerePerson[] {
		return everybodyIn(this.#visits);
	}

	/** From now on nobody is let in, and echoes end; sessions end with their rooms. */
	drain(): void {
		this.#isDraining = true;
		for (const socket of this.#echoes.clients) socket.close(failures.stopping.close, "stopping");
	}

	/** Cuts what is still open. */
	close(): void {
		for (const stream of this.#streams.keys()) stream.destroy();
	}

	#count(stream: Socket, address: string): void {
		this.#streams.set(stream, address);
		this.#upgraded.add(address);
		stream.on("close", this.#streamClosed);
	}

	#forget(stream: Socket): void {
		this.#upgraded.remove(this.#streams.get(stream) ?? "");
		this.#streams.delete(stream);
	}

	#admit(stream: Socket): boolean {
		const { socketsMax, socketsPerAddressMax } = this.#parts.limits;
		const count = this.#upgraded.countOf(this.#streams.get(stream) ?? "");
		if (this.#isDraining) return refuseUpgrade(stream, "stopping");
		if (socketsPerAddressMax !== null && count > socketsPerAddressMax) {
			return refuseUpgrade(stream, "too_many_requests");
		}
		if (this.#streams.size > socketsMax) return refuseUpgrade(stream, "server_full");
		return true;
	}

	#upgradeToRoom(request: IncomingMessage, head: Buffer, segment: string): void {
		const stream = request.socket;
		const name = parseRoomSegment(segment);
		const address = this.#streams.get(stream) ?? "";
		const identify = () => {
			const { guest, login, refused } = this.#parts.identify(request);
			const caller = { address, guest, login, name: name ?? segment };
			return { caller, refusal: refused ?? this.#refusalOf(login, name) };
		};
		const open = () => {
			if (stream.destroyed) return;
			if (this.#isDraining) {
				refuseUpgrade(stream, "stopping");
				return;
			}
			this.#rooms.handleUpgrade(request, stream, head, (socket) => {
				stream.off("error", destroyStream); // ws listens itself.
				// Who waited may have signed out meanwhile.
				const { caller, refusal } = identify();
				if (refusal !== null) this.#refuse(socket, caller, refusal);
				else if (name !== null) this.#open(socket, stream, { ...caller, name });
			});
		};
		const delayMs = this.#refusals.delayOf(nameOfClient(identify().caller));
		const enter = () => this.#admission.admit(open);
		if (delayMs === 0) enter();
		else void wait(this.#parts.clock, delayMs).then(enter);
	}

	#open(socket: WebSocket, stream: Socket, caller: RoomCaller): void {
		const visit = new Visit(
			new WebSocketWire(socket, stream, this.#unfinished),
			caller,
			this.#desk,
		);
		this.#visits.add(visit);
		visit.enter();
	}

	/** Why somebody is not let in; null where they are. */
	#refusalOf(login: Login | null, name: RoomName | null): FailureCode | null {
		if (login === null && !this.#parts.hasGuests) return "not_signed_in";
		if (name === null) return "bad_room_name";
		return coversRoom(login, name) ? null : "no_entry";
	}

	/** Only an open socket can be told why, and not to come back. */
	#refuse(socket: WebSocket, caller: Caller, code: FailureCode): void {
		socket.on("error", () => socket.terminate());
		socket.close(failures[code].close, code);
		this.#refusals.note(nameOfClient(caller));
		this.#parts.report(code, null);
	}

	#ended(visit: Visit, code: FailureCode | null, detail?: string): void {
		this.#visits.delete(visit);
		if (code === null) return;
		if (isRefusal(code)) this.#refusals.note(nameOfClient(visit));
		this.#parts.report(code, visit.name, detail);
	}
}

/**
 * Whether a client was told not to come back. Bad frames do not make anybody wait: no stock client
 * sends them in its loop, and others of the same address may have no cookie either.
 */
function isRefusal(code: FailureCode): boolean {
	const { close } = failures[code];
	return code !== "bad_frame" && close >= 4400 && close <= 4499;
}

function destroyStream(this: Socket): void {
	this.destroy();
}

/** Answers an upgrade with an error instead. */
function refuseUpgrade(stream: Socket, code: FailureCode): false {
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
