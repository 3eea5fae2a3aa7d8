import { expect, test } from "vitest";
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { chatBodyLengthMax } from "../../../shared/limits.ts";
import {
	type ChatDraft,
	type ChatMessage,
	foldChat,
	readChat,
	readMessage,
	say,
} from "../../../shared/surfaces/chat.ts";
import { chatOf } from "../../../shared/surfaces/root.ts";
import { cpuMsOf } from "../../fixtures/cpu-time.ts";

const ann = { id: "g_ann", name: "Ann", color: "#aa0000" };
const ben = { id: "g_ben", name: "Ben", color: "#0000bb" };

let minted = 0;
function author(person = ann) {
	return { person, at: 1_700_000_000_000, random: (size: number) => countedBytes(size) };
}
function countedBytes(size: number): Uint8Array {
	minted += 1;
	return new Uint8Array(size).fill(minted);
}
function chatWith(...drafts: [ChatDraft, typeof ann][]): Y.Array<unknown> {
	const chat = chatOf(new Y.Doc());
	for (const [draft, person] of drafts) say(chat, draft, author(person));
	return chat;
}
function shownTexts(chat: Y.Array<unknown>): string[] {
	return foldChat(readChat(chat)).map((shown) => (shown.removed ? "(removed)" : shown.body));
}

test("what Ann says stands at the end, as one plain JSON object", () => {
	const chat = chatWith([{ body: "hello" }, ann], [{ body: "you too" }, ben]);
	expect(chat.toJSON()).toEqual([
		{ id: expect.any(String), by: "g_ann", name: "Ann", at: 1_700_000_000_000, body: "hello" },
		{ id: expect.any(String), by: "g_ben", name: "Ben", at: 1_700_000_000_000, body: "you too" },
	]);
});

test("a message may have 4,000 characters and not one more", () => {
	const chat = chatWith([{ body: "x".repeat(chatBodyLengthMax) }, ann]);
	expect(() => say(chat, { body: "x".repeat(chatBodyLengthMax + 1) }, author())).toThrow(
		new WeftError("message_too_long"),
	);
	expect(chat.length).toBe(1);
});

test("nothing cannot be said, but a photo without words can", () => {
	const chat = chatWith([{ photo: "photo-one" as never }, ann]);
	expect(() => say(chat, { body: " \n " }, author())).toThrow(WeftError);
	expect(readChat(chat)).toMatchObject([{ body: "", photo: "photo-one" }]);
});

test("half a character reaches others as it stands here", () => {
	const chat = chatWith([{ body: "a\ud83db" }, ann]);
	const other = new Y.Doc();
	if (chat.doc === null) throw new Error("no doc");
	Y.applyUpdate(other, Y.encodeStateAsUpdate(chat.doc));
	expect(chatOf(other).toJSON()).toEqual(chat.toJSON());
	expect(readChat(chat)[0]?.body).toBe("a\ufffdb");
});

test("what is not a message is skipped", () => {
	const chat = chatOf(new Y.Doc());
	chat.push([1, "two", null, ["three"], {}, { body: 4 }, { body: "  " }, new Y.Text("five")]);
	expect(readChat(chat)).toEqual([]);
});

test("a stranger's half message is shown with what it has", () => {
	const chat = chatOf(new Y.Doc());
	const map = new Y.Map();
	map.set("body", "from a map");
	chat.push([{ body: "only words", at: Number.NaN, by: 7, name: "\u202eEvil\n" }, map]);
	expect(readChat(chat)).toEqual([
		{ id: "", by: "", name: "Evil", at: 0, body: "only words" },
		{ id: "", by: "", name: "", at: 0, body: "from a map" },
	]);
	expect(new Set(foldChat(readChat(chat)).map((shown) => shown.key)).size).toBe(2);
});

test("a stranger's endless message is cut, and not inside a character", () => {
	const body = readMessage({ body: `${"x".repeat(chatBodyLengthMax - 2)}\u{1f600}tail` })?.body;
	expect(body).toBe(`${"x".repeat(chatBodyLengthMax - 2)}\u2026`);
});

test("keys like __proto__ in a stranger's message do nothing", () => {
	const message = readMessage(JSON.parse('{"body":"x","__proto__":{"removed":true},"id":"1"}'));
	expect(message).toEqual({ id: "1", by: "", name: "", at: 0, body: "x" });
	expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
});

test("a correction shows where the corrected message stands", () => {
	const chat = chatWith([{ body: "helo" }, ann], [{ body: "hi" }, ben]);
	const first = readChat(chat)[0] as ChatMessage;
	const better = say(chat, { body: "hello", corrects: first.id }, author(ann));
	expect(shownTexts(chat)).toEqual(["hello", "hi"]);
	say(chat, { body: "hello!", corrects: better.id }, author(ann));
	expect(shownTexts(chat)).toEqual(["hello!", "hi"]);
	expect(foldChat(readChat(chat)).map((shown) => shown.edited)).toEqual([true, false]);
});

test("a retracted message stays as removed, also after a correction", () => {
	const chat = chatWith([{ body: "secret" }, ann]);
	const first = readChat(chat)[0] as ChatMessage;
	say(chat, { body: "secret!", corrects: first.id }, author(ann));
	say(chat, { retracts: first.id }, author(ann));
	expect(shownTexts(chat)).toEqual(["(removed)"]);
});

test("nobody corrects or retracts what somebody else said", () => {
	const chat = chatWith([{ body: "mine" }, ann]);
	const first = readChat(chat)[0] as ChatMessage;
	say(chat, { body: "not yours", corrects: first.id }, author(ben));
	say(chat, { retracts: first.id }, author(ben));
	expect(shownTexts(chat)).toEqual(["mine", "not yours"]);
});

test("a message that corrects itself, or what is not there, is shown as it is", () => {
	const shown = foldChat([
		{ id: "a", by: "g_ann", name: "", at: 0, body: "self", corrects: "a" },
		{ id: "b", by: "g_ann", name: "", at: 0, body: "lost", corrects: "nowhere" },
	]);
	expect(shown.map((one) => one.body)).toEqual(["self", "lost"]);
});

test("two messages of one id are both shown, under two keys", () => {
	const shown = foldChat([
		{ id: "a", by: "g_ann", name: "", at: 0, body: "first" },
		{ id: "a", by: "g_ben", name: "", at: 0, body: "second" },
	]);
	expect(shown.map((one) => one.key)).toEqual(["a", "a/1"]);
});

test("ten thousand messages are read again in a few milliseconds", () => {
	const chat = chatOf(new Y.Doc());
	chat.push(
		Array.from({ length: 10_000 }, (_, index) => ({ id: `m${index}`, by: "g_ann", body: "hello" })),
	);
	expect(foldChat(readChat(chat))).toHaveLength(10_000);
	// 4 ms measured; room for a slow machine.
	expect(cpuMsOf(() => foldChat(readChat(chat)))).toBeLessThan(100);
});

function reactionsOf(chat: Y.Array<unknown>): string[] {
	return foldChat(readChat(chat)).flatMap(({ reactions }) =>
		reactions.map(({ emoji, from }) => `${emoji} ${from.map(({ name }) => name).join("+")}`),
	);
}

test("reactions stand under what they speak of, each person's once, and are no messages", () => {
	const chat = chatOf(new Y.Doc());
	const first = say(chat, { body: "tea?" }, author(ann));
	const better = say(chat, { body: "Tea?", corrects: first.id }, author(ann));
	say(chat, { body: "\u{1f44d}", reacts: first.id }, author(ben));
	say(chat, { body: "\u2764\ufe0f", reacts: better.id }, author(ben));
	say(chat, { body: "\u{1f44d}", reacts: first.id }, author(ann));
	say(chat, { body: "\u{1f44d}", reacts: first.id }, author(ben));
	expect(shownTexts(chat)).toEqual(["Tea?"]);
	expect(reactionsOf(chat)).toEqual(["\u{1f44d} Ben+Ann", "\u2764\ufe0f Ben"]);
});

test("a reaction is taken back by whoever gave it and by nobody else", () => {
	const chat = chatOf(new Y.Doc());
	const first = say(chat, { body: "tea?" }, author(ann));
	const thumb = say(chat, { body: "\u{1f44d}", reacts: first.id }, author(ben));
	say(chat, { retracts: thumb.id }, author(ann));
	expect(reactionsOf(chat)).toEqual(["\u{1f44d} Ben"]);
	say(chat, { retracts: thumb.id }, author(ben));
	expect(reactionsOf(chat)).toEqual([]);
	say(chat, { body: "\u{1f44d}", reacts: first.id }, author(ben));
	expect(reactionsOf(chat)).toEqual(["\u{1f44d} Ben"]);
	say(chat, { retracts: first.id }, author(ann));
	expect(reactionsOf(chat)).toEqual([]);
});

test("a reaction to nothing is nothing, and one in many words is a message", () => {
	const chat = chatWith([{ body: "\u{1f44d}", reacts: "nowhere" }, ann]);
	say(chat, { body: "much more than a reaction may have to say", reacts: "nowhere" }, author());
	expect(shownTexts(chat)).toEqual(["much more than a reaction may have to say"]);
	expect(reactionsOf(chat)).toEqual([]);
});
