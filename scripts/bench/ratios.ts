/** Weft's figures held against the others' of the same run. */
import { beforeName } from "./contestants.ts";
import type { Figure, Row } from "./results.ts";
import { ratioOf, type Spread, spreadOf } from "./statistics.ts";

/** What Weft's median is of others' medians; null where one of the two is missing. */
export interface Ratios {
	readonly ofFloor: number | null;
	readonly ofBest: number | null;
	readonly ofBefore: number | null;
}

/** Weft's figure and what it is held against. */
export interface Figures {
	readonly weft: number | null;
	readonly floor: number | null;
	/** Of the best peer in this row. */
	readonly best: number | null;
	readonly before: number | null;
	/** Weft's own at the smallest size that was run. */
	readonly smallest: number | null;
}

const weftName = "weft";
const floorName = "floor";

/** The medians of a row. */
export function figuresOf(row: Row): Figures {
	const median = (name: string | null) => {
		const found = cellOf(row, name)?.median ?? Number.NaN;
		return Number.isNaN(found) ? null : found;
	};
	return {
		weft: median(weftName),
		floor: median(floorName),
		best: median(bestPeer(row)),
		before: median(beforeName),
		smallest: row.smallest?.[weftName]?.median ?? null,
	};
}

/** The ratios of a row. */
export function ratiosOf(row: Row): Ratios {
	const { weft, floor, best, before } = figuresOf(row);
	const { isContext = false, noise } = row.measure;
	const of = (other: number | null) =>
		weft === null || other === null || isContext ? null : ratioOf(weft, other, noise);
	return { ofFloor: of(floor), ofBest: of(best), ofBefore: of(before) };
}

/**
 * The same with how far it differs from repeat to repeat. Servers take turns within a repeat, so
 * what the machine did then hit both. Null where there is no ratio.
 */
export function spreadOfRatio(row: Row, against: "floor" | "best"): Spread | null {
	const ratios = ratiosOf(row);
	const median = against === "floor" ? ratios.ofFloor : ratios.ofBest;
	const other = cellOf(row, against === "floor" ? floorName : bestPeer(row))?.values ?? [];
	const own = cellOf(row, weftName)?.values ?? [];
	const each = own.map((value, repeat) => {
		return ratioOf(value, other[repeat] ?? Number.NaN, row.measure.noise) ?? Number.NaN;
	});
	const spread = spreadOf(each);
	if (median === null || spread === null) return null;
	// A median of ratios is not the ratio of medians, and the latter is what tables show.
	return { min: Math.min(spread.min, median), median, max: Math.max(spread.max, median) };
}

function cellOf({ cells }: Row, name: string | null): Figure | null {
	return name === null ? null : (cells[name] ?? null);
}

/** The peer with the best median; null where no peer has one. */
function bestPeer({ cells, measure }: Row): string | null {
	const peers = Object.entries(cells)
		.filter(([name]) => ![weftName, floorName, beforeName].includes(name))
		.map(([name, cell]) => ({ name, median: cell?.median ?? Number.NaN }))
		.filter(({ median }) => !Number.isNaN(median))
		.toSorted((one, other) => one.median - other.median);
	return (measure.better === "less" ? peers[0] : peers.at(-1))?.name ?? null;
}
