/** Which messages are drawn: a bounded piece of the chat that grows where somebody scrolls. */
import type { ShownMessage } from "../../shared/surfaces/chat.ts";

/** Messages `from` up to, not including, `to`. */
export interface Span {
	readonly from: number;
	readonly to: number;
	/** Key of the first, to find it again when something came before it. */
	readonly firstKey: string;
}

/** How many are drawn at first, and are added at a time: taller than any screen. */
export const spanStep = 120;
/** Most that are drawn at once: some 40,000 pixels, 3,000 elements. */
export const spanMax = 300;

type Messages = readonly ShownMessage[];

/** The newest. */
export function endOf(messages: Messages): Span {
	return spanOf(messages, messages.length - spanStep, messages.length);
}

/** From a little above that message, down to the newest where they are not too many. */
export function startAt(messages: Messages, messageIndex: number): Span {
	const from = messageIndex - spanStep / 5;
	return spanOf(messages, Math.min(from, messages.length - spanStep), from + spanMax - spanStep);
}

/** Older ones too; the newest of them go where they would be too many. */
export function grownAtStart(span: Span, messages: Messages): Span {
	const from = Math.max(0, span.from - spanStep);
	return spanOf(messages, from, Math.min(span.to, from + spanMax));
}

/** Newer ones too; the oldest of them go where they would be too many. */
export function grownAtEnd(span: Span, messages: Messages): Span {
	const to = Math.min(messages.length, span.to + spanStep);
	return spanOf(messages, Math.max(span.from, to - spanMax), to);
}

/**
 * The same messages after others came: something said offline may have its place before them. New
 * ones at the end are drawn while the end is drawn and there is room.
 */
export function stillAt(span: Span, messages: Messages): Span {
	const { firstKey, from, to } = span;
	const isThere = messages[from]?.key === firstKey;
	const found = isThere ? from : messages.findIndex((shown) => shown.key === firstKey);
	const moved = found < 0 ? Math.min(from, messages.length) : found;
	const size = to - from;
	const isNearEnd = messages.length - (moved + size) < spanStep;
	return spanOf(
		messages,
		moved,
		isNearEnd ? Math.min(messages.length, moved + spanMax) : moved + size,
	);
}

function spanOf(messages: Messages, from: number, to: number): Span {
	const start = Math.max(0, Math.min(from, messages.length));
	return {
		from: start,
		to: Math.max(start, Math.min(to, messages.length)),
		firstKey: messages[start]?.key ?? "",
	};
}
