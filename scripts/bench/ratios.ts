/** Weft's figures held against the others' of the same run. */
import { beforeName } from "./contestants.ts";
import type { Row } from "./results.ts";
import { ratioOf } from "./statistics.ts";

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
}

const weftName = "weft";
const floorName = "floor";

/** The medians of a row. */
export function figuresOf({ cells, measure }: Row): Figures {
	const median = (name: string) => {
		const found = cells[name]?.median ?? Number.NaN;
		return Number.isNaN(found) ? null : found;
	};
	const peers = Object.keys(cells)
		.filter((name) => ![weftName, floorName, beforeName].includes(name))
		.flatMap((name) => median(name) ?? []);
	const best = measure.better === "less" ? Math.min(...peers) : Math.max(...peers);
	return {
		weft: median(weftName),
		floor: median(floorName),
		best: peers.length === 0 ? null : best,
		before: median(beforeName),
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
