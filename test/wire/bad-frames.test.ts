import * as encoding from "lib0/encoding";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fuzzFrames } from "../../scripts/fuzz/frames.ts";
import { encodeAwareness } from "../../shared/awareness.ts";
import { awarenessBytesMax, frameBytesMax } from "../../shared/limits.ts";
import { encodeAwarenessFrame } from "../../shared/protocol.ts";
import {
	type FrameParts,
	openRaw,
	type RawClient,
	rawFrame,
	sendBytes,
} from "../fixtures/raw-client.ts";
import { joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

const room = "hostile";

let weft: WeftProcess;
let ann: StockClient;
let ben: StockClient;
let drops = 0;
let round = 0;

beforeAll(async () => {
	weft = await startWeftProcess();
	[ann, ben] = [joinStock(weft.syncUrl, room), joinStock(weft.syncUrl, room)];
	await until("both are synced", () => ann.provider.synced && ben.provider.synced);
});

afterAll(async () => {
	for (const client of [ann, ben]) client.leave();
	await weft.drop();
});

beforeEach(() => {
	drops = 0;
});

afterEach(async () => {
	round++;
	ann.type(`<${round}>`);
	await until("bystanders still work", () => ben.text.toString().endsWith(`<${round}>`));
	for (const { provider } of [ann, ben]) if (!provider.wsconnected) drops++;
	expect(drops).toBe(0);
	expect((await fetch(`${weft.url}/healthz`)).status).toBe(200);
});

async function send(parts: FrameParts): Promise<number | null> {
	return sendBytes({ port: weft.port, path: `/sync/${room}` }, rawFrame(parts));
}

function open(): Promise<RawClient> {
	return openRaw(`${weft.syncUrl}/${room}`);
}

/** A state vector of nobody: what a well-behaved client begins with. */
const opening = [0, 0, 1, 0];

describe("a frame that breaks RFC 6455 closes its socket and nothing else:", () => {
	test.each<[string, FrameParts, number]>([
		["RSV1 without an extension", { first: 0xc2, payload: opening }, 1002],
		["RSV2", { first: 0xa2, payload: opening }, 1002],
		["RSV3", { first: 0x92, payload: opening }, 1002],
		["an unknown opcode", { first: 0x83, payload: opening }, 1002],
		["an unknown control opcode", { first: 0x8b, payload: opening }, 1002],
		["a continuation of nothing", { first: 0x80, payload: opening }, 1002],
		["a ping in parts", { first: 0x09, payload: [1] }, 1002],
		["a ping of 126 bytes", { first: 0x89, payload: new Array(126).fill(1) }, 1002],
		["no mask", { first: 0x82, payload: opening, isMasked: false }, 1002],
		["a close code of one byte", { first: 0x88, payload: [3] }, 1002],
		["close code 1005", { first: 0x88, payload: [0x03, 0xed] }, 1002],
		["close code 999", { first: 0x88, payload: [0x03, 0xe7] }, 1002],
		["a close reason that is not UTF-8", { first: 0x88, payload: [0x03, 0xe8, 0xff] }, 1007],
		["text that is not UTF-8", { first: 0x81, payload: [0xc3, 0x28] }, 1007],
		["2^53 bytes", { first: 0x82, claimedLength: 2 ** 53 }, 1009],
	])("%s", async (_what, parts, code) => {
		expect(await send(parts)).toBe(code);
	});

	test("close code 1000 is answered in kind", async () => {
		expect(await send({ first: 0x88, payload: [0x03, 0xe8] })).toBe(1000);
	});
});

describe("a frame that breaks the protocol closes its socket with 4400 and nothing else:", () => {
	test.each<[string, number[]]>([
		["nothing at all", []],
		["an unknown type", [9]],
		["an unknown type of many bytes", [0xff, 0xff, 0xff, 0x7f]],
		["a type that never ends", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
		["a sync message without its kind", [0]],
		["an unknown kind of sync", [0, 3, 0]],
		["a length that is cut short", [0, 0, 0x80]],
		["a state vector shorter than its length", [0, 0, 9, 0]],
		["a state vector that promises more", [0, 0, 1, 5]],
		["bytes behind a state vector", [0, 0, 1, 0, 7]],
		["bytes behind a query", [3, 0]],
		["awareness that is cut short", [1, 3, 1, 1]],
		["awareness with a thousand states", [1, 2, 0xe8, 0x07]],
		["awareness that is not JSON", [1, 5, 1, 1, 1, 1, 0x7b]],
		["permission denied, which only servers send", [2, 0, 0]],
		["welcome, which only servers send", [0x65, 1, 0, 0]],
		["saved, which only servers send", [0x66, 1, 1]],
	])("%s", async (_what, bytes) => {
		const raw = await open();
		raw.send(...opening);
		raw.send(...bytes);
		expect((await raw.closed).code).toBe(4400);
	});

	test.each<[string, () => Uint8Array]>([
		["20 million awareness states", () => hugeAwareness(20_000_000)],
		["20 million entries of a state vector", () => hugeStateVector(20_000_000)],
		["20 million structs", () => hugeUpdate(20_000_000)],
		["20 million deletes", () => hugeDeletes(20_000_000)],
	])("%s", async (what, make) => {
		// Rooms of their own: who comes after a refused update waits.
		const raw = await openRaw(`${weft.syncUrl}/${encodeURIComponent(what)}`);
		raw.send(...opening);
		raw.socket.send(make());
		expect([4400, 4422]).toContain((await raw.closed).code);
	});

	test("a text message", async () => {
		const raw = await open();
		raw.socket.send("hello");
		expect((await raw.closed).code).toBe(4400);
	});

	test("many at once, before the room is open", async () => {
		const raw = await open();
		for (let count = 0; count < 100; count++) raw.send(0xff, count);
		expect((await raw.closed).code).toBe(4400);
	});
});

test("whoever else comes from the same address does not wait for it", async () => {
	const startMs = performance.now();
	for (let count = 0; count < 10; count++) {
		const raw = await open();
		raw.send(0xff, count);
		await raw.closed;
	}
	const cleo = joinStock(weft.syncUrl, room);
	await until("she is in", () => cleo.provider.synced);
	cleo.leave();
	// Who waits longer each time waits for minutes by now: 1, 2, 4, 8, 16, 30, 30, 30 and 30 s.
	expect(performance.now() - startMs).toBeLessThan(100_000);
});

describe("an update that cannot be read closes its socket and nothing else:", () => {
	test.each<[string, number[]]>([
		["an update that is cut short", [0, 2, 3, 1, 1, 1]],
		["an update that is noise", [0, 2, 5, 0xde, 0xad, 0xbe, 0xef, 0x01]],
		["an update with a billion structs", [0, 2, 7, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0]],
	])("%s", async (_what, bytes) => {
		const raw = await open();
		raw.send(...opening);
		raw.send(...bytes);
		expect([4400, 4422]).toContain((await raw.closed).code);
	});
});

test("500 damaged frames end nothing but their own sockets, each with a code", async () => {
	const { counts, findings } = await fuzzFrames(weft.port, { seed: 7, mutantCount: 500 });
	expect(findings).toEqual([]);
	// Heads, messages, updates: what a mutation hits is found out by three readers.
	for (const code of [1002, 4400, 4422]) expect(counts[code]).toBeGreaterThan(5);
	expect(counts["goes on"]).toBeGreaterThan(5);
	expect(weft.output).not.toMatch(/"level":(50|60)|Error:/);
});

describe("one byte more than the largest", () => {
	test("frame is refused by its head, the largest is read", async () => {
		const largest = await openRaw(`${weft.syncUrl}/large`);
		largest.socket.send(new Uint8Array(frameBytesMax).fill(0xff));
		expect((await largest.closed).code).toBe(4400);
		const path = "/sync/larger";
		const larger = rawFrame({ first: 0x82, claimedLength: frameBytesMax + 1 });
		expect(await sendBytes({ port: weft.port, path }, larger)).toBe(1009);
	});

	test("state of a person ends the socket, the largest is shown to the others", async () => {
		const [eve, mallory] = await Promise.all([open(), open()]);
		const isShown = () => ann.provider.awareness.getStates().has(5);
		eve.socket.send(awarenessOf(awarenessBytesMax, 5));
		await until("it is shown", isShown);
		mallory.socket.send(awarenessOf(awarenessBytesMax + 1, 6));
		expect((await mallory.closed).code).toBe(4400);
		expect(eve.closing()).toBeNull();
		eve.socket.terminate();
		await until("it is gone", () => !isShown());
		expect(ann.provider.awareness.getStates().has(6)).toBe(false);
	});
});

test("who sends too much again and again waits longer each time", async () => {
	const path = "/sync/too-much";
	const tooMuch = rawFrame({ first: 0x82, claimedLength: 70_000_000 });
	for (let count = 0; count < 3; count++) {
		const startMs = performance.now();
		expect(await sendBytes({ port: weft.port, path }, tooMuch)).toBe(1009);
		if (count === 2) expect(performance.now() - startMs).toBeGreaterThan(900);
	}
});

/** One state, of so many code units of JSON as it is sent. */
function awarenessOf(length: number, clientId: number): Uint8Array {
	const state = JSON.stringify({ x: "" });
	const full = JSON.stringify({ x: "x".repeat(length - state.length) });
	return encodeAwarenessFrame(encodeAwareness([{ clientId, clock: 1, state: full }]));
}

/** Zeros: states of client 0, clock 0, and no letters. */
function hugeAwareness(count: number): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint8Array(encoder, counted(count, new Uint8Array(count * 3)));
	});
}

function hugeStateVector(count: number): Uint8Array {
	return syncFrame(0, counted(count, new Uint8Array(count * 2).fill(1)));
}

/** GC structs of client 9, one element each, and no deletes. */
function hugeUpdate(count: number): Uint8Array {
	const structs = Buffer.alloc(count * 2, Uint8Array.of(0, 1));
	const block = counted(count, Uint8Array.of(9, 0));
	return syncFrame(2, Uint8Array.of(1, ...block), structs, Uint8Array.of(0));
}

/** One range of client 9 again and again. */
function hugeDeletes(count: number): Uint8Array {
	const head = Uint8Array.of(0, 1, 9, ...counted(count, new Uint8Array(0)));
	return syncFrame(2, head, new Uint8Array(count * 2).fill(1));
}

function counted(count: number, bytes: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, count);
		encoding.writeUint8Array(encoder, bytes);
	});
}

function syncFrame(step: number, ...parts: readonly Uint8Array[]): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 0);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, Buffer.concat(parts));
	});
}
