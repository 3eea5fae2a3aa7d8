/**
 * A person whose page is a small client of our own on y-protocols, so that a fault of a provider
 * is told apart from a fault of the server.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";
import { decodeAwareness, encodeAwareness } from "../../../shared/awareness.ts";
import type { Cancel, Millis } from "../../../shared/clock.ts";
import {
	encodeAwarenessFrame,
	encodeHello,
	encodeStep1,
	encodeUpdate,
	messageType,
	type Refused,
	readRefused,
	readSaved,
	readStanding,
	readWelcome,
} from "../../../shared/protocol.ts";
import { type Act, type Rights, rightsOf } from "../../../shared/roles.ts";
import { openCopy, openUndo } from "./copy.ts";
import type { Entry, Page } from "./page.ts";
import { anyAct, isRefusal, type Person, type PersonParts } from "./person.ts";
import type { ClientSocket } from "./socket.ts";

/** First wait before dialling again; doubles up to the largest. */
const redialMsMin: Millis = 100;
const redialMsMax: Millis = 2_500;
/** A connection that says nothing for so long is given up, as y-websocket does. */
const silentMsMax: Millis = 30_000;
/** How often awareness is said again, as y-protocols does. */
const renewMs: Millis = 15_000;

/** Behind one write in so many comes one that holds nothing, as clients may: it is counted too. */
const emptyEvery = 3;
const emptyUpdate = Uint8Array.of(0, 0);

/** Where a connection stands. */
interface Line {
	readonly socket: ClientSocket;
	isOpen: boolean;
	isSynced: boolean;
	heardMs: Millis;
	readonly dialledMs: Millis;
	/** What each write that was sent brought. */
	readonly sent: Sent[];
	savedCount: number;
}

/** A write that was sent. */
interface Sent {
	readonly entries: readonly Entry[];
	readonly acts: ReadonlySet<Act>;
	readonly sentMs: Millis;
}

/** See the head of this file. */
export class ReferencePerson implements Person {
	readonly name: string;
	readonly user: string;
	readonly #parts: PersonParts;
	doc: Y.Doc;
	undo: Y.UndoManager;
	#page: Page;
	/** The origin of this person's own edits. */
	readonly hand = { kind: "hand" };
	/** States of others, by client id. */
	readonly others = new Map<number, { readonly clock: number; readonly state: unknown }>();
	#line: Line | null = null;
	#wantsLine = true;
	#redialMs = redialMsMin;
	#cancelRedial: Cancel | null = null;
	#cancelWatch: Cancel | null = null;
	#awarenessClock = 0;
	#pointer: { x: number; y: number } | null = null;
	/** Close codes that told not to come back. */
	readonly refusals: string[] = [];
	userId: string | null = null;
	rights: Rights | null = null;
	/** How often this page dialled. */
	dialCount = 0;

	constructor(parts: PersonParts) {
		this.name = parts.name;
		this.user = parts.user;
		this.#parts = parts;
		this.doc = openCopy(this.#parts);
		this.#page = this.#follow();
		this.undo = openUndo(this.doc, this.hand);
	}

	get isSynced(): boolean {
		return this.#line?.isSynced ?? false;
	}

	get isOnline(): boolean {
		return this.#wantsLine;
	}

	get isSaved(): boolean {
		const line = this.#line;
		if (line === null || !line.isSynced) return false;
		return !this.#parts.hasAcks || line.savedCount >= line.sent.length;
	}

	text(): string {
		return this.doc.getText("text").toString();
	}

	goOnline(): void {
		this.#wantsLine = true;
		if (this.#line === null) this.#dial();
	}

	goOffline(): void {
		this.#wantsLine = false;
		this.#cancelRedial?.();
		this.#hangUp();
	}

	reload(): void {
		const wasOnline = this.#wantsLine;
		this.leave();
		this.doc = openCopy(this.#parts);
		this.#page = this.#follow();
		this.undo = openUndo(this.doc, this.hand);
		if (wasOnline) this.goOnline();
	}

	leave(): void {
		this.goOffline();
		this.undo.destroy();
		this.doc.destroy();
	}

	edit(change: (doc: Y.Doc) => void): void {
		this.doc.transact(() => change(this.doc), this.hand);
	}

	point(x: number, y: number): void {
		this.#pointer = { x, y };
		this.#sayPresence();
	}

	sendUpdate(update: Uint8Array): void {
		this.#sendWrite(encodeUpdate(update), []);
		if (update.length > emptyUpdate.length) for (const one of this.#page.unsaved()) one.sentCount++;
	}

	/** How many writes were sent on the connection of now. */
	get sentCount(): number {
		return this.#line?.sent.length ?? 0;
	}

	/** Sends a write as it is; false where there is no connection. */
	sendWrite(frame: Uint8Array): boolean {
		if (!this.#line?.isOpen) return false;
		this.#sendWrite(frame, []);
		return true;
	}

	/** Sends bytes that are no write as they are: for the hostile. */
	sendFrame(frame: Uint8Array): void {
		if (this.#line?.isOpen) this.#line.socket.send(frame);
	}

	/** Writes down what happens to the doc, and sends what is this page's. */
	#follow(): Page {
		const page = this.#parts.ledger.follow(this.doc, this.user, (origin) => origin === "server");
		this.doc.on("update", (update: Uint8Array, origin: unknown, _: Y.Doc, made: Y.Transaction) => {
			if (origin === "server") return;
			this.#sendWrite(encodeUpdate(update), page.latest, actsOf(made));
			if ((this.#line?.sent.length ?? 1) % emptyEvery === 0) this.sendUpdate(emptyUpdate);
		});
		return page;
	}

	#dial(): void {
		this.#cancelRedial = null;
		if (!this.#wantsLine || this.#line !== null) return;
		const socket = this.#parts.dial({
			opened: () => this.#opened(),
			message: (message) => this.#receive(message),
			closed: (code, reason) => this.#closed(socket, code, reason),
		});
		if (socket === null) {
			this.#redialLater();
			return;
		}
		this.dialCount++;
		const heardMs = this.#parts.clock.elapsed();
		this.#line = {
			socket,
			isOpen: false,
			isSynced: false,
			heardMs,
			dialledMs: heardMs,
			sent: [],
			savedCount: 0,
		};
		this.#watch();
	}

	#redialLater(): void {
		if (!this.#wantsLine || this.#cancelRedial !== null) return;
		this.#cancelRedial = this.#parts.clock.after(this.#redialMs, () => this.#dial());
		this.#redialMs = Math.min(redialMsMax, this.#redialMs * 2);
	}

	#opened(): void {
		const line = this.#line;
		if (line === null) return;
		line.isOpen = true;
		line.socket.send(encodeHello());
		line.socket.send(encodeStep1(Y.encodeStateVector(this.doc)));
		this.#sayPresence();
	}

	#closed(socket: ClientSocket | null, code: number, reason: string): void {
		const line = this.#line;
		if (line === null || line.socket !== socket) return;
		this.#hangUp();
		if (code < 4400 || code > 4499) {
			this.#redialLater();
			return;
		}
		this.refusals.push(reason);
		const { bailiff } = this.#parts;
		const refusal = { code: reason, acts: anyAct, entries: [], sinceMs: line.dialledMs };
		if (bailiff !== undefined && isRefusal(reason)) bailiff.refused(this, refusal);
		else {
			this.#wantsLine = false;
			bailiff?.sentAway(this, { ...refusal, acts: new Set() });
		}
	}

	/** A client of Weft's starts again then, and says so once. */
	#refused(line: Line, { code, frameIndex }: Refused): void {
		const { bailiff } = this.#parts;
		const write = line.sent[frameIndex - 1];
		// Of a purge the close tells.
		if (bailiff === undefined || write === undefined || code === "room_purged") return;
		this.refusals.push(code);
		const { entries, acts, sentMs } = write;
		bailiff.refused(this, { code, acts, entries, sinceMs: sentMs });
	}

	#hangUp(): void {
		this.#cancelWatch?.();
		const line = this.#line;
		this.#line = null;
		this.others.clear();
		line?.socket.close();
	}

	/** Says presence again, and gives up a connection that went silent. */
	#watch(): void {
		this.#cancelWatch?.();
		this.#cancelWatch = this.#parts.clock.after(renewMs, () => {
			const line = this.#line;
			if (line === null) return;
			if (this.#parts.clock.elapsed() - line.heardMs > silentMsMax) {
				this.#hangUp();
				this.#redialLater();
				return;
			}
			this.#sayPresence();
			this.#watch();
		});
	}

	#sayPresence(): void {
		if (!this.#line?.isOpen) return;
		const state = JSON.stringify({ pointer: this.#pointer, user: { name: this.user } });
		const clientId = this.doc.clientID;
		const entry = { clientId, clock: ++this.#awarenessClock, state };
		this.#line.socket.send(encodeAwarenessFrame(encodeAwareness([entry])));
	}

	#sendWrite(frame: Uint8Array, entries: readonly Entry[], acts = anyAct): void {
		const line = this.#line;
		if (!line?.isOpen) return;
		for (const entry of entries) entry.sentCount++;
		line.sent.push({ entries, acts, sentMs: this.#parts.clock.elapsed() });
		line.socket.send(frame);
	}

	#receive(message: Uint8Array): void {
		const line = this.#line;
		if (line === null) return;
		line.heardMs = this.#parts.clock.elapsed();
		const decoder = decoding.createDecoder(message);
		const type = decoding.readVarUint(decoder);
		if (type === messageType.sync) this.#receiveSync(line, decoder);
		else if (type === messageType.awareness) this.#receivePresence(decoder);
		else if (type === messageType.saved) this.#receiveSaved(line, readSaved(decoder).count);
		else if (type === messageType.refused) this.#refused(line, readRefused(decoder));
		else if (type === messageType.standing) this.rights = readStanding(decoder).rights;
		else if (type === messageType.welcome) {
			this.userId = readWelcome(decoder).userId;
			this.rights = rightsOf("editor");
		}
	}

	#receiveSync(line: Line, decoder: decoding.Decoder): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, messageType.sync);
		const step = syncProtocol.readSyncMessage(decoder, encoder, this.doc, "server", rethrow);
		if (step === syncProtocol.messageYjsSyncStep2) {
			line.isSynced = true;
			this.#redialMs = redialMsMin;
		}
		if (encoding.length(encoder) > 1) {
			this.#sendWrite(encoding.toUint8Array(encoder), this.#page.unsaved());
		}
	}

	#receivePresence(decoder: decoding.Decoder): void {
		const entries = decodeAwareness(decoding.readVarUint8Array(decoder));
		for (const { clientId, clock, state } of entries) {
			// Some servers say everything to everybody.
			if (clientId === this.doc.clientID) continue;
			const heldClock = this.others.get(clientId)?.clock ?? -1;
			// As y-protocols has it: a server that removes others' states cannot count their clocks on.
			if (heldClock > clock || (heldClock === clock && state !== "null")) continue;
			this.others.set(clientId, { clock, state: JSON.parse(state) });
		}
	}

	/** The first so many writes are promised now. */
	#receiveSaved(line: Line, count: number): void {
		if (count > line.sent.length || count < line.savedCount) {
			throw new Error(`saved ${count} of ${line.sent.length} writes, after ${line.savedCount}`);
		}
		const entries = line.sent.slice(line.savedCount, count).flatMap((sent) => sent.entries);
		line.savedCount = count;
		this.#page.saved(entries);
		this.#parts.ledger.save(entries);
	}
}

/** The surfaces that a transaction touched, by what must be allowed to touch them. */
function actsOf({ changed, doc }: Y.Transaction): Set<Act> {
	const acts = new Set<Act>();
	for (const type of changed.keys()) {
		let [root, depth] = [type as unknown as Y.AbstractType<unknown>, 0];
		for (; root._item !== null; depth++) root = root._item.parent as typeof root;
		if (root === doc.share.get("text")) acts.add("document");
		else if (root === doc.share.get("strokes")) acts.add("board");
		else if (root === doc.share.get("chat")) acts.add("chat");
		else acts.add(depth === 2 ? "captions" : "photos");
	}
	return acts;
}

/** y-protocols else tells the console, and goes on. */
function rethrow(error: unknown): never {
	throw error;
}
