/** How the colours of the board look in each theme. Known to the worker, so plain tables. */
import { type PaletteName, paletteNames } from "../../../shared/surfaces/board.ts";

/** Which paper is drawn on. */
export type Theme = "light" | "dark";

/** Each colour is told from the paper (white; #1f2125) and from the other seven. */
export const paletteColors: Readonly<Record<Theme, Readonly<Record<PaletteName, string>>>> = {
	light: {
		ink: "#1d1c1a",
		grey: "#8a857a",
		red: "#d5342c",
		orange: "#e07414",
		yellow: "#d8a300",
		green: "#2f8f46",
		blue: "#1f6fd6",
		violet: "#7a43d9",
	},
	dark: {
		ink: "#eceae6",
		grey: "#9298a3",
		red: "#ff6f66",
		orange: "#ff9c4a",
		yellow: "#ffd35c",
		green: "#5fd08a",
		blue: "#6db3ff",
		violet: "#b99cff",
	},
};

/** The CSS colour of an item: an index of the palette, or a stranger's colour made visible. */
export function colorOf(color: number | string, theme: Theme): string {
	const colors = paletteColors[theme];
	if (typeof color === "number") return colors[paletteNames[color] ?? "ink"];
	const rgb = readRgb(color);
	if (rgb !== null) return isVisible(rgb, theme) ? color : colors.ink;
	return isColorWord(color) ? color : colors.ink;
}

/** Words and functions that a canvas takes; what it does not know it ignores. */
function isColorWord(color: string): boolean {
	return /^([a-z]{3,24}|(rgb|hsl)a?\([\d\s.,%/]+\))$/i.test(color) && color !== "black";
}

/** Red, green and blue of a colour in hexadecimal, 0 to 255; null for others. */
export function readRgb(color: string): [number, number, number] | null {
	const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color);
	const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/i.exec(color);
	const digits = short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1, 4);
	if (digits === undefined) return color === "white" ? [255, 255, 255] : null;
	const [red = 0, green = 0, blue = 0] = digits.map((pair) => Number.parseInt(pair, 16));
	return [red, green, blue];
}

/** Other people's black is drawn on dark paper too, and their white on light paper. */
function isVisible([red, green, blue]: [number, number, number], theme: Theme): boolean {
	const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	return theme === "light" ? light < 235 : light > 60;
}
