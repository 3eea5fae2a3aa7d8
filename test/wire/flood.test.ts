/** Somebody sends all that a socket takes; others write in the same room: FAULTS.md R9. */
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeUpdate } from "../../shared/protocol.ts";
import { rawFrame } from "../fixtures/raw-client.ts";
import { joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

/** The quietest round counts: others work on this machine too. */
const roundCount = 4;
const lettersOfRound = 100;

/** A letter that the room knows behind the first time. */
const letter = Uint8Array.of(1, 1, 1, 0, 4, 1, 4, 116, 101, 120, 116, 1, 97, 0);
const frame = rawFrame({ first: 0x82, payload: [...encodeUpdate(letter)] });

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

/** How long a letter of hers takes to him, one after another: the 99th percentile of a round. */
async function slowestMs(ann: StockClient, ben: StockClient): Promise<number> {
	const rounds: number[] = [];
	for (let round = 0; round < roundCount; round++) {
		const trips: number[] = [];
		while (trips.length < lettersOfRound) {
			const startMs = performance.now();
			const isThere = new Promise<void>((resolve) => {
				ben.doc.once("update", () => resolve());
			});
			ann.type("x");
			await isThere;
			trips.push(performance.now() - startMs);
		}
		trips.sort((a, b) => a - b);
		rounds.push(trips[lettersOfRound - 2] ?? 0);
	}
	return Math.min(...rounds);
}

/** Upgrades by hand and writes frames for as long as the socket is open. */
function flood(room: string) {
	const many = Buffer.concat(Array.from({ length: 20_000 }, () => frame));
	const stream = connect(weft.port, "127.0.0.1");
	const pour = () => {
		while (!stream.destroyed && stream.write(many));
	};
	stream.on("error", () => stream.destroy());
	stream.on("drain", pour);
	// Reading all that is said to it is no trouble to it.
	stream.once("data", pour).resume();
	stream.write(
		`GET /sync/${room} HTTP/1.1\r\nHost: 127.0.0.1:${weft.port}\r\nConnection: Upgrade\r\n` +
			"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
	);
	return stream;
}

test("letters of others are there as soon beside who sends all that a socket takes", async () => {
	const [ann, ben] = [joinStock(weft.syncUrl, "garden"), joinStock(weft.syncUrl, "garden")];
	await until("they are in", () => ann.provider.synced && ben.provider.synced);
	const calmMs = await slowestMs(ann, ben);
	const stream = flood("garden");
	await until("it floods", () => stream.bytesWritten > 100_000 * frame.length);
	const floodedMs = await slowestMs(ann, ben);
	expect(stream.destroyed).toBe(false);
	// Twice as long, and what a busy machine adds: where nothing slows him down hers never come.
	expect(floodedMs).toBeLessThan(2 * calmMs + 200);
	stream.destroy();
	for (const client of [ann, ben]) client.leave();
});
