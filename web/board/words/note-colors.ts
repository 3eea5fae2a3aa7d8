/** How notes look in each theme: paper by its colour of the palette, and the ink on it. */
import { type PaletteName, paletteNames } from "../../../shared/surfaces/board.ts";
import type { Theme } from "../../ui/colors/palette.ts";

/** Papers: on each of them the ink below is told with 7:1 and more; a test computes it. */
export const notePapers: Readonly<Record<Theme, Readonly<Record<PaletteName, string>>>> = {
	light: {
		ink: "#f3f1ec",
		grey: "#dddbd5",
		red: "#ffd2cd",
		orange: "#ffdbb5",
		yellow: "#ffec9c",
		green: "#c8eecf",
		blue: "#cde2ff",
		violet: "#e2d6ff",
	},
	dark: {
		ink: "#34373d",
		grey: "#484c54",
		red: "#6b2f2b",
		orange: "#653f1d",
		yellow: "#574a15",
		green: "#24502e",
		blue: "#23456d",
		violet: "#46336d",
	},
};

/** Corners of a card are round by so many units. */
export const cardCorner = 6;
/** A card lies so far above the paper, in units. */
export const cardLift = 2;
/** How much its shadow hides of what lies behind it, of 1. */
export const cardShade = 0.14;
/** What is written on notes. */
export const noteInks: Readonly<Record<Theme, string>> = { light: "#1d1c1a", dark: "#f6f4f0" };

/** The paper of a note; a stranger's CSS colour is plain paper. */
export function notePaper(color: number | string, theme: Theme): string {
	const name = typeof color === "number" ? paletteNames[color] : undefined;
	return notePapers[theme][name ?? "ink"];
}
