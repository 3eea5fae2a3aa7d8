/**
 * Judges the structure of an update before it is applied; `guard/guard.ts` judges the rest.
 *
 * Yjs trusts what it reads. A struct whose neighbour does not exist stays pending for ever and
 * slows every later update; a neighbour inside a surrogate pair splits it into two replacement
 * characters, also where the struct itself is known already. So every reference is checked here,
 * against what the room holds and what the update brings.
 */
import * as Y from "yjs";
import { WeftError } from "../../shared/errors.ts";
import { refuseDeepTypes } from "./guard/type-depth.ts";
import {
	type ClientStructs,
	type DeletedRange,
	finderOf,
	type ReadStruct,
	type ReadUpdate,
	type StructId,
	structAt,
} from "./update-reader.ts";

/** What a room holds, as far as it decides whether an update brings something new. */
export interface Holdings {
	/** Clients of which there is something. */
	readonly clientCount: number;
	/** Clock after the last struct of a client; 0 where there is none. */
	clockOf(client: number): number;
	/** True where every element of the range is deleted already. The range must be held. */
	hasDeleted(range: DeletedRange): boolean;
}

/** `missing`: a predecessor has not come; the update was not judged to its end. */
export type Verdict = "new" | "known" | "missing";

/** Most client ids that one update may bring to a room: each is carried in every state vector. */
export const newClientsMax = 10_000;

/** What a live doc holds. Reads the doc as it is now, inside a transaction too. */
export function holdingsOf(doc: Y.Doc): Holdings {
	return {
		get clientCount() {
			return doc.store.clients.size;
		},
		clockOf: (client) => Y.getState(doc.store, client),
		hasDeleted: (range) => {
			const structs = doc.store.clients.get(range.client) ?? [];
			const end = range.clock + range.length;
			let structIndex = Y.findIndexSS(structs, range.clock);
			for (let struct = structs[structIndex]; struct; struct = structs[++structIndex]) {
				if (struct.id.clock >= end) return true;
				if (!struct.deleted) return false;
			}
			return true;
		},
	};
}

/**
 * Judges the structure of an update against a live doc.
 *
 * @throws WeftError `refused_update` where no honest client could have made it
 */
export function inspect(update: ReadUpdate, doc: Y.Doc, holdings = holdingsOf(doc)): Verdict {
	const verdict = compare(update, holdings);
	if (verdict === "missing") return "missing";
	if (!arrivesInOrder(update.clients, holdings)) return "missing";
	refuseSplitPairs(update, doc);
	refuseDeepTypes(update, doc);
	return verdict;
}

/**
 * Whether an update brings anything to what is held, without looking inside. Enough where the
 * answer is "known": such an update is dropped.
 *
 * @throws WeftError `refused_update` where it brings too many clients or deletes something twice
 */
export function compare(update: ReadUpdate, holdings: Holdings): Verdict {
	refuseOverlaps(update.deletes);
	const structs = compareStructs(update.clients, holdings);
	if (structs === "missing") return "missing";
	const deletes = compareDeletes(update, holdings);
	return deletes === "known" ? structs : deletes;
}

/**
 * Each range is walked element by element, here and in Yjs, which writes them joined. If they could
 * overlap, a few kilobytes would walk a whole room thousands of times.
 */
function refuseOverlaps(deletes: readonly DeletedRange[]): void {
	if (deletes.length < 2) return;
	const sorted = deletes.toSorted((a, b) => a.client - b.client || a.clock - b.clock);
	let last = { client: -1, end: 0 };
	for (const { client, clock, length } of sorted) {
		if (client === last.client && clock < last.end) refuse("deletes something twice");
		last = { client, end: clock + length };
	}
}

function compareStructs(clients: readonly ClientStructs[], holdings: Holdings): Verdict {
	let verdict: Verdict = "known";
	let newClientCount = 0;
	for (const { client, start, end, structs } of clients) {
		const held = holdings.clockOf(client);
		if (start > held || structs.some(({ kind }) => kind === "skip")) return "missing";
		if (held === 0 && ++newClientCount > newClientsMax) refuse("too many clients");
		if (end > held) verdict = "new";
	}
	return verdict;
}

function compareDeletes({ clients, deletes }: ReadUpdate, holdings: Holdings): Verdict {
	if (deletes.length === 0) return "known";
	const ends = new Map(clients.map(({ client, end }) => [client, end]));
	let verdict: Verdict = "known";
	for (const range of deletes) {
		const held = holdings.clockOf(range.client);
		const end = range.clock + range.length;
		if (end > Math.max(held, ends.get(range.client) ?? 0)) return "missing";
		if (end > held || !holdings.hasDeleted(range)) verdict = "new";
	}
	return verdict;
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}

/** Clock up to which everything of a client is held or placed. */
type ReachedOf = (client: number) => number;

/** One client's structs and how many of them could be placed so far. */
interface Progress {
	readonly client: number;
	readonly structs: readonly ReadStruct[];
	placedCount: number;
	/** Clock up to which everything of the client is held or placed. */
	reached: number;
}

/**
 * Whether all structs can be placed: each needs its neighbours and its parent before it.
 *
 * Follows `integrateStructs` of yjs: when a struct waits for another client's, that client's
 * structs come first. Each struct is placed once, so the cost is linear.
 *
 * @throws WeftError `refused_update` where structs wait for each other in a circle
 */
function arrivesInOrder(clients: readonly ClientStructs[], holdings: Holdings): boolean {
	const [only] = clients;
	if (only === undefined) return true;
	if (clients.length === 1) return standsAlone(only, holdings);
	const progress = new Map<number, Progress>();
	for (const { client, structs } of clients) {
		progress.set(client, { client, structs, placedCount: 0, reached: holdings.clockOf(client) });
	}
	const reachedOf = (client: number) => progress.get(client)?.reached ?? holdings.clockOf(client);
	for (const block of progress.values()) {
		if (!placeAll(block, progress, reachedOf)) return false;
	}
	return true;
}

/** The same for the structs of one client, which wait for nobody in this update. */
function standsAlone({ client, structs }: ClientStructs, holdings: Holdings): boolean {
	const reachedOf = (other: number) => holdings.clockOf(other);
	for (const struct of structs) if (needOf(struct, client, reachedOf) !== null) return false;
	return true;
}

function placeAll(
	block: Progress,
	progress: ReadonlyMap<number, Progress>,
	reachedOf: ReachedOf,
): boolean {
	const waiting: { block: Progress; until: number }[] = [
		{ block, until: Number.POSITIVE_INFINITY },
	];
	for (let top = waiting.at(-1); top; top = waiting.at(-1)) {
		const need = placeUntil(top.block, top.until, reachedOf);
		if (need === null) {
			const isEnough = top.block.reached > top.until || top.until === Number.POSITIVE_INFINITY;
			if (!isEnough) return false; // The update ends before the predecessor comes.
			waiting.pop();
			continue;
		}
		const provider = progress.get(need.client);
		if (provider === undefined) return false;
		if (waiting.some((entry) => entry.block === provider)) refuse("structs in a circle");
		waiting.push({ block: provider, until: need.clock });
	}
	return true;
}

/** Places structs until the clock `until` is reached; what it needs first, or null when done. */
function placeUntil(block: Progress, until: number, reachedOf: ReachedOf): StructId | null {
	while (block.reached <= until) {
		const struct = block.structs[block.placedCount];
		if (struct === undefined) return null;
		const need = needOf(struct, block.client, reachedOf);
		if (need !== null) return need;
		block.placedCount++;
		block.reached = Math.max(block.reached, struct.clock + struct.length);
	}
	return null;
}

/** The first neighbour or parent that is not there yet; null where all are. */
function needOf(struct: ReadStruct, client: number, reachedOf: ReachedOf): StructId | null {
	const { origin, rightOrigin, parent, clock } = struct;
	const author = { client, clock };
	if (lacks(origin, author, reachedOf)) return origin;
	if (lacks(rightOrigin, author, reachedOf)) return rightOrigin;
	return typeof parent !== "string" && lacks(parent, author, reachedOf) ? parent : null;
}

/** Whether what a struct refers to is not there yet; `author` is the struct's own id. */
function lacks(id: StructId | null, author: StructId, reachedOf: ReachedOf): boolean {
	if (id === null) return false;
	if (id.client !== author.client) return id.clock >= reachedOf(id.client);
	if (id.clock >= author.clock) refuse("a struct before its own neighbour");
	return false;
}

/** Refuses updates that would make Yjs split a surrogate pair: yjs 13 then diverges for good. */
function refuseSplitPairs(update: ReadUpdate, doc: Y.Doc): void {
	const find = finderOf(update.clients);
	const check = (client: number, clock: number) => {
		const isHeld = clock < Y.getState(doc.store, client);
		const isSplit = isHeld ? splitsHeld(doc, client, clock) : splits(find(client), clock);
		if (isSplit) refuse("half of a surrogate pair");
	};
	for (const { structs } of update.clients) {
		for (const { origin, rightOrigin } of structs) {
			if (origin !== null) check(origin.client, origin.clock + 1);
			if (rightOrigin !== null) check(rightOrigin.client, rightOrigin.clock);
		}
	}
	for (const { client, clock, length } of update.deletes) {
		check(client, clock);
		check(client, clock + length);
	}
}

/** Whether the cut before `clock` goes through a pair of the doc. */
function splitsHeld(doc: Y.Doc, client: number, clock: number): boolean {
	const structs = doc.store.clients.get(client) ?? [];
	const struct = structs[Y.findIndexSS(structs, clock)];
	if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return false;
	return splitsText(struct.content.str, clock - struct.id.clock);
}

/** Whether the cut before `clock` goes through a pair that the update brings. */
function splits(block: ClientStructs | undefined, clock: number): boolean {
	const struct = structAt(block, clock);
	if (struct === null || struct.text === null) return false;
	return splitsText(struct.text, clock - struct.clock);
}

function splitsText(text: string, cut: number): boolean {
	if (cut === 0) return false;
	const before = text.charCodeAt(cut - 1);
	return before >= 0xd800 && before <= 0xdbff;
}
