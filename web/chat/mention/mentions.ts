/**
 * Mentions: `@` and a name in the words of a message, and nothing beside them. An app that knows of
 * none shows the words; one that does looks for the names of those who are or were here.
 */
import type { PresenceState } from "../../../shared/awareness.ts";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import { isOurs, type Myself } from "../../sync/me.ts";
import { fold } from "../../ui/find/fold.ts";

/** A piece of a message. The pieces joined are the text again. */
export interface MentionPiece {
	readonly text: string;
	/** It is somebody's name with its sign. */
	readonly isMention: boolean;
}

/** Newest messages whose authors' names are known: read again with each message that comes. */
const messagesMax = 2_000;
/** Names that are looked for; a chat that many people wrote in has old ones enough. */
const namesMax = 1_000;

/** What people are called in a room. */
export interface Names {
	/** Those who are here first, then who wrote; each once. */
	readonly all: readonly string[];
	/** One's own: the present one, and those under which one wrote. */
	readonly mine: readonly string[];
}

/** What a chat and those who are here tell of names. */
export function namesIn(
	messages: readonly ShownMessage[],
	people: readonly { readonly state: PresenceState }[],
	me: Myself,
): Names {
	const mine = new Set([me.name]);
	const others = new Set<string>();
	for (const { state } of people) {
		if (state.user !== undefined && state.user.id !== me.id) others.add(state.user.name);
	}
	for (const { message } of messages.slice(-messagesMax).reverse()) {
		if (others.size >= namesMax) break;
		if (message.name !== "") (isOurs(me, message.by) ? mine : others).add(message.name);
	}
	return { all: [...others, ...mine], mine: [...mine] };
}

/** True where the text speaks to somebody of one of these names. */
export function isMentioned(text: string, names: readonly string[]): boolean {
	return splitMentions(text, names).some(({ isMention }) => isMention);
}

/** Cuts a text into what names somebody and what does not. */
export function splitMentions(text: string, names: readonly string[]): MentionPiece[] {
	if (!text.includes("@")) return [{ text, isMention: false }];
	const pieces: MentionPiece[] = [];
	let from = 0;
	for (const { 0: mention, index } of text.matchAll(patternOf(names))) {
		if (index > from) pieces.push({ text: text.slice(from, index), isMention: false });
		pieces.push({ text: mention, isMention: true });
		from = index + mention.length;
	}
	if (from < text.length) pieces.push({ text: text.slice(from), isMention: false });
	return pieces;
}

const patterns = new WeakMap<readonly string[], RegExp>();

/** The longest name first: "@Ann Miller" is not "@Ann" and a word. */
function patternOf(names: readonly string[]): RegExp {
	const known = patterns.get(names);
	if (known !== undefined) return known;
	const longestFirst = names.filter((name) => name !== "").sort((a, b) => b.length - a.length);
	const any = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
	// Part of an address or of a longer word is nobody's name.
	const source = String.raw`(?<![\p{L}\p{N}_@.])@(?:${any})(?![\p{L}\p{N}_])`;
	const pattern = any === "" ? /(?!)/gu : new RegExp(source, "giu");
	patterns.set(names, pattern);
	return pattern;
}

/** Longest beginning of a name that is completed. */
const writtenMax = 40;
/** Names that are offered at a time: more are found by another letter. */
const offeredMax = 6;

/** A name that is being written. */
export interface Begun {
	/** Where its `@` stands. */
	readonly from: number;
	/** What stands between that and the caret. */
	readonly written: string;
}

const begun = new RegExp(String.raw`(?<![\p{L}\p{N}_@.])@([^\n@]{0,${writtenMax}})$`, "u");

/** The name whose end is being written at the caret; null where none is. */
export function begunAt(text: string, caret: number): Begun | null {
	const match = begun.exec(text.slice(0, caret));
	return match === null ? null : { from: match.index, written: match[1] ?? "" };
}

/**
 * The name that is just this, then those that begin so, then those of which a word does; each in
 * the order given. None where nothing is left to be written: Enter then sends.
 */
export function namesFor(written: string, names: readonly string[]): string[] {
	const start = fold(written);
	const found = names
		.map((name) => ({ name, rank: rankOf(fold(name), start) }))
		.filter(({ rank }) => rank < 3)
		.sort((one, other) => one.rank - other.rank)
		.map(({ name }) => name);
	const isWhole = found.length === 1 && found[0]?.toLowerCase() === written.toLowerCase();
	return isWhole || start.startsWith(" ") ? [] : found.slice(0, offeredMax);
}

/** How well a name fits what begins so: 0 is best, 3 not at all. */
function rankOf(name: string, start: string): number {
	if (name === start) return 0;
	if (name.startsWith(start)) return 1;
	return name.includes(` ${start}`) ? 2 : 3;
}
