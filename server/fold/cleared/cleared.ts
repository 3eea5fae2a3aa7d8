/**
 * Finds what was cleared away in a room and is missing still: it goes through the room's history as
 * it happened. Reads only; who brings something back writes it anew.
 *
 * Cleared away is what one person took off a surface in a short while, where that was much of it or
 * all. What was undone since is not missing: an item with the same drawn bytes is on the board, the
 * same words stand in the text.
 */
import * as Y from "yjs";
import type { ClearedContent, ClearedSurface } from "../../../shared/cleared.ts";
import type { Millis } from "../../../shared/clock.ts";
import { toWeftError } from "../../../shared/errors.ts";
import { anyone, nobody, type UserId } from "../../../shared/ids.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import type { Batch } from "../../store/room-log.ts";
import { applyQuietly } from "../apply-quietly.ts";
import { drawnBytes, type LostEntry, lostEntries, packEntries } from "./lost-items.ts";
import {
	excerptOf,
	type LostText,
	lettersIn,
	lettersOf,
	lostTexts,
	type MissingText,
	missingOf,
} from "./lost-text.ts";
import { type DeletedRange, deletesOf, reachOf } from "./reach.ts";

/** What was written in a room, oldest first, and whose its client ids are. */
export interface Past {
	readonly batches: readonly Batch[];
	readonly owners: ReadonlyMap<number, UserId>;
}

/** Something that was cleared away, and how it is brought back. */
export interface Cleared {
	readonly surface: ClearedSurface;
	readonly atMs: Millis;
	readonly by: UserId;
	/** Items or letters. */
	readonly count: number;
	readonly excerpt: string;
	readonly content: ClearedContent;
}

/** Finds it in a history, oldest first. Must not block the event loop for large rooms. */
export type FindCleared = (
	history: AsyncIterable<Batch>,
	owners: Past["owners"],
) => Promise<readonly Cleared[]>;

/** Most that is offered at once, the newest. */
const offeredMax = 10;
/** What one person takes away with less than that between is one thing. */
const restMs: Millis = 30_000;
/** So much is much, if something is left. */
const itemsMin = 5;
const lettersMin = 200;
/** Fewer letters than that are typing. */
const lettersSeenMin = 20;
/**
 * Updates that are looked at by themselves, the newest of those that delete: what was before is
 * only applied. Of some the text is gone through from its beginning: a millisecond of a long one.
 */
const lookedAtMax = 5_000;
const textsLookedAtMax = 1_000;
/** Stretches of one update that are kept, and of all that are looked for in the text of now. */
const stretchesMax = 1_000;
const soughtMax = 5_000;

interface Wipe {
	readonly surface: ClearedSurface;
	readonly by: UserId;
	atMs: Millis;
	/** Nothing was left. */
	isWhole: boolean;
	/** What each update took, the oldest first. */
	readonly entries: (readonly LostEntry[])[];
	readonly texts: (readonly LostText[])[];
}

/** See the head of this file, the newest first. @throws WeftError `room_damaged` */
export function findCleared({ batches, owners }: Past): readonly Cleared[] {
	const past = new Replay();
	try {
		for (const step of stepsOf(batches)) past.take(step);
		past.apply();
	} catch (error) {
		throw toWeftError(error, "room_damaged");
	}
	return past.missing(owners);
}

/** One update. */
interface Step extends Pick<Wipe, "atMs" | "by"> {
	readonly bytes: Uint8Array;
	readonly deletes: readonly DeletedRange[];
	/** What of it is looked at. */
	look: "nothing" | "board" | "all";
}

/** All updates; those are marked that may have cleared something. */
function stepsOf(batches: readonly Batch[]): readonly Step[] {
	const steps = batches.flatMap(({ atMs, updates }) =>
		updates.map(({ userId: by, bytes }): Step => {
			return { atMs, by, bytes, deletes: deletesOf(bytes), look: "nothing" };
		}),
	);
	let lookCount = 0;
	let textCount = 0;
	for (const step of steps.toReversed()) {
		const length = step.deletes.reduce((sum, range) => sum + range.length, 0);
		// A struct alone is a letter, or a key of an item; an item of ours is two at least.
		if (length < 2 || ++lookCount > lookedAtMax) continue;
		const isForText = length >= lettersSeenMin && ++textCount <= textsLookedAtMax;
		step.look = isForText ? "all" : "board";
	}
	return steps;
}

/** A room as it came to be. */
class Replay {
	readonly #doc = new Y.Doc();
	readonly #board = strokesOf(this.#doc);
	readonly #text = textOf(this.#doc);
	/** Applied in one go: a transaction for each would cost ten times as much. */
	#waiting: Uint8Array[] = [];
	readonly #wipes: Wipe[] = [];

	/** The next update. */
	take(step: Step): void {
		if (step.look === "nothing") {
			this.#waiting.push(step.bytes);
			return;
		}
		this.apply();
		this.#look(step);
	}

	/** What waits is in the doc then. */
	apply(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		if (waiting.length === 0) return;
		applyQuietly(this.#doc, () => {
			for (const bytes of waiting) Y.applyUpdate(this.#doc, bytes);
		});
	}

	#look(step: Step): void {
		const { bytes, deletes, look } = step;
		const [board, text] = [this.#board, this.#text];
		const reach = reachOf(this.#doc, deletes);
		const entries = lostEntries(board, reach);
		const isText = look === "all" && lettersIn(text, reach) >= lettersSeenMin;
		const places = isText ? lostTexts(text, deletes) : [];
		const countBefore = board.length;
		applyQuietly(this.#doc, () => Y.applyUpdate(this.#doc, bytes));
		// Who rubs out a part of a line writes what is left of it anew: that is no clearing.
		const newCount = board.length - countBefore + entries.length;
		if (entries.length > newCount) {
			const wipe = this.#wipeOf("board", step);
			wipe.entries.push(entries);
			wipe.isWhole ||= board.length === 0;
		}
		if (places.length === 0 || places.length > stretchesMax) return;
		const wipe = this.#wipeOf("document", step);
		const placed = places.map(({ index, ops }) => {
			const at = Y.createRelativePositionFromTypeIndex(text, Math.min(index, text.length));
			return { at: Y.encodeRelativePosition(at), ops };
		});
		wipe.texts.push(placed);
		// Quill leaves a line behind.
		wipe.isWhole ||= text.length <= 1;
	}

	#wipeOf(surface: ClearedSurface, { atMs, by }: Step): Wipe {
		const last = this.#wipes.findLast((wipe) => wipe.surface === surface);
		if (last !== undefined && last.by === by && atMs - last.atMs <= restMs) {
			last.atMs = atMs;
			return last;
		}
		const wipe: Wipe = { surface, by, atMs, isWhole: false, entries: [], texts: [] };
		this.#wipes.push(wipe);
		return wipe;
	}

	/** What is not there now, the newest first. */
	missing(owners: ReadonlyMap<number, UserId>): Cleared[] {
		const drawn = drawnBytes(this.#board);
		const sought: Sought = { words: [this.#text.toString()], left: soughtMax };
		const whose = (client: number): UserId | null => {
			const owner = owners.get(client) ?? anyone;
			return owner === anyone || owner === nobody ? null : owner;
		};
		const found: Cleared[] = [];
		for (const wipe of this.#wipes.toReversed()) {
			if (found.length >= offeredMax) break;
			const one = wipe.surface === "board" ? onBoard(wipe, drawn, whose) : inText(wipe, sought);
			if (one !== null) found.push(one);
		}
		return found;
	}
}

/** What was taken away, brought back and taken again is offered once: `drawn` has it then. */
function onBoard(
	{ entries, atMs, by, isWhole }: Wipe,
	drawn: Set<string>,
	whose: (client: number) => UserId | null,
): Cleared | null {
	let missing: readonly LostEntry[] = [];
	for (const taken of entries.toReversed()) {
		const lost = taken.filter(({ bytes }) => !drawn.has(bytes));
		missing = [...lost, ...missing];
		for (const { bytes } of lost) drawn.add(bytes);
	}
	const count = missing.length;
	if (count === 0 || (count < itemsMin && !isWhole)) return null;
	const update = Buffer.from(packEntries(missing, whose)).toString("base64");
	return { surface: "board", atMs, by, count, excerpt: "", content: { surface: "board", update } };
}

/** In what words are looked for, and how many more may be. */
interface Sought {
	readonly words: string[];
	left: number;
}

/** Likewise: the words that are sought have it then. */
function inText({ texts, atMs, by, isWhole }: Wipe, sought: Sought): Cleared | null {
	const { words } = sought;
	let missing: readonly MissingText[] = [];
	for (const taken of texts.toReversed()) {
		sought.left -= taken.length * words.length;
		if (sought.left < 0) break;
		const lost = missingOf(taken, words);
		missing = [...lost, ...missing];
		words.push(lost.map(lettersOf).join("\n"));
	}
	const count = missing.reduce((sum, { length }) => sum + length, 0);
	if (count < (isWhole ? lettersSeenMin : lettersMin)) return null;
	const surface = "document";
	const sent = missing.map(({ at, ops }) => ({ at: Buffer.from(at).toString("base64"), ops }));
	const content = { surface, texts: sent } as const;
	return { surface, atMs, by, count, excerpt: excerptOf(missing), content };
}
