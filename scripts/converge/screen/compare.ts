/** What a screen must show of a doc. */
import type * as Y from "yjs";
import { foldChat, readChat } from "../../../shared/surfaces/chat.ts";
import type { Breach } from "../person/page.ts";
import { wordsOf } from "../person/tokens.ts";
import type { Look } from "./in-page.ts";

/** The chat draws its newest messages only; so many of them for certain. */
const newestCount = 50;

/** What is expected. */
export interface Expected {
	readonly words: readonly string[];
	/** The newest, oldest first. */
	readonly messages: readonly string[];
}

/** What every screen must show of that doc. */
export function expectedOf(doc: Y.Doc): Expected {
	const shown = foldChat(readChat(doc.getArray("chat"))).filter(({ removed }) => !removed);
	return {
		words: wordsOf(doc.getText("text").toString()),
		messages: shown.map(({ body }) => body).slice(-newestCount),
	};
}

/** Where a tab differs from that. */
export function compareLook(tab: string, seen: Look, { words, messages }: Expected): Breach[] {
	const say = (what: string, wanted: readonly string[], shown: readonly string[]) => {
		const at = firstDifference(wanted, shown);
		if (at < 0) return [];
		const [one, other] = [wanted[at] ?? "nothing", shown[at] ?? "nothing"];
		const sentence = `${tab} shows ${other} as ${what} ${at + 1}, where others have ${one}`;
		return [{ check: "equal screens" as const, say: sentence }];
	};
	const newest = messages.length === 0 ? [] : seen.messages.slice(-messages.length);
	return [...say("word", words, wordsOf(seen.text)), ...say("message", messages, newest)];
}

function firstDifference(one: readonly string[], other: readonly string[]): number {
	if (one.length === other.length && one.every((word, index) => word === other[index])) return -1;
	const at = one.findIndex((word, index) => word !== other[index]);
	return at < 0 ? one.length : at;
}
