/** The cheap WebSocket client, held against ws. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { frameOf, RawSocket } from "../../../scripts/bench/people/raw-socket.ts";
import { until } from "../../fixtures/until.ts";

let server: WebSocketServer;
let url: string;
const heard: Buffer[] = [];

beforeEach(async () => {
	server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
	await once(server, "listening");
	url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/room`;
	heard.length = 0;
});

afterEach(() => {
	for (const client of server.clients) client.terminate();
	server.close();
});

/** Both ends of a new connection. */
async function connect(): Promise<{ ours: RawSocket; theirs: WebSocket; closes: string[] }> {
	const closes: string[] = [];
	const connected = once(server, "connection");
	const ours = await RawSocket.open(url, {
		message: (payload) => heard.push(Buffer.from(payload)),
		closed: (code, reason) => closes.push(`${code} ${reason}`),
	});
	const [theirs] = (await connected) as [WebSocket];
	return { ours, theirs, closes };
}

/** Bytes that are not all the same. */
function bytes(length: number): Buffer {
	return Buffer.from(Uint8Array.from({ length }, (_, index) => index * 7));
}

const sizes = [0, 1, 125, 126, 65_535, 65_536, 300_000];

describe("a raw socket", () => {
	test("is understood by ws at every length", async () => {
		const { ours, theirs } = await connect();
		const received: Buffer[] = [];
		theirs.on("message", (data: Buffer) => received.push(data));
		for (const size of sizes) ours.send(frameOf(bytes(size)));
		await until("all came", () => received.length === sizes.length);
		expect(received.map(({ length }) => length)).toEqual(sizes);
		expect(received.every((data) => data.equals(bytes(data.length)))).toBe(true);
	});

	test("understands ws at every length, alone or many in one read", async () => {
		const { theirs } = await connect();
		for (const size of [...sizes, ...sizes]) theirs.send(bytes(size));
		await until("all came", () => heard.length === sizes.length * 2);
		expect(heard.map(({ length }) => length)).toEqual([...sizes, ...sizes]);
		expect(heard.every((data) => data.equals(bytes(data.length)))).toBe(true);
	});

	test("puts a message in several frames together", async () => {
		const { theirs } = await connect();
		theirs.send(bytes(3), { fin: false });
		theirs.send(bytes(70_000), { fin: true });
		await until("it came", () => heard.length === 1);
		expect(heard[0]?.equals(Buffer.concat([bytes(3), bytes(70_000)]))).toBe(true);
	});

	test("answers a ping, and says how the server said goodbye", async () => {
		const { theirs, closes } = await connect();
		const pong = once(theirs, "pong");
		theirs.ping("abc");
		expect(String((await pong)[0])).toBe("abc");
		theirs.close(4403, "not allowed");
		await until("it closed", () => closes.length > 0);
		expect(closes).toEqual(["4403 not allowed"]);
	});

	test("knows when the server has heard what was sent, or never will", async () => {
		const { ours, theirs } = await connect();
		let heardCount = 0;
		theirs.on("message", () => {
			heardCount += 1;
		});
		for (let left = 100; left > 0; left--) ours.send(frameOf(bytes(10)));
		await ours.heard();
		expect(heardCount).toBe(100);
		theirs.pause();
		const never = ours.heard();
		theirs.terminate();
		await never;
		await ours.heard();
	});

	test("hears nothing while it is paused, and all of it after", async () => {
		const { ours, theirs } = await connect();
		ours.pause();
		theirs.send(bytes(100));
		const pinged = await connect();
		pinged.theirs.send(bytes(5));
		await until("the other heard", () => heard.length > 0);
		expect(heard.map(({ length }) => length)).toEqual([5]);
		ours.resume();
		await until("all came", () => heard.length === 2);
	});

	test("a server that refuses is quoted", async () => {
		server.options.verifyClient = (_, answer) => answer(false, 429, "Too Many");
		const opening = RawSocket.open(url, { message: () => undefined, closed: () => undefined });
		await expect(opening).rejects.toThrow("429");
	});
});
