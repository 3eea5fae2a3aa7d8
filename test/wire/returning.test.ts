import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type Generation, joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

const rounds = 20;

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

/** Words like `<a7>`, each of which must be there exactly once. */
function words(name: string): string[] {
	return Array.from({ length: rounds }, (_, round) => `<${name}${round}>`);
}

function countsOf(text: string, wanted: readonly string[]): number[] {
	return wanted.map((word) => text.split(word).length - 1);
}

const once = new Array(rounds).fill(1);

async function synced(client: StockClient): Promise<void> {
	await until("synced", () => client.provider.synced);
}

describe("an anonymous client that drops and returns 20 times with offline edits", () => {
	test.each<Generation>([1, 2, 3])("keeps all of them, with y-websocket %i", async (generation) => {
		const room = `returning-${generation}`;
		const [ann, ben] = [
			joinStock(weft.syncUrl, room, { generation }),
			joinStock(weft.syncUrl, room),
		];
		await Promise.all([synced(ann), synced(ben)]);
		for (let round = 0; round < rounds; round++) {
			ann.provider.disconnect();
			ann.type(`<a${round}>`);
			if (round % 3 === 2) ann.text.delete(0, 1);
			if (round % 3 === 2) ann.text.insert(0, "<");
			ben.type(`<b${round}>`);
			ann.provider.connect();
			await synced(ann);
		}
		await until("both have the same", () => ann.text.toString() === ben.text.toString());
		const fresh = joinStock(weft.syncUrl, room);
		await until("a third has it too", () => fresh.text.toString() === ben.text.toString());
		expect(countsOf(fresh.text.toString(), words("b"))).toEqual(once);
		expect(countsOf(fresh.text.toString(), words("a"))).toEqual(once);
		for (const client of [ann, ben, fresh]) client.leave();
	});

	test("keeps them too where each return is a new page with a stored copy", async () => {
		let stored = Y.encodeStateAsUpdate(new Y.Doc());
		const ben = joinStock(weft.syncUrl, "reloading");
		for (let round = 0; round < rounds; round++) {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, stored);
			doc.getText("text").insert(doc.getText("text").length, `<a${round}>`);
			const ann = joinStock(weft.syncUrl, "reloading", { doc });
			await synced(ann);
			ann.type(`<b${round}>`);
			const cutOff = round % 2 === 0;
			if (!cutOff) await until("ben has it", () => ben.text.toString().includes(`<b${round}>`));
			stored = Y.encodeStateAsUpdate(doc);
			ann.leave();
		}
		const last = new Y.Doc();
		Y.applyUpdate(last, stored);
		const ann = joinStock(weft.syncUrl, "reloading", { doc: last });
		await synced(ann);
		await until("both have the same", () => ann.text.toString() === ben.text.toString());
		expect(countsOf(ben.text.toString(), words("a"))).toEqual(once);
		expect(countsOf(ben.text.toString(), words("b"))).toEqual(once);
		for (const client of [ann, ben]) client.leave();
	});
});
