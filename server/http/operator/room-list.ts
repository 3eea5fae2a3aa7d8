/**
 * All rooms of the server, for who runs it: searched, in order, a page at a time. It is made of
 * records alone: no room is loaded for it.
 */
import type { Clock, Millis } from "../../../shared/clock.ts";
import { isUnguessable, probeRoom, type RoomName } from "../../../shared/ids.ts";
import {
	type OperatedRoom,
	pageRowsMax,
	type RoomPage,
	type RoomQuery,
} from "../../../shared/operator.ts";
import { firstWords } from "../../../shared/preview.ts";
import type { AccessRecord, Records, RoomRecord } from "../../store/records.ts";
import type { Measurable, RoomSizes } from "./room-sizes.ts";

/** What the list is made of. */
export interface RoomListParts {
	readonly records: Pick<Records, "rooms" | "accesses">;
	readonly sizes: RoomSizes;
	readonly clock: Clock;
	/** Rooms in memory, and how many sessions are in each. */
	readonly openRooms: () => ReadonlyMap<RoomName, number>;
}

/**
 * Who looks asks every few seconds, and who types with each letter. To read 10,000 records is 0.3 s
 * of work, in many turns: so often that is done, and at once when something was decided.
 */
const freshMs: Millis = 10_000;

/** Rooms that are looked through, at a few hundred bytes each. */
const linesMax = 100_000;

/** What does not change from one moment to the next. */
interface Line extends Measurable, Pick<OperatedRoom, "title" | "kind" | "owner" | "madeBy"> {
	readonly binnedAtMs: Millis | null;
	/** What the search looks in. */
	readonly haystack: string;
	/** By what it stands in order of names. */
	readonly sortName: string;
}

type Compare = (one: Line, other: Line) => number;

/** See the head of this file. */
export class RoomList {
	readonly #parts: RoomListParts;
	#lines: Promise<readonly Line[]> | null = null;
	#readMs: Millis = 0;

	constructor(parts: RoomListParts) {
		this.#parts = parts;
	}

	/** Something was done to a room: the next page is read anew. */
	forget(): void {
		this.#lines = null;
	}

	/** A page of it. @throws what the records throw */
	async page(query: RoomQuery): Promise<RoomPage> {
		const { sizes, openRooms } = this.#parts;
		const open = openRooms();
		const lines = withUnwritten(await this.#fresh(), open);
		const words = wordsIn(query.words);
		const matching = lines.filter(
			(line) => isChosen(line, query, open) && words.every((word) => line.haystack.includes(word)),
		);
		const isBySize = query.order === "size";
		if (isBySize) sizes.lookThrough(matching);
		matching.sort(this.#comparing(query, open));
		const shown = matching.slice(query.from, query.from + pageRowsMax);
		await sizes.look(shown);
		return {
			rows: shown.map((line) => this.#show(line, open)),
			matchCount: matching.length,
			totalCount: lines.length,
			unmeasuredCount: isBySize ? matching.filter(({ name }) => !sizes.has(name)).length : 0,
		};
	}

	#show(line: Line, open: ReadonlyMap<RoomName, number>): OperatedRoom {
		const { haystack: _haystack, sortName: _sortName, ...shown } = line;
		const people = open.get(line.name);
		return {
			...shown,
			sizeBytes: this.#parts.sizes.of(line.name),
			people: people ?? 0,
			isOpen: people !== undefined,
		};
	}

	#comparing({ order, isReversed }: RoomQuery, open: ReadonlyMap<RoomName, number>): Compare {
		const { sizes } = this.#parts;
		const figureOf: Readonly<Record<typeof order, (line: Line) => number>> = {
			changed: ({ changedAtMs }) => changedAtMs ?? Number.POSITIVE_INFINITY,
			size: ({ name }) => sizes.of(name) ?? -1,
			people: ({ name }) => open.get(name) ?? -1,
			name: () => 0,
		};
		const figure = figureOf[order];
		const forward = isReversed ? -1 : 1;
		return (one, other) => {
			const difference = figure(other) - figure(one);
			// Two that are the same are in order of names, so that no page shows one of them twice.
			return forward * (difference || compareText(one.sortName, other.sortName));
		};
	}

	#fresh(): Promise<readonly Line[]> {
		const nowMs = this.#parts.clock.elapsed();
		if (this.#lines !== null && nowMs - this.#readMs < freshMs) return this.#lines;
		this.#readMs = nowMs;
		const lines = this.#read();
		this.#lines = lines;
		lines.catch(() => {
			if (this.#lines === lines) this.#lines = null; // Who asked is told.
		});
		return lines;
	}

	async #read(): Promise<readonly Line[]> {
		const { records } = this.#parts;
		const accesses = new Map<RoomName, Pick<AccessRecord, "owner" | "binnedAtMs">>();
		for await (const { room, owner, binnedAtMs } of records.accesses()) {
			if (accesses.size < linesMax) accesses.set(room, { owner, binnedAtMs });
		}
		const lines: Line[] = [];
		for await (const record of records.rooms()) {
			if (lines.length >= linesMax) break;
			if (record.name !== probeRoom) lines.push(lineOf(record, accesses.get(record.name)));
		}
		return lines;
	}
}

function lineOf(
	{ name, kind, madeBy, changedAtMs, preview }: RoomRecord,
	access: Pick<AccessRecord, "owner" | "binnedAtMs"> | undefined,
): Line {
	// As the list on the home page calls it: by its first words, where nobody named it.
	const title = preview.title || (isUnguessable(name) ? firstWords(preview) : "");
	const { owner = null, binnedAtMs = null } = access ?? {};
	const haystack = [title, name, owner?.name ?? "", madeBy.name].join("\n").toLowerCase();
	const sortName = `${title || name}\n${name}`.toLowerCase();
	return { name, title, kind, madeBy, owner, changedAtMs, binnedAtMs, haystack, sortName };
}

/** People are in rooms, too, in which nobody wrote yet. */
function withUnwritten(lines: readonly Line[], open: ReadonlyMap<RoomName, number>): Line[] {
	const known = new Set(lines.map(({ name }) => name));
	const unwritten = [...open.keys()].filter((name) => name !== probeRoom && !known.has(name));
	const nobody: OperatedRoom["madeBy"] = { id: "" as OperatedRoom["madeBy"]["id"], name: "" };
	const nothing = { kind: "open", title: "", owner: null, madeBy: nobody } as const;
	return [
		...lines,
		...unwritten.map((name) => ({
			...{ name, ...nothing, changedAtMs: null, binnedAtMs: null },
			...{ haystack: name.toLowerCase(), sortName: `${name}\n${name}`.toLowerCase() },
		})),
	];
}

function isChosen(
	{ name, binnedAtMs }: Line,
	{ choice }: RoomQuery,
	open: ReadonlyMap<RoomName, number>,
): boolean {
	if (choice === "open") return open.has(name);
	return (binnedAtMs !== null) === (choice === "binned") || choice === "all";
}

/** What is searched for, a word at a time and however it is written. */
export function wordsIn(text: string): string[] {
	return text
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== "");
}

function compareText(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
