import { expect, test } from "vitest";
import { paletteNames } from "../../../../shared/surfaces/board.ts";
import { noteInks, notePaper, notePapers } from "../../../../web/board/words/note-colors.ts";

/** Relative luminance (WCAG 2.2). */
function lightOf(color: string): number {
	const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
	const [red = 0, green = 0, blue = 0] = parts.map((part) =>
		part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [lightOf(one), lightOf(other)].toSorted((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

test.each(["light", "dark"] as const)("on every paper ink is read with 7:1, %s", (theme) => {
	for (const name of paletteNames) {
		expect(contrast(notePapers[theme][name], noteInks[theme]), name).toBeGreaterThan(7);
	}
});

test("a colour that is no name of ours is plain paper", () => {
	for (const color of [99, "red", "javascript:"]) {
		expect(notePaper(color, "dark")).toBe(notePapers.dark.ink);
	}
});
