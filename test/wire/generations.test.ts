import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { openRaw } from "../fixtures/raw-client.ts";
import { type Generation, joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let weft: WeftProcess;
const clients: StockClient[] = [];

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterEach(() => {
	for (const client of clients.splice(0)) client.leave();
});

afterAll(() => weft.drop());

async function join(room: string, generation: Generation, doc?: Y.Doc): Promise<StockClient> {
	const client = joinStock(weft.syncUrl, room, { generation, ...(doc && { doc }) });
	clients.push(client);
	await until(`generation ${generation} is synced`, () => client.provider.synced);
	return client;
}

/** Ids of the states that a client holds of others. */
function others({ provider, doc }: StockClient): number[] {
	return [...provider.awareness.getStates().keys()].filter((id) => id !== doc.clientID);
}

const generations: Generation[] = [1, 2, 3];

describe("y-websocket 1, 2 and 3 in one room", () => {
	test("write at once and end with the same text", async () => {
		const all = [await join("three", 1), await join("three", 2), await join("three", 3)];
		for (let round = 0; round < 20; round++) {
			all.forEach((client, index) => {
				client.text.insert(Math.floor(client.text.length / 2), `${index}`);
			});
			await new Promise((resolve) => setImmediate(resolve));
		}
		const isSame = () => new Set(all.map(({ text }) => text.toString())).size === 1;
		await until("all have the same text", () => isSame() && all[0]?.text.length === 60);
		const late = await join("three", 2);
		expect(late.text.toString()).toBe(all[0]?.text.toString());
	});

	test("see who is there, what they do, and that they leave", async () => {
		const [one, two, three] = [await join("who", 1), await join("who", 2), await join("who", 3)];
		one.provider.awareness.setLocalStateField("cursor", { at: 1 });
		two.provider.awareness.setLocalStateField("cursor", { at: 2 });
		three.provider.awareness.setLocalStateField("cursor", { at: 3 });
		const cursors = (client: StockClient) =>
			others(client).map((id) => client.provider.awareness.getStates().get(id)?.["cursor"]?.at);
		await until("one sees both", () => cursors(one).sort().join() === "2,3");
		await until("two sees both", () => cursors(two).sort().join() === "1,3");
		await until("three sees both", () => cursors(three).sort().join() === "1,2");
		one.provider.awareness.setLocalStateField("cursor", { at: 7 });
		await until("three sees the move", () => cursors(three).sort().join() === "2,7");
		two.leave();
		clients.splice(clients.indexOf(two), 1);
		// Whoever says nothing for 30 s is taken away: who leaves is gone before that.
		await until("one sees the leaving", () => cursors(one).join() === "3", 25_000);
		await until("three sees the leaving", () => cursors(three).join() === "7", 25_000);
	});

	test("see somebody who comes late at once, and are seen by them", async () => {
		const [first, witness] = [await join("late", 1), await join("late", 2)];
		const early = first.doc.clientID;
		await until("the server knows of the early one", () => others(witness).includes(early));
		const late = await join("late", 3);
		await until("the late one sees the early one", () => others(late).includes(early));
		await until("and is seen", () => others(first).includes(late.doc.clientID));
	});

	test.each(generations)(
		"generation %i gets the full content with its first sync",
		async (generation) => {
			const writer = await join(`full-${generation}`, 3);
			writer.type("all of it ".repeat(1_000));
			const reader = await join(`full-${generation}-check`, 3);
			reader.leave();
			await until("it is stored", () => writer.provider.synced);
			const other = await join(`full-${generation}`, 3);
			await until("it is passed on", () => other.text.length === writer.text.length);
			const late = joinStock(weft.syncUrl, `full-${generation}`, { generation });
			clients.push(late);
			let lengthAtSync = -1;
			await until("it is synced", () => {
				if (late.provider.synced && lengthAtSync < 0) lengthAtSync = late.text.length;
				return late.provider.synced;
			});
			expect(lengthAtSync).toBe(writer.text.length);
		},
	);

	test.each(generations)(
		"generation %i brings along what it wrote before it came",
		async (generation) => {
			const doc = new Y.Doc();
			doc.getText("text").insert(0, "from before");
			await join(`before-${generation}`, generation, doc);
			const reader = await join(`before-${generation}`, 3);
			await until("the other has it", () => reader.text.toString() === "from before");
		},
	);
});

test("queryAwareness is answered with everybody's state", async () => {
	const ann = await join("query", 3);
	ann.provider.awareness.setLocalStateField("note", "I am here");
	const raw = await openRaw(`${weft.syncUrl}/query`);
	raw.send(0, 0, 1, 0);
	await until("the room answers", () => raw.received.length > 0);
	const isNote = (frame: Uint8Array | string) =>
		typeof frame !== "string" && frame[0] === 1 && Buffer.from(frame).includes("I am here");
	await until("it is told on joining", () => raw.received.some(isNote));
	raw.received.length = 0;
	raw.send(3);
	await until("the query is answered", () => raw.received.some(isNote));
	raw.socket.close();
});

test("queryAwareness is answered where nobody else is there", async () => {
	const raw = await openRaw(`${weft.syncUrl}/query-alone`);
	raw.send(0, 0, 1, 0);
	await until("the room answers", () => raw.received.length > 1);
	raw.received.length = 0;
	raw.send(3);
	await until("the query is answered", () => raw.received.length === 1);
	expect(raw.received[0]).toEqual(Uint8Array.of(1, 1, 0));
	raw.socket.close();
});
