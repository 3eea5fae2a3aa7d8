import { expect, test } from "vitest";
import type { Person } from "../../../../shared/awareness.ts";
import type { ShownMessage } from "../../../../shared/surfaces/chat.ts";
import {
	begunAt,
	isMentioned,
	namesFor,
	namesIn,
	splitMentions,
} from "../../../../web/chat/mention/mentions.ts";

const names = ["Ann", "Ann Miller", "Zoë", "王小明", "c++ (the cat)", "Quiet Otter"];

const mentionsOf = (text: string) =>
	splitMentions(text, names).flatMap((piece) => (piece.isMention ? [piece.text] : []));

test.each([
	["@Ann, look", ["@Ann"]],
	["hey @ann miller and @ANN", ["@ann miller", "@ANN"]],
	["(@Zoë)", ["@Zoë"]],
	["@王小明!", ["@王小明"]],
	["@c++ (the cat) sleeps", ["@c++ (the cat)"]],
	["@Quiet Otter: yes", ["@Quiet Otter"]],
	["@Anna @Annette", []],
	["mail ann@Ann.org or x.@Ann", []],
	["@@Ann", []],
	["Ann without a sign", []],
	["@nobody here", []],
])("%s", (text, found) => {
	expect(mentionsOf(text)).toEqual(found);
	expect(
		splitMentions(text, names)
			.map((piece) => piece.text)
			.join(""),
	).toBe(text);
});

test("nobody without a name is mentioned", () => {
	expect(isMentioned("@ and @", [""])).toBe(false);
	expect(isMentioned("@ann", ["Ann"])).toBe(true);
});

const ann: Person = { id: "g_ann", name: "Ann", color: "#0b6b5d" };
const said = (by: string, name: string): ShownMessage => ({
	key: name,
	message: { id: name, by, name, at: 0, body: "" },
	body: "",
	edited: false,
	removed: false,
	reactions: [],
});

test("names are those of who is here, who wrote, and one's own of before", () => {
	const messages = [said("g_ann", "Quiet Otter"), said("g_ben", "Ben"), said("", "")];
	const people = [{ state: { user: { id: "g_cleo", name: "Cleo", color: "#000000" } } }];
	const found = namesIn(messages, people, ann);
	expect(found.mine).toEqual(["Ann", "Quiet Otter"]);
	expect(found.all).toEqual(["Cleo", "Ben", "Ann", "Quiet Otter"]);
});

test("of a long talk the newest messages are read, of those who left long ago no more", () => {
	const talk = Array.from({ length: 2_000 }, () => said("g_ben", "Ben"));
	const before = said("g_dora", "Dora");
	expect(namesIn([before, ...talk.slice(1)], [], ann).all).toEqual(["Ben", "Dora", "Ann"]);
	expect(namesIn([before, ...talk], [], ann).all).toEqual(["Ben", "Ann"]);
});

test.each([
	["@", 1, { from: 0, written: "" }],
	["to @an", 6, { from: 3, written: "an" }],
	["to @an and", 6, { from: 3, written: "an" }],
	["@Quiet Ot", 9, { from: 0, written: "Quiet Ot" }],
	["ann@ex", 6, null],
	["@a\nb", 4, null],
	["none", 4, null],
])("what is begun in %j at %i", (text, caret, expected) => {
	expect(begunAt(text, caret)).toEqual(expected);
});

test("a name is found by its beginning, by that of a word in it, and without its marks", () => {
	expect(namesFor("a", names)).toEqual(["Ann", "Ann Miller"]);
	expect(namesFor("mil", names)).toEqual(["Ann Miller"]);
	expect(namesFor("zoe", names)).toEqual(["Zoë"]);
	expect(namesFor("", names)).toHaveLength(6);
});

test("who is called just so comes first, then who begins so, then who has a word that does", () => {
	const crowd = ["Ann Becker", "Benedikt", "Ben", "Berta"];
	expect(namesFor("be", crowd)).toEqual(["Benedikt", "Ben", "Berta", "Ann Becker"]);
	expect(namesFor("ben", crowd)).toEqual(["Ben", "Benedikt"]);
	expect(namesFor("BEN", crowd)[0]).toBe("Ben");
});

test("where a name is whole, or goes on as a sentence, nothing is offered", () => {
	expect(namesFor("Zoë", names)).toEqual([]);
	expect(namesFor("Ann", names)).toEqual(["Ann", "Ann Miller"]);
	expect(namesFor("Ann is here", names)).toEqual([]);
	expect(namesFor(" and then", names)).toEqual([]);
});
