/** Other programs' colours, as the nearest of the palette: only those look right in both themes. */
import { paletteNames } from "../../../shared/surfaces/board.ts";
import { paletteColors } from "../../ui/colors/palette.ts";

/** Of less saturation, 0 to 1, a colour is a grey. */
const saturationMin = 0.18;
/** Darker greys are ink. */
const inkLightMax = 0.4;

const ink = paletteNames.indexOf("ink");
const grey = paletteNames.indexOf("grey");

/** The index of the nearest colour; ink for what is none in hexadecimal. */
export function nearestColor(color: unknown): number {
	const found = typeof color === "string" ? hueOf(color) : null;
	if (found === null) return ink;
	if (found.saturation < saturationMin) return found.light < inkLightMax ? ink : grey;
	const apart = paletteNames.map((name, index) => {
		if (index === ink || index === grey) return Infinity;
		const hue = hueOf(paletteColors.light[name])?.hue ?? 0;
		const turn = Math.abs(hue - found.hue);
		return Math.min(turn, 360 - turn);
	});
	return apart.indexOf(Math.min(...apart));
}

/** True for colours without a hue. */
export function isPlain(color: number): boolean {
	return color === ink || color === grey;
}

interface Hue {
	/** In degrees. */
	readonly hue: number;
	readonly saturation: number;
	readonly light: number;
}

/** Of `#rgb`, `#rrggbb` or `#rrggbbaa` (CSS Color 4, section 7: sRGB to HSL). */
function hueOf(color: string): Hue | null {
	const digits = /^#(?:([\da-f]{3})|([\da-f]{6})(?:[\da-f]{2})?)$/i.exec(color);
	const long = digits?.[2] ?? digits?.[1]?.replace(/./g, "$&$&");
	if (long === undefined) return null;
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
		(at) => Number.parseInt(long.slice(at, at + 2), 16) / 255,
	);
	const [low, high] = [Math.min(red, green, blue), Math.max(red, green, blue)];
	const [light, spread] = [(low + high) / 2, high - low];
	if (spread === 0) return { hue: 0, saturation: 0, light };
	const sixth =
		high === red
			? (green - blue) / spread
			: high === green
				? (blue - red) / spread + 2
				: (red - green) / spread + 4;
	const saturation = spread / (1 - Math.abs(2 * light - 1));
	return { hue: (sixth * 60 + 360) % 360, saturation, light };
}
