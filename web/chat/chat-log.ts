/**
 * The chat of one room as the page sees it: messages, what is unread, and where own ones are.
 *
 * One for each client, shared by whoever shows it, so that the badge on a tab and the list agree.
 */
import type { Cancel } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import type { Anchor } from "../../shared/surfaces/about.ts";
import {
	type ChatDraft,
	type ChatMessage,
	foldChat,
	readChat,
	type ShownMessage,
	say,
} from "../../shared/surfaces/chat.ts";
import { chatOf } from "../../shared/surfaces/root.ts";
import { browserClock } from "../sync/clock.ts";
import { Emitter } from "../sync/emitter.ts";
import { deviceMemory, isOurs } from "../sync/me.ts";
import { randomBytes } from "../sync/random.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { type Delivery, DeliveryNotes } from "./delivery.ts";
import { ReadMark, type Unread } from "./read-mark.ts";

/** What a `ChatLog` tells. */
export interface ChatLogEvents {
	/** Messages, their states or what is unread changed. */
	change: undefined;
	/** Others said this just now; nothing is told of what was there when the page opened. */
	heard: readonly ShownMessage[];
}

const logs = new WeakMap<RoomClient, ChatLog>();

/** The log of that client's room; it lives as long as the client. */
export function chatLogOf(client: RoomClient): ChatLog {
	const log = logs.get(client) ?? new ChatLog(client);
	logs.set(client, log);
	return log;
}

/** Calls `listen` now and whenever the number of unread messages changes. */
export function watchUnread(client: RoomClient, listen: (count: number) => void): Cancel {
	const log = chatLogOf(client);
	let told = log.unread.count;
	listen(told);
	return log.on("change", () => {
		if (log.unread.count === told) return;
		told = log.unread.count;
		listen(told);
	});
}

/** See `chatLogOf`. */
export class ChatLog {
	readonly #client: RoomClient;
	readonly #events = new Emitter<ChatLogEvents>();
	readonly #readMark: ReadMark;
	readonly #notes: DeliveryNotes;
	#messages: readonly ShownMessage[] = [];
	#byId: ReadonlyMap<string, ShownMessage> = new Map();
	#unread: Unread = { count: 0, firstKey: null };
	#isReady = false;
	/** What is being written; kept here, so that closing the panel does not lose it. */
	draft = "";
	/** Id of the message that it answers. */
	answered: string | null = null;
	/** What it speaks of. */
	anchor: Anchor | null = null;

	constructor(client: RoomClient) {
		this.#client = client;
		this.#readMark = new ReadMark(client.room);
		this.#notes = new DeliveryNotes({ memory: deviceMemory(), room: client.room });
		chatOf(client.doc).observeDeep(() => this.#onChange());
		client.on("status", () => this.#onStatus());
		client.on("me", () => this.#onChange());
		const onStorage = () => this.#onStorage();
		addEventListener("storage", onStorage);
		client.doc.on("destroy", () => {
			removeEventListener("storage", onStorage);
			this.#events.clear();
		});
		void client.ready.then(() => {
			this.#isReady = true;
			this.#onChange();
		});
		this.#read();
	}

	/** False while neither the device's copy nor the server has said what there is. */
	get isReady(): boolean {
		return this.#isReady;
	}

	/** All messages in order, corrections worked in. */
	get messages(): readonly ShownMessage[] {
		return this.#messages;
	}

	/** What this person has not read. */
	get unread(): Unread {
		return this.#unread;
	}

	/** Calls `listen` at every event of that name until cancelled. */
	on<K extends keyof ChatLogEvents>(event: K, listen: (value: ChatLogEvents[K]) => void): Cancel {
		return this.#events.on(event, listen);
	}

	/** Where an own message is; null where nobody asks: it is another's, or was saved before. */
	deliveryOf(shown: ShownMessage): Delivery | null {
		return this.isOwn(shown) ? this.#notes.of(shown.message.id, this.#client.status) : null;
	}

	/** True for what this person said, as a guest too. */
	isOwn({ message }: ShownMessage): boolean {
		return this.isMine(message);
	}

	/** The same for a reaction. */
	isMine({ by }: Pick<ChatMessage, "by">): boolean {
		return isOurs(this.#client.me, by);
	}

	/** The message of that id; null where there is none. */
	find(messageId: string): ShownMessage | null {
		return this.#byId.get(messageId) ?? null;
	}

	/**
	 * Says something, or several things at once; from now on their way is shown. What one said as a
	 * guest is corrected and taken back as that guest, `by`: else it would be another's.
	 *
	 * @throws WeftError where it cannot be said; nothing is said then
	 */
	say(drafts: readonly ChatDraft[], by = this.#client.me.id): void {
		if (!this.#client.may("chat")) throw new WeftError("not_allowed");
		const { doc, me } = this.#client;
		const author = { person: { ...me, id: by }, at: browserClock.now(), random: randomBytes };
		const said = doc.transact(() => drafts.map((draft) => say(chatOf(doc), draft, author)), this);
		for (const { id } of said) this.#notes.said(id);
		this.#onStatus();
	}

	/** Puts one's own emoji under a message, or takes it away where it is. */
	react({ message, reactions }: ShownMessage, emoji: string): void {
		const given = reactions.find((reaction) => reaction.emoji === emoji)?.from;
		const own = given?.find((reaction) => this.isMine(reaction));
		if (own !== undefined) this.#retract(own);
		else if (this.#client.may("chat")) this.say([{ body: emoji, reacts: message.id }]);
	}

	/** Takes an own message back. */
	remove({ message }: ShownMessage): void {
		this.#retract(message);
	}

	/** A menu may be open still when the right to has gone. */
	#retract({ id, by }: ChatMessage): void {
		if (this.#client.may("chat")) this.say([{ retracts: id }], by);
	}

	/** Everything that is there has been seen. */
	readAll(): void {
		if (!this.#isReady) return;
		this.#readMark.readAll(this.#messages, this.#client.me);
		if (this.#unread.count === 0) return;
		this.#countUnread();
		this.#events.emit("change", undefined);
	}

	#onChange(): void {
		const known = this.#isReady ? new Set(this.#messages.map((shown) => shown.key)) : null;
		this.#read();
		this.#events.emit("change", undefined);
		if (known === null) return;
		const heard = this.#messages.filter((shown) => !known.has(shown.key) && !this.isOwn(shown));
		if (heard.length > 0) this.#events.emit("heard", heard);
	}

	#read(): void {
		this.#messages = foldChat(readChat(chatOf(this.#client.doc)));
		this.#byId = new Map(this.#messages.map((shown) => [shown.key, shown]));
		this.#countUnread();
	}

	#countUnread(): void {
		this.#unread = this.#readMark.unreadOf(this.#messages, this.#client.me);
	}

	#onStatus(): void {
		if (this.#notes.status(this.#client.status)) this.#events.emit("change", undefined);
	}

	#onStorage(): void {
		this.#readMark.readAgain();
		this.#countUnread();
		this.#events.emit("change", undefined);
	}
}
