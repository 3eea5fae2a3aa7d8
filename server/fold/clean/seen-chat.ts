/**
 * What people see of a chat, as messages: words that were corrected or taken back are in it no
 * more. Of what was taken back its place stays, with name and time, as people see it.
 */
import * as Y from "yjs";
import {
	type ChatMessage,
	type ChatTraces,
	foldChat,
	isReaction,
	readMessage,
	tracesIn,
} from "../../../shared/surfaces/chat.ts";

/** What stands for a value of the chat; null where it is gone. */
export type Seen = { readonly value: unknown } | null;

type Loose = Readonly<Record<string, unknown>>;

/** What becomes of a message. */
type Fate =
	| { readonly kind: "kept" }
	| { readonly kind: "gone" }
	/** These fields take the place of its own. */
	| { readonly kind: "changed"; readonly fields: Loose }
	/** It has these fields and no others. */
	| { readonly kind: "bare"; readonly fields: Loose };

const kept: Fate = { kind: "kept" };
const gone: Fate = { kind: "gone" };

/** Stands for the words of what was taken back: a message without any would be none. */
const takenBack = "\u2026";

/** Keys by which a message speaks of another one. */
const references = ["replyTo", "corrects", "retracts", "reacts"] as const;

/** For each value of the chat what stands for it: the very same one where nothing changes. */
export function seenOf(values: readonly unknown[]): Seen[] {
	const messages = values.map(readMessage);
	const fates = fatesOf(messages.filter((message) => message !== null));
	return values.map((value, index) => {
		const message = messages[index] ?? null;
		return standIn(value, (message === null ? undefined : fates.get(message)) ?? kept);
	});
}

function standIn(value: unknown, fate: Fate): Seen {
	switch (fate.kind) {
		case "kept":
			return { value };
		case "gone":
			return null;
		case "changed":
			return { value: { ...plain(value), ...fate.fields } };
		case "bare":
			return { value: fate.fields };
	}
}

function plain(value: unknown): Loose {
	return (value instanceof Y.Map ? value.toJSON() : value) as Loose;
}

function fatesOf(messages: readonly ChatMessage[]): Map<ChatMessage, Fate> {
	const traces = tracesIn(messages);
	const reactions = new Set(
		foldChat(messages).flatMap((shown) => shown.reactions.flatMap(({ from }) => from)),
	);
	/** Whose taking back was met: one of several is enough. */
	const told = new Set<ChatMessage>();
	const fates = new Map<ChatMessage, Fate>();
	for (const message of messages) {
		if (isReaction(message)) fates.set(message, reactions.has(message) ? kept : gone);
		else if (traces.worked.has(message)) fates.set(message, fateOfWork(message, traces, told));
		else fates.set(message, fateOfSaid(message, traces));
	}
	mendReferences(fates, traces);
	return fates;
}

/** Of a correction or retraction that counts. */
function fateOfWork(message: ChatMessage, traces: ChatTraces, told: Set<ChatMessage>): Fate {
	const root = traces.roots.get(message.corrects ?? message.retracts ?? "");
	if (root === undefined || isReaction(root)) return gone;
	if (message.retracts === undefined) {
		const isLast = traces.corrections.get(root) === message;
		return isLast && !traces.removed.has(root) ? kept : gone;
	}
	if (told.has(root)) return gone;
	told.add(root);
	return { kind: "bare", fields: { ...signed(message), retracts: message.retracts, body: "" } };
}

/** Of what was said. */
function fateOfSaid(message: ChatMessage, { removed, corrections }: ChatTraces): Fate {
	if (message.retracts !== undefined) return gone; // Somebody else's word, or nobody's.
	if (removed.has(message)) {
		return { kind: "bare", fields: { ...signed(message), body: takenBack } };
	}
	const correction = corrections.get(message);
	if (correction === undefined) return kept;
	return { kind: "changed", fields: { body: correction.body } };
}

function signed({ id, by, name, at }: ChatMessage): Loose {
	return { id, by, name, at };
}

/** What spoke of a correction that is gone speaks of what that corrected. */
function mendReferences(fates: Map<ChatMessage, Fate>, { roots }: ChatTraces): void {
	const goneIds = new Set<string>();
	for (const [{ id }, fate] of fates) if (fate === gone) goneIds.add(id);
	const rootOf = (id = "") => (goneIds.has(id) ? roots.get(id) : undefined);
	for (const [message, fate] of fates) {
		const mended: Record<string, unknown> = {};
		for (const key of references) {
			const root = rootOf(message[key]);
			if (root !== undefined && fates.get(root) !== gone) mended[key] = root.id;
		}
		if (Object.keys(mended).length > 0) fates.set(message, withFields(fate, mended));
	}
}

function withFields(fate: Fate, fields: Loose): Fate {
	if (fate.kind === "gone") return fate;
	if (fate.kind === "kept") return { kind: "changed", fields };
	return { ...fate, fields: { ...fate.fields, ...fields } };
}
