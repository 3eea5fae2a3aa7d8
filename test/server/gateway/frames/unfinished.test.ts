/** Many clients stop in the middle of a frame: what they hold is bounded, and the slowest go. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { Unfinished, unfinishedBytesMax } from "../../../../server/gateway/frames/unfinished.ts";
import { WebSocketWire } from "../../../../server/gateway/wire.ts";
import { failures } from "../../../../shared/errors.ts";
import { frameBytesMax } from "../../../../shared/limits.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { until } from "../../../fixtures/until.ts";

const ends: (() => void)[] = [];

afterEach(() => {
	for (const end of ends.splice(0)) end();
});

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** A server whose sockets may hold so much of frames that are not whole. */
async function openServer(bytesMax: number) {
	const clock = new ManualClock();
	let wholeBytes = 0;
	const unfinished = new Unfinished(clock, () => wholeBytes, bytesMax);
	const heard: number[] = [];
	const http = createServer();
	const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
	const receive = (socket: WebSocket, request: IncomingMessage) => {
		const wire = new WebSocketWire(socket, request.socket, unfinished);
		wire.listen({
			message: (bytes) => heard.push(bytes.length),
			broken: (code) => wire.close(failures[code].close, code),
			drained: () => undefined,
			closed: () => undefined,
		});
	};
	http.on("upgrade", (request, stream, head) => {
		sockets.handleUpgrade(request, stream, head, (socket) => receive(socket, request));
	});
	http.listen(0, "127.0.0.1");
	await once(http, "listening");
	const { port } = http.address() as AddressInfo;
	ends.push(() => {
		http.closeAllConnections();
		http.close();
		sockets.close();
	});
	const wait = (bytes: number) => {
		wholeBytes = bytes;
	};
	return { clock, unfinished, heard, wait, join: () => joinBy(port) };
}

/** A client that sends a frame in the parts that a test wants. */
async function joinBy(port: number) {
	const stream = connect(port, "127.0.0.1");
	ends.push(() => stream.destroy());
	await once(stream, "connect");
	stream.write(
		"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
			"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
	);
	await once(stream, "data");
	return { stream, closedWith: closingOf(stream) };
}

/** The code of the close frame that comes, if one does: `88 <length> <code: 2 bytes> <reason>`. */
function closingOf(stream: Socket): () => number | null {
	let code: number | null = null;
	stream.on("error", () => stream.destroy());
	stream.on("data", (bytes: Buffer) => {
		if (bytes[0] === 0x88) code = bytes.readUInt16BE(2);
	});
	return () => code;
}

/** The head of a binary frame; the last of its message or not. Masked with nothing. */
function headOf(bytes: number, isLast = true): Buffer {
	const head = Buffer.alloc(14);
	head[0] = isLast ? 0x82 : 0x02;
	head[1] = 0x80 | 127;
	head.writeBigUInt64BE(BigInt(bytes), 2);
	return head;
}

describe("frames that are not whole", () => {
	test("hold no more than they may, and the slowest are told to come back later", async () => {
		const { clock, unfinished, join } = await openServer(4 * mebibyte);
		const slow = await Promise.all(Array.from({ length: 5 }, join));
		for (const { stream } of slow) {
			stream.write(headOf(mebibyte));
			stream.write(Buffer.alloc(mebibyte / 2));
		}
		await until("their beginnings came", () => unfinished.bytes === 2.5 * mebibyte);
		clock.advance(60_000);
		const quick = await join();
		quick.stream.write(headOf(mebibyte));
		quick.stream.write(Buffer.alloc(mebibyte - 1));
		await until("some were told", () => slow.some(({ closedWith }) => closedWith() !== null));
		const told = slow.map(({ closedWith }) => closedWith()).filter((code) => code !== null);
		expect(told).toEqual([1013]);
		expect(quick.closedWith()).toBeNull();
		expect(unfinished.bytes).toBeLessThanOrEqual(4 * mebibyte);
		for (const { stream } of [...slow, quick]) stream.destroy();
		await until("nothing is held", () => unfinished.bytes === 0);
	});

	test("of many who do not read either never hold more", async () => {
		const { unfinished, join } = await openServer(4 * mebibyte);
		let most = 0;
		for (let count = 0; count < 40; count++) {
			const { stream } = await join();
			stream.write(headOf(mebibyte));
			stream.write(Buffer.alloc(mebibyte / 2));
			const before = unfinished.bytes;
			await until("it came", () => unfinished.bytes !== before || stream.destroyed);
			most = Math.max(most, unfinished.bytes);
		}
		expect(most).toBeGreaterThan(2 * mebibyte);
		expect(most).toBeLessThanOrEqual(4 * mebibyte);
	});

	test("are counted over the fragments of a message, and no more once it is whole", async () => {
		const { unfinished, heard, join } = await openServer(4 * mebibyte);
		const { stream } = await join();
		stream.write(headOf(1_000, false));
		stream.write(Buffer.alloc(1_000));
		await until("a fragment came", () => unfinished.bytes === 1_000);
		const last = headOf(500);
		last[0] = 0x80;
		stream.write(Buffer.concat([last, Buffer.alloc(200)]));
		await until("more came", () => unfinished.bytes === 1_200);
		stream.write(Buffer.alloc(300));
		await until("it is whole", () => heard.length === 1);
		expect([heard, unfinished.bytes]).toEqual([[1_500], 0]);
	});

	test("have no place beside whole ones that wait in rooms, but for who sends little", async () => {
		const { unfinished, heard, wait, join } = await openServer(4 * mebibyte);
		const [ann, mallory, late] = await Promise.all([join(), join(), join()]);
		wait(3.5 * mebibyte);
		mallory.stream.write(Buffer.concat([headOf(mebibyte), Buffer.alloc(mebibyte / 2)]));
		await until("it is told", () => mallory.closedWith() !== null);
		expect(mallory.closedWith()).toBe(1013);
		const before = unfinished.bytes;
		ann.stream.write(Buffer.concat([headOf(200), Buffer.alloc(100)]));
		await until("a part came", () => unfinished.bytes === before + 100);
		ann.stream.write(Buffer.alloc(100));
		await until("it is whole", () => heard.includes(200));
		wait(0);
		late.stream.write(Buffer.concat([headOf(mebibyte), Buffer.alloc(mebibyte)]));
		await until("it is whole", () => heard.includes(mebibyte));
		expect([ann.closedWith(), late.closedWith()]).toEqual([null, null]);
	});

	test("of who holds little are let be, however slow", () => {
		const clock = new ManualClock();
		const unfinished = new Unfinished(clock, () => 0, 4_000);
		const gone: string[] = [];
		const sending = (name: string) => ({
			giveUp: () => gone.push(name),
			terminate: () => gone.push(`${name}, cut`),
		});
		unfinished.note(sending("Ann's phone"), 100);
		clock.advance(100_000);
		unfinished.note(sending("who is slow"), 1_400);
		clock.advance(1_000);
		unfinished.note(sending("who is quick"), 1_400);
		expect(gone).toEqual([]);
		unfinished.note(sending("who is quicker"), 1_000);
		expect(gone).toEqual(["who is slow"]);
		// Who was told to go counts until it is gone, and is cut where there is no time for that.
		unfinished.note(sending("who comes then"), 200);
		expect(gone).toEqual(["who is slow", "who is slow, cut"]);
		expect(unfinished.bytes).toBe(2_700);
	});

	test("are as young as they are, where others ended in the same read", () => {
		const clock = new ManualClock();
		const unfinished = new Unfinished(clock, () => 0, 1_000);
		const gone: string[] = [];
		const [ann, ben] = ["ann", "ben"].map((name) => {
			return { giveUp: () => gone.push(name), terminate: () => undefined };
		});
		if (ann === undefined || ben === undefined) throw new Error("there are two");
		unfinished.note(ann, 500);
		clock.advance(9_000);
		unfinished.note(ben, 1);
		clock.advance(1_000);
		// Less than before: that one is whole, and this the beginning of the next.
		unfinished.note(ann, 400);
		unfinished.note(ben, 390);
		expect(gone).toEqual(["ben"]);
	});

	test("may always hold two of the largest, and on large machines an eighth of the memory", () => {
		const gibibyte = 1024 * mebibyte;
		expect(unfinishedBytesMax(gibibyte / 2, 0)).toBe(2 * frameBytesMax);
		expect(unfinishedBytesMax(16 * gibibyte, 0)).toBe(2 * gibibyte);
		expect(unfinishedBytesMax(16 * gibibyte, 4 * gibibyte)).toBe(gibibyte / 2);
		expect(unfinishedBytesMax(16 * gibibyte, Number.MAX_SAFE_INTEGER)).toBe(2 * gibibyte);
	});
});
