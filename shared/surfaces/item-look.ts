/**
 * How an item looks beside its colour and width: keys of its map in the doc (board.ts) that exist
 * only where they say something.
 *
 *     f   how the inside is filled: index into `fills`; 0 where missing
 *     l   how the line is drawn: index into `dashes`; 0 where missing
 *     o   opacity in percent, `opacityMin` to 99; 100 where missing
 */

/** How the inside of a shape is filled, by index. */
export const fills = ["none", "tint", "solid"] as const;
/** A name of the list above. */
export type Fill = (typeof fills)[number];

/** How a line is drawn, by index. */
export const dashes = ["solid", "dashed", "dotted"] as const;
/** A name of the list above. */
export type Dash = (typeof dashes)[number];

/** Less, in percent, would not be seen, and found only by chance. */
export const opacityMin = 10;
/** An item that hides what lies behind it. */
export const opacityMax = 100;

/** What `f`, `l` and `o` say together. */
export interface ItemLook {
	readonly fill: Fill;
	readonly dash: Dash;
	/** In percent, `opacityMin` to `opacityMax`. */
	readonly opacity: number;
}

/** Of whoever says nothing: one object for all of them. */
export const plainLook: ItemLook = Object.freeze({
	fill: "none",
	dash: "solid",
	opacity: opacityMax,
});

/** Reads the three keys of an entry; what they say that nobody knows is as if it were missing. */
export function readLook(get: (key: string) => unknown): ItemLook {
	const [fill, dash, opacity] = [get("f"), get("l"), get("o")];
	if (fill === undefined && dash === undefined && opacity === undefined) return plainLook;
	return {
		fill: fills[Number(fill)] ?? plainLook.fill,
		dash: dashes[Number(dash)] ?? plainLook.dash,
		opacity: isOpacity(opacity) ? Number(opacity) : plainLook.opacity,
	};
}

/** The keys of an entry that looks so, without those that it does not need. */
export function lookKeys({ fill, dash, opacity }: ItemLook): [key: string, value: number][] {
	const all: [string, number, number][] = [
		["f", fills.indexOf(fill), 0],
		["l", dashes.indexOf(dash), 0],
		["o", opacity, opacityMax],
	];
	return all.flatMap(([key, value, plain]) => (value === plain ? [] : [[key, value]]));
}

/** True for what may stand under `o`. */
export function isOpacity(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= opacityMin && Number(value) <= opacityMax;
}
