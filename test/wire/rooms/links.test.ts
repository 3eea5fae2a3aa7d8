import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { encodeStep2, encodeUpdate, messageType } from "../../../shared/protocol.ts";
import { Caller, framesOf, lastStanding } from "../../fixtures/people/caller.ts";
import type { RawClient } from "../../fixtures/raw-client.ts";
import type { StockClient } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

const notAllowed = { code: 4403, reason: "not_allowed" };
const linkOver = { code: 4403, reason: "link_over" };

let weft: WeftProcess;
let ann: Caller;
let ben: Caller;
let roomIndex = 0;
let room = "";

beforeAll(async () => {
	weft = await startWeftProcess({ env: { WEFT_LIMITS: "off" } });
	[ann, ben] = [await Caller.guest(weft, "Ann"), await Caller.guest(weft, "Ben")];
});

beforeEach(() => {
	room = `quince-orchard-${roomIndex++}`;
});

afterEach(() => {
	for (const caller of [ann, ben]) caller.leave();
});

afterAll(() => weft.drop());

/** An update that puts a word into an empty text. */
function word(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText("text").insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

/** Ann's room: of the app, or one in which a stock client spoke first. */
async function plant(kind: string): Promise<StockClient> {
	if (kind === "guarded") await ann.writeFirst(room, word("rose"));
	else await ann.tell("PATCH", `${room}/access`, { entry: "viewer" });
	const watcher = ann.join(room);
	await until("Ann is there", () => watcher.provider.synced);
	if (kind === "open") watcher.type("rose");
	return watcher;
}

async function linkFor(role: string, expiresAtMs: number | null = null): Promise<string> {
	const { id } = await ann.tell("POST", `${room}/links`, { role, expiresAtMs });
	expect(id).toMatch(/^.{22}$/);
	return `~${id}`;
}

async function synced(client: StockClient): Promise<StockClient> {
	await until("it has what is there", () => client.text.toString().startsWith("rose"));
	return client;
}

/** Ways by which a change of Ben's reaches the server; each gives what closes then. */
const paths: readonly (readonly [string, (alias: string, held: Y.Doc) => Promise<RawClient>])[] = [
	["as an update", async (alias) => sendAs(alias, encodeUpdate(word("EVIL")))],
	["as step 2", async (alias) => sendAs(alias, encodeStep2(word("EVIL")))],
	[
		"merged with what all have",
		async (alias, held) => {
			held.getText("text").insert(0, "EVIL");
			return sendAs(alias, encodeUpdate(Y.encodeStateAsUpdate(held)));
		},
	],
	[
		"after a reconnect",
		async (alias, held) => {
			const first = await ben.open(alias);
			first.socket.close();
			await first.closed;
			held.getText("text").insert(2, "EVIL");
			return sendAs(alias, encodeStep2(Y.encodeStateAsUpdate(held)));
		},
	],
];

async function sendAs(alias: string, frame: Uint8Array): Promise<RawClient> {
	const client = await ben.open(alias);
	client.socket.send(frame);
	return client;
}

test.for(["guarded", "open"])(
	"who came by a link to view changes nothing in a room that is %s",
	async (kind) => {
		const watcher = await plant(kind);
		for (const [path, send] of paths) {
			// The same refusal to the same client waits longer each time.
			const alias = await linkFor("viewer");
			const held = (await synced(ben.join(alias))).doc;
			const sent = await send(alias, held);
			expect(await sent.closed, path).toEqual(notAllowed);
		}
		const alias = await linkFor("viewer");
		expect(await ben.tell("PATCH", `${alias}/access`, { entry: "closed" })).toBe("403 not_allowed");
		for (const change of [`photos/photo-of-ben-1`, `members/${ben.id}`]) {
			expect(await ben.tell("PUT", `${alias}/${change}`, {})).toBe("403 not_allowed");
		}
		watcher.type(" lily");
		const late = ben.join(alias);
		await until("the next word is seen", () => late.text.toString() === "rose lily");
		expect(watcher.text.toString()).toBe("rose lily");
	},
);

test("a second provider on one doc carries nothing in for who only views", async () => {
	const watcher = await plant("guarded");
	const viewing = await synced(ben.join(await linkFor("viewer")));
	const codes: number[] = [];
	const closes = (provider: unknown) =>
		(provider as WebsocketProvider).on("connection-close", (event) => {
			if (event !== null) codes.push(event.code);
		});
	closes(viewing.provider);
	const second = new WebsocketProvider(weft.syncUrl, await linkFor("viewer"), viewing.doc, {
		WebSocketPolyfill: WebSocket as never,
		disableBc: true,
	});
	closes(second);
	try {
		await until("both are there", () => second.synced);
		viewing.type("EVIL");
		await until("both are sent away", () => codes.filter((code) => code === 4403).length === 2);
		watcher.type(" lily");
		const late = ben.join(room);
		await until("the next word is seen", () => late.text.toString() === "rose lily");
	} finally {
		second.destroy();
	}
});

test("a link to edit lets people write, also where the address gives nothing", async () => {
	const watcher = await plant("guarded");
	await ann.tell("PATCH", `${room}/access`, { entry: "closed" });
	const alias = await linkFor("editor");
	const refused = await ben.open(room);
	expect(await refused.closed).toEqual({ code: 4403, reason: "no_entry" });
	const writer = await synced(ben.join(alias));
	writer.type(" lily");
	await until("it is seen", () => watcher.text.toString() === "rose lily");
});

test("nothing that comes by a link tells the room's name", async () => {
	const watcher = await plant("guarded");
	const alias = await linkFor("editor");
	const bens = await ben.openWeft(alias);
	bens.socket.send(encodeUpdate(word("hello")));
	watcher.provider.awareness.setLocalStateField("cursor", null);
	watcher.type(" lily");
	const isSaved = () => framesOf(bens, messageType.saved).length > 0;
	await until("he wrote, and was told of her", () => {
		return isSaved() && framesOf(bens, messageType.awareness).length > 0;
	});
	await ann.tell("PATCH", `${room}/access`, { presenter: ann.id });
	await until("he is told that she presents", () => lastStanding(bens)?.rights.chat === false);
	const said: string[] = [];
	const asked: [string, string, unknown?][] = [
		["GET", alias],
		["GET", `${alias}/access`],
		["GET", `${alias}/audit`],
		["GET", `${alias}/blobs/${"a".repeat(64)}/full`],
		["GET", `?name=${alias}`],
		["POST", `${alias}/knock`],
		["PATCH", `${alias}/access`, { entry: "closed" }],
		["PUT", `${alias}/photos/photo-of-ben-1`, {}],
	];
	const hear = async (answer: Response) =>
		said.push(JSON.stringify([...answer.headers]), await answer.text());
	for (const [method, path, body] of asked) await hear(await ben.ask(method, path, body));
	const headers = { cookie: ben.cookie };
	await hear(await fetch(`${weft.url}/r/${alias}`, { headers }));
	await ann.tell("DELETE", `${room}/links/${alias.slice(1)}`);
	expect(await bens.closed).toEqual(linkOver);
	for (const [method, path, body] of asked) await hear(await ben.ask(method, path, body));
	const heard = Buffer.concat(
		bens.received.map((frame) => (typeof frame === "string" ? Buffer.from(frame) : frame)),
	);
	for (const part of [room, encodeURIComponent(room), "quince"]) {
		expect(heard.includes(part)).toBe(false);
		expect(said.filter((text) => text.includes(part))).toEqual([]);
	}
	expect(said.some((text) => text.includes(alias))).toBe(true);
});

test("who came by a link that is revoked is sent away, a member is not", async () => {
	const watcher = await plant("guarded");
	const cleo = await Caller.guest(weft, "Cleo");
	try {
		const alias = await linkFor("editor");
		const bens = await ben.openWeft(alias);
		bens.socket.send(encodeUpdate(word("lily ")));
		await until("it is saved", () => framesOf(bens, messageType.saved).length > 0);
		const cleos = await cleo.openWeft(alias);
		await ann.tell("PUT", `${room}/members/${cleo.id}`, { role: "commenter" });
		await until("she is told", () => lastStanding(cleos)?.role === "commenter");
		await ann.tell("DELETE", `${room}/links/${alias.slice(1)}`);
		expect(await bens.closed).toEqual(linkOver);
		const again = await ben.open(alias);
		expect(await again.closed).toEqual(linkOver);
		await until("what he wrote stays", () => watcher.text.toString().includes("lily"));
		expect(cleos.closing()).toBeNull();
	} finally {
		cleo.leave();
	}
});
