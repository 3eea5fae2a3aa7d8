/**
 * The chat: a list that only ever grows at its end.
 *
 * A message is one immutable JSON object in the array, because nothing of it ever changes: who
 * wants to say something else appends a message that `corrects` or `retracts` an own one, or that
 * `reacts` to any. Reading is liberal to strangers: what is not a message is skipped, what is half
 * of one is shown.
 */
import * as Y from "yjs";
import { cleanPersonName, type Person } from "../awareness.ts";
import type { Millis } from "../clock.ts";
import { WeftError } from "../errors.ts";
import { mintEntryId, type PhotoId, parsePhotoId, type RandomBytes } from "../ids.ts";
import { chatBodyLengthMax } from "../limits.ts";

/** One message as it lies in the array. */
export interface ChatMessage {
	/** Minted by who said it; empty where a stranger gave none. */
	readonly id: string;
	/** The `UserId` of who said it; empty where a stranger gave none. */
	readonly by: string;
	/** The name they had then; empty where a stranger gave none. */
	readonly name: string;
	/** When they said it, by their own clock; 0 where a stranger gave none. */
	readonly at: Millis;
	/** Plain text, at most `chatBodyLengthMax` long. May be empty beside a photo. */
	readonly body: string;
	/** Id of the message it answers. */
	readonly replyTo?: string;
	/** What it speaks of: an item, a place in the text, a photo. The surfaces read it. */
	readonly anchor?: Readonly<Record<string, unknown>>;
	/** Id of an own message whose body this one's replaces. */
	readonly corrects?: string;
	/** Id of an own message, or of an own reaction, that is to be shown no more. */
	readonly retracts?: string;
	/** Id of a message that this one's body, an emoji, is a reaction to. */
	readonly reacts?: string;
	/** A photo of this room. */
	readonly photo?: PhotoId;
}

/** What somebody wants to say. */
export type ChatDraft = Partial<Omit<ChatMessage, "id" | "by" | "name" | "at">>;

/** Who says it and when, with the chance that its id is made of. */
export interface ChatAuthor {
	readonly person: Person;
	readonly at: Millis;
	readonly random: RandomBytes;
}

/**
 * Appends a message; half characters in its body become U+FFFD. Call it inside `doc.transact`.
 *
 * @throws WeftError `message_too_long`, or `bad_request` where there is nothing to say; the chat is
 *   untouched then.
 */
export function say(chat: Y.Array<unknown>, draft: ChatDraft, author: ChatAuthor): ChatMessage {
	const body = wholeCharacters(draft.body ?? "");
	if (body.length > chatBodyLengthMax) throw new WeftError("message_too_long");
	if (body.trim() === "" && draft.photo === undefined && draft.retracts === undefined) {
		throw new WeftError("bad_request", "an empty message");
	}
	const message: ChatMessage = {
		id: mintEntryId(author.random),
		by: author.person.id,
		name: author.person.name,
		at: author.at,
		...draft,
		body,
	};
	chat.push([message]);
	return message;
}

/** All that is a message in the array, in its order. Do not change what it returns. */
export function readChat(chat: Y.Array<unknown>): ChatMessage[] {
	const messages: ChatMessage[] = [];
	for (const value of chat.toArray()) {
		const message = readMessage(value);
		if (message !== null) messages.push(message);
	}
	return messages;
}

/** What was read before: stored objects never change, and a busy chat is read at each message. */
const readBefore = new WeakMap<object, ChatMessage | null>();

/** A message from one value of the array, bounded and clean; null where it is none. */
export function readMessage(value: unknown): ChatMessage | null {
	if (typeof value !== "object" || value === null) return null;
	if (value instanceof Y.Map) return readObject(value.toJSON());
	if (value instanceof Y.AbstractType || Array.isArray(value)) return null;
	const known = readBefore.get(value);
	if (known !== undefined) return known;
	const message = readObject(value as Loose);
	readBefore.set(value, message);
	return message;
}

/**
 * Whether somebody said something with this value of the array: no correction, retraction or
 * reaction. It makes no message, so that a large chat is counted quickly; whether what it speaks of
 * is there, and whose that is, `foldChat` asks.
 */
export function isSaid(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	const loose: Loose = value instanceof Y.Map ? value.toJSON() : value;
	if (readId(loose.corrects) !== undefined || readId(loose.retracts) !== undefined) return false;
	const body = readText(loose.body);
	const photo = parsePhotoId(readText(loose.photo)) ?? undefined;
	if (isReaction({ reacts: readId(loose.reacts), body, photo })) return false;
	return body.trim() !== "" || photo !== undefined;
}

type Loose = Readonly<Partial<Record<keyof ChatMessage, unknown>>>;

function readObject(value: Loose): ChatMessage | null {
	const photo = parsePhotoId(readText(value.photo)) ?? undefined;
	const retracts = readId(value.retracts);
	const reacts = readId(value.reacts);
	const body = cut(readText(value.body));
	if (body.trim() === "" && photo === undefined && retracts === undefined) return null;
	const replyTo = readId(value.replyTo);
	const corrects = readId(value.corrects);
	const anchor = readAnchor(value.anchor);
	return {
		id: readId(value.id) ?? "",
		by: readId(value.by) ?? "",
		name: cleanPersonName(cut(readText(value.name))) ?? "",
		at: readTime(value.at),
		body,
		...(photo === undefined ? {} : { photo }),
		...(replyTo === undefined ? {} : { replyTo }),
		...(corrects === undefined ? {} : { corrects }),
		...(retracts === undefined ? {} : { retracts }),
		...(reacts === undefined ? {} : { reacts }),
		...(anchor === undefined ? {} : { anchor }),
	};
}

/** One emoji under a message, and who put it there, each person once. */
export interface Reaction {
	readonly emoji: string;
	/** Their reactions as they lie in the array; the first came first. */
	readonly from: readonly ChatMessage[];
}

/** Longest body that is a reaction: a family with skin tones takes 25 units. */
const reactionLengthMax = 32;

/** A message as it is to be shown, its corrections, reactions and its retraction worked in. */
export interface ShownMessage {
	/** Names it among all that are shown, also where two bear one id. */
	readonly key: string;
	readonly message: ChatMessage;
	/** The body to show: the last correction's, or its own. */
	readonly body: string;
	/** True where a correction is shown. */
	readonly edited: boolean;
	/** True where it was taken back: show neither body nor photo. */
	readonly removed: boolean;
	/** In the order in which their emoji came; nothing under what was taken back. */
	readonly reactions: readonly Reaction[];
}

/**
 * Works corrections, retractions and reactions into the messages they speak of; order stays the
 * array's.
 *
 * Of corrections and retractions only their own author's count. A correction of something else is
 * shown as a message of its own, so that no words are lost, and so is a reaction in many words; a
 * retraction of something else is nothing, and neither is a reaction to nothing.
 */
export function foldChat(messages: readonly ChatMessage[]): ShownMessage[] {
	const { roots, corrections, removed, worked } = tracesIn(messages);
	const reactions = gatherReactions(
		messages.filter((message) => isReaction(message) && !removed.has(message)),
		roots,
	);
	const shown: ShownMessage[] = [];
	for (const [messageIndex, message] of messages.entries()) {
		if (worked.has(message) || message.retracts !== undefined || isReaction(message)) continue;
		shown.push({
			key: roots.get(message.id) === message ? message.id : `${message.id}/${messageIndex}`,
			message,
			body: (corrections.get(message) ?? message).body,
			edited: corrections.has(message),
			removed: removed.has(message),
			reactions: (removed.has(message) ? undefined : reactions.get(message)) ?? [],
		});
	}
	return shown;
}

/** What messages do to each other. */
export interface ChatTraces {
	/** By id, the message that is spoken of: for a correction's id what it corrects in the end. */
	readonly roots: ReadonlyMap<string, ChatMessage>;
	/** The last correction of what was corrected. */
	readonly corrections: ReadonlyMap<ChatMessage, ChatMessage>;
	/** What was taken back. */
	readonly removed: ReadonlySet<ChatMessage>;
	/** Corrections and retractions that count, those too that later ones overtook. */
	readonly worked: ReadonlySet<ChatMessage>;
}

/** What was corrected, what was taken back, and what says so. */
export function tracesIn(messages: readonly ChatMessage[]): ChatTraces {
	const roots = rootsOf(messages);
	const corrections = new Map<ChatMessage, ChatMessage>();
	const removed = new Set<ChatMessage>();
	const worked = new Set<ChatMessage>();
	for (const message of messages) {
		if (isReaction(message)) continue;
		const target = roots.get(message.corrects ?? message.retracts ?? "");
		if (target === undefined || target === message || target.by !== message.by) continue;
		if (message.retracts !== undefined) removed.add(target);
		else corrections.set(target, message);
		worked.add(message);
	}
	return { roots, corrections, removed, worked };
}

/** What tells a reaction from a message. */
interface Reacting {
	readonly reacts?: string | undefined;
	readonly body: string;
	readonly photo?: PhotoId | undefined;
}

/** True for an emoji under another message. */
export function isReaction({ reacts, body, photo }: Reacting): boolean {
	return reacts !== undefined && photo === undefined && body.length <= reactionLengthMax;
}

/** By the message they speak of; somebody's second one of the same emoji counts for nothing. */
function gatherReactions(
	reactions: readonly ChatMessage[],
	roots: ReadonlyMap<string, ChatMessage>,
): Map<ChatMessage, Reaction[]> {
	const gathered = new Map<ChatMessage, { emoji: string; from: ChatMessage[] }[]>();
	for (const message of reactions) {
		const target = roots.get(message.reacts ?? "");
		if (target === undefined || isReaction(target)) continue;
		const list = gathered.get(target) ?? [];
		gathered.set(target, list);
		const emoji = message.body.trim();
		const known = list.find((reaction) => reaction.emoji === emoji);
		if (known === undefined) list.push({ emoji, from: [message] });
		else if (!known.from.some(({ by }) => by === message.by)) known.from.push(message);
	}
	return gathered;
}

/** See `ChatTraces.roots`. */
function rootsOf(messages: readonly ChatMessage[]): Map<string, ChatMessage> {
	const roots = new Map<string, ChatMessage>();
	for (const message of messages) {
		if (message.id === "" || roots.has(message.id)) continue;
		const corrected = message.corrects === undefined ? undefined : roots.get(message.corrects);
		const isOwn = corrected !== undefined && corrected.by === message.by;
		roots.set(message.id, isOwn ? corrected : message);
	}
	return roots;
}

/** Longest id that is read: twice what a UserId may have. */
const idLengthMax = 128;

function readId(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" && value.length <= idLengthMax
		? value
		: undefined;
}

function readText(value: unknown): string {
	return typeof value === "string" ? value : "";
}

function readAnchor(value: unknown): Readonly<Record<string, unknown>> | undefined {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
	return value as Readonly<Record<string, unknown>>;
}

/** The last moment that a `Date` can hold (ECMA-262 section 21.4.1.1). */
const timeMsMax = 8.64e15;

function readTime(value: unknown): Millis {
	return typeof value === "number" && value >= 0 && value <= timeMsMax ? value : 0;
}

/** The text, or as much of it as a message may have, ending with an ellipsis. */
function cut(text: string): string {
	if (text.length <= chatBodyLengthMax) return text;
	return `${text.slice(0, chatBodyLengthMax - 1).replace(/[\ud800-\udbff]$/, "")}\u2026`;
}

/** Half of a surrogate pair cannot be sent: it would reach others as something else than here. */
function wholeCharacters(text: string): string {
	return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
