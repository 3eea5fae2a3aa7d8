/** What stands in the list of messages, from top to bottom: days, groups, the unread line. */
import type { Millis } from "../../shared/clock.ts";
import type { ShownMessage } from "../../shared/surfaces/chat.ts";

/** One row of the list. */
export type Row =
	| { readonly type: "day"; readonly key: string; readonly at: Millis }
	| { readonly type: "unread"; readonly key: string }
	| {
			readonly type: "message";
			readonly key: string;
			readonly shown: ShownMessage;
			/** True where name and avatar stand above: somebody else spoke before, or long ago. */
			readonly first: boolean;
			/** True where nobody goes on with this group. */
			readonly last: boolean;
	  };

/** A person who pauses longer begins a new group. */
const groupGapMs = 5 * 60 * 1000;

/**
 * Lays out messages `from` to `to` of the chat; the one before them decides how they begin.
 *
 * `unreadKey` is the first message below the unread line, if there is one. `dayOf` names the day of
 * a moment where the reader is.
 */
export function rowsOf(
	messages: readonly ShownMessage[],
	range: { readonly from: number; readonly to: number },
	unreadKey: string | null,
	dayOf: (at: Millis) => string,
): Row[] {
	const rows: Row[] = [];
	const startsAfter = (previous: ShownMessage | undefined, next: ShownMessage | undefined) =>
		previous === undefined ||
		next === undefined ||
		next.key === unreadKey ||
		previous.message.by !== next.message.by ||
		previous.message.name !== next.message.name ||
		Math.abs(next.message.at - previous.message.at) > groupGapMs ||
		dayOf(previous.message.at) !== dayOf(next.message.at);
	for (let messageIndex = range.from; messageIndex < range.to; messageIndex++) {
		const shown = messages[messageIndex];
		if (shown === undefined) break;
		const previous = messages[messageIndex - 1];
		const { at } = shown.message;
		const isNewDay = previous === undefined || dayOf(previous.message.at) !== dayOf(at);
		if (isNewDay && at > 0) rows.push({ type: "day", key: `day ${shown.key}`, at });
		if (shown.key === unreadKey) rows.push({ type: "unread", key: "unread" });
		const first = startsAfter(previous, shown);
		const last = startsAfter(shown, messages[messageIndex + 1]);
		rows.push({ type: "message", key: shown.key, shown, first, last });
	}
	return rows;
}
