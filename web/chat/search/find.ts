/** Finds messages by what they say. Pure. */
import type { ChatMessage, ShownMessage } from "../../../shared/surfaces/chat.ts";
import { fold } from "../../ui/find/fold.ts";

/** Where a match lies in a text, in UTF-16 code units. */
export interface Match {
	readonly from: number;
	readonly to: number;
}

/** What was folded before: a message is looked at again with each key of the search. */
const foldedBefore = new WeakMap<ChatMessage, { readonly body: string; readonly folded: string }>();

function foldedBody({ message, body }: ShownMessage): string {
	const before = foldedBefore.get(message);
	if (before?.body === body) return before.folded;
	const folded = fold(body);
	foldedBefore.set(message, { body, folded });
	return folded;
}

/** All messages that say it, in the order of the chat; none for a query without a letter. */
export function findMessages(messages: readonly ShownMessage[], query: string): ShownMessage[] {
	const needle = fold(query.trim());
	if (needle === "") return [];
	return messages.filter((shown) => !shown.removed && foldedBody(shown).includes(needle));
}

/** Where a text says it, from left to right. */
export function matchesIn(text: string, query: string): Match[] {
	const needle = fold(query.trim());
	if (needle === "" || !fold(text).includes(needle)) return [];
	const { folded, starts } = foldWithPlaces(text);
	const matches: Match[] = [];
	for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
		const from = starts[at] ?? 0;
		matches.push({ from, to: starts[at + needle.length] ?? text.length });
	}
	return matches;
}

/** As `fold`, and for each unit of what comes out where its character begins in the text. */
function foldWithPlaces(text: string): { folded: string; starts: number[] } {
	const starts: number[] = [];
	let folded = "";
	let place = 0;
	for (const character of text) {
		const piece = fold(character);
		for (let unit = 0; unit < piece.length; unit++) starts.push(place);
		folded += piece;
		place += character.length;
	}
	return { folded, starts };
}
