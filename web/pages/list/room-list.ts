/** Which rooms the home page shows, in which order and under which heading. Pure. */
import type { RoomName } from "../../../shared/ids.ts";
import type { RoomSummary } from "../../../shared/room-access.ts";
import { fallbackTitle } from "../../sync/access/fallback-title.ts";
import type { Visit } from "./recent.ts";

/** One card: what the server says of a room, what this device remembers, or both. */
export interface RoomEntry {
	readonly room: RoomName;
	readonly title: string;
	readonly summary: RoomSummary | null;
	readonly visit: Visit | null;
}

/** The parts of the page. No room stands in two. */
export interface RoomList {
	readonly recent: readonly RoomEntry[];
	readonly others: readonly RoomEntry[];
	/** In the bin: only who manages them sees them. */
	readonly binned: readonly RoomEntry[];
}

/** As many as fit into two rows on a desk; the rest of the visits stand among the others. */
const recentMax = 6;

/** What to show for the words in the search box; empty words show everything. */
export function arrangeRooms(
	summaries: readonly RoomSummary[],
	visits: readonly Visit[],
	words: string,
): RoomList {
	const byRoom = new Map(summaries.map((summary) => [summary.name, summary]));
	const visited = visits.map((visit) => entryOf(visit.room, byRoom.get(visit.room) ?? null, visit));
	const visitedRooms = new Set(visits.map(({ room }) => room));
	const unvisited = summaries
		.filter(({ name }) => !visitedRooms.has(name))
		.map((summary) => entryOf(summary.name, summary, null));
	const matches = (entry: RoomEntry): boolean => fits(entry, words);
	const all = visited.filter((entry) => !isBinned(entry));
	const recent = all.slice(0, recentMax).filter(matches);
	const rest = unvisited.filter((entry) => !isBinned(entry));
	const others = [...all.slice(recentMax), ...rest].filter(matches);
	const binned = [...visited, ...unvisited].filter(isBinned).filter(matches);
	return { recent, others: others.sort(byLastChange), binned };
}

function isBinned({ summary }: RoomEntry): boolean {
	return summary !== null && summary.binnedAtMs !== null;
}

function entryOf(room: RoomName, summary: RoomSummary | null, visit: Visit | null): RoomEntry {
	const title = summary?.preview.title || visit?.title || "";
	return { room, title: title || fallbackTitle(room, summary), summary, visit };
}

function fits({ room, title, summary }: RoomEntry, words: string): boolean {
	const haystack = [title, room, summary?.preview.excerpt ?? "", summary?.madeBy.name ?? ""]
		.join("\n")
		.toLocaleLowerCase();
	return words
		.toLocaleLowerCase()
		.split(/\s+/)
		.every((word) => haystack.includes(word));
}

function byLastChange(one: RoomEntry, other: RoomEntry): number {
	return changedAtMs(other) - changedAtMs(one);
}

function changedAtMs({ summary, visit }: RoomEntry): number {
	return summary?.changedAtMs ?? visit?.atMs ?? 0;
}
