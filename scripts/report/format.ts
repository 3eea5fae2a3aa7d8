/** Figures as people read them. What is not a number is a dash. */

const dash = "–";

/** A number with all its figures, thousands apart: `1,234.5`. */
export function formatNumber(value: number): string {
	if (!Number.isFinite(value)) return dash;
	const [whole = "", ...rest] = String(value).split(/(?=[.e])/);
	return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join("");
}

/** A number with about three figures: for tables and labels, not for the ticks of an axis. */
export function formatShort(value: number): string {
	if (!Number.isFinite(value)) return dash;
	return formatNumber(Math.abs(value) >= 1_000 ? Math.round(value) : threeFigures(value));
}

/** Units of time, the longest first, each from the length at which it is the better one. */
const units = [
	{ fromMs: 2 * 3_600_000, ms: 3_600_000, name: "h" },
	{ fromMs: 180_000, ms: 60_000, name: "min" },
	{ fromMs: 1_000, ms: 1_000, name: "s" },
	{ fromMs: 0.1, ms: 1, name: "ms" },
	{ fromMs: 0, ms: 0.001, name: "µs" },
] as const;

/** A time in the unit that suits it: `850 µs`, `12 ms`, `1.23 s`, `3 min`. */
export function formatMs(ms: number): string {
	if (!Number.isFinite(ms)) return dash;
	if (ms === 0) return "0 ms";
	const unit = unitOf(ms);
	return `${formatShort(ms / unit.ms)} ${unit.name}`;
}

/** Says times beside each other in one unit, that of the longest, with all their figures. */
export function msFormatter(longestMs: number): (ms: number) => string {
	const unit = unitOf(longestMs);
	return (ms) => `${formatNumber(Number((ms / unit.ms).toPrecision(12)))} ${unit.name}`;
}

function unitOf(ms: number) {
	return units.find(({ fromMs }) => Math.abs(ms) >= fromMs) ?? units[3];
}

function threeFigures(value: number): number {
	return Number(value.toPrecision(3));
}
