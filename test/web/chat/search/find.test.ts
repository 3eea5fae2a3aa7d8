import { expect, test } from "vitest";
import type { ShownMessage } from "../../../../shared/surfaces/chat.ts";
import { findMessages, matchesIn } from "../../../../web/chat/search/find.ts";
import { fold } from "../../../../web/ui/find/fold.ts";

function said(body: string, rest: Partial<ShownMessage> = {}): ShownMessage {
	const message = { id: body, by: "ann", name: "Ann", at: 1, body };
	return { key: body, message, body, edited: false, removed: false, reactions: [], ...rest };
}

function bodies(messages: readonly ShownMessage[], query: string): string[] {
	return findMessages(messages, query).map(({ body }) => body);
}

test("messages that say it are found in their order, whatever the case", () => {
	const messages = [said("The bus leaves at nine"), said("Which one?"), said("BUS 12")];
	expect(bodies(messages, "bus")).toEqual(["The bus leaves at nine", "BUS 12"]);
	expect(bodies(messages, "  Bus leaves ")).toEqual(["The bus leaves at nine"]);
	expect(bodies(messages, "tram")).toEqual([]);
});

test("accents and marks of every script may be left out", () => {
	const words = ["Grüße aus Zürich", "Crème brûlée", "مَرْحَبًا", "שָׁלוֹם"];
	const messages = words.map((body) => said(body));
	expect(bodies(messages, "zurich")).toEqual(["Grüße aus Zürich"]);
	expect(bodies(messages, "BRULEE")).toEqual(["Crème brûlée"]);
	expect(bodies(messages, "مرحبا")).toEqual(["مَرْحَبًا"]);
	expect(bodies(messages, "שלום")).toEqual(["שָׁלוֹם"]);
});

test("nothing is found by nothing, and nothing of what was taken back", () => {
	const messages = [said("here"), said("here no more", { removed: true })];
	expect(bodies(messages, " ")).toEqual([]);
	expect(bodies(messages, "\u0301")).toEqual([]);
	expect(bodies(messages, "here")).toEqual(["here"]);
});

test("a corrected message is found by its new words, and no more by its old ones", () => {
	const before = said("at nine");
	expect(bodies([before], "nine")).toEqual(["at nine"]);
	const after = { ...before, body: "at ten", edited: true };
	expect(bodies([after], "nine")).toEqual([]);
	expect(bodies([after], "ten")).toEqual(["at ten"]);
});

test.each([
	["a bus and a Bus", "bus", ["bus", "Bus"]],
	["Straße nach Zürich.", "zurich", ["Zürich"]],
	["Zu\u0308rich!", "zürich", ["Zu\u0308rich"]],
	["😀 party 😀", "party", ["party"]],
	["😀😀", "😀", ["😀", "😀"]],
	["one\ntwo", "one two", ["one\ntwo"]],
	["ΟΔΟΣ οδος", "οδος", ["ΟΔΟΣ", "οδος"]],
	["ﬁne", "fi", ["ﬁ"]],
	["nothing", "tram", []],
])("in %j the words %j stand at %j", (text, query, found) => {
	expect(matchesIn(text, query).map(({ from, to }) => text.slice(from, to))).toEqual(found);
});

test("what is compared character by character is what is compared as a whole", () => {
	const text = "ΣΊΣΥΦΟΣ İstanbul ﬁne Zu\u0308rich 😀 مَرْحَبًا ½";
	expect([...text].map(fold).join("")).toBe(fold(text));
});
