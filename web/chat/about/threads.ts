/**
 * What is talked about in a room, and what was said of each thing. Only messages with an anchor are
 * looked at: a board or a text that nobody talks about costs nothing.
 */
import type { Cancel } from "../../../shared/clock.ts";
import {
	type About,
	type AboutItem,
	type AboutPassage,
	type Anchor,
	aboutOf,
} from "../../../shared/surfaces/about.ts";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import { Emitter } from "../../sync/emitter.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { type ChatLog, chatLogOf } from "../chat-log.ts";

/** A thing with the talk about it. */
export interface Thread<Thing extends About = About> {
	/** Names the thing among all that are talked about. */
	readonly key: string;
	readonly about: Thing;
	/** For the next message about it. */
	readonly anchor: Anchor;
	/** In the order of the chat; nothing that was taken back. At least one. */
	readonly messages: readonly ShownMessage[];
}

/** More things than these, the newest, are not marked. */
const threadsMax = 400;

const all = new WeakMap<RoomClient, Threads>();

/** The talk of that client's room; it lives as long as the client. */
export function threadsOf(client: RoomClient): Threads {
	const threads = all.get(client) ?? new Threads(chatLogOf(client));
	all.set(client, threads);
	return threads;
}

/** See `threadsOf`. */
export class Threads {
	readonly #log: ChatLog;
	readonly #events = new Emitter<{ change: undefined }>();
	#messages: readonly ShownMessage[] = [];
	#told = "";
	#threads: readonly Thread[] = [];

	constructor(log: ChatLog) {
		this.#log = log;
		log.on("change", () => this.#look());
		this.#look();
	}

	/** Items of the board that are talked about. */
	get items(): readonly Thread<AboutItem>[] {
		return this.#threads.filter(isAboutItem);
	}

	/** Passages of the document that are talked about. */
	get passages(): readonly Thread<AboutPassage>[] {
		return this.#threads.filter(isAboutPassage);
	}

	/** Calls `listen` whenever something was said of a thing, corrected or taken back. */
	on(listen: () => void): Cancel {
		return this.#events.on("change", listen);
	}

	#look(): void {
		const { messages } = this.#log;
		if (messages === this.#messages) return; // It tells of more than of messages.
		this.#messages = messages;
		const anchored = messages.filter(
			({ message, removed }) => message.anchor !== undefined && !removed,
		);
		const told = anchored.map(({ key, body }) => `${key} ${body}`).join("\n");
		if (told === this.#told) return;
		this.#told = told;
		this.#threads = gather(anchored);
		this.#events.emit("change", undefined);
	}
}

/** Groups messages by what they speak of, things in the order in which they were spoken of last. */
export function gather(messages: readonly ShownMessage[]): Thread[] {
	const threads = new Map<string, Thread & { readonly messages: ShownMessage[] }>();
	for (const shown of messages) {
		const { anchor } = shown.message;
		const about = aboutOf(anchor);
		if (about === null || anchor === undefined) continue;
		const key = keyOf(about);
		const thread = threads.get(key) ?? { key, about, anchor, messages: [] };
		thread.messages.push(shown);
		threads.delete(key);
		threads.set(key, thread);
	}
	return [...threads.values()].slice(-threadsMax);
}

function keyOf(about: About): string {
	return JSON.stringify(about.kind === "passage" ? [about.from, about.to] : about);
}

function isAboutItem(thread: Thread): thread is Thread<AboutItem> {
	return thread.about.kind === "item";
}

function isAboutPassage(thread: Thread): thread is Thread<AboutPassage> {
	return thread.about.kind === "passage";
}
