/**
 * Inspects and applies what reached a room in one turn, so that update k is judged against what
 * update k - 1 did. Short updates are one transaction, of which Yjs emits one update for all.
 *
 * A long one (somebody was away) would hold the event loop: Yjs looks through all that others wrote
 * at one spot for each struct that goes there. So it is a batch of its own, judged and applied in
 * pieces, in as many transactions as it takes turns. Nobody sees the doc meanwhile; where a piece
 * is refused the doc is spoilt, and its room drops it, so that it is the whole update or nothing
 * all the same.
 */
import * as Y from "yjs";
import type { Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import { applyQuietly } from "../fold/apply-quietly.ts";
import type { LoggedUpdate } from "../store/room-log.ts";
import { holdingsOf } from "./inspect.ts";
import { shortStructsMax } from "./pieces/pieces.ts";
import {
	type Fate,
	type Gate,
	type Into,
	type Judged,
	newProgress,
	type Progress,
	type SentUpdate,
	type Step,
	takeLong,
	takeShort,
} from "./pieces/taking.ts";
import { type Turns, turnMsMax } from "./scheduler.ts";
import { readUpdate } from "./update-reader.ts";

/** What a batch did to the doc. */
export interface AppliedBatch {
	/**
	 * Of the first updates that were handed in, in their order. What stands behind them was not
	 * looked at: a long update is a batch of its own.
	 */
	readonly fates: readonly Fate[];
	/**
	 * True where some of the last of them was applied before it came out that it cannot be taken. The
	 * doc holds what nobody may see: drop it.
	 */
	readonly isSpoilt: boolean;
	/** Those that are new, whole, with what they claim. */
	readonly taken: readonly LoggedUpdate[];
	/** All client ids that were claimed, by what cannot be taken too. */
	readonly claims: readonly number[];
	/** All that is new: one update for each turn that brought something. */
	readonly news: readonly Uint8Array[];
	/** What the doc held before: the next clock of each client. */
	readonly before: ReadonlyMap<number, number>;
}

/** One batch that is on disk. */
export interface Written {
	/** Of its updates. */
	readonly bytes: number;
	readonly updateCount: number;
	/** From handing it to the log until it was synced. */
	readonly appendMs: Millis;
}

/**
 * A sole update as short as this is passed on as it came: to have Yjs write down what was new in it
 * costs more than the bytes.
 */
const repeatBytesMax = 256;

/** Short updates between two looks at the clock. */
const shortsPerLook = 16;

/** By what a turn is ended, and how long updates are cut. */
interface Cut extends Pick<Turns, "elapsed"> {
	/** Structs that are judged and applied at once. */
	readonly structsMax?: number;
}

/**
 * Updates on their way into a doc, each whole or not at all; what takes long in many turns. Nobody
 * may look at the doc until it is done. What is short, as nearly all is, is done behind one turn:
 * without a promise, which would be the dearest part of a letter.
 */
export class Batch {
	readonly #work: Work;
	readonly #elapsed: Turns["elapsed"];
	readonly #isRepeated: boolean;
	readonly #news: Uint8Array[] = [];
	#before: AppliedBatch["before"] | null = null;

	constructor(judged: Judged, updates: readonly SentUpdate[], cut: Cut) {
		const { elapsed, structsMax = shortStructsMax } = cut;
		const { doc, owners, guard, kind } = judged;
		const holdings = holdingsOf(doc);
		const made = { fates: [], taken: [], claims: [], turnCount: 0, progress: null };
		this.#work = { doc, owners, guard, kind, holdings, structsMax, updates, ...made };
		this.#elapsed = elapsed;
		this.#isRepeated = updates.length === 1 && (updates[0]?.bytes.length ?? 0) <= repeatBytesMax;
	}

	/** True while the first update is a long one, which is under way: all others come again. */
	get isLong(): boolean {
		return (this.#work.progress?.steps ?? null) !== null;
	}

	/**
	 * One turn; null where there is more to do in another.
	 *
	 * @throws WeftError `room_failed` where Yjs threw at an update that passed the inspector, or kept
	 * something pending, or where something changed that the guard did not let in. The doc then holds
	 * half a state: throw it away.
	 */
	turn(): AppliedBatch | null {
		const news = this.#isRepeated ? null : this.#news;
		const { ending, before } = runTurn(this.#work, { elapsed: this.#elapsed, news });
		this.#before ??= before;
		this.#work.turnCount++;
		if (ending === "more") return null;
		const { fates, taken, claims } = this.#work;
		if (this.#isRepeated) for (const { bytes } of taken) this.#news.push(bytes);
		const isSpoilt = ending === "spoilt";
		return { fates, isSpoilt, taken, claims, news: this.#news, before: this.#before };
	}

	/** Clocks of a client that a long update brought so far: from one up to, but without, another. */
	broughtOf(client: number): { readonly from: number; readonly to: number } {
		const { doc, progress } = this.#work;
		const to = Y.getState(doc.store, client);
		const before = progress?.across?.before;
		return { from: before === undefined ? to : (before.get(client) ?? 0), to };
	}

	/**
	 * Brings into the doc of a long update what was let in and written down meanwhile. It must not
	 * name anything that the long one brought.
	 */
	bring(updates: readonly LoggedUpdate[]): void {
		const { doc, progress } = this.#work;
		applyQuietly(doc, () => {
			for (const { bytes } of updates) Y.applyUpdate(doc, bytes);
		});
		for (const { bytes } of updates) {
			for (const { client } of readUpdate(bytes).clients) {
				progress?.across?.before.set(client, Y.getState(doc.store, client));
			}
		}
	}
}

/** Takes all updates at once, say in a test: with pieces of so many structs. */
export function applyBatch(
	doc: Y.Doc,
	updates: readonly SentUpdate[],
	gate: Gate,
	structsMax?: number,
): AppliedBatch {
	const cut = { elapsed: () => 0, ...(structsMax !== undefined && { structsMax }) };
	const applied = applyNext({ doc, ...gate }, updates, cut);
	const left = updates.slice(applied.fates.length);
	if (left.length === 0 || applied.isSpoilt) return applied;
	const next = applyBatch(doc, left, gate, structsMax);
	return {
		fates: [...applied.fates, ...next.fates],
		isSpoilt: next.isSpoilt,
		taken: [...applied.taken, ...next.taken],
		claims: [...applied.claims, ...next.claims],
		news: [...applied.news, ...next.news],
		before: applied.before,
	};
}

function applyNext(judged: Judged, updates: readonly SentUpdate[], cut: Cut): AppliedBatch {
	const batch = new Batch(judged, updates, cut);
	for (;;) {
		const applied = batch.turn();
		if (applied !== null) return applied;
	}
}

/** A batch on its way. */
interface Work extends Into {
	readonly updates: readonly SentUpdate[];
	/** Of the updates that were taken so far. */
	readonly fates: Fate[];
	/** Of the update under way. */
	progress: Progress | null;
}

/** How a turn ended: more is to be done, or nothing, or the last update spoilt the doc. */
type Ending = "more" | "done" | "spoilt";

/** By what one turn is ended, and where goes what it brings; null where nobody asks. */
interface Turn extends Pick<Turns, "elapsed"> {
	readonly news: Uint8Array[] | null;
}

/** One transaction, of as much as a turn has time for. */
function runTurn(work: Work, turn: Turn) {
	const { ending, transactions } = transactOnce(work, turn);
	const { pendingStructs, pendingDs } = work.doc.store;
	if (pendingStructs !== null || pendingDs !== null) {
		throw new WeftError("room_failed", "an inspected update stayed pending");
	}
	const [transaction, ...others] = transactions;
	// Where a doc within the doc goes, Yjs makes one that changes nothing.
	if (others.some(({ changed, deleteSet }) => changed.size + deleteSet.clients.size > 0)) {
		throw new WeftError("room_failed", "Yjs changed more than was sent");
	}
	const before: AppliedBatch["before"] = transaction?.beforeState ?? new Map();
	return { ending, before };
}

function transactOnce(work: Work, { elapsed, news }: Turn) {
	const { doc, guard, kind } = work;
	// Ours, and all that it makes Yjs do: listening to them would be two sets for each letter.
	const transactions = doc._transactionCleanups;
	const keep = (update: Uint8Array) => news?.push(update);
	if (news !== null) doc.on("update", keep);
	try {
		const ending = applyQuietly(doc, () => {
			guard.begin(kind);
			return takeMany(work, elapsed);
		});
		for (const transaction of transactions) guard.confirm(transaction);
		return { ending, transactions };
	} catch (error) {
		throw new WeftError("room_failed", "Yjs threw at an inspected update", { cause: error });
	} finally {
		if (news !== null) doc.off("update", keep);
	}
}

/** Takes one update after another, a long one for as long as a turn may last. */
function takeMany(work: Work, elapsed: Turn["elapsed"]): Ending {
	const { updates, fates } = work;
	const untilMs = elapsed() + turnMsMax;
	for (let sent = updates[fates.length]; sent !== undefined; sent = updates[fates.length]) {
		const progress = work.progress ?? newProgress();
		work.progress = progress;
		const reached = takeSome(work, sent, progress);
		if (reached === "long") return "done"; // It comes again, as the first.
		if (typeof reached === "object") {
			const ending = noteFate(work, progress, reached);
			if (ending !== null) return ending;
			if (!isLook(work)) continue;
		}
		if (reached === "turn" || elapsed() >= untilMs) return "more";
	}
	return "done";
}

/** Notes what became of an update; how the turn ends with it, or null where it goes on. */
function noteFate(work: Work, progress: Progress, fate: Fate): Ending | null {
	work.fates.push(fate);
	work.progress = null;
	if (progress.isApplied && fate.verdict !== "new") return "spoilt";
	return progress.steps === null ? null : "done";
}

/** Whether the clock is looked at behind an update; short ones take less than a look does. */
function isLook({ updates, fates }: Work): boolean {
	return fates.length % shortsPerLook === 0 && fates.length < updates.length;
}

/** Takes a whole update where it is short, else one step of it, where it is the first. */
function takeSome(work: Work, sent: SentUpdate, progress: Progress): Fate | Step | "long" {
	if (progress.steps === null) {
		const fate = takeShort(work, sent, progress);
		if (fate !== null) return fate;
		if (work.fates.length > 0) return "long";
		progress.steps = takeLong(work, sent, progress);
	}
	return progress.steps.next().value;
}
