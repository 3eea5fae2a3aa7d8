import { equalityDeep } from "lib0/function";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { cleanStored } from "../../../../server/fold/clean/clean.ts";
import { decompressSnapshot } from "../../../../server/fold/fold.ts";
import type { StoredRoom } from "../../../../server/store/room-log.ts";
import { anyone, nobody, type PhotoId, type UserId } from "../../../../shared/ids.ts";
import { aboutOf, anchorAtPassage, placeOf } from "../../../../shared/surfaces/about.ts";
import { anchorAtItem, ItemFinder, idOf } from "../../../../shared/surfaces/about-item.ts";
import { eraseItems, liftItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { pileOf } from "../../../../shared/surfaces/arrange/pile.ts";
import { addStroke, readItem } from "../../../../shared/surfaces/board.ts";
import { foldChat, readChat, say } from "../../../../shared/surfaces/chat.ts";
import { addPhoto, listPhotos, removePhoto } from "../../../../shared/surfaces/photos.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { clockStartMs } from "../../../fixtures/manual-clock.ts";
import { countedBytes } from "../../../fixtures/people/accounts.ts";

const ann = { person: { id: "g_ann", name: "Ann", color: "#112233" }, at: clockStartMs };
const ben = { person: { id: "g_ben", name: "Ben", color: "#332211" }, at: clockStartMs };
const random = countedBytes();
const pen = {
	kind: "pen",
	color: 1,
	width: 0,
	points: Float64Array.of(0, 0, 10, 10),
	pressures: null,
	times: null,
} as const;

/** Numbers that no doc of these tests has. */
function freshIds(): () => number {
	let next = 9_000_000;
	return () => next++;
}

function storedOf(doc: Y.Doc, owners: ReadonlyMap<number, UserId> = new Map()): StoredRoom {
	const bytes = Y.encodeStateAsUpdate(doc);
	return { snapshot: null, owners, tail: [{ atMs: 0, updates: [{ userId: anyone, bytes }] }] };
}

/** The doc with which the next epoch begins, as a client gets it. */
function cleaned(doc: Y.Doc, owners?: ReadonlyMap<number, UserId>) {
	const made = cleanStored(storedOf(doc, owners), freshIds());
	const bytes = decompressSnapshot(made.snapshot);
	const fresh = new Y.Doc();
	Y.applyUpdate(fresh, bytes);
	expect(fresh.store.pendingStructs).toBeNull();
	return { ...made, fresh, bytes };
}

function has(bytes: Uint8Array, words: string): boolean {
	return Buffer.from(bytes).includes(words);
}

describe("a cleaned text", () => {
	test("has its letters, formats, lists and photos, and nothing that was deleted", () => {
		const doc = new Y.Doc();
		const text = textOf(doc);
		text.applyDelta([
			{ insert: "Roses", attributes: { bold: true } },
			{ insert: "\n", attributes: { header: 1 } },
			{ insert: "to buy" },
			{ insert: "\n", attributes: { list: "unchecked" } },
			{ insert: { photo: "photo-of-a-rose" } },
			{ insert: " \u{1F331} and " },
			{ insert: "a link", attributes: { link: "https://weft.example/shown" } },
			{ insert: "SECRET", attributes: { link: "https://weft.example/hidden", italic: true } },
			{ insert: "\n" },
		]);
		text.format(0, 3, { italic: true });
		const at = text.toString().indexOf("SECRET") + 1; // The photo counts as one.
		text.delete(at, 6);
		const delta = text.toDelta();
		const { fresh, bytes } = cleaned(doc);
		expect(textOf(fresh).toDelta()).toEqual(delta);
		for (const gone of ["SECRET", "hidden"]) expect(has(bytes, gone)).toBe(false);
		expect(has(bytes, "shown")).toBe(true);
	});

	test("is written on as before, at every place", () => {
		const doc = new Y.Doc();
		const text = textOf(doc);
		text.applyDelta([
			{ insert: "bold", attributes: { bold: true } },
			{ insert: "plain" },
			{ insert: "both", attributes: { bold: true, italic: true } },
			{ insert: "\n", attributes: { list: "bullet" } },
		]);
		for (let index = 0; index <= text.length; index++) {
			const [one, other] = [new Y.Doc(), new Y.Doc()];
			Y.applyUpdate(one, Y.encodeStateAsUpdate(doc));
			Y.applyUpdate(other, cleaned(doc).bytes);
			for (const copy of [one, other]) {
				textOf(copy).applyDelta([{ retain: index }, { insert: "new", attributes: { code: true } }]);
			}
			expect(textOf(other).toDelta()).toEqual(textOf(one).toDelta());
		}
	});

	test("of 40 pairs who edit at random shows what theirs showed", () => {
		for (let seed = 1; seed <= 40; seed++) {
			const doc = randomText(seed);
			const { fresh } = cleaned(doc);
			expect(joined(textOf(fresh)), `seed ${seed}`).toEqual(joined(textOf(doc)));
		}
	});
});

function nameIn(entry: unknown): unknown {
	return entry instanceof Y.Map ? entry.get("name") : (entry as { name?: unknown }).name;
}

/** A text's letters, those that look the same together. */
function joined(text: Y.Text): { insert: string; attributes: unknown }[] {
	const all: { insert: string; attributes: unknown }[] = [];
	for (const { insert, attributes = {} } of text.toDelta()) {
		const last = all.at(-1);
		if (last && equalityDeep(last.attributes, attributes)) last.insert += insert;
		else all.push({ insert, attributes });
	}
	return all;
}

/** Two people who type, format and delete at random, and merge at the end. */
function randomText(seed: number): Y.Doc {
	let state = seed;
	const below = (max: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * max);
	};
	const docs = [new Y.Doc(), new Y.Doc()];
	docs.forEach((doc, index) => {
		doc.clientID = index + 1;
	});
	for (let step = 0; step < 40; step++) {
		const doc = docs[below(2)] ?? new Y.Doc();
		const text = textOf(doc);
		const at = below(text.length + 1);
		const length = Math.min(below(6), text.length - at);
		const format = [{ bold: true }, { bold: null }, { link: "https://x.example" }, {}][below(4)];
		if (below(3) > 0) text.insert(at, "abcdef".slice(below(5)), format as object);
		else if (below(2) === 0) text.delete(at, length);
		else text.format(at, length, format as object);
		if (below(8) === 0) {
			for (const [from, to] of [docs, docs.toReversed()]) {
				if (from && to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
			}
		}
	}
	const [first = new Y.Doc(), second = new Y.Doc()] = docs;
	Y.applyUpdate(first, Y.encodeStateAsUpdate(second));
	return first;
}

describe("a cleaned board", () => {
	test("is seen in the order in which people laid its items, which its array has then", () => {
		const doc = new Y.Doc();
		const board = strokesOf(doc);
		const names = "abcdef";
		for (const name of names) addStroke(board, pen).set("name", name);
		board.insert(2, [
			{ points: [1, 2, 3, 4], name: "x" },
			{ points: [5, 6], name: "y", z: 0 },
		]);
		const named = (name: string) =>
			board.toArray().find((entry) => entry instanceof Y.Map && entry.get("name") === name);
		const at = (name: string) => idOf(board, named(name)) ?? { client: 0, clock: 0 };
		const lay = (name: string, other: string, lift: number) =>
			liftItems(board, new Map([[named(name), [at(other).client, at(other).clock, lift]]]));
		lay("a", "d", 1);
		lay("f", "b", -1);
		lay("e", "b", -2);
		lay("c", "f", 1);
		eraseItems(board, new Set([named("b"), named("f")]));
		const seen = pileOf(board).map((index) => nameIn(board.get(index)));
		expect(seen.join("")).toBe("exydac");
		const anchor = anchorAtItem(board, named("a")) ?? {};
		say(chatOf(doc), { body: "this", anchor }, { ...ann, random });
		const { fresh } = cleaned(doc);
		const after = strokesOf(fresh);
		expect(after.map(nameIn).join("")).toBe(seen.join(""));
		expect(pileOf(after)).toEqual([...after.toArray().keys()]);
		expect(after.toArray().some((entry) => entry instanceof Y.Map && entry.has("z"))).toBe(false);
		const about = aboutOf(readChat(chatOf(fresh))[0]?.anchor);
		if (about?.kind !== "item") throw new Error("no anchor");
		expect(nameIn(new ItemFinder(fresh).find(about))).toBe("a");
	});

	test("has its items in their order, with every key, and those of other programs", () => {
		const doc = new Y.Doc();
		const board = strokesOf(doc);
		for (let index = 0; index < 5; index++) {
			addStroke(board, { ...pen, points: Float64Array.of(index, 0, 9, 9) });
		}
		const points = new Y.Array<unknown>();
		points.push([[1, 2], { x: 3, y: 4 }]);
		board.push([
			new Y.Map<unknown>([
				["points", points],
				["color", "tomato"],
				["theirs", "a key of their own"],
				["nested", new Y.Map([["deep", Uint8Array.of(1, 2)]])],
			]),
			{
				points: [
					[5, 6],
					[7, 8],
				],
				width: 3,
				also: { theirs: [null, true] },
			},
		]);
		const moved = board.get(1) as Y.Map<unknown>;
		moved.set("z", 1);
		moved.set("z", 2);
		board.delete(3);
		const { fresh, bytes } = cleaned(doc);
		expect(strokesOf(fresh).toJSON()).toEqual(board.toJSON());
		expect(strokesOf(fresh).map(readItem)).toEqual(board.map(readItem));
		const strokes = Y.decodeUpdate(bytes).structs.length;
		expect(strokes).toBeLessThan(20);
	});
});

describe("a cleaned chat", () => {
	function talk() {
		const doc = new Y.Doc();
		const chat = chatOf(doc);
		const speak = (author: typeof ann, draft: Parameters<typeof say>[1]) =>
			say(chat, draft, { ...author, random });
		return { doc, chat, speak };
	}
	const shown = (doc: Y.Doc) => foldChat(readChat(chatOf(doc)));

	test("shows what was shown, and holds no word that was taken back or corrected", () => {
		const { doc, speak } = talk();
		const hello = speak(ann, { body: "FIRST" });
		const better = speak(ann, { body: "SECOND", corrects: hello.id });
		speak(ann, { body: "hello", corrects: better.id });
		const answer = speak(ben, { body: "an answer", replyTo: better.id });
		const slip = speak(ben, { body: "A SLIP", photo: "photo-of-a-rose" as PhotoId });
		speak(ben, { body: "SLIP AGAIN", corrects: slip.id });
		speak(ann, { body: "\u{1F44D}", reacts: slip.id });
		speak(ben, { body: "NEVER", retracts: slip.id });
		speak(ann, { body: "an answer to what is gone", replyTo: slip.id });
		const thumb = speak(ann, { body: "\u{1F44E}", reacts: answer.id });
		speak(ann, { retracts: thumb.id });
		speak(ben, { body: "\u{1F339}", reacts: answer.id });
		speak(ben, { body: "NOT YOURS", retracts: hello.id });
		const before = shown(doc);
		const { fresh, bytes } = cleaned(doc);
		const after = shown(fresh);
		const seen = (list: typeof before) =>
			list.map(({ key, body, edited, removed, reactions, message }) => ({
				...{
					key,
					edited: edited && !removed,
					removed,
					by: message.by,
					name: message.name,
					at: message.at,
				},
				body: removed ? "" : body,
				reactions: reactions.map(({ emoji, from }) => [emoji, from.map(({ by }) => by)]),
			}));
		expect(seen(after)).toEqual(seen(before));
		expect(after[1]?.message.replyTo).toBe(hello.id);
		for (const word of [
			"FIRST",
			"SECOND",
			"SLIP",
			"NEVER",
			"NOT YOURS",
			"\u{1F44D}",
			"\u{1F44E}",
		]) {
			expect(has(bytes, word), word).toBe(false);
		}
		expect(has(bytes, "photo-of-a-rose")).toBe(false);
	});

	test("of which nothing was taken back is the same, value by value", () => {
		const { doc, chat, speak } = talk();
		speak(ann, { body: "hello" });
		chat.push([{ body: "a stranger's", extra: [1, { two: 2 }] }, "no message at all", 7]);
		speak(ben, { body: "bye" });
		const { fresh } = cleaned(doc);
		expect(chatOf(fresh).toJSON()).toEqual(chat.toJSON());
	});

	test("speaks of the same passage and the same item as before", () => {
		const { doc, speak } = talk();
		const text = textOf(doc);
		text.insert(0, "GONE the rose is red");
		const passage = anchorAtPassage(text, 9, 13);
		const deleted = anchorAtPassage(text, 0, 4);
		text.delete(0, 5);
		const board = strokesOf(doc);
		for (const y of [1, 2, 3]) addStroke(board, { ...pen, points: Float64Array.of(0, y, 9, y) });
		const item = anchorAtItem(board, board.get(2)) ?? {};
		board.delete(0);
		speak(ann, { body: "this word", anchor: passage });
		speak(ann, { body: "this stroke", anchor: item });
		speak(ann, { body: "what was here", anchor: deleted });
		const { fresh } = cleaned(doc);
		const [word, stroke, gone] = readChat(chatOf(fresh)).map(({ anchor }) => aboutOf(anchor));
		if (word?.kind !== "passage" || gone?.kind !== "passage" || stroke?.kind !== "item") {
			throw new Error("an anchor is another one");
		}
		expect(placeOf(word, fresh)).toEqual({ from: 4, to: 8 });
		expect(word.quote).toBe("rose");
		expect(new ItemFinder(fresh).find(stroke)).toBe(strokesOf(fresh).get(1));
		expect(placeOf(gone, fresh)).toEqual({ from: 0, to: 0 });
	});
});

describe("cleaned photos", () => {
	test("are those that are shown, captions too; what is on its way stays", () => {
		const doc = new Y.Doc();
		const photos = photosOf(doc);
		const draft = { type: "image/jpeg", width: 4, height: 3, bytes: 9 };
		const ids = ["photo-kept-1", "photo-gone-2", "photo-coming"] as PhotoId[];
		for (const id of ids) addPhoto(photos, id, draft, ann);
		for (const id of ids.slice(0, 2)) photos.get(id)?.set("blob", "ab".repeat(32));
		const caption = photos.get("photo-kept-1")?.get("caption") as Y.Text;
		caption.insert(0, "WRONG the rose");
		caption.delete(0, 6);
		removePhoto(photos, "photo-gone-2" as PhotoId, ben);
		const before = listPhotos(photos);
		const { fresh, bytes, photos: kept } = cleaned(doc);
		expect(listPhotos(photosOf(fresh))).toEqual(before);
		expect([...kept].sort()).toEqual(["photo-coming", "photo-kept-1"]);
		for (const gone of ["photo-gone-2", "WRONG"]) expect(has(bytes, gone)).toBe(false);
	});
});

describe("the client ids of a cleaned doc", () => {
	test("are all new, and one for each author whose name is known", () => {
		const doc = new Y.Doc();
		const write = (clientId: number, words: string, author: typeof ann | null) => {
			doc.clientID = clientId;
			textOf(doc).insert(textOf(doc).length, words);
			if (author !== null) say(chatOf(doc), { body: "hello" }, { ...author, random });
		};
		write(1, "ann ", ann);
		write(2, "ann again ", null);
		write(3, "ben ", ben);
		write(4, "anyone ", null);
		write(5, "anyone else ", null);
		const owners = new Map([
			[1, "g_ann" as UserId],
			[2, "g_ann" as UserId],
			[3, "g_ben" as UserId],
			[77, "g_ben" as UserId],
		]);
		const { fresh, owners: next } = cleaned(doc, owners);
		const writers: number[] = [];
		for (let item = textOf(fresh)._start; item !== null; item = item.right) {
			writers.push(item.id.client);
		}
		expect(new Set(writers).size).toBe(3);
		const ids = [...fresh.store.clients.keys()];
		expect(ids.every((id) => id >= 9_000_000)).toBe(true);
		expect([...next.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 77, ...ids.sort()]);
		expect(new Set(next.values())).toEqual(new Set([nobody]));
	});
});

test("a room of another editor keeps whatever stands in it", () => {
	const doc = new Y.Doc();
	const prose = doc.getXmlFragment("prosemirror");
	const heading = new Y.XmlElement("heading");
	heading.setAttribute("level", 2 as never);
	const words = new Y.XmlText();
	words.insert(0, "Roses SECRET", {});
	words.format(0, 5, { strong: {} });
	words.delete(5, 7);
	heading.insert(0, [words]);
	prose.insert(0, [heading, new Y.XmlElement("paragraph")]);
	doc.getMap("settings").set("theme", "dark");
	doc.getMap("settings").set("theme", { name: "light", at: [1, 2.5, null, 2n] });
	doc.getMap("settings").set("pages", new Y.Map([["one", new Y.Doc({ guid: "sub-doc" })]]));
	doc.getArray("list").push([1, "two", Uint8Array.of(3), [4], null]);
	metaOf(doc).set("title", "A garden");
	const { fresh, bytes } = cleaned(doc);
	expect(fresh.getXmlFragment("prosemirror").toString()).toBe(prose.toString());
	const copied = fresh.getXmlFragment("prosemirror").get(0) as Y.XmlElement;
	expect(copied.getAttribute("level")).toBe(2);
	expect(fresh.getMap("settings").get("theme")).toEqual(doc.getMap("settings").get("theme"));
	const pages = fresh.getMap("settings").get("pages") as Y.Map<Y.Doc>;
	expect(pages.get("one")?.guid).toBe("sub-doc");
	expect(fresh.getArray("list").toJSON()).toEqual(doc.getArray("list").toJSON());
	expect(metaOf(fresh).toJSON()).toEqual({ title: "A garden" });
	expect(has(bytes, "SECRET") || has(bytes, "dark")).toBe(false);
});
