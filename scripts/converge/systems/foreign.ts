/**
 * A server that runs somewhere, known by its address only: `--sut url=ws://…`.
 *
 * Its rooms get a prefix that nobody can guess, so that no run touches a room that is somebody's.
 * Whether it speaks Weft is asked once, in such a room: it does where it answers `hello`.
 */
import { randomBytes } from "node:crypto";
import WebSocket, { type RawData } from "ws";
import { encodeHello, messageType } from "../../../shared/protocol.ts";
import { beginConversation, type Dialect } from "./dialect.ts";
import { stranger } from "./local.ts";
import type { Ending, ServerProcess, System } from "./system.ts";
import { becomeGuest } from "./weft.ts";

/** How long a server may take to let us in. */
const openMsMax = 10_000;
/** How long it may take to say that it speaks Weft. */
const welcomeMsMax = 2_000;

/**
 * Looks at a server and makes a system of it. `address` is what y-websocket's provider would be
 * given: the room follows behind a slash, before what stands behind a question mark.
 *
 * @throws Error with a sentence where it is no address, or nobody answers there
 */
export async function foreign(address: string): Promise<System> {
	const place = new Place(address);
	const dialect = await dialectOf(place);
	const isWeft = dialect === "weft";
	const hasRights = isWeft && (await canBecomeGuest(place.origin));
	return {
		name: `url=${address}`,
		version: "unknown",
		note: `by its address; it speaks ${isWeft ? "Weft" : "y-websocket"}`,
		dialect,
		abilities: {
			acks: isWeft,
			persistence: false,
			process: false,
			rights: hasRights,
			store: false,
			proxy: place.isPlain,
		},
		// Rooms of their own for each run: nobody can empty those of the last one.
		start: async () => serverAt(new Place(address), dialect, hasRights),
	};
}

class Place {
	readonly #url: URL;
	/** Before each room's name: 128 random bits. */
	readonly prefix = `weft-converge-${randomBytes(16).toString("base64url")}-`;

	constructor(address: string) {
		if (!URL.canParse(address) || !/^wss?:$/.test(new URL(address).protocol)) {
			throw new Error(`"${address}" is no address of WebSockets: give url=ws://host:port/path`);
		}
		this.#url = new URL(address);
	}

	/** False behind TLS, which lets no proxy between. */
	get isPlain(): boolean {
		return this.#url.protocol === "ws:";
	}

	get host(): string {
		return this.#url.hostname.replace(/^\[|\]$/g, "");
	}

	get port(): number {
		return Number(this.#url.port || (this.isPlain ? 80 : 443));
	}

	/** Its pages: where Weft has its API. */
	get origin(): string {
		return this.#url.origin.replace(/^ws/, "http");
	}

	get params(): Readonly<Record<string, string>> {
		return Object.fromEntries(this.#url.searchParams);
	}

	base(through?: number): string {
		const url = this.#build("", through);
		url.search = "";
		return url.href.replace(/\/$/, "");
	}

	url(room: string, through?: number): string {
		return this.#build(`/${encodeURIComponent(this.prefix + room)}`, through).href;
	}

	#build(end: string, through?: number): URL {
		const url = new URL(this.#url);
		url.pathname = url.pathname.replace(/\/+$/, "") + end;
		if (through !== undefined) url.host = `127.0.0.1:${through}`;
		return url;
	}
}

/** Says `hello` in a room of ours and waits for `welcome`. @throws Error where nobody answers */
function dialectOf(place: Place): Promise<Dialect> {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(place.url("hello"), { handshakeTimeout: openMsMax });
		socket.binaryType = "nodebuffer";
		let timer: NodeJS.Timeout | undefined;
		const settle = (dialect: Dialect) => {
			clearTimeout(timer);
			resolve(dialect);
			socket.close();
		};
		socket.once("open", () => {
			timer = setTimeout(() => settle("y-websocket"), welcomeMsMax);
			socket.send(encodeHello());
		});
		socket.on("message", (data: RawData) => {
			if (Buffer.isBuffer(data) && data[0] === messageType.welcome) settle("weft");
		});
		socket.once("error", (error) => {
			reject(new Error(`Nobody answers at ${place.base()}: ${error.message}`));
		});
		// It did let us in, and did not like what we said: not Weft.
		socket.once("close", () => settle("y-websocket"));
	});
}

/** Weft behind an address whose API is elsewhere: its people stay strangers. */
function canBecomeGuest(origin: string): Promise<boolean> {
	return becomeGuest(origin, "Ada").then(
		() => true,
		() => false,
	);
}

/** What cannot be done to a server that is not ours. */
class NotOurs extends Error {
	override readonly name = "NotOurs";
}

function serverAt(place: Place, dialect: Dialect, hasRights: boolean): ServerProcess {
	const refuse = () => {
		throw new NotOurs(`The server at ${place.base()} is not ours to end or to pause.`);
	};
	return {
		host: place.host,
		port: place.port,
		pid: null,
		isRunning: true,
		origin: place.origin,
		params: place.params,
		nameOf: (room) => place.prefix + room,
		base: (through) => place.base(through),
		url: (room, through) => place.url(room, through),
		converse: (room) => beginConversation(dialect, place.prefix + room),
		identify: async (name) => (hasRights ? becomeGuest(place.origin, name) : stranger),
		complaints: [],
		ended: new Promise<Ending>(() => undefined),
		kill: async () => refuse(),
		stop: async () => refuse(),
		pause: refuse,
		resume: refuse,
	};
}
