/** Sockets in memory: two directions, each with its own delay, that may be cut, hang or lose. */
import type { Wire, WireEvents } from "../../../server/gateway/wire.ts";
import type { Clock, Millis } from "../../../shared/clock.ts";
import { messageType } from "../../../shared/protocol.ts";
import { Told } from "../checks/told.ts";
import type { ClientSocket, SocketEvents } from "../person/socket.ts";
import { below, type Random } from "../random.ts";
import { Losses } from "./loss.ts";
import { Pipe } from "./pipe.ts";

/** The delays of both directions. */
export interface NetworkChance {
	readonly up: Random;
	readonly down: Random;
}

/** Both sides learn of an end in this time. */
const endMs: Millis = 1;
/** What is lost in turns is lost for so many times as long, in turns that long. */
const lossTurnCount = 8;
const lossTurnMs: Millis = 700;

/** A connection between a client and a server. */
export class SimConnection implements ClientSocket {
	readonly #clock: Clock;
	readonly #client: SocketEvents;
	readonly #up: Pipe;
	readonly #down: Pipe;
	readonly #losses = new Losses();
	#server: WireEvents | null = null;
	#receivedBytes = 0;
	#isClientOpen = true;
	#isServerOpen = true;
	/** The server has said goodbye, and says nothing more. */
	#isClosing = false;
	/** Bytes that the server has already sent to a client that does not read; else null. */
	#backlog: number | null = null;

	/** Called when the server was shown that it lacks something. */
	gapShown: () => void = () => undefined;
	/** Called when a slow reader has read all that waited. */
	caughtUp: () => void = () => undefined;
	/** What the server said to the client. */
	readonly told = new Told();

	constructor(clock: Clock, chance: NetworkChance, client: SocketEvents) {
		this.#clock = clock;
		this.#client = client;
		this.#up = new Pipe(clock, chance.up);
		this.#down = new Pipe(clock, chance.down);
	}

	/** True until one side or the network ends it. */
	get isOpen(): boolean {
		return this.#isClientOpen && this.#isServerOpen;
	}

	/** True while the client reads nothing, or not all that waits yet. */
	get isSlow(): boolean {
		return this.#backlog !== null;
	}

	/** The server's end. */
	readonly wire: Wire = makeWire({
		waitingBytes: () => (this.#backlog === null ? 0 : this.#backlog + this.#down.bytes),
		receivedBytes: () => this.#receivedBytes,
		listen: (events) => {
			this.#server = events;
		},
		send: (messages) => {
			for (const message of messages) this.#sendDown(message);
		},
		ping: () => {
			const pong = () => {
				this.#receivedBytes++;
			};
			this.#down.send(0, () => this.#up.send(0, pong));
		},
		pause: () => this.#up.pause(true),
		resume: () => this.#up.pause(false),
		close: (code, reason) => this.#closeServer(code, reason),
		terminate: () => this.#terminate(),
	});

	/** What the network lost of it. */
	get losses(): Losses {
		return this.#losses;
	}

	/** Sends a message of the client. The bytes are copied, as a network would. */
	send(message: Uint8Array): void {
		if (!this.#isClientOpen) return;
		const { isLosing, isRepeating } = this.#up;
		if (isLosing || isRepeating) this.#losses.noteUp(message, isLosing);
		const copy = message.slice();
		this.told.noteUp(copy);
		this.#up.send(copy.length, () => {
			if (!this.#isServerOpen) return;
			this.#receivedBytes += copy.length;
			const isGap = this.#losses.passUp(copy);
			this.#server?.message(copy.slice());
			if (isGap) this.gapShown();
		});
	}

	/** The client leaves. What it has sent still arrives. */
	close(): void {
		if (!this.#isClientOpen) return;
		this.#isClientOpen = false;
		this.#down.drop();
		this.#up.end(() => this.#endServer());
	}

	/** The network ends it: both sides learn of it, nothing on its way arrives. */
	cut(): void {
		this.#up.drop();
		this.#down.drop();
		this.#clock.after(endMs, () => {
			this.#endServer();
			this.#endClient(1006, "");
		});
	}

	/** Nothing arrives any more, and nobody is told. */
	hang(): void {
		this.#up.hang();
		this.#down.hang();
	}

	/** The client is in another network: it finds out at once, the server does not. */
	roam(): void {
		this.hang();
		this.#clock.after(endMs, () => this.#endClient(1006, ""));
	}

	/** From now on everything comes later. */
	lag(ms: Millis): void {
		this.#up.lagMs = ms;
		this.#down.lagMs = ms;
	}

	/** One direction loses whole frames, while the other goes on. In turns: see `Pipe.lose`. */
	lose(direction: "up" | "down", ms: Millis, turnMs?: Millis): void {
		(direction === "up" ? this.#up : this.#down).lose(ms, turnMs);
	}

	/** Some networks lose for a while what goes one way; some again and again, and for longer. */
	loseOneWay(ms: Millis, chance: Random): void {
		const direction = below(chance, 2) === 0 ? "up" : "down";
		const isInTurns = below(chance, 2) === 0;
		if (isInTurns) this.lose(direction, lossTurnCount * ms, lossTurnMs);
		else this.lose(direction, ms);
	}

	/** Both directions bring every frame twice. */
	repeat(ms: Millis): void {
		this.#up.repeat(ms);
		this.#down.repeat(ms);
	}

	/** Nothing arrives for a while, and then all at once. */
	hold(ms: Millis): void {
		this.#up.hold(ms);
		this.#down.hold(ms);
	}

	/**
	 * The client reads nothing for so long. So many bytes wait for it already: runs are small, and
	 * the bounds of the server are not.
	 */
	readSlowly(ms: Millis, backlog: number): void {
		this.#backlog = backlog;
		this.#down.pause(true);
		this.#clock.after(ms, () => {
			this.#down.pause(false);
			// Behind all that waits: now everything has gone out.
			this.#down.end(() => this.#drain());
		});
	}

	/** The server's process is gone: what it sent may still arrive, then the client finds out. */
	orphan(isFlushing: boolean): void {
		this.#server = null;
		this.#isServerOpen = false;
		this.#up.drop();
		if (isFlushing) this.#down.end(() => this.#endClient(1006, ""));
		else this.cut();
	}

	#sendDown(message: Uint8Array): void {
		if (!this.#isServerOpen || !this.#isClientOpen) return;
		if (this.#down.isLosing) this.#losses.noteDown();
		this.#losses.passDown(message);
		this.told.noteDown(message);
		const copy = message.slice();
		this.#down.send(copy.length, () => {
			if (!this.#isClientOpen) return;
			// Counted frames mean nothing where some were lost: nobody may go by them.
			const isCount = copy[0] === messageType.saved || copy[0] === messageType.refused;
			if (isCount && this.#losses.isMiscounted) return;
			this.#client.message(copy);
		});
	}

	/** A slow reader has read everything. */
	#drain(): void {
		this.#backlog = null;
		if (!this.#isServerOpen) return;
		this.#server?.drained();
		if (!this.#isClosing) this.caughtUp();
	}

	/** What was sent before the close still arrives, and nothing more is heard. */
	#closeServer(code: number, reason: string): void {
		this.#isClosing = true;
		this.#up.drop();
		this.#down.end(() => {
			this.#endClient(code, reason);
			this.#clock.after(endMs, () => this.#endServer());
		});
	}

	/** The server is done with it; the client learns of that where anything arrives. */
	#terminate(): void {
		if (this.#down.isHanging) this.#clock.after(endMs, () => this.#endServer());
		else this.cut();
	}

	#endServer(): void {
		if (!this.#isServerOpen) return;
		this.#isServerOpen = false;
		this.#server?.closed();
	}

	#endClient(code: number, reason: string): void {
		if (!this.#isClientOpen) return;
		this.#isClientOpen = false;
		this.#client.closed(code, reason);
	}
}

/** A wire of functions. */
type WireParts = {
	readonly [Name in keyof Wire]: Wire[Name] extends number ? () => number : Wire[Name];
};

function makeWire({ waitingBytes, receivedBytes, ...rest }: WireParts): Wire {
	return {
		...rest,
		get waitingBytes() {
			return waitingBytes();
		},
		get receivedBytes() {
			return receivedBytes();
		},
	};
}
