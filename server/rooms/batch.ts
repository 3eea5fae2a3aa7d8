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
const readBytesMax = 16 * 1024;

/** Turns that one update may take: half a minute of work. Nobody else in its room writes then. */
const turnsMax = 6_000;

/** The doc of a room, and who judges what comes to it. */
export interface Judged extends Gate {
	readonly doc: Y.Doc;
}

/**
 * Applies updates to a doc, each whole or not at all; what takes long in many turns. Nobody may
 * look at the doc until it is done.
 *
 * @throws WeftError `room_failed` where Yjs threw at an update that passed the inspector, or kept
 * something pending, or where something changed that the guard did not let in. The doc then holds
 * half a state: throw it away.
 */
export async function applyInTurns(
	judged: Judged,
	updates: readonly SentUpdate[],
	{ elapsed, pause }: Turns,
): Promise<AppliedBatch> {
	const turns = apply(judged, updates, { elapsed });
	for (;;) {
		const turn = turns.next();
		if (turn.done) return turn.value;
		await pause();
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
	const turns = apply({ doc, ...gate }, updates, cut);
	for (;;) {
		const turn = turns.next();
		if (turn.done) return turn.value;
	}
}

/** Yields between turns. */
function* apply(
	judged: Judged,
	updates: readonly SentUpdate[],
	{ elapsed, structsMax = shortStructsMax }: Cut,
): Generator<void, AppliedBatch, void> {
	const holdings = holdingsOf(judged.doc);
	const work: Work = { ...judged, holdings, structsMax, fates: [], taken: [], turnCount: 0 };
	const steps = takeAll(work, updates);
	const isRepeated = updates.length === 1 && (updates[0]?.bytes.length ?? 0) <= repeatBytesMax;
	const news: Uint8Array[] = [];
	let before: AppliedBatch["before"] | null = null;
	for (;;) {
		const turn = runTurn(work, steps, { elapsed, news: isRepeated ? null : news });
		before ??= turn.before;
		if (turn.step.done) {
			const { fates, taken } = work;
			if (isRepeated) for (const { bytes } of taken) news.push(bytes);
			return { fates, isSpoilt: turn.step.value, taken, news, before };
		}
		work.turnCount++;
		yield;
	}
}

/** What becomes of an update by what is held alone: without a doc, and nothing is applied. */
export function fateOf(bytes: Uint8Array, holdings: Holdings): Fate {
	try {
		return { verdict: compare(readUpdate(bytes), holdings) };
	} catch (error) {
		return { verdict: "refused", error: toWeftError(error, "refused_update") };
	}
}

/** By what a turn is ended, and how long updates are cut. */
interface Cut extends Pick<Turns, "elapsed"> {
	/** Structs that are judged and applied at once. */
	readonly structsMax?: number;
}

/** A batch on its way. */
interface Work extends Judged {
	/** What the doc holds at each moment. */
	readonly holdings: Holdings;
	readonly structsMax: number;
	readonly fates: Fate[];
	readonly taken: LoggedUpdate[];
	/** Turns that are over. */
	turnCount: number;
}

/** After a step: the turn goes on while there is time, or ends here. */
type Step = "piece" | "turn";

/** By what one turn is ended, and where goes what it brings; null where nobody asks. */
interface Turn extends Pick<Turns, "elapsed"> {
	readonly news: Uint8Array[] | null;
}

type Steps = Generator<Step, boolean, void>;

/** One transaction, of as many steps as a turn has time for. */
function runTurn(work: Work, steps: Steps, turn: Turn) {
	const { step, transactions } = transactOnce(work, steps, turn);
	const { pendingStructs, pendingDs } = work.doc.store;
	if (pendingStructs !== null || pendingDs !== null) {
		throw new WeftError("room_failed", "an inspected update stayed pending");
	}
	const [transaction, ...others] = transactions;
	if (others.length > 0) throw new WeftError("room_failed", "Yjs changed more than was sent");
	const before: AppliedBatch["before"] = transaction?.beforeState ?? new Map();
	return { step, before };
}

function transactOnce({ doc, guard, kind }: Work, steps: Steps, { elapsed, news }: Turn) {
	const transactions: Y.Transaction[] = [];
	const confirm = (transaction: Y.Transaction) => {
		transactions.push(transaction);
		guard.confirm(transaction);
	};
	const keep = (update: Uint8Array) => news?.push(update);
	doc.on("afterTransactionCleanup", confirm);
	if (news !== null) doc.on("update", keep);
	try {
		const step = applyQuietly(doc, () => {
			guard.begin(kind);
			return runSteps(steps, elapsed);
		});
		return { step, transactions };
	} catch (error) {
		throw new WeftError("room_failed", "Yjs threw at an inspected update", { cause: error });
	} finally {
		doc.off("afterTransactionCleanup", confirm);
		doc.off("update", keep);
	}
}

function runSteps(steps: Steps, elapsed: Turn["elapsed"]) {
	const untilMs = elapsed() + turnMsMax;
	for (;;) {
		const step = steps.next();
		if (step.done || step.value === "turn" || elapsed() >= untilMs) return step;
	}
}

/** Takes one update after another; true where the last one spoilt the doc. */
function* takeAll(work: Work, updates: readonly SentUpdate[]): Steps {
	for (const update of updates) {
		const flags = { isApplied: false, isApplying: false };
		const progress: Progress = { verdict: "known", claims: [], across: null, ...flags };
		work.fates.push(yield* takeOne(work, update, progress));
		if (progress.isApplied && work.fates.at(-1)?.verdict !== "new") return true;
	}
	return false;
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
	across: Across | null;
}

function* takeOne(work: Work, sent: SentUpdate, progress: Progress): Generator<Step, Fate, void> {
	try {
		const { bytes } = sent;
		const update = bytes.length <= readBytesMax ? readUpdate(bytes) : null;
		if (update !== null && isShort(update, work.structsMax)) {
			takePiece(work, { update, bytes }, sent.author, progress);
		} else if (update === null || isNews(update, work, progress)) {
			yield* takePieces(work, sent, progress);
		}
	} catch (error) {
		if (progress.isApplying) throw error;
		return { verdict: "refused", error: toWeftError(error, "refused_update") };
	}
	const { verdict, claims } = progress;
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
		if (piece !== null) takePiece(work, piece, author, progress);
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

/** What a long update with structs is taken for without a doc: people send what is missing. */
const news: Fate = { verdict: "new" };

function isLong(bytes: Uint8Array): boolean {
	return bytes.length > readBytesMax && bytes[0] !== 0;
}

/** What a room without a doc makes of updates, and which of them need one. */
export function judgeWithoutDoc(
	updates: readonly FromSender[],
	holdings: Holdings,
	isReadOnly: boolean,
): { readonly fates: readonly Fate[]; readonly isOpen: readonly boolean[] } {
	const fates = updates.map(({ bytes }) => (isLong(bytes) ? news : fateOf(bytes, holdings)));
	const senders = updates.map(({ member }) => member);
	return { fates, isOpen: needsDoc(fates, senders, isReadOnly) };
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
