/**
 * Takes one update into a doc: judged first, and applied where it is new. A short one is taken as
 * one, a long one piece by piece, as in `batch.ts`.
 */
import * as Y from "yjs";
import { toWeftError, WeftError } from "../../../shared/errors.ts";
import type { RoomKind } from "../../../shared/roles.ts";
import type { LoggedUpdate } from "../../store/room-log.ts";
import { type Across, acrossPieces, type Guard } from "../guard/guard.ts";
import type { Owners } from "../guard/owners.ts";
import { turnedRound } from "../guard/places.ts";
import type { Author } from "../guard/rules.ts";
import { compare, type Holdings, inspect, type Verdict } from "../inspect.ts";
import { type ReadUpdate, readUpdate } from "../update-reader.ts";
import { isShort, type Piece, pieceStructsMax, piecesOf } from "./pieces.ts";

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

/** Updates up to this are read at once: that takes a millisecond. */
export const readBytesMax = 16 * 1024;

/** Turns that one update may take: half a minute of work. */
const turnsMax = 6_000;

/** The doc of a room, and who judges what comes to it. */
export interface Judged extends Gate {
	readonly doc: Y.Doc;
}

/** Where updates go. */
export interface Into extends Judged {
	/** What the doc holds at each moment. */
	readonly holdings: Holdings;
	/** Structs that are judged and applied at once. */
	readonly structsMax: number;
	/** What was taken, whole, with what it claims. */
	readonly taken: LoggedUpdate[];
	/** All client ids that were claimed, by what was refused too. */
	readonly claims: number[];
	/** Turns that are over. */
	turnCount: number;
}

/** After a step of a long update: the turn goes on while there is time, or ends here. */
export type Step = "piece" | "turn";

/** How far one update has come. */
export interface Progress {
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

/** Nothing of an update was looked at. */
export function newProgress(): Progress {
	const flags = { isApplied: false, isApplying: false };
	return { verdict: "known", claims: [], ...flags, steps: null, across: null };
}

/** Takes an update that is short; null for what is not, and may be something new. */
export function takeShort(into: Into, sent: SentUpdate, progress: Progress): Fate | null {
	const { bytes } = sent;
	if (bytes.length > readBytesMax) return null;
	try {
		const update = readUpdate(bytes);
		if (isShort(update, into.structsMax)) {
			takePiece(into, { update, bytes }, sent.author, progress);
		} else if (isNews(update, into, progress)) return null;
	} catch (error) {
		return refusalOf(error, progress);
	}
	return fateOfTaken(into, sent, progress);
}

/** Takes a long one, step by step. */
export function* takeLong(
	into: Into,
	sent: SentUpdate,
	progress: Progress,
): Generator<Step, Fate, void> {
	try {
		yield* takePieces(into, sent, progress);
	} catch (error) {
		return refusalOf(error, progress);
	}
	return fateOfTaken(into, sent, progress);
}

/** @throws what Yjs threw */
function refusalOf(error: unknown, { isApplying }: Progress): Fate {
	if (isApplying) throw error;
	return { verdict: "refused", error: toWeftError(error, "refused_update") };
}

function fateOfTaken(into: Into, sent: SentUpdate, { verdict, claims }: Progress): Fate {
	if (verdict === "new") into.taken.push(loggedOf(sent, claims));
	return { verdict };
}

function loggedOf({ author: { userId }, bytes }: SentUpdate, claims: readonly number[]) {
	return claims.length === 0 ? { userId, bytes } : { userId, bytes, claims };
}

/** Judges an update, or a piece of one, and applies it where it is new. */
function takePiece(
	{ doc, holdings, owners, guard, claims }: Into,
	{ update, bytes }: Piece,
	author: Author,
	progress: Progress,
): void {
	owners.refusePurged(clientsIn(update), holdings);
	const verdict = inspect(update, doc, holdings);
	if (verdict !== "known") progress.verdict = verdict;
	if (verdict !== "new") return;
	const places = guard.admit(update, doc, author, progress.across);
	for (const client of owners.admit(update, author, holdings)) {
		progress.claims.push(client);
		claims.push(client);
	}
	progress.isApplied = true;
	progress.isApplying = true;
	Y.applyUpdate(doc, bytes);
	progress.isApplying = false;
	if (!places.isInOrder()) refuse(turnedRound);
}

/** Client ids under which an update brings or deletes something. */
function* clientsIn({ clients, deletes }: ReadUpdate): Generator<number, void, undefined> {
	for (const { client } of clients) yield client;
	for (const { client } of deletes) yield client;
}

/** Whether an update brings something, by what is held alone; else notes what becomes of it. */
function isNews(update: ReadUpdate, { owners, holdings }: Into, progress: Progress): boolean {
	owners.refusePurged(clientsIn(update), holdings);
	progress.verdict = compare(update, holdings);
	return progress.verdict === "new";
}

function* takePieces(
	into: Into,
	{ author, bytes }: SentUpdate,
	progress: Progress,
): Generator<Step, void, void> {
	const { doc, holdings } = into;
	const structsMax = Math.min(into.structsMax, pieceStructsMax);
	const lastTurn = into.turnCount + turnsMax;
	progress.verdict = "known";
	const across = acrossPieces(doc);
	progress.across = across;
	yield "turn"; // Where several rooms have something long, they go on one after another.
	for (const piece of piecesOf(bytes, doc, holdings, structsMax)) {
		if (into.turnCount > lastTurn) refuse("takes too long");
		if (piece === "missing") progress.verdict = "missing";
		else if (piece !== null) takePiece(into, piece, author, progress);
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
