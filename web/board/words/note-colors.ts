/** How words look in each theme: the paper of notes by their colour, and the ink on everything. */
import { type BoardItem, type PaletteName, paletteNames } from "../../../shared/surfaces/board.ts";
import { isWordsKind } from "../../../shared/surfaces/words/letters.ts";
import { colorOf, readRgb, type Theme } from "../../ui/colors/palette.ts";

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

/** The ink of an item's letters: on a note, and in a filled shape, one that is seen there. */
export function wordsInk(
	{ kind, color, look }: Pick<BoardItem, "kind" | "color" | "look">,
	theme: Theme,
): string {
	if (kind === "note") return noteInks[theme];
	const own = colorOf(color, theme);
	return look.fill === "solid" && !isWordsKind(kind) ? inkOn(own) : own;
}

/** The one of both inks that stands out more (WCAG 2.2, contrast ratio). */
function inkOn(paper: string): string {
	const light = lightOf(paper);
	const dark = (light + 0.05) / (lightOf(noteInks.light) + 0.05);
	return dark > (lightOf(noteInks.dark) + 0.05) / (light + 0.05) ? noteInks.light : noteInks.dark;
}

/** Relative luminance; what is no figure counts as grey. */
function lightOf(color: string): number {
	const shares = (readRgb(color) ?? [128, 128, 128]).map((byte) => {
		const share = byte / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	const [red = 0, green = 0, blue = 0] = shares;
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
