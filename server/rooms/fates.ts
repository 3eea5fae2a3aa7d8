/** What becomes of updates by what is held alone: without a doc, and nothing is applied. */
import { toWeftError } from "../../shared/errors.ts";
import { compare, type Holdings } from "./inspect.ts";
import { compareRanges } from "./pieces/delete-ranges.ts";
import { type Fate, readBytesMax } from "./pieces/taking.ts";
import type { Steps } from "./scheduler.ts";
import { readUpdate } from "./update-reader.ts";

/** What becomes of one update. A long one of which that is not told quickly counts as new. */
export function* fateOf(bytes: Uint8Array, holdings: Holdings): Steps<Fate> {
	try {
		if (bytes.length <= readBytesMax) return { verdict: compare(readUpdate(bytes), holdings) };
		return { verdict: yield* compareRanges(bytes, holdings) };
	} catch (error) {
		return { verdict: "refused", error: toWeftError(error, "refused_update") };
	}
}

/** An update and its sender, as far as their order goes. */
interface FromSender {
	readonly member: unknown;
	readonly bytes: Uint8Array;
}

/** What is left of a batch whose last fate spoilt the doc. Who was refused sends nothing more. */
export function leftOf<Sent extends FromSender>(
	writes: readonly Sent[],
	fates: readonly Fate[],
): readonly Sent[] {
	const bad = writes[fates.length - 1];
	const isRefused = fates.at(-1)?.verdict === "refused";
	return writes.filter((write) => write !== bad && !(isRefused && write.member === bad?.member));
}

/** Updates that a room without a doc judged. */
interface Judged<Sent> {
	/** Those that need a doc. */
	readonly open: readonly Sent[];
	/** All others, and what becomes of each. */
	readonly settled: readonly Sent[];
	readonly fates: readonly Fate[];
}

/** What a room without a doc makes of updates, and which of them need one. */
export function* judgeWithoutDoc<Sent extends FromSender>(
	updates: readonly Sent[],
	holdings: Holdings,
	isReadOnly: boolean,
): Steps<Judged<Sent>> {
	const all: Fate[] = [];
	for (const { bytes } of updates) {
		all.push(yield* fateOf(bytes, holdings));
		yield;
	}
	const senders = updates.map(({ member }) => member);
	const isOpen = needsDoc(all, senders, isReadOnly);
	const isSettled = (_: unknown, index: number) => !isOpen[index];
	return {
		open: updates.filter((_, index) => isOpen[index]),
		settled: updates.filter(isSettled),
		fates: all.filter(isSettled),
	};
}

/**
 * Which updates need a doc, given what a room without one makes of them: those that are new; those
 * that lack something, where an update in this very batch may bring it; and what a sender sent
 * behind one of these, because each sender's are counted in their order.
 */
function needsDoc(
	fates: readonly Fate[],
	senders: readonly unknown[],
	isReadOnly: boolean,
): boolean[] {
	const mayCome = isReadOnly || fates.some(({ verdict }) => verdict === "new");
	const waiting = new Set<unknown>();
	return fates.map(({ verdict }, index) => {
		const sender = senders[index];
		const isNeeded = verdict === "new" || (verdict === "missing" && mayCome);
		if (isNeeded) waiting.add(sender);
		return isNeeded || (verdict === "known" && waiting.has(sender));
	});
}
