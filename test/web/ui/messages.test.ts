/** The table of words: both languages complete, and what is put into them. */
import { afterEach, expect, test } from "vitest";
import { type FailureCode, failures } from "../../../shared/errors.ts";
import { adminGerman } from "../../../web/ui/admin/german.ts";
import { german as everywhere } from "../../../web/ui/german/german.ts";
import {
	addWords,
	type MessageKey,
	sayFailure,
	speak,
	t,
	tCount,
} from "../../../web/ui/messages.ts";
import { sayBytes } from "../../../web/ui/size.ts";
import { fullTime, timeAgo } from "../../../web/ui/time.ts";

/** With the words that come with a page of their own. */
const german = { ...everywhere, messages: { ...everywhere.messages, ...adminGerman } };

const keys = Object.keys(german.messages) as MessageKey[];
const codes = Object.keys(failures) as FailureCode[];

afterEach(() => speak("en", []));

/** `{name}` in a string, each once, sorted. */
function placesIn(words: string): string[] {
	return [...new Set(words.match(/\{\w+\}/g))].sort();
}

test("what is put into a string is put into it in both languages", () => {
	const english = new Map(keys.map((key) => [key, t(key)]));
	for (const key of keys) {
		expect({ key, places: placesIn(german.messages[key]) }).toEqual({
			key,
			places: placesIn(english.get(key) ?? ""),
		});
	}
});

test("no string is empty", () => {
	expect(keys.filter((key) => t(key).trim() === "")).toEqual([]);
	expect(keys.filter((key) => german.messages[key].trim() === "")).toEqual([]);
});

test("nobody is spoken to as a stranger in German", () => {
	const all = [...Object.values(german.messages), ...Object.values(german.sentences)];
	const formal = all.filter((words) => /\b(Ihr|Ihre[mnrs]?|Ihnen)\b/.test(words));
	expect(formal).toEqual([]);
});

test("every failure has a German sentence of its own", async () => {
	const english = codes.map(sayFailure);
	await speak("de", []);
	for (const [index, code] of codes.entries()) {
		expect(sayFailure(code)).toBe(german.sentences[code]);
		expect(sayFailure(code)).not.toBe(english[index]);
	}
});

test("words, counts, sizes and times are of the language that is spoken", async () => {
	const nowMs = Date.UTC(2026, 5, 15, 12);
	const say = () => [
		t("chat.send"),
		tCount("text.words", 1),
		tCount("text.words", 12_345),
		sayBytes(3_240_000),
		timeAgo(nowMs - 5 * 60_000, nowMs),
		timeAgo(nowMs, nowMs),
		fullTime(Date.UTC(2024, 0, 2, 12)).replace(/ .*/, ""),
	];
	const english = ["Send", "1 word", "12,345 words", "3.2 MB", "5 minutes ago", "just now", "Jan"];
	expect(say()).toEqual(english);
	await speak("de", ["fr-FR", "de-AT"]);
	expect(say()).toEqual([
		"Senden",
		"1 Wort",
		"12.345 Wörter".replace(".", new Intl.NumberFormat("de-AT").format(12_345).charAt(2)),
		"3,2 MB",
		"vor 5 Minuten",
		"gerade eben",
		"02.01.2024,",
	]);
	await speak("en", []);
	expect(say()).toEqual(english);
});

test("words of a page of its own are said in the language that is spoken", async () => {
	await speak("de", []);
	addWords(adminGerman);
	expect([t("admin.rooms"), t("chat.send")]).toEqual(["Räume", "Senden"]);
	await speak("en", []);
	expect([t("admin.rooms"), t("chat.send")]).toEqual(["Rooms", "Send"]);
});

test("a name in Hebrew or Arabic keeps to its own place in a sentence", () => {
	expect(t("chat.heard.photo", { name: "Ann" })).toBe("Ann shared a photo");
	expect(t("chat.heard.photo", { name: "נועה" })).toBe("\u2068נועה\u2069 shared a photo");
	expect(t("chat.heard.photo", { name: "Ann ليلى" })).toBe("\u2068Ann ليلى\u2069 shared a photo");
	// The first and the last of the forms that old texts are written with.
	for (const name of ["\ufb1d", "\ufdff", "\ufe70", "\ufefc"]) {
		expect(t("chat.heard.photo", { name })).toBe(`\u2068${name}\u2069 shared a photo`);
	}
});
