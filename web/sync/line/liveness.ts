/** Notices within seconds that a connection is dead, and comes back at once where it can. */
import type { WebsocketProvider } from "y-websocket";
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import { messageType } from "../../../shared/protocol.ts";

/** The server answers a question at once; on the worst line that still is one, within this. */
const answerMsMax = 4_000;

/** Something was sent and nothing came back for this long: time to ask. Slow disks are slower. */
const silenceMsMax = 5_000;

/** So often a page that is looked at sees whether it was quiet for longer; then it asks. */
const glanceMs = 1_000;
const quietMsMax = 4_500;

/** Who wakes from a sleep finds its timers late by more than this. */
const lateMsMax = 10_000;

/** A try to connect that takes longer is given up when somebody asks for a new one. */
const connectMsMax = 3_000;

/**
 * y-websocket gives a silent connection up after 30 s. A laptop that wakes, a browser that says
 * that the network went or came, and changes that nobody confirms are reasons to ask sooner. So is
 * a quiet of 5 s on a page that somebody looks at: in a room with people it is seldom so long,
 * because each of them is heard of every 15 s.
 */
export class Liveness {
	readonly #provider: WebsocketProvider;
	readonly #clock: Clock;
	#cancelCheck: Cancel = () => undefined;
	#cancelSilence: Cancel | null = null;
	#connectingSinceMs: Millis = 0;
	#isAsking = false;
	#heardMs: Millis;
	#glancedMs: Millis;
	#cancelGlance: Cancel = () => undefined;

	constructor(provider: WebsocketProvider, clock: Clock) {
		this.#provider = provider;
		this.#clock = clock;
		this.#heardMs = clock.elapsed();
		this.#glancedMs = clock.now();
		this.#glanceLater();
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
		this.#heardMs = this.#clock.elapsed();
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
		this.#cancelGlance();
	}

	#glanceLater(): void {
		this.#cancelGlance = this.#clock.after(glanceMs, () => {
			this.#glance();
			this.#glanceLater();
		});
	}

	#glance(): void {
		const nowMs = this.#clock.now();
		const lateMs = nowMs - this.#glancedMs - glanceMs;
		this.#glancedMs = nowMs;
		if (globalThis.document?.visibilityState === "hidden") return; // Timers are late there anyway.
		const { ws, wsconnected } = this.#provider;
		const isQuiet = this.#clock.elapsed() - this.#heardMs >= quietMsMax;
		if (lateMs > lateMsMax) this.wake();
		else if (ws !== null && wsconnected && isQuiet) this.#ask(ws);
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
