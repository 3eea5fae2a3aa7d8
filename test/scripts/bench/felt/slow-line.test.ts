/** The proxy that makes a line slow, over real sockets. Times are bounds from below only. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SlowLine } from "../../../../scripts/bench/felt/slow-line.ts";
import { streamsOf } from "../../../../scripts/converge/random.ts";

const roundTripMs = 60;

let server: Server;
let line: SlowLine;
const sockets = new Set<Socket>();

beforeEach(async () => {
	// Says back what it hears, and ends when its caller does.
	server = createServer((socket) => {
		socket.on("error", () => socket.destroy());
		socket.pipe(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	line = await SlowLine.open({
		host: "127.0.0.1",
		port,
		slowness: { roundTripMs, lossPercent: 10, cpuTimes: 1 },
		random: streamsOf(5)("line"),
	});
});

afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	sockets.clear();
	await line.close();
	await new Promise((resolve) => server.close(resolve));
});

function call(): Socket {
	const socket = connect({ port: Number(new URL(line.origin).port), host: "127.0.0.1" });
	sockets.add(socket);
	return socket;
}

test("bytes go there and back as they are, after a handshake and a round trip", async () => {
	const said = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 253));
	const startMs = performance.now();
	const socket = call();
	socket.end(said);
	const heard: Buffer[] = [];
	let firstMs = Number.NaN;
	for await (const bytes of socket) {
		if (heard.length === 0) firstMs = performance.now();
		heard.push(bytes as Buffer);
	}
	expect(Buffer.concat(heard).equals(said)).toBe(true);
	expect(firstMs - startMs).toBeGreaterThanOrEqual(2 * roundTripMs);
});

test("a line that is cut tears what is open and lets nobody in until it is mended", async () => {
	const ended = (socket: Socket) =>
		new Promise<void>((resolve) => {
			socket.on("error", () => undefined);
			socket.on("close", () => resolve());
		});
	const open = call();
	await new Promise((resolve) => open.on("connect", resolve));
	const torn = ended(open);
	line.cut();
	await torn;
	await ended(call());
	line.mend();
	const again = call();
	again.write("x");
	expect(String(await new Promise((resolve) => again.on("data", resolve)))).toBe("x");
});
