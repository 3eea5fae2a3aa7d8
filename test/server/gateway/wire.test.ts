import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Unfinished } from "../../../server/gateway/frames/unfinished.ts";
import { WebSocketWire } from "../../../server/gateway/wire.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { until } from "../../fixtures/until.ts";

const ends: (() => void)[] = [];

afterEach(() => {
	for (const end of ends.splice(0)) end();
});

/** A stock client, the server's socket for it, and the wire that writes beside that socket. */
async function connect() {
	const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const client = new WebSocket(`ws://127.0.0.1:${port}`);
	const heard: string[] = [];
	client.on("message", (data: Buffer, isBinary) => heard.push(tell(data, isBinary)));
	client.on("ping", (data) => heard.push(`ping ${data}`));
	client.on("close", (code, reason) => heard.push(`close ${code} ${reason}`));
	const opened = once(client, "open");
	const [socket, request] = (await once(server, "connection")) as [WebSocket, IncomingMessage];
	await opened;
	ends.push(() => {
		client.terminate();
		server.close();
	});
	const unfinished = new Unfinished(new ManualClock(), () => 0);
	return { client, socket, wire: new WebSocketWire(socket, request.socket, unfinished), heard };
}

function tell(data: Buffer, isBinary: boolean): string {
	return `${isBinary ? "binary" : "text"} ${data.length} ${data.toString("hex", 0, 40)}`;
}

function message(size: number, first: number): Buffer {
	return Buffer.from(Array.from({ length: size }, (_, index) => (first + index) % 251));
}

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1_000_000];

describe("a stock client", () => {
	test("hears what ws itself would have sent, in order, pings and the close too", async () => {
		const [ours, plain] = [await connect(), await connect()];
		for (const [index, size] of sizes.entries()) {
			const messages = [message(size, index), message(3, index)];
			ours.wire.send(messages);
			for (const one of messages) plain.socket.send(one);
			ours.wire.send([message(size, 100 + index)]);
			plain.socket.send(message(size, 100 + index));
			for (const { socket } of [ours, plain]) socket.ping(`${index}`);
		}
		ours.wire.close(4400, "bad_frame");
		plain.socket.close(4400, "bad_frame");
		await Promise.all([ours, plain].map(({ client }) => once(client, "close")));
		expect(ours.heard).toEqual(plain.heard);
		expect(ours.heard).toHaveLength(4 * sizes.length + 1);
	});

	test("hears what many are sent at once", async () => {
		const readers = [await connect(), await connect(), await connect()];
		const sent = sizes.map((size) => [message(size, size % 100)]);
		for (const messages of sent) for (const { wire } of readers) wire.send(messages);
		for (const { wire } of readers) wire.close(1000, "");
		await Promise.all(readers.map(({ client }) => once(client, "close")));
		const told = sent.flat().map((one) => tell(one, true));
		for (const { heard } of readers) expect(heard).toEqual([...told, "close 1000 "]);
	});

	test("hears nothing behind the close, and nothing breaks", async () => {
		const { client, wire, heard } = await connect();
		wire.close(1012, "stopping");
		wire.send([message(3, 0)]);
		await once(client, "close");
		wire.send([message(3, 0)]);
		expect(heard).toEqual(["close 1012 stopping"]);
	});
});

test("what was written and has not left counts as waiting", async () => {
	const { client, wire } = await connect();
	client.pause();
	expect(wire.waitingBytes).toBe(0);
	while (wire.waitingBytes === 0) wire.send([message(1_000_000, 0)]);
	const before = wire.waitingBytes;
	wire.send([message(10, 0)]);
	expect(wire.waitingBytes).toBe(before + 12);
});

test("that all has gone out is told each time, and not where nothing waited", async () => {
	const { client, wire } = await connect();
	const nothing = () => undefined;
	let drainedCount = 0;
	const drained = () => drainedCount++;
	wire.listen({ message: nothing, broken: nothing, drained, closed: nothing });
	wire.send([message(3, 0)]);
	for (const round of [1, 2]) {
		client.pause();
		while (wire.waitingBytes === 0) wire.send([message(1_000_000, 0)]);
		expect(drainedCount).toBe(round - 1);
		client.resume();
		await until("all has gone out", () => drainedCount === round);
		expect(wire.waitingBytes).toBe(0);
	}
});

test("a socket that was cut takes no more, and nothing breaks", async () => {
	const { socket, wire } = await connect();
	const closed = once(socket, "close");
	wire.terminate();
	wire.send([message(3, 0)]);
	await closed;
	wire.send([message(3, 0)]);
	expect(socket.readyState).toBe(WebSocket.CLOSED);
});
