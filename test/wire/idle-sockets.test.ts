/** Somebody opens sockets and says nothing on them: from one address, and beside others. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { openRaw, type RawClient } from "../fixtures/raw-client.ts";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

const config = readConfig({ env: {}, args: [], cwd: "/", webDir: "" });
const socketsMax = config?.gateway.socketsPerAddressMax ?? 0;
const atOnce = 50;

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

/** Somebody whom a proxy on this machine speaks for opens a socket. */
function open(address: string, room: string): Promise<RawClient> {
	return openRaw(`${weft.syncUrl}/${room}`, { "x-forwarded-for": address });
}

test("one address holds so many and no more; others come in and work beside them", async () => {
	expect(socketsMax).toBe(1_000);
	const held: RawClient[] = [];
	while (held.length < socketsMax) {
		const some = Array.from({ length: atOnce }, (_, index) => open("203.0.113.7", `room-${index}`));
		held.push(...(await Promise.all(some)));
	}
	await expect(open("203.0.113.7", "room-1")).rejects.toThrow("429");
	const [ann, ben] = [joinStock(weft.syncUrl, "garden"), joinStock(weft.syncUrl, "garden")];
	await until("they are in", () => ann.provider.synced && ben.provider.synced);
	for (const word of ["rose ", "lily ", "fern "]) ann.type(word);
	await until("he has it", () => ben.text.toString() === "rose lily fern ");
	expect((await open("203.0.113.8", "room-1")).closing()).toBeNull();
	held.pop()?.socket.terminate();
	await until("there is a place again", async () => {
		const another = await open("203.0.113.7", "room-1").catch(() => null);
		return another !== null;
	});
	for (const client of [ann, ben]) client.leave();
}, 120_000);
