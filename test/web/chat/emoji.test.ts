import { expect, test } from "vitest";
import { isOnlyEmoji } from "../../../web/chat/emoji.ts";

test("one to six emoji and nothing else are shown large", () => {
	const family = "\u{1f469}\u{1f3fd}\u200d\u{1f469}\u{1f3fb}\u200d\u{1f467}";
	for (const body of ["\u{1f600}", "\u2764\ufe0f", "\u{1f1eb}\u{1f1ee}", "1\ufe0f\u20e3", family]) {
		expect(isOnlyEmoji(body), body).toBe(true);
		expect(isOnlyEmoji(` ${body} ${body} `), body).toBe(true);
		expect(isOnlyEmoji(`${body} ok`), body).toBe(false);
	}
	expect(isOnlyEmoji("\u{1f600} ".repeat(7))).toBe(false);
	expect(isOnlyEmoji("\u{1f600}".repeat(7))).toBe(false);
});

test("digits, words and nothing are not emoji", () => {
	for (const body of ["", " ", "1", "12", "#", "*", "ok", "\u200d", "\ufe0f"]) {
		expect(isOnlyEmoji(body), body).toBe(false);
	}
});
