import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { below, seeded } from "../../scripts/converge/random.ts";
import { type Generation, joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

const steps = 400;
const killEvery = 100;

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

/** Entries that were added, each once, by anybody. */
function entriesOf({ doc }: StockClient): string[] {
	return doc.getArray<string>("entries").toArray();
}

/** Types whole emoji, deletes, formats, adds an entry, or goes away and comes back. */
function act(client: StockClient, random: () => number, entry: string): void {
	const { text, provider, doc } = client;
	const pairs = text.length / 2;
	const at = 2 * below(random, pairs + 1);
	const choice = below(random, 10);
	if (choice < 4) text.insert(at, ["🌱", "🌷", "🍋"][below(random, 3)] ?? "🌱");
	else if (choice === 4 && at < text.length) text.delete(at, 2);
	else if (choice === 5 && at < text.length) text.format(at, 2, { bold: random() < 0.5 });
	else if (choice < 8) doc.getArray("entries").insert(0, [entry]);
	else if (choice === 8) provider.disconnect();
	else provider.connect();
}

test.each([
	[2, 11],
	[8, 12],
	[8, 13],
])(
	"%i clients at random, with offline times and kill -9, end alike (seed %i)",
	async (people, seed) => {
		const random = seeded(seed);
		const room = `crowd-${seed}`;
		const clients = Array.from({ length: people }, (_, index) =>
			joinStock(weft.syncUrl, room, { generation: ((index % 3) + 1) as Generation }),
		);
		const added: string[] = [];
		for (let step = 1; step <= steps; step++) {
			const client = clients[below(random, people)];
			if (client === undefined) continue;
			const before = entriesOf(client).length;
			act(client, random, `entry ${step}`);
			if (entriesOf(client).length > before) added.push(`entry ${step}`);
			if (step % 4 === 0) await sleep(1);
			if (step % killEvery !== 0) continue;
			await weft.kill9();
			await weft.start();
		}
		for (const { provider } of clients) provider.connect();
		const fresh = joinStock(weft.syncUrl, room);
		const all = [...clients, fresh];
		await until("all are synced", () => all.every(({ provider }) => provider.synced));
		const states = () =>
			all.map((client) => JSON.stringify([client.text.toDelta(), entriesOf(client)]));
		await until("all have the same", () => new Set(states()).size === 1);
		expect(entriesOf(fresh).sort()).toEqual(added.sort());
		expect(fresh.text.toString()).not.toMatch(/\p{Surrogate}/u);
		for (const client of all) client.leave();
	},
);
