import { expect, test } from "vitest";
import * as Y from "yjs";
import { parsePhotoId } from "../../../shared/ids.ts";
import {
	type About,
	type Anchor,
	aboutOf,
	anchorAtPassage,
	anchorAtPhoto,
	placeOf,
	quoteLengthMax,
} from "../../../shared/surfaces/about.ts";
import { readMessage, say } from "../../../shared/surfaces/chat.ts";
import { chatOf, textOf } from "../../../shared/surfaces/root.ts";

const photo = parsePhotoId("photo-one");
if (photo === null) throw new Error("no photo id");

function docWith(words: string): Y.Doc {
	const doc = new Y.Doc();
	textOf(doc).insert(0, words);
	return doc;
}

/** The anchor as others receive it: said, sent and read again. */
function sent(anchor: Anchor, doc: Y.Doc): { about: About | null; doc: Y.Doc } {
	const person = { id: "g_ann", name: "Ann", color: "#aa0000" };
	const author = { person, at: 1, random: (size: number) => new Uint8Array(size).fill(1) };
	say(chatOf(doc), { body: "look", anchor }, author);
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	return { about: aboutOf(readMessage(chatOf(other).get(0))?.anchor), doc: other };
}

/** The words that a passage is now. */
function wordsAt(about: About | null, doc: Y.Doc): string | null {
	if (about?.kind !== "passage") throw new Error("no passage");
	const place = placeOf(about, doc);
	return place && textOf(doc).toString().slice(place.from, place.to);
}

test("a message about a photo names it to everybody", () => {
	expect(sent(anchorAtPhoto(photo), new Y.Doc()).about).toEqual({ kind: "photo", photo });
});

test("a passage stays with its letters while others write around it", () => {
	const doc = docWith("The red bus leaves.");
	const { about, doc: other } = sent(anchorAtPassage(textOf(doc), 4, 11), doc);
	expect(about).toMatchObject({ kind: "passage", quote: "red bus" });
	expect(wordsAt(about, other)).toBe("red bus");
	textOf(other).insert(0, "Look: ");
	textOf(other).insert(10, "very ");
	textOf(other).insert(textOf(other).toString().indexOf(" leaves"), "es");
	expect(textOf(other).toString()).toBe("Look: The very red buses leaves.");
	expect(wordsAt(about, other)).toBe("red bus");
});

test("of a passage that was deleted the quote is left, and the place where it was", () => {
	const doc = docWith("The red bus leaves.");
	const { about, doc: other } = sent(anchorAtPassage(textOf(doc), 4, 11), doc);
	textOf(other).delete(2, 12);
	expect(wordsAt(about, other)).toBe("");
	expect(about).toMatchObject({ quote: "red bus" });
});

test("a passage that a stranger let end before its beginning is empty, where it begins", () => {
	const doc = docWith("The red bus leaves.");
	const anchor = anchorAtPassage(textOf(doc), 4, 11);
	const about = aboutOf({ ...anchor, from: anchor["to"], to: anchor["from"] });
	if (about?.kind !== "passage") throw new Error("no passage");
	expect(placeOf(about, doc)).toEqual({ from: 11, to: 11 });
});

test("a passage may be the whole document", () => {
	const doc = docWith("All of it");
	const { about, doc: other } = sent(anchorAtPassage(textOf(doc), 0, 9), doc);
	textOf(other).insert(9, " and more");
	expect(wordsAt(about, other)).toBe("All of it");
});

test("a quote is on one line, bounded, and cuts no character in two", () => {
	const doc = docWith(`one\n\ntwo ${"😀".repeat(200)}`);
	const { about } = sent(anchorAtPassage(textOf(doc), 0, 400), doc);
	if (about?.kind !== "passage") throw new Error("no passage");
	expect(about.quote).toMatch(/^one two 😀/u);
	expect(about.quote.length).toBeLessThanOrEqual(quoteLengthMax);
	expect(about.quote).not.toMatch(/\p{Surrogate}/u);
});

const at = { item: { client: 1, clock: 2 } };

test.each([
	[undefined],
	[{}],
	[{ photo: 7 }],
	[{ photo: "../etc" }],
	[{ person: "Ann" }],
	[{ from: at, to: at }],
	[{ from: at, to: null, quote: "x" }],
	[{ from: { item: { client: "1", clock: 2 } }, to: at, quote: "x" }],
	[{ from: { item: { client: 1, clock: -2 } }, to: at, quote: "x" }],
	[{ from: { tname: "strokes" }, to: at, quote: "x" }],
])("what is no anchor of ours speaks of nothing: %j", (anchor) => {
	expect(aboutOf(anchor)).toBeNull();
});

test("a place that is not in this document is nowhere", () => {
	const doc = docWith("words");
	const elsewhere = aboutOf({ from: at, to: at, quote: "x" });
	if (elsewhere?.kind !== "passage") throw new Error("no passage");
	expect(placeOf(elsewhere, doc)).toBeNull();
	const inChat = new Y.Doc();
	chatOf(inChat).push([1, 2, 3]);
	const foreign = aboutOf({
		from: { item: { client: inChat.clientID, clock: 0 } },
		to: { item: { client: inChat.clientID, clock: 1 } },
		quote: "x",
	});
	if (foreign?.kind !== "passage") throw new Error("no passage");
	expect(placeOf(foreign, inChat)).toBeNull();
});
