/** Notices within seconds that a connection is dead, and comes back at once where it can. */
import type { WebsocketProvider } from "y-websocket";
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";
import { messageType } from "../../shared/protocol.ts";

/** The server answers a question at once; on the worst line that still is one, within this. */
const answerMsMax = 4_000;

/** Something was sent and nothing came back for this long: time to ask. Slow disks are slower. */
const silenceMsMax = 5_000;

/** A try to connect that takes longer is given up when somebody asks for a new one. */
const connectMsMax = 3_000;

/**
 * y-websocket gives a silent connection up after 30 s. A laptop that wakes, a browser that says
 * that the network went or came, and changes that nobody confirms are reasons to ask sooner.
 */
export class Liveness {
	readonly #provider: WebsocketProvider;
	readonly #clock: Clock;
	#cancelCheck: Cancel = () => undefined;
	#cancelSilence: Cancel | null = null;
	#connectingSinceMs: Millis = 0;
	#isAsking = false;

	constructor(provider: WebsocketProvider, clock: Clock) {
		this.#provider = provider;
		this.#clock = clock;
		provider.on("status", ({ status }) => {
			if (status === "connecting") this.#connectingSinceMs = clock.elapsed();
		});
	}

	/** A change was sent: the server will say something soon, and be it only how far it is. */
	sent(): void {
		this.#cancelSilence ??= this.#clock.after(silenceMsMax, () => {
			this.#cancelSilence = null;
			const { ws, wsconnected } = this.#provider;
			if (ws !== null && wsconnected) this.#ask(ws);
		});
	}

	/** Something came from the server. */
	heard(): void {
		this.#cancelSilence?.();
		this.#cancelSilence = null;
		if (!this.#isAsking) return;
		this.#isAsking = false;
		this.#cancelCheck();
	}

	/** Connects now where nothing is connected, else asks whether the other end is still there. */
	wake(): void {
		const { ws, wsconnected } = this.#provider;
		if (ws !== null && wsconnected) {
			this.#ask(ws);
			return;
		}
		if (ws !== null && this.#clock.elapsed() - this.#connectingSinceMs > connectMsMax) ws.close();
		this.#provider.wsUnsuccessfulReconnects = 0;
		this.#provider.connect();
	}

	/** Stops waiting for an answer. */
	close(): void {
		this.#cancelSilence?.();
		this.#cancelCheck();
	}

	#ask(socket: WebSocket): void {
		if (this.#isAsking || socket.readyState !== 1) return;
		this.#isAsking = true;
		socket.send(Uint8Array.of(messageType.queryAwareness));
		this.#cancelCheck = this.#clock.after(answerMsMax, () => {
			this.#isAsking = false;
			if (this.#provider.ws === socket) socket.onclose?.(lostConnection);
		});
	}
}

/** As if the socket had noticed: y-websocket then drops it and tries again. */
const lostConnection = { code: 1006, reason: "", wasClean: false } as CloseEvent;
