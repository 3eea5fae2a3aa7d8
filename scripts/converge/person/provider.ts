/**
 * A person whose page uses y-websocket's provider as it comes: what holds for it holds for the
 * programs of other people. It runs on its own timers, so it is for real servers only.
 */
import { randomUUID } from "node:crypto";
import { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import type { Millis } from "../../../shared/clock.ts";
import { encodeUpdate } from "../../../shared/protocol.ts";
import { openCopy, openUndo } from "./copy.ts";
import { socketClassOf } from "./dialled-socket.ts";
import { anyAct, type Device, isRefusal, type Person, type PersonParts } from "./person.ts";

/** Every provider listens to the end of the process; Node takes more than ten for a leak. */
const exitListenersMax = 200;

/** The devices' names: tabs of one device, and no others, find each other by it. */
const origins = new WeakMap<Device, string>();

/** See the head of this file. */
export class ProviderPerson implements Person {
	readonly name: string;
	readonly user: string;
	readonly refusals: string[] = [];
	/** Stock clients are told none of it. */
	readonly userId = null;
	readonly rights = null;
	doc: Y.Doc;
	undo: Y.UndoManager;
	readonly #parts: PersonParts;
	#provider: WebsocketProvider;
	/** The origin of this person's own edits. */
	readonly #hand = { kind: "hand" };

	constructor(parts: PersonParts) {
		this.#parts = parts;
		this.name = parts.name;
		this.user = parts.user;
		process.setMaxListeners(Math.max(process.getMaxListeners(), exitListenersMax));
		this.doc = openCopy(parts);
		this.undo = openUndo(this.doc, this.#hand);
		this.#provider = this.#makeProvider();
	}

	get isOnline(): boolean {
		return this.#provider.shouldConnect;
	}

	get isSynced(): boolean {
		return this.#provider.synced;
	}

	/** The provider knows no acks: what it says of its work is only that it was sent. */
	get isSaved(): boolean {
		return this.#provider.synced;
	}

	get others(): ReadonlyMap<number, { readonly state: unknown }> {
		const states = [...this.#provider.awareness.getStates()];
		const others = states.filter(([clientId]) => clientId !== this.doc.clientID);
		return new Map(others.map(([clientId, state]) => [clientId, { state }]));
	}

	text(): string {
		return this.doc.getText("text").toString();
	}

	goOnline(): void {
		this.#provider.connect();
	}

	/**
	 * Says goodbye first. Tabs of one process hear each other at once, unlike those of a browser: an
	 * echo of the provider's own goodbye would bring this page back to the others.
	 */
	goOffline(): void {
		const { awareness } = this.#provider;
		const state = awareness.getLocalState();
		awareness.setLocalState(null);
		this.#provider.disconnect();
		awareness.setLocalState(state);
	}

	reload(): void {
		const wasOnline = this.isOnline;
		this.leave();
		this.doc = openCopy(this.#parts);
		this.undo = openUndo(this.doc, this.#hand);
		this.#provider = this.#makeProvider();
		if (wasOnline) this.goOnline();
	}

	leave(): void {
		this.goOffline();
		this.#provider.destroy();
		this.undo.destroy();
		this.doc.destroy(); // Its awareness goes with it.
	}

	edit(change: (doc: Y.Doc) => void): void {
		this.doc.transact(() => change(this.doc), this.#hand);
	}

	point(x: number, y: number): void {
		this.#provider.awareness.setLocalStateField("pointer", { x, y });
	}

	sendUpdate(update: Uint8Array): void {
		const { ws, wsconnected } = this.#provider;
		if (wsconnected) ws?.send(encodeUpdate(update).slice());
	}

	/** y-websocket 3 stays away then. Its page starts again where what it wrote was refused. */
	#sentAway(code: string, sinceMs: Millis): void {
		const { bailiff } = this.#parts;
		const refusal = { code, acts: anyAct, entries: [], sinceMs };
		if (!isRefusal(code)) {
			bailiff?.sentAway(this, { ...refusal, acts: new Set() });
			return;
		}
		bailiff?.refused(this, refusal);
		if (bailiff !== undefined) this.goOnline();
	}

	#makeProvider(): WebsocketProvider {
		const { dial, clock, device, ledger, bailiff } = this.#parts;
		let dialledMs = clock.elapsed();
		const provider = new WebsocketProvider(originOf(device), "room", this.doc, {
			connect: false,
			// In a run with rights a tab may hold what the server refused: each asks the server.
			disableBc: bailiff !== undefined,
			WebSocketPolyfill: socketClassOf(dial, clock) as never,
		});
		provider.awareness.setLocalState({ user: { name: this.user } });
		provider.on("status", ({ status }) => {
			if (status === "connecting") dialledMs = clock.elapsed();
		});
		provider.on("closed", ({ reason }) => {
			this.refusals.push(reason);
			this.#sentAway(reason, dialledMs);
		});
		ledger.follow(this.doc, this.user, (origin) => origin === provider);
		return provider;
	}
}

/** The server's address as the provider is told: it names the channel between tabs, no more. */
function originOf(device: Device): string {
	const held = origins.get(device);
	if (held !== undefined) return held;
	const origin = `ws://${randomUUID()}`;
	origins.set(device, origin);
	return origin;
}
