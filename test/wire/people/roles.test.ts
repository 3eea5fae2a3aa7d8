import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { encodeHello, encodeUpdate, messageType } from "../../../shared/protocol.ts";
import type { Role } from "../../../shared/roles.ts";
import { framesOf } from "../../fixtures/people/caller.ts";
import { hostSecret, mintToken } from "../../fixtures/people/host.ts";
import { openRaw, type RawClient } from "../../fixtures/raw-client.ts";
import { joinStock, type StockClient } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

const stocks: StockClient[] = [];
const sockets: RawClient[] = [];
let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess({
		env: { WEFT_GUESTS: "off", WEFT_TOKEN_SECRET: hostSecret },
	});
});

afterEach(() => {
	for (const client of stocks.splice(0)) client.leave();
	for (const { socket } of sockets.splice(0)) socket.terminate();
});

afterAll(() => weft.drop());

/** What the host says: everybody is one user, who is that in this room. */
function tokenFor(room: string, role: Role): string {
	const exp = Math.ceil(Date.now() / 1000) + 3_600;
	return mintToken({ user: role, name: role, rooms: { [room]: role }, exp });
}

async function joinAs(role: Role, room: string): Promise<StockClient> {
	const client = joinStock(weft.syncUrl, room, { token: tokenFor(room, role) });
	stocks.push(client);
	await until("synced", () => client.provider.synced);
	return client;
}

/** A socket that says what it did to a doc of its own. */
async function sendAs(
	role: Role,
	{ room, speaksWeft, edit }: { room: string; speaksWeft: boolean; edit: (doc: Y.Doc) => void },
): Promise<RawClient> {
	const client = await openRaw(`${weft.syncUrl}/${room}?token=${tokenFor(room, role)}`);
	sockets.push(client);
	if (speaksWeft) {
		client.socket.send(encodeHello());
		// Whoever speaks first decides what kind of room it is.
		const isWelcome = ([type]: Uint8Array | string) => type === messageType.welcome;
		await until("it is greeted", () => client.received.some(isWelcome));
	}
	const doc = new Y.Doc();
	edit(doc);
	client.socket.send(encodeUpdate(Y.encodeStateAsUpdate(doc)));
	return client;
}

const types = (word: string) => (doc: Y.Doc) => doc.getText("text").insert(0, word);
const says = (body: string) => (doc: Y.Doc) => doc.getArray("chat").push([{ body }]);

test.for([
	["an open room", false],
	["a guarded room", true],
] as const)("in %s, whom a token makes a viewer is refused, an editor is not", async (given) => {
	const [kind, speaksWeft] = given;
	const room = kind.replaceAll(" ", "-");
	await sendAs("editor", { room, speaksWeft, edit: types("rose") });
	const watcher = await joinAs("viewer", room);
	await until("the editor's word is seen", () => watcher.text.toString() === "rose");
	for (const role of ["viewer", "commenter"] as const) {
		const refused = await sendAs(role, { room, speaksWeft, edit: types("EVIL") });
		expect(await refused.closed, role).toEqual({ code: 4403, reason: "not_allowed" });
	}
	const late = await joinAs("editor", room);
	late.type(" lily");
	await until("the next word is seen", () => watcher.text.toString() === "rose lily");
});

test("whom a token makes a commenter may say something, a viewer may not", async () => {
	const room = "talk";
	const hushed = await sendAs("viewer", { room, speaksWeft: true, edit: says("EVIL") });
	expect(await hushed.closed).toEqual({ code: 4403, reason: "not_allowed" });
	await sendAs("commenter", { room, speaksWeft: true, edit: says("hello") });
	const watcher = await joinAs("viewer", room);
	const chat = watcher.doc.getArray("chat");
	await until("it is heard", () => chat.length > 0);
	expect(chat.toJSON()).toEqual([{ body: "hello" }]);
});

test("who writes first stays what a token makes them", async () => {
	const edits = { commenter: says("hello"), editor: types("rose") };
	for (const role of ["commenter", "editor"] as const) {
		const room = `first-of-${role}`;
		const first = await sendAs(role, { room, speaksWeft: true, edit: edits[role] });
		await until("it is saved", () => framesOf(first, messageType.saved).length > 0);
		const answer = await fetch(`${weft.url}/api/rooms/${room}/access`, {
			headers: { authorization: `Bearer ${tokenFor(room, role)}` },
		});
		expect(await answer.json()).toMatchObject({ role, managed: null });
	}
});

test("who reads only shares no photos either", async () => {
	const put = (role: Role) =>
		fetch(`${weft.url}/api/rooms/album/photos/photo-of-this-test-1`, {
			method: "PUT",
			headers: { authorization: `Bearer ${tokenFor("album", role)}` },
			body: "no picture",
		});
	for (const role of ["viewer", "commenter"] as const) {
		const refused = await put(role);
		expect([refused.status, (await refused.json()).error.code]).toEqual([403, "not_allowed"]);
	}
	expect((await put("editor")).status).not.toBe(403);
});

test("whom a token makes a viewer is no member when new arrivals are to wait", async () => {
	const room = "shed";
	await sendAs("owner", { room, speaksWeft: true, edit: types("rose") });
	const viewer = await joinAs("viewer", room);
	await until("it is shown", () => viewer.text.toString() === "rose");
	const answer = await fetch(`${weft.url}/api/rooms/${room}/access`, {
		method: "PATCH",
		headers: { authorization: `Bearer ${tokenFor(room, "owner")}` },
		body: JSON.stringify({ entry: "knock" }),
	});
	expect((await answer.json()).managed).toMatchObject({ members: [] });
});
