/** What stands on the face of who has no picture, and in which colour. */

/** One or two letters for a face: "Quiet Otter" is QO, "Ann" is A, "王小明" is 王. */
export function initialsOf(name: string): string {
	const words = name.split(/\s+/).filter((word) => word !== "");
	const first = firstLetter(words[0] ?? "?");
	const last = words.length > 1 ? firstLetter(words.at(-1) ?? "") : "";
	return (first + last).toLocaleUpperCase();
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstLetter(word: string): string {
	for (const { segment } of letters.segment(word)) return segment;
	return "";
}

/** Black or white, whichever is read better on a colour (WCAG relative luminance). */
export function inkOn(color: string): "#000000" | "#ffffff" {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const part = Number.parseInt(color.slice(start, start + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	return luminance > 0.179 ? "#000000" : "#ffffff";
}
