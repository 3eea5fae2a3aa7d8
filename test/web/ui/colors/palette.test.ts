import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { paletteNames } from "../../../../shared/surfaces/board.ts";
import { colorOf, paletteColors } from "../../../../web/ui/colors/palette.ts";

describe("the palette", () => {
	test.each(paletteNames)("the button of %s has the colour that is drawn", (name) => {
		const css = readFileSync(new URL("../../../../web/board/toolbar.css", import.meta.url), "utf8");
		const { light, dark } = paletteColors;
		const value = `light-dark(${light[name]}, ${dark[name]})`;
		expect(css).toContain(`.weft-board__ink--${name} {\n\t--swatch: ${value};`);
	});

	test("a stranger's colour is kept where it can be seen", () => {
		expect(colorOf("#ff0000", "light")).toBe("#ff0000");
		expect(colorOf("teal", "dark")).toBe("teal");
		expect(colorOf("rgb(1, 2, 3)", "light")).toBe("rgb(1, 2, 3)");
	});

	test("black on dark paper and white on light paper become ink", () => {
		expect(colorOf("#000", "dark")).toBe(paletteColors.dark.ink);
		expect(colorOf("black", "dark")).toBe(paletteColors.dark.ink);
		expect(colorOf("#ffffff", "light")).toBe(paletteColors.light.ink);
		expect(colorOf("white", "light")).toBe(paletteColors.light.ink);
	});

	test("what is no colour is ink", () => {
		for (const color of ["", "url(x)", "expression(1)", "#12", 99]) {
			expect(colorOf(color, "light")).toBe(paletteColors.light.ink);
		}
	});
});
