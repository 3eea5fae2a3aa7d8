import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { chatLogOf } from "../../../web/chat/chat-log.ts";
import type { Myself } from "../../../web/sync/me.ts";
import type { RoomClient } from "../../../web/sync/room-client.ts";

const guest: Myself = { id: "g_ann", name: "Ann", color: "#1d63c9" };
const signedIn: Myself = { ...guest, id: "u_ann", was: ["g_ann"] };
const ben: Myself = { id: "g_ben", name: "Ben", color: "#0b6b5d" };

beforeEach(() => void vi.stubGlobal("addEventListener", () => undefined));
afterEach(() => void vi.unstubAllGlobals());

/** The chat of a room on somebody's page; all pages of a test share one doc. */
async function chatOn(doc: Y.Doc, me: Myself) {
	const rights = { mayTalk: true };
	const client = {
		...{ room: "garden", doc, me },
		status: { phase: "saved", waiting: 0 },
		ready: Promise.resolve(),
		may: () => rights.mayTalk,
		on: () => () => undefined,
	} as unknown as RoomClient;
	const log = chatLogOf(client);
	await client.ready;
	return { log, rights };
}

test("who signed in corrects and takes back what they said as a guest, for all", async () => {
	const doc = new Y.Doc();
	const { log: before } = await chatOn(doc, guest);
	before.say([{ body: "helo" }, { body: "oh" }]);
	const { log } = await chatOn(doc, signedIn);
	const { log: bens } = await chatOn(doc, ben);
	const [helo, oh] = log.messages;
	if (helo === undefined || oh === undefined) throw new Error("Nothing was said.");
	expect([log.isOwn(helo), bens.isOwn(helo)]).toEqual([true, false]);
	log.say([{ body: "hello", corrects: helo.message.id }], helo.message.by);
	log.remove(oh);
	expect(bens.messages.map(({ body, removed }) => [body, removed])).toEqual([
		["hello", false],
		["oh", true],
	]);
});

test("the emoji that a guest put there is theirs to take away when they signed in", async () => {
	const doc = new Y.Doc();
	const { log: bens } = await chatOn(doc, ben);
	bens.say([{ body: "hello" }]);
	const { log: before } = await chatOn(doc, guest);
	const { log } = await chatOn(doc, signedIn);
	for (const page of [before, log]) {
		const [hello] = page.messages;
		if (hello !== undefined) page.react(hello, "👍");
	}
	expect(bens.messages.map(({ reactions }) => reactions)).toEqual([[]]);
});

test("what one says as a guest on another device is no news to oneself", async () => {
	const doc = new Y.Doc();
	const { log } = await chatOn(doc, signedIn);
	const heard: string[] = [];
	log.on("heard", (messages) => heard.push(...messages.map(({ body }) => body)));
	for (const [person, body] of [[guest, "from my phone"] as const, [ben, "hello"] as const]) {
		(await chatOn(doc, person)).log.say([{ body }]);
	}
	expect(heard).toEqual(["hello"]);
});

test("who may not talk any more is told so; a menu that is open does nothing", async () => {
	const doc = new Y.Doc();
	const { log, rights } = await chatOn(doc, guest);
	log.say([{ body: "hello" }]);
	rights.mayTalk = false;
	expect(() => log.say([{ body: "EVIL" }])).toThrow(new WeftError("not_allowed"));
	const [hello] = log.messages;
	if (hello === undefined) throw new Error("Nothing was said.");
	log.react(hello, "👍");
	log.remove(hello);
	expect(log.messages).toMatchObject([{ body: "hello", removed: false, reactions: [] }]);
});
