import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

test.each([0, 50, 500])(
	"what was seen %i ms before a kill -9 is there afterwards",
	async (delayMs) => {
		const room = `killed-${delayMs}`;
		const writers = [joinStock(weft.syncUrl, room), joinStock(weft.syncUrl, room)];
		const reader = joinStock(weft.syncUrl, room);
		const all = [...writers, reader];
		await until("all are synced", () => all.every(({ provider }) => provider.synced));
		let count = 0;
		const typing = setInterval(() => {
			for (const writer of writers) writer.doc.getArray("list").push([count++]);
		}, 2);
		const list = reader.doc.getArray<number>("list");
		await until("the reader has seen some", () => list.length > 50);
		if (delayMs > 0) clearInterval(typing);
		const seenBefore = list.toArray();
		await sleep(delayMs);
		await weft.kill9();
		clearInterval(typing);
		const seen = list.toArray();
		expect(seen.length).toBeGreaterThanOrEqual(seenBefore.length);
		// Nobody may bring back what the server lost.
		for (const client of all) client.leave();

		await weft.start();
		const fresh = joinStock(weft.syncUrl, room);
		await until("the fresh one is synced", () => fresh.provider.synced);
		const kept = new Set(fresh.doc.getArray<number>("list").toArray());
		expect(seen.filter((number) => !kept.has(number))).toEqual([]);
		fresh.leave();
	},
);

test("clients go on where they were after a kill -9 in the middle of their work", async () => {
	const clients = ([1, 2, 3] as const).map((generation) =>
		joinStock(weft.syncUrl, "going-on", { generation }),
	);
	await until("all are synced", () => clients.every(({ provider }) => provider.synced));
	const type = (round: number) => {
		clients.forEach((client, index) => {
			client.type(`<${index}.${round}>`);
		});
	};
	for (let round = 0; round < 3; round++) {
		type(round * 2);
		await sleep(20);
		await weft.kill9();
		type(round * 2 + 1);
		await weft.start();
		await until("all are back", () => clients.every(({ provider }) => provider.synced));
	}
	const texts = () => clients.map(({ text }) => text.toString());
	await until("all have the same", () => new Set(texts()).size === 1 && texts()[0]?.length === 90);
	const fresh = joinStock(weft.syncUrl, "going-on");
	await until("a fresh one too", () => fresh.text.toString() === texts()[0]);
	for (const client of [...clients, fresh]) client.leave();
});
