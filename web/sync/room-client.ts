/** One room as the surfaces see it: doc, connection, copy on the device, status as one thing. */
import type { Decoder } from "lib0/decoding";
import { Awareness } from "y-protocols/awareness";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Person, PresenceState } from "../../shared/awareness.ts";
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";
import type { FailureCode } from "../../shared/errors.ts";
import { anyone, type RoomName } from "../../shared/ids.ts";
import { inkBytesMax } from "../../shared/limits.ts";
import {
	encodeHello,
	encodeInk,
	messageType,
	readInk,
	readRefused,
	readSaved,
	readStanding,
	readWelcome,
	readWritable,
} from "../../shared/protocol.ts";
import type { Act, RoomKind } from "../../shared/roles.ts";
import { metaOf, schemaVersion } from "../../shared/surfaces/root.ts";
import { KnownRights } from "./access/known-rights.ts";
import { apiUrl, roomSegment, syncUrl, visitParams } from "./base.ts";
import { browserClock } from "./clock.ts";
import { Emitter } from "./emitter.ts";
import { spreadRetries } from "./line/backoff.ts";
import { IncomingUpdates } from "./line/incoming.ts";
import { Liveness } from "./line/liveness.ts";
import { reportingSocket, type SocketClass } from "./line/socket.ts";
import { deviceMemory, isPerson, type Me, type Myself, shownOf, takenFor } from "./me.ts";
import { mirrorOf } from "./mirror.ts";
import { type CopyReports, copyName, OfflineCopy, openUpdateStore } from "./offline.ts";
import {
	failureOfClose,
	firstFacts,
	foldSync,
	type RoomStatus,
	type SyncEvent,
	type SyncFacts,
	statusOf,
} from "./status.ts";

/** What a `RoomClient` tells, by name. */
export interface RoomClientEvents {
	status: RoomStatus;
	/** Own name or colour changed. */
	me: Person;
	/** A stroke in the making, of the person whose awareness has this client id. */
	ink: { clientId: number; ink: Uint8Array };
	/** Members, links, rules or who waits are others now; only who may manage the room is told. */
	changed: undefined;
	/** The server did not take what this page sent: it is not in the room, and will not be. */
	lost: FailureCode;
	/** The server knows this browser as somebody else: nothing was sent. Ask again who we are. */
	stranger: undefined;
}

/** What a client is made of; what is left out is the browser's. */
export interface RoomClientOptions {
	readonly room: RoomName;
	readonly me: Me;
	/** True for who came by a view link: whatever they do stays on their page. */
	readonly isViewing?: boolean;
	/** True where this page made the room a moment ago: nothing can be in it. */
	readonly isNew?: boolean;
	/** Base address of the sync endpoint; the room is put behind it. */
	readonly syncUrl?: string;
	readonly socketClass?: SocketClass;
	readonly openStore?: typeof openUpdateStore;
	/** Where it is noted what this person may do and whom they met; null: nowhere. */
	readonly memory?: ReturnType<typeof deviceMemory>;
	readonly clock?: Clock;
	/** From 0 to below 1: spreads the tries to connect. */
	readonly random?: () => number;
}

/** A device that has no copy of a room waits so long for the server before it shows nothing. */
const emptyCopyMsMax = 3_000;

/** Who was taken for somebody else, and was told nothing new since, tries again after this. */
const strangerMs: Millis = 5_000;

/** One person in one room. `close()` it when the page goes elsewhere. */
export class RoomClient {
	readonly room: RoomName;
	/** What the surfaces show and change. */
	readonly doc: Y.Doc;
	/** True where nothing that is changed here leaves this page. */
	readonly isViewing: boolean;
	readonly memory: ReturnType<typeof deviceMemory>;
	/** What this person may do here: surfaces offer no tools for the rest. */
	readonly rights: KnownRights;
	readonly awareness: Awareness;
	/**
	 * Resolves when what the room holds is in the doc: from this device, or from the server at once,
	 * not update by update. Without a server, when there is nothing more to wait for.
	 */
	readonly ready: Promise<void>;
	/** Resolves when the server's content is in the doc: what comes later is new. */
	readonly synced: Promise<void>;
	/** The others who were here when we came; null before we were told. */
	foundHere: ReturnType<RoomClient["people"]> | null = null;

	/** What is sent, received and kept; the same as `doc`, but for who only looks. */
	readonly #source = new Y.Doc();
	readonly #events = new Emitter<RoomClientEvents>();
	readonly #me: Me;
	readonly #clock: Clock;
	readonly #provider: WebsocketProvider;
	readonly #copy: OfflineCopy;
	readonly #incoming: IncomingUpdates;
	readonly #liveness: Liveness;
	readonly #unlistenMe: Cancel;
	#facts: SyncFacts = firstFacts;
	#status: RoomStatus = statusOf(firstFacts);
	#hasWritten = false;
	#resolveReady: () => void = () => undefined;
	#resolveSynced: () => void = () => undefined;
	#isClosed = false;

	constructor(options: RoomClientOptions) {
		this.room = options.room;
		this.isViewing = options.isViewing ?? false;
		this.doc = this.isViewing ? mirrorOf(this.#source) : this.#source;
		this.#me = options.me;
		const { memory = deviceMemory() } = options;
		this.memory = memory;
		const place = { memory, userId: this.me.id, room: this.room };
		this.rights = new KnownRights(this.isViewing ? null : place);
		this.#clock = options.clock ?? browserClock;
		this.ready = new Promise((resolve) => {
			this.#resolveReady = resolve;
		});
		if (options.isNew === true) this.#resolveReady();
		this.synced = new Promise((resolve) => {
			this.#resolveSynced = resolve;
		});
		this.awareness = new Awareness(this.doc);
		this.awareness.setLocalState({ user: shownOf(this.me) });
		this.#unlistenMe = this.#me.onChange((person) => this.#onMe(person));
		this.#copy = this.#keepCopy(options.openStore ?? openUpdateStore);
		this.#provider = this.#makeProvider(options);
		this.#incoming = new IncomingUpdates(this.#source, this.#provider, this.#clock);
		this.#incoming.gatherFrom(this.#provider);
		this.#liveness = new Liveness(this.#provider, this.#clock);
		this.#source.on("update", this.#onUpdate);
		this.#provider.connect();
	}

	/** Who we are now. */
	get me(): Myself {
		return this.#me.person;
	}

	/** The own person as a thing that can change, for who lets a person edit it. */
	get mine(): Me {
		return this.#me;
	}

	/** Where the room's changes are now. */
	get status(): RoomStatus {
		return this.#status;
	}

	/** What kind of room the server said this is; null while it has not said. */
	get kind(): RoomKind | null {
		return this.#facts.kind;
	}

	/** True where this person may do that now. */
	may(act: Act): boolean {
		return this.rights.may(act);
	}

	/** Calls `listen` at every event of that name until cancelled. */
	on<K extends keyof RoomClientEvents>(
		event: K,
		listen: (value: RoomClientEvents[K]) => void,
	): Cancel {
		return this.#events.on(event, listen);
	}

	/** Tells the others where we are; fields that are not named stay. */
	setPresence(part: Partial<PresenceState>): void {
		this.awareness.setLocalState({ ...this.awareness.getLocalState(), ...part });
	}

	/** The others who are here now, each with who they are; ourselves left out. */
	people(): { clientId: number; state: PresenceState }[] {
		const states: ReadonlyMap<number, PresenceState> = this.awareness.getStates();
		return [...states].flatMap(([clientId, state]) =>
			clientId === this.doc.clientID || !isPerson(state.user) ? [] : [{ clientId, state }],
		);
	}

	/** Shows the others a stroke in the making; dropped while offline, and where it is too long. */
	sendInk(ink: Uint8Array): void {
		if (this.#facts.kind === null || ink.length > inkBytesMax) return;
		this.#send(encodeInk(this.doc.clientID, ink));
	}

	/** The address of a route of the HTTP API: `url("/api/me")`. */
	url(path: string): string {
		return apiUrl(path);
	}

	/** False while the server takes no changes. Surfaces then still take input: it waits here. */
	isWritable(): boolean {
		const { phase } = this.#status;
		return phase !== "readOnly" && phase !== "refused";
	}

	/** True where leaving now would lose something: it is neither on the server nor on the device. */
	mayLoseWork(): boolean {
		return this.#facts.waiting > 0 && !this.#copy.isKept();
	}

	/** Tries now instead of when the backoff ends; asks whether a connection still lives. */
	wake(): void {
		if (this.#isClosed || this.#facts.refused !== null) return;
		this.#liveness.wake();
	}

	/** Tries again after a refusal, because a person asked for it. */
	retry(): void {
		if (this.#isClosed || this.#facts.refused === null) return;
		this.#fold({ type: "retried" });
		this.#provider.connect();
	}

	/** Leaves the room. Safe to call twice. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#unlistenMe();
		this.#events.clear();
		this.#liveness.close();
		this.#incoming.flush();
		this.#source.off("update", this.#onUpdate);
		this.#provider.destroy();
		this.#copy.close();
		this.awareness.destroy();
		this.doc.destroy();
		this.#source.destroy();
	}

	#keepCopy(openStore: typeof openUpdateStore): OfflineCopy {
		const nameOf = (id: string): string => copyName(id, this.room);
		const opening = openStore(nameOf(this.me.id), (this.me.was ?? []).map(nameOf));
		const reports: CopyReports = {
			loaded: (waiting) => {
				this.#fold({ type: "copyLoaded", waiting });
				this.#copy.setWaiting(this.#facts.waiting);
				this.#settleReady();
			},
			failed: (error) => {
				console.warn("Weft keeps no copy of this room on this device:", error);
				this.#fold({ type: "copyFailed" });
				this.#settleReady();
			},
		};
		return new OfflineCopy(this.#source, opening, reports, this.#clock);
	}

	/** A device that has nothing says nothing about the room as long as the server may answer. */
	#settleReady(): void {
		const { copy, link } = this.#facts;
		if (copy === "opening") return;
		// A server that does answer is waited for: what it sends may be long.
		const settle = () => this.#facts.link !== "live" && this.#resolveReady();
		if (link === "down" || this.doc.store.clients.size > 0) this.#resolveReady();
		else this.#clock.after(emptyCopyMsMax, settle);
	}

	#makeProvider(options: RoomClientOptions): WebsocketProvider {
		const socket = reportingSocket(options.socketClass ?? WebSocket, this.doc.clientID, {
			sent: () => {
				this.#fold({ type: "frameSent", atMs: this.#clock.now() });
				this.#liveness.sent();
			},
			heard: () => this.#liveness.heard(),
		});
		const address = options.syncUrl ?? syncUrl(location);
		const provider = new WebsocketProvider(address, roomSegment(this.room), this.#source, {
			connect: false,
			params: visitParams(),
			awareness: this.awareness,
			WebSocketPolyfill: socket,
			disableBc: true,
		});
		spreadRetries(provider, options.random ?? Math.random);
		this.#listenTo(provider);
		this.#readWeftMessages(provider);
		return provider;
	}

	#listenTo(provider: WebsocketProvider): void {
		provider.on("status", ({ status }) => {
			if (status !== "connected") return;
			this.rights.connectionBegan();
			this.#send(encodeHello()); // Before step 1, which leaves when the listeners are done.
			this.#fold({ type: "connected", atMs: this.#clock.now() });
		});
		provider.on("sync", (isSynced) => {
			if (!isSynced) return;
			this.rights.settle();
			this.#fold({ type: "synced" });
			this.#resolveReady();
			this.#resolveSynced();
			this.#markSchema();
		});
		provider.on("connection-close", (event) => {
			const because = event === null ? null : failureOfClose(event.code, event.reason);
			this.#fold({ type: "disconnected", because });
			this.#settleReady();
		});
		provider.on("closed", ({ code, reason }) => {
			const because = failureOfClose(code, reason) ?? "bad_request";
			this.#fold({ type: "refused", code: because });
			if (because === "room_purged") this.#events.emit("lost", because);
		});
	}

	#readWeftMessages(provider: WebsocketProvider): void {
		const handle = (type: number, read: (decoder: Decoder) => void): void => {
			provider.messageHandlers[type] = (_encoder, decoder) => read(decoder);
		};
		handle(messageType.welcome, (decoder) => {
			const { kind, userId } = readWelcome(decoder);
			const taken = takenFor(userId, this.me.id);
			if (taken !== "us") return this.#leaveAs(taken);
			this.foundHere ??= this.people();
			this.#fold({ type: "welcome", kind });
			this.#markSchema();
		});
		handle(messageType.saved, (decoder) => this.#fold({ type: "saved", ...readSaved(decoder) }));
		handle(messageType.writable, (decoder) =>
			this.#fold({ type: "writable", code: readWritable(decoder) }),
		);
		handle(messageType.standing, (decoder) => this.rights.tell(readStanding(decoder)));
		handle(messageType.changed, () => this.#events.emit("changed", undefined));
		handle(messageType.ink, (decoder) => this.#events.emit("ink", readInk(decoder)));
		handle(messageType.refused, (decoder) => {
			const { code } = readRefused(decoder);
			this.#fold({ type: "refused", code });
			if (code !== "room_purged") this.#events.emit("lost", code); // The close says that.
		});
	}

	readonly #onUpdate = (_update: Uint8Array, origin: unknown): void => {
		if (origin === this.#provider || origin === this.#copy) return;
		this.#hasWritten = true;
		this.#fold({ type: "localChange" });
		this.#markSchema();
	};

	/** The first change of a new guarded room says by which schema it was made. */
	#markSchema(): void {
		if (this.#facts.kind !== "guarded" || !this.#facts.synced || !this.#hasWritten) return;
		const meta = metaOf(this.doc);
		if (meta.get("schema") === undefined) meta.set("schema", schemaVersion);
	}

	#onMe(person: Person): void {
		const { user }: PresenceState = this.awareness.getLocalState() ?? {};
		this.setPresence({ user: shownOf(person) });
		this.#events.emit("me", person);
		if (user?.id !== anyone || person.id === anyone || this.#provider.ws === null) return;
		// It is nobody's socket: the server would refuse there what they say as themselves.
		this.#provider.disconnect();
		this.#provider.connect();
	}

	/** Before the server asked what we have: the edits here are not those of whom it knows. */
	#leaveAs(taken: "another" | "signedOut"): void {
		this.#provider.disconnect();
		if (taken === "another") {
			this.#events.emit("stranger", undefined);
			this.#clock.after(strangerMs, () => this.wake());
		} else this.#fold({ type: "refused", code: "signed_out" });
	}

	#send(frame: Uint8Array<ArrayBuffer> | Uint8Array): void {
		const socket = this.#provider.ws;
		if (socket?.readyState === 1) socket.send(frame as Uint8Array<ArrayBuffer>);
	}

	#fold(event: SyncEvent): void {
		if (this.#isClosed) return;
		const before = this.#facts;
		this.#facts = foldSync(before, event);
		if (this.#facts.waiting !== before.waiting) this.#copy.setWaiting(this.#facts.waiting);
		const status = statusOf(this.#facts);
		if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
		this.#status = status;
		this.#events.emit("status", status);
	}
}
