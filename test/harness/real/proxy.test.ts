/** The bad network on loopback, each of its ways alone, around a plain TCP server. */
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../../../scripts/converge/random.ts";
import { TcpProxy } from "../../../scripts/converge/real/proxy.ts";
import { until } from "../../fixtures/until.ts";

/** One end of a connection, and what came out of it. */
class End {
	readonly socket: Socket;
	/** What came, in the pieces in which it came. */
	readonly pieces: Buffer[] = [];
	error: string | null = null;
	isClosed = false;

	constructor(socket: Socket) {
		this.socket = socket;
		socket.on("data", (piece: Buffer) => this.pieces.push(piece));
		socket.on("error", (error: NodeJS.ErrnoException) => {
			this.error = error.code ?? error.message;
		});
		socket.on("close", () => {
			this.isClosed = true;
		});
	}

	get received(): Buffer {
		return Buffer.concat(this.pieces);
	}

	get text(): string {
		return this.received.toString("latin1");
	}
}

let server: Server;
let proxy: TcpProxy;
/** The server's ends, in the order in which they came. */
let accepted: End[];
const opened: Socket[] = [];
let isAnswering = true;

beforeEach(async () => {
	accepted = [];
	isAnswering = true;
	server = createServer((socket) => accepted.push(new End(socket)));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	proxy = await openProxy();
});

afterEach(async () => {
	for (const socket of opened.splice(0)) socket.destroy();
	for (const { socket } of accepted) socket.destroy();
	await proxy.close();
	server.close();
});

function openProxy(): Promise<TcpProxy> {
	const address = server.address();
	const port = address !== null && typeof address === "object" ? address.port : 0;
	const target = () => (isAnswering ? { host: "127.0.0.1", port } : null);
	return TcpProxy.open({ target, random: seeded(7) });
}

/** Connects through a proxy; both ends. */
async function open(through = proxy): Promise<{ client: End; far: End }> {
	const count = accepted.length;
	const socket = connect(through.port, "127.0.0.1");
	opened.push(socket);
	const client = new End(socket);
	await until("the server accepts", () => accepted.length > count);
	const far = accepted[count];
	if (far === undefined) throw new Error("nobody was accepted");
	return { client, far };
}

/** Something makes the whole way there and back, on a connection of its own: time has passed. */
async function pass(through = proxy): Promise<void> {
	const { client, far } = await open(through);
	client.socket.write("there");
	await until("it is there", () => far.text === "there");
	far.socket.write("back");
	await until("it is back", () => client.text === "back");
}

test("in fair weather every byte arrives, both ways, and so does the end", async () => {
	const { client, far } = await open();
	const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
	client.socket.write(bytes);
	far.socket.end(bytes);
	await until("all is there", () => far.received.length + client.received.length === 600_000);
	expect(far.received.equals(bytes) && client.received.equals(bytes)).toBe(true);
	await until("both have ended", () => client.isClosed && far.isClosed);
	expect([client.error, far.error]).toEqual([null, null]);
	await until("the proxy forgets them", () => proxy.connectionCount === 0);
});

test("latency makes one direction late, and jitter never changes the order", async () => {
	const { client, far } = await open();
	proxy.set("up", { latencyMs: 60, jitterMs: 40 });
	const startMs = performance.now();
	const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`);
	for (const line of lines) {
		client.socket.write(line);
		await new Promise((resolve) => setImmediate(resolve));
	}
	far.socket.write("fast");
	await until("the other direction is there", () => client.text === "fast");
	expect(far.text).toBe("");
	await until("all is there", () => far.text === lines.join(""));
	expect(performance.now() - startMs).toBeGreaterThanOrEqual(60);
});

test("calm weather brings at once what was late", async () => {
	const { client, far } = await open();
	proxy.set("up", { latencyMs: 3_600_000 });
	client.socket.write("late");
	far.socket.write("fast");
	await until("the other direction is there", () => client.text === "fast");
	expect(far.text).toBe("");
	proxy.calm();
	await until("it is there", () => far.text === "late");
});

test("a cut resets both sides, and only who is behind that proxy", async () => {
	const other = await openProxy();
	try {
		const [ann, ben] = [await open(), await open(other)];
		proxy.cut();
		await until("both know", () => ann.client.isClosed && ann.far.isClosed);
		expect([ann.client.error, ann.far.error]).toEqual(["ECONNRESET", "ECONNRESET"]);
		ben.client.socket.write("still here");
		await until("others go on", () => ben.far.text === "still here");
	} finally {
		await other.close();
	}
});

test("half open: nothing arrives, nobody is told, until all faults end", async () => {
	for (const leave of ["destroy", "resetAndDestroy"] as const) {
		const { client, far } = await open();
		proxy.lose("up");
		proxy.lose("down");
		client.socket.write("lost");
		far.socket.write("lost");
		await pass();
		client.socket[leave]();
		await pass();
		expect([far.text, client.text, far.isClosed]).toEqual(["", "", false]);
		proxy.calm();
		await until("the server learns of it", () => far.isClosed);
		expect(far.error).toBe("ECONNRESET");
	}
});

test("in another network: the client knows, the server does not until all faults end", async () => {
	const { client, far } = await open();
	proxy.roam();
	await until("the client knows", () => client.isClosed);
	await pass();
	expect([client.error, far.isClosed]).toEqual(["ECONNRESET", false]);
	proxy.calm();
	await until("the server learns of it", () => far.isClosed);
});

test("one way is lost: the other still brings everything", async () => {
	for (const direction of ["up", "down"] as const) {
		const { client, far } = await open();
		proxy.lose(direction);
		client.socket.write("up");
		far.socket.write("down");
		const [heard, deaf] = direction === "up" ? [client, far] : [far, client];
		await until("the other way is open", () => heard.text !== "");
		await pass();
		expect(deaf.text).toBe("");
		proxy.calm();
		await until("it is dead", () => client.isClosed && far.isClosed);
	}
});

test("frames are split into pieces of a few bytes", async () => {
	const { client, far } = await open();
	proxy.set("up", { pieceBytesMax: 5 });
	const bytes = Buffer.from(Array.from({ length: 500 }, (_, index) => index % 251));
	client.socket.write(bytes);
	await until("all is there", () => far.received.length === 500);
	expect(far.received.equals(bytes)).toBe(true);
	expect(far.pieces.length).toBeGreaterThan(20);
});

test("frames are gathered and come as one", async () => {
	const { client, far } = await open();
	proxy.set("down", { gatherMs: 100 });
	const other = await openProxy();
	for (const word of ["one ", "two ", "three"]) {
		far.socket.write(word);
		await pass(other);
	}
	await until("something is there", () => client.text !== "");
	expect(client.pieces.map(String)).toEqual(["one two three"]);
	await other.close();
});

test("a slow reader takes so much a second, and holds back who sends", async () => {
	const { client, far } = await open();
	proxy.set("down", { bytesPerSecondMax: 64 * 1024 });
	const startMs = performance.now();
	far.socket.write(Buffer.alloc(32 * 1024 * 1024));
	await until("16 KiB are there", () => client.received.length >= 16 * 1024);
	expect(performance.now() - startMs).toBeGreaterThan(150);
	expect(client.received.length).toBeLessThan(64 * 1024);
	expect(far.socket.writableLength).toBeGreaterThan(0);
});

test("where nobody answers, a connection is reset", async () => {
	isAnswering = false;
	const socket = connect(proxy.port, "127.0.0.1");
	const client = new End(socket);
	await until("it is closed", () => client.isClosed);
	expect(client.error).toBe("ECONNRESET");
	expect(accepted).toEqual([]);
});
