import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

/** y-websocket gives a connection up after 30 s without a message. */
const silenceMs = 33_000;

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

test("stock clients of all generations stay connected in a silent room", async () => {
	const clients = ([1, 2, 3] as const).map((generation) =>
		joinStock(weft.syncUrl, `silent-${generation}`, { generation }),
	);
	await until("all are synced", () => clients.every(({ provider }) => provider.synced));
	let drops = 0;
	const watch = setInterval(() => {
		drops += clients.filter(({ provider }) => !provider.wsconnected).length;
	}, 50);
	await sleep(silenceMs);
	clearInterval(watch);
	for (const client of clients) client.leave();
	expect(drops).toBe(0);
});
