/** Somebody opens sockets and says nothing on them: from one address, and beside others. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { networkAddresses } from "../../../server/network.ts";
import { startWeft } from "../../../server/weft.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";
import { openRaw, type RawClient } from "../../fixtures/raw-client.ts";
import { joinStock } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

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

describe("who has not said what they want", () => {
	/** Nobody waits for a minute, as Node lets them. */
	const goneMsMax = 30_000;
	const sockets: Socket[] = [];

	afterAll(() => {
		for (const socket of sockets) socket.destroy();
	});

	function begin(head: string) {
		const socket = connect(weft.port, "127.0.0.1");
		sockets.push(socket);
		const seen = { startMs: performance.now(), endMs: 0, answer: "" };
		socket.on("error", () => socket.destroy());
		socket.on("data", (bytes: Buffer) => {
			seen.answer += bytes.toString("latin1");
		});
		socket.on("close", () => {
			seen.endMs = performance.now();
		});
		socket.write(head);
		return seen;
	}

	test("is gone within seconds, and has no more room than a head needs", async () => {
		const silent = Array.from({ length: 100 }, () => begin(""));
		const slow = Array.from({ length: 100 }, () => begin("GET /sync/garden HTTP/1.1\r\nHo"));
		const endless = begin(`GET / HTTP/1.1\r\nHost: a\r\nX-Word: ${"x".repeat(64 * 1024)}`);
		await until("it had too much to say", () => endless.endMs > 0);
		expect(endless.answer).toMatch(/^HTTP\/1\.1 431 /);
		const all = [...silent, ...slow];
		await until("they are gone", () => all.every(({ endMs }) => endMs > 0));
		for (const { startMs, endMs } of all) expect(endMs - startMs).toBeLessThan(goneMsMax);
	});
});

/** Connections from this machine's own address are a proxy's, of whom there may be many. */
const [host] = networkAddresses(networkInterfaces());

test.skipIf(host === undefined)(
	"an address has so many connections, a proxy any number",
	async () => {
		const dataDir = makeFolder();
		const env = { WEFT_LOG: "silent", PORT: "0", HOST: "0.0.0.0" };
		const own = readConfig({ env, args: [], cwd: dataDir, webDir: "" });
		if (own === null) throw new Error("the server has no configuration");
		expect(own.gateway.connectionsPerAddressMax).toBe(8 * socketsMax);
		const gateway = { ...own.gateway, connectionsPerAddressMax: 3 };
		const server = await startWeft({ ...own, gateway });
		const sockets: Socket[] = [];
		const open = async (from: string) => {
			const socket = connect(server.port, from);
			sockets.push(socket);
			socket.on("error", () => socket.destroy());
			await once(socket, "connect");
			return socket;
		};
		const asks = async (from: string) => {
			const socket = await open(from);
			const answer = once(socket, "data").then(() => "answered");
			const end = once(socket, "close").then(() => "closed");
			socket.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
			return Promise.race([answer, end]);
		};
		const address = host ?? "";
		expect(await Promise.all([1, 2, 3].map(() => asks(address)))).toEqual(
			Array(3).fill("answered"),
		);
		expect(await asks(address)).toBe("closed");
		expect(await Promise.all([1, 2, 3, 4].map(() => asks("127.0.0.1")))).not.toContain("closed");
		sockets[0]?.destroy();
		await until("there is a place again", async () => (await asks(address)) === "answered");
		for (const socket of sockets) socket.destroy();
		await server.close();
		dropFolder(dataDir);
	},
);
