/**
 * Inspects and applies what reached a room in one turn, so that update k is judged against what
 * update k - 1 did. Short updates are one transaction, of which Yjs emits one update for all.
 *
 * A long one (somebody was away) would hold the event loop: Yjs looks through all that others wrote
 * at one spot for each struct that goes there. It is judged and applied piece by piece, in as many
 * transactions as it takes turns. Nobody sees the doc meanwhile; where a piece is refused the doc
 * is spoilt, and its room drops it, so that it is the whole update or nothing all the same.
 */
import * as Y from "yjs";
import type { Millis } from "../../shared/clock.ts";
import { toWeftError, WeftError } from "../../shared/errors.ts";
import type { RoomKind } from "../../shared/roles.ts";
import { applyQuietly } from "../fold/apply-quietly.ts";
import type { LoggedUpdate } from "../store/room-log.ts";
import { type Across, acrossPieces, type Guard } from "./guard/guard.ts";
import type { Owners } from "./guard/owners.ts";
import { turnedRound } from "./guard/places.ts";
import type { Author } from "./guard/rules.ts";
import { compare, type Holdings, holdingsOf, inspect, type Verdict } from "./inspect.ts";
import {
	isShort,
	type Piece,
	pieceStructsMax,
	piecesOf,
	shortStructsMax,
} from "./pieces/pieces.ts";
import { type Turns, turnMsMax } from "./scheduler.ts";
import { type ReadUpdate, readUpdate } from "./update-reader.ts";

/** What became of one update of a batch. */
export type Fate =
	| { readonly verdict: Verdict }
	| { readonly verdict: "refused"; readonly error: WeftError };

/** An update and whose session sent it. */
export interface SentUpdate {
	readonly author: Author;
	readonly bytes: Uint8Array;
}

/** Who judges what an update may bring. */
export interface Gate {
	readonly owners: Owners;
	readonly guard: Guard;
	/** Only a guarded room has a schema. */
	readonly kind: RoomKind;
}

/** What a batch did to the doc. */
export interface AppliedBatch {
	/** In the order of the updates that were handed in. */
	readonly fates: readonly Fate[];
	/**
	 * True where some of the last update was applied before it came out that it cannot be taken. The
	 * doc holds what nobody may see: drop it. What came behind was not looked at.
	 */
	readonly isSpoilt: boolean;
	/** Those that are new, whole, with what they claim. */
	readonly taken: readonly LoggedUpdate[];
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

/** Updates up to this are read at once: that takes a millisecond. */
export const readBytesMax = 16 * 1024;

/** Short updates between two looks at the clock. */
const shortsPerLook = 16;

/** Turns that one update may take: half a minute of work. Nobody else in its room writes then. */
const turnsMax = 6_000;

/** The doc of a room, and who judges what comes to it. */
export interface Judged extends Gate {
	readonly doc: Y.Doc;
}

/**
 * Applies updates to a doc, each whole or not at all; what takes long in many turns. Nobody may
 * look at the doc until it is done. What is short, as nearly all is, is done when it comes back:
 * without a promise, which would be the dearest part of a letter.
 *
 * @throws WeftError `room_failed` where Yjs threw at an update that passed the inspector, or kept
 * something pending, or where something changed that the guard did not let in. The doc then holds
 * half a state: throw it away.
 */
export function applyInTurns(
	judged: Judged,
	updates: readonly SentUpdate[],
	{ elapsed, pause }: Turns,
): AppliedBatch | Promise<AppliedBatch> {
	const batch = new BatchInTurns(judged, updates, { elapsed });
	return batch.turn() ?? goOn(batch, pause);
}

async function goOn(batch: BatchInTurns, pause: Turns["pause"]): Promise<AppliedBatch> {
	for (;;) {
		await pause();
		const applied = batch.turn();
		if (applied !== null) return applied;
	}
}

/** The same at once, say in a test: with pieces of so many structs. */
export function applyBatch(
	doc: Y.Doc,
	updates: readonly SentUpdate[],
	gate: Gate,
	structsMax?: number,
): AppliedBatch {
	const cut = { elapsed: () => 0, ...(structsMax !== undefined && { structsMax }) };
	const batch = new BatchInTurns({ doc, ...gate }, updates, cut);
	for (;;) {
		const applied = batch.turn();
		if (applied !== null) return applied;
	}
}

/** A batch that is applied turn by turn. */
class BatchInTurns {
	readonly #work: Work;
	readonly #elapsed: Turns["elapsed"];
	readonly #isRepeated: boolean;
	readonly #news: Uint8Array[] = [];
	#before: AppliedBatch["before"] | null = null;

	constructor(judged: Judged, updates: readonly SentUpdate[], cut: Cut) {
		const { elapsed, structsMax = shortStructsMax } = cut;
		const { doc, owners, guard, kind } = judged;
		const holdings = holdingsOf(doc);
		const made = { fates: [], taken: [], turnCount: 0, progress: null };
		this.#work = { doc, owners, guard, kind, holdings, structsMax, updates, ...made };
		this.#elapsed = elapsed;
		this.#isRepeated = updates.length === 1 && (updates[0]?.bytes.length ?? 0) <= repeatBytesMax;
	}

	/** One turn; null where there is more to do in another. */
	turn(): AppliedBatch | null {
		const news = this.#isRepeated ? null : this.#news;
		const { ending, before } = runTurn(this.#work, { elapsed: this.#elapsed, news });
		this.#before ??= before;
		this.#work.turnCount++;
		if (ending === "more") return null;
		const { fates, taken } = this.#work;
		if (this.#isRepeated) for (const { bytes } of taken) this.#news.push(bytes);
		const isSpoilt = ending === "spoilt";
		return { fates, isSpoilt, taken, news: this.#news, before: this.#before };
	}
}

/** By what a turn is ended, and how long updates are cut. */
interface Cut extends Pick<Turns, "elapsed"> {
	/** Structs that are judged and applied at once. */
	readonly structsMax?: number;
}

/** A batch on its way. */
interface Work extends Judged {
	readonly updates: readonly SentUpdate[];
	/** What the doc holds at each moment. */
	readonly holdings: Holdings;
	readonly structsMax: number;
	/** Of the updates that were taken so far. */
	readonly fates: Fate[];
	readonly taken: LoggedUpdate[];
	/** Of the update under way. */
	progress: Progress | null;
	/** Turns that are over. */
	turnCount: number;
}

/** After a step of a long update: the turn goes on while there is time, or ends here. */
type Step = "piece" | "turn";

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
		if (typeof reached === "object") {
			fates.push(reached);
			work.progress = null;
			if (progress.isApplied && reached.verdict !== "new") return "spoilt";
			if (!isLook(work)) continue;
		}
		if (reached === "turn" || elapsed() >= untilMs) return "more";
	}
	return "done";
}

/** Whether the clock is looked at behind an update; short ones take less than a look does. */
function isLook({ updates, fates }: Work): boolean {
	return fates.length % shortsPerLook === 0 && fates.length < updates.length;
}

/** Takes a whole update where it is short, else one step of it. */
function takeSome(work: Work, sent: SentUpdate, progress: Progress): Fate | Step {
	if (progress.steps === null) {
		const fate = takeShort(work, sent, progress);
		if (fate !== null) return fate;
		progress.steps = takeLong(work, sent, progress);
	}
	return progress.steps.next().value;
}

/** Client ids under which an update brings or deletes something. */
function* clientsIn({ clients, deletes }: ReadUpdate): Generator<number, void, undefined> {
	for (const { client } of clients) yield client;
	for (const { client } of deletes) yield client;
}

/** How far one update has come. */
interface Progress {
	verdict: Verdict;
	readonly claims: number[];
	/** The doc holds some of it. */
	isApplied: boolean;
	/** Yjs is at it: what it throws is nobody's refusal. */
	isApplying: boolean;
	/** Null while it comes as one. */
	steps: Generator<Step, Fate, void> | null;
	/** As well. */
	across: Across | null;
}

function newProgress(): Progress {
	const flags = { isApplied: false, isApplying: false };
	return { verdict: "known", claims: [], ...flags, steps: null, across: null };
}

/** Null for what is not short, and may be something new. */
function takeShort(work: Work, sent: SentUpdate, progress: Progress): Fate | null {
	const { bytes } = sent;
	if (bytes.length > readBytesMax) return null;
	try {
		const update = readUpdate(bytes);
		if (isShort(update, work.structsMax)) {
			takePiece(work, { update, bytes }, sent.author, progress);
		} else if (isNews(update, work, progress)) return null;
	} catch (error) {
		return refusalOf(error, progress);
	}
	return fateOfTaken(work, sent, progress);
}

function* takeLong(work: Work, sent: SentUpdate, progress: Progress): Generator<Step, Fate, void> {
	try {
		yield* takePieces(work, sent, progress);
	} catch (error) {
		return refusalOf(error, progress);
	}
	return fateOfTaken(work, sent, progress);
}

/** @throws what Yjs threw */
function refusalOf(error: unknown, { isApplying }: Progress): Fate {
	if (isApplying) throw error;
	return { verdict: "refused", error: toWeftError(error, "refused_update") };
}

function fateOfTaken(work: Work, sent: SentUpdate, { verdict, claims }: Progress): Fate {
	if (verdict === "new") work.taken.push(loggedOf(sent, claims));
	return { verdict };
}

function loggedOf({ author: { userId }, bytes }: SentUpdate, claims: readonly number[]) {
	return claims.length === 0 ? { userId, bytes } : { userId, bytes, claims };
}

/** Judges an update, or a piece of one, and applies it where it is new. */
function takePiece(
	{ doc, holdings, owners, guard }: Work,
	{ update, bytes }: Piece,
	author: Author,
	progress: Progress,
): void {
	owners.refusePurged(clientsIn(update), holdings);
	const verdict = inspect(update, doc, holdings);
	if (verdict !== "known") progress.verdict = verdict;
	if (verdict !== "new") return;
	const places = guard.admit(update, doc, author, progress.across);
	for (const client of owners.admit(update, author, holdings)) progress.claims.push(client);
	progress.isApplied = true;
	progress.isApplying = true;
	Y.applyUpdate(doc, bytes);
	progress.isApplying = false;
	if (!places.isInOrder()) refuse(turnedRound);
}

/** Whether an update brings something, by what is held alone; else notes what becomes of it. */
function isNews(update: ReadUpdate, { owners, holdings }: Work, progress: Progress): boolean {
	owners.refusePurged(clientsIn(update), holdings);
	progress.verdict = compare(update, holdings);
	return progress.verdict === "new";
}

function* takePieces(
	work: Work,
	{ author, bytes }: SentUpdate,
	progress: Progress,
): Generator<Step, void, void> {
	const { doc, holdings } = work;
	const structsMax = Math.min(work.structsMax, pieceStructsMax);
	const lastTurn = work.turnCount + turnsMax;
	progress.verdict = "known";
	const across = acrossPieces(doc);
	progress.across = across;
	yield "turn"; // Where several rooms have something long, they go on one after another.
	for (const piece of piecesOf(bytes, doc, holdings, structsMax)) {
		if (work.turnCount > lastTurn) refuse("takes too long");
		if (piece === "missing") progress.verdict = "missing";
		else if (piece !== null) takePiece(work, piece, author, progress);
		if (isMissing(progress)) return;
		yield "piece";
	}
	across.growth.checkApplied(doc);
}

function isMissing({ verdict }: Progress): boolean {
	return verdict === "missing";
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
