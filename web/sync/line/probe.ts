/** How long things take: to the server and back, until a change is saved, until others see it. */
import type { Clock, Millis } from "../../../shared/clock.ts";
import { probeRoom } from "../../../shared/ids.ts";
import { textOf } from "../../../shared/surfaces/root.ts";
import { socketUrl } from "../base.ts";
import type { Me } from "../me.ts";
import type { UpdateStore } from "../offline.ts";
import { RoomClient } from "../room-client.ts";

/** What is measured. */
export type Measure = "echo" | "saved" | "shown";

/** What a `Probe` is made of. */
export interface ProbeOptions {
	readonly me: Me;
	readonly clock: Clock;
	/** Called with each figure as it comes. */
	readonly measured: (measure: Measure, tookMs: Millis) => void;
}

const everyMs: Millis = 1_000;

/** The room is thrown away: this device keeps nothing of it. */
const nothingKept: UpdateStore = {
	readNew: async () => [],
	append: async () => 0,
	squash: async () => undefined,
	readWaiting: async () => 0,
	close: () => undefined,
};

/** Measures once a second until it is closed. One visitor writes a letter, another one sees it. */
export class Probe {
	readonly #options: ProbeOptions;
	readonly #writer: RoomClient;
	readonly #reader: RoomClient;
	#echo: WebSocket | null = null;
	#cancel: () => void = () => undefined;
	/** When what is on its way left; null where nothing is. */
	#left: Record<Measure, Millis | null> = { echo: null, saved: null, shown: null };
	#isClosed = false;

	constructor(options: ProbeOptions) {
		this.#options = options;
		const room = { room: probeRoom, me: options.me, openStore: async () => nothingKept };
		this.#writer = new RoomClient(room);
		this.#reader = new RoomClient(room);
		this.#writer.on("status", ({ phase }) => {
			if (phase === "saved") this.#arrived("saved");
		});
		textOf(this.#reader.doc).observe(() => this.#arrived("shown"));
		this.#run();
	}

	/** How long what has not come back is away; 0 where nothing is. */
	awayMs(measure: Measure): Millis {
		const left = this.#left[measure];
		return left === null ? 0 : this.#options.clock.elapsed() - left;
	}

	/** Stops. Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		this.#cancel();
		this.#echo?.close();
		this.#writer.close();
		this.#reader.close();
	}

	#run(): void {
		this.#askEcho();
		this.#write();
		this.#cancel = this.#options.clock.after(everyMs, () => this.#run());
	}

	#askEcho(): void {
		if (this.#echo === null) this.#openEcho();
		if (this.#echo?.readyState !== WebSocket.OPEN || this.#left.echo !== null) return;
		this.#leave("echo");
		this.#echo.send(Uint8Array.of(1));
	}

	#openEcho(): void {
		const socket = new WebSocket(socketUrl(location, "/echo"));
		socket.onopen = () => {
			this.#left.echo = null;
		};
		socket.onmessage = () => this.#arrived("echo");
		socket.onclose = () => {
			if (this.#echo === socket) this.#echo = null;
			this.#left.echo ??= this.#options.clock.elapsed(); // Whoever is gone answers nothing.
		};
		this.#echo = socket;
	}

	#write(): void {
		if (this.#writer.status.phase !== "saved" || this.#left.saved !== null) return;
		if (this.#reader.status.phase !== "saved" || this.#left.shown !== null) return;
		this.#leave("saved");
		this.#leave("shown");
		const text = textOf(this.#writer.doc);
		this.#writer.doc.transact(() => {
			if (text.length > 0) text.delete(0, text.length);
			else text.insert(0, ".");
		});
	}

	#leave(measure: Measure): void {
		this.#left[measure] = this.#options.clock.elapsed();
	}

	#arrived(measure: Measure): void {
		const left = this.#left[measure];
		if (left === null || this.#isClosed) return;
		this.#left[measure] = null;
		this.#options.measured(measure, this.#options.clock.elapsed() - left);
	}
}
