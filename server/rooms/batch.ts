/**
 * Inspects and applies what reached a room in one turn, in one transaction, so that update k is
 * judged against what update k - 1 did and Yjs emits one merged update for all.
 */
import * as Y from "yjs";
import type { Millis } from "../../shared/clock.ts";
import { toWeftError, WeftError } from "../../shared/errors.ts";
import type { RoomKind } from "../../shared/protocol.ts";
import { applyQuietly } from "../fold/apply-quietly.ts";
import type { LoggedUpdate } from "../store/room-log.ts";
import type { Guard } from "./guard/guard.ts";
import type { Owners } from "./guard/owners.ts";
import { type Places, turnedRound } from "./guard/places.ts";
import type { Author } from "./guard/rules.ts";
import { compare, type Holdings, holdingsOf, inspect, type Verdict } from "./inspect.ts";
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
	 * True where the last of the fates is a refusal that only came out when the update was applied.
	 * The doc holds what nobody may see: drop it. What came behind was not looked at.
	 */
	readonly isSpoilt: boolean;
	/** Those that are new, with what they claim. */
	readonly taken: readonly LoggedUpdate[];
	/** One update for all that is new; null where nothing was. */
	readonly merged: Uint8Array | null;
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

/**
 * Applies updates to a doc, each whole or not at all.
 *
 * @throws WeftError `room_failed` where Yjs threw at an update that passed the inspector, or kept
 * something pending, or where something changed that the guard did not let in. The doc then holds
 * half a state: throw it away.
 */
export function applyBatch(doc: Y.Doc, updates: readonly SentUpdate[], gate: Gate): AppliedBatch {
	const fates: Fate[] = [];
	const taken: LoggedUpdate[] = [];
	const transactions: Y.Transaction[] = [];
	let merged: Uint8Array | null = null;
	let isSpoilt = false;
	const confirm = (transaction: Y.Transaction) => {
		transactions.push(transaction);
		gate.guard.confirm(transaction);
	};
	const keep = (update: Uint8Array) => {
		merged = update;
	};
	const isRepeated = updates.length === 1 && (updates[0]?.bytes.length ?? 0) <= repeatBytesMax;
	doc.on("afterTransactionCleanup", confirm);
	if (!isRepeated) doc.on("update", keep);
	try {
		applyQuietly(doc, () => {
			const target = { doc, holdings: holdingsOf(doc), gate, taken };
			gate.guard.begin(gate.kind);
			for (const update of updates) {
				const fate = applyOne(target, update);
				fates.push(fate === spoilt ? refusalOf(turnedRound) : fate);
				isSpoilt = fate === spoilt;
				if (isSpoilt) break;
			}
		});
	} catch (error) {
		throw new WeftError("room_failed", "Yjs threw at an inspected update", { cause: error });
	} finally {
		doc.off("afterTransactionCleanup", confirm);
		doc.off("update", keep);
	}
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
		throw new WeftError("room_failed", "an inspected update stayed pending");
	}
	const [transaction, ...others] = transactions;
	if (others.length > 0) throw new WeftError("room_failed", "Yjs changed more than was sent");
	if (isRepeated) merged = taken[0]?.bytes ?? null;
	return { fates, isSpoilt, taken, merged, before: transaction?.beforeState ?? new Map() };
}

/** What becomes of an update by what is held alone: without a doc, and nothing is applied. */
export function fateOf(bytes: Uint8Array, holdings: Holdings): Fate {
	try {
		return { verdict: compare(readUpdate(bytes), holdings) };
	} catch (error) {
		return { verdict: "refused", error: toWeftError(error, "refused_update") };
	}
}

interface Target {
	readonly doc: Y.Doc;
	/** What the doc holds at each moment. */
	readonly holdings: Holdings;
	readonly gate: Gate;
	readonly taken: LoggedUpdate[];
}

/** Client ids under which an update brings or deletes something. */
function* clientsIn({ clients, deletes }: ReadUpdate): Generator<number, void, undefined> {
	for (const { client } of clients) yield client;
	for (const { client } of deletes) yield client;
}

/** The fate of an update that was applied, and should not have been. */
const spoilt = "spoilt";

function refusalOf(detail: string): Fate {
	return { verdict: "refused", error: new WeftError("refused_update", detail) };
}

function applyOne(target: Target, { author, bytes }: SentUpdate): Fate | typeof spoilt {
	const { doc, holdings, gate, taken } = target;
	const { userId } = author;
	let verdict: Verdict;
	let claims: readonly number[] = [];
	let places: Places | null = null;
	try {
		const update = readUpdate(bytes);
		gate.owners.refusePurged(clientsIn(update), holdings);
		verdict = inspect(update, doc, holdings);
		if (verdict === "new") {
			places = gate.guard.admit(update, doc, author);
			claims = gate.owners.admit(update, author, holdings);
		}
	} catch (error) {
		return { verdict: "refused", error: toWeftError(error, "refused_update") };
	}
	if (verdict === "new") {
		Y.applyUpdate(doc, bytes);
		if (places?.isInOrder() === false) return spoilt;
		taken.push(claims.length === 0 ? { userId, bytes } : { userId, bytes, claims });
	}
	return { verdict };
}

/** An update and its sender, as far as their order goes. */
interface FromSender {
	readonly member: unknown;
	readonly bytes: Uint8Array;
}

/** What a room without a doc makes of updates, and which of them need one. */
export function judgeWithoutDoc(
	updates: readonly FromSender[],
	holdings: Holdings,
	isReadOnly: boolean,
): { readonly fates: readonly Fate[]; readonly isOpen: readonly boolean[] } {
	const fates = updates.map(({ bytes }) => fateOf(bytes, holdings));
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
