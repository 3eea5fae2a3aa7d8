/** Chooses from the events of a run what a reader needs, and folds what is all alike. */
import { listWords, type RunEvent } from "../journal.ts";
import type { Deed } from "../plan.ts";
import { pageName } from "../sentences.ts";
import { concernIn } from "./concern.ts";

/** A line of a story. */
export interface Line {
	readonly ms: number;
	readonly say: string;
	/** Why a reader should look at it: the findings are about it, or it is what went wrong. */
	readonly mark: "finding" | "fault" | null;
}

/** A run of at most so many deeds is told deed by deed. */
const toldDeedsMax = 30;
/** Connections that come or go within so long are told at once. */
const togetherMs = 3_000;
/** A connection that ends so soon after its page went has its reason. */
const explainedMs = 500;

/** Deeds that end a connection. */
const leavings: ReadonlySet<string> = new Set<Deed>([
	"goOffline",
	"leave",
	"reload",
	"killPage",
	"loseDevice",
]);

/** An event that is told, or several that are alike. */
interface Piece {
	readonly ms: number;
	/** `folded` deeds are only counted. */
	readonly kind: RunEvent["kind"] | "folded";
	readonly who: readonly string[];
	/** What follows the names; the whole sentence where there are none. */
	readonly say: string;
	readonly isMarked: boolean;
	readonly count: number;
}

/** How a story is told. */
interface Telling {
	/** The words it is about; where there are none, it is about everything. */
	readonly concern: ReadonlySet<string>;
	/** True where every deed is told. */
	readonly isShort: boolean;
}

/** The lines of a story about those words. */
export function linesOf(events: readonly RunEvent[], concern: ReadonlySet<string>): Line[] {
	const deedCount = events.filter(({ kind }) => kind === "deed").length;
	const telling = { concern, isShort: deedCount <= toldDeedsMax };
	const pieces: Piece[] = [];
	for (const event of withoutEchoes(events)) {
		const piece = pieceOf(event, telling);
		if (piece === null) continue;
		const index = alikeIndex(pieces, piece);
		const alike = pieces[index];
		if (alike === undefined) pieces.push(piece);
		else pieces[index] = join(alike, piece);
	}
	return pieces.map(lineOf);
}

/** Without connections that end because their page went, and those of the comparison at the end. */
function withoutEchoes(events: readonly RunEvent[]): RunEvent[] {
	const leftMs = new Map<string | null, number>();
	let noteCount = 0;
	return events.filter(({ kind, who, ms, act }) => {
		if (kind === "note") noteCount++;
		if (act !== null && leavings.has(act)) leftMs.set(who, ms);
		if (kind !== "network") return true;
		const isGuest = who === "newcomer" || who?.startsWith("stranger") === true;
		const isExplained = ms - (leftMs.get(who) ?? Number.NEGATIVE_INFINITY) < explainedMs;
		return !isGuest && !isExplained && noteCount < 2;
	});
}

/** Null for an event that no reader needs. */
function pieceOf(event: RunEvent, telling: Telling): Piece | null {
	const { ms, kind, say } = event;
	const who = event.who === null ? [] : [event.who];
	const concerned = concernIn(event, telling.concern);
	const isMarked = concerned.length > 0;
	const isTold = telling.isShort || isMarked;
	const piece: Piece = { ms, kind, who, say: predicateOf(event), isMarked, count: 1 };
	switch (kind) {
		case "deed":
			return isTold ? piece : { ...piece, kind: "folded" };
		case "network":
			return isTold ? piece : null;
		case "shown":
		case "saved": {
			const isAboutAll = telling.concern.size === 0 && telling.isShort;
			if (!isMarked && !isAboutAll) return null;
			return isMarked ? { ...piece, say: promiseOf(event, concerned) } : piece;
		}
		case "finding":
			// What was seen stands below the story.
			return { ...piece, who: [], say: `✗ ${say.split(":")[0]}` };
		default:
			return { ...piece, who: [], say };
	}
}

/** The sentence without the name that it begins with. */
function predicateOf({ who, say }: RunEvent): string {
	const start = who === null ? "" : `${pageName(who)} `;
	return say.startsWith(start) ? say.slice(start.length) : say;
}

/** The same promise, but only of some of its words. */
function promiseOf(event: RunEvent, words: readonly string[]): string {
	const say = predicateOf(event).replace(listWords(event.words), listWords(words));
	return words.length === 1 ? say.replace(/ are called saved$/, " is called saved") : say;
}

/** The piece that this one can be told with; -1 where there is none. */
function alikeIndex(pieces: readonly Piece[], { kind, say, ms }: Piece): number {
	if (kind === "folded") return pieces.at(-1)?.kind === kind ? pieces.length - 1 : -1;
	if (!isPatient(kind)) return -1;
	const start = pieces.findLastIndex((other) => !isPatient(other.kind)) + 1;
	return pieces.findIndex((other, index) => {
		const isNear = index >= start && ms - other.ms < togetherMs;
		return isNear && other.kind === kind && other.say === say;
	});
}

/** What may be told a little before its time, beside others like it. */
function isPatient(kind: Piece["kind"]): boolean {
	return kind === "network" || kind === "shown" || kind === "saved" || kind === "finding";
}

function join(one: Piece, other: Piece): Piece {
	return { ...one, who: [...new Set([...one.who, ...other.who])], count: one.count + other.count };
}

function lineOf(piece: Piece): Line {
	const { ms, kind, isMarked } = piece;
	const mark = isMarked ? "finding" : kind === "fault" ? "fault" : null;
	return { ms, say: sentenceOf(piece), mark };
}

function sentenceOf({ kind, who, say, count }: Piece): string {
	const names = listNames(who.map(pageName));
	if (count > 1 && kind === "folded") return `… ${count} more deeds by ${names}`;
	if (who.length === 0) return say;
	return `${names} ${who.length > 1 ? pluralOf(say) : say}`;
}

/** When it was: `3.42 s`. */
export function sayTime(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}

/** "ann, ben and cat". */
export function listNames(names: readonly string[]): string {
	const last = names[names.length - 1] ?? "nobody";
	return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}

function pluralOf(predicate: string): string {
	return predicate.replace(/^is /, "are ").replace(/^(see|open|lose)s /, "$1 ");
}
