import { expect, test } from "vitest";
import { rememberLanguage, wantedLanguage } from "../../../web/ui/language.ts";

function memoryWith(stored: string | null) {
	return { getItem: () => stored };
}

test.each([
	[["de-DE", "en"], "de"],
	[["fr-FR", "de-CH", "en"], "de"],
	[["en-GB", "de"], "en"],
	[["fr-FR"], "en"],
	[["DE"], "de"],
	[["den"], "en"],
	[[], "en"],
] as const)("a browser that wishes for %j gets %s", (wishes, language) => {
	expect(wantedLanguage(memoryWith(null), wishes)).toBe(language);
	expect(wantedLanguage(null, wishes)).toBe(language);
});

test("what was chosen on this device counts more than what the browser wishes for", () => {
	expect(wantedLanguage(memoryWith("en"), ["de"])).toBe("en");
	expect(wantedLanguage(memoryWith("de"), ["en"])).toBe("de");
	expect(wantedLanguage(memoryWith("nonsense"), ["de"])).toBe("de");
});

test("a choice is found again", () => {
	const kept = new Map<string, string>();
	rememberLanguage("de", { setItem: (key, value) => void kept.set(key, value) });
	expect(wantedLanguage({ getItem: (key) => kept.get(key) ?? null }, ["en"])).toBe("de");
});
