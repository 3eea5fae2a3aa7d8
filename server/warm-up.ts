/**
 * Types to itself for a moment, in rooms that nobody sees and on a disk that forgets.
 *
 * V8 runs code slowly until it was called often. In a quiet room that takes minutes, and a server
 * that many come to at once stands still while it compiles what all of them need. So each server
 * goes the path of a keystroke a few thousand times, from socket to socket, before it listens:
 * beside people it would take the processor from the first who come.
 *
 * V8 throws away what it compiled when something turns out otherwise than it was until then. So the
 * true parts of the server are there already, and what is typed here differs as it does later.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import * as Y from "yjs";
import type { Millis } from "../shared/clock.ts";
import { WeftError } from "../shared/errors.ts";
import {
	encodeAwarenessFrame,
	encodeHello,
	encodeStep1,
	encodeStep2,
	encodeUpdate,
} from "../shared/protocol.ts";
import { addStroke } from "../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../shared/surfaces/root.ts";
import type { Stroke } from "../shared/surfaces/stroke-codec.ts";
import { readConfig } from "./config.ts";
import { Gateway } from "./gateway/gateway.ts";
import { Metrics } from "./metrics.ts";
import { nodeClock } from "./node-clock.ts";
import { standingOf } from "./rooms/access.ts";
import { Keeper } from "./rooms/keeper.ts";
import { createStamps } from "./rooms/members/roster.ts";
import { Registry } from "./rooms/registry.ts";
import { createScheduler } from "./rooms/scheduler.ts";
import { threadedCompression } from "./store/compress.ts";
import type { Binding } from "./store/level-binding.ts";
import { openStoreOn } from "./store/level-store.ts";

const roomCount = 20;
/** Of the writers in each room: V8 keeps numbers below 2^31 otherwise than larger ones. */
const clientIds: readonly number[] = [2 ** 28, 2 ** 32 - 1];
const writersPerRoom = clientIds.length;

/** How much is typed. */
export interface WarmUpBounds {
	/** In each of two rounds. */
	readonly lettersEach: number;
	/** Of the processor. */
	readonly spentMsMax: Millis;
	/** Of the clock: somebody waits for the server. */
	readonly waitMsMax: Millis;
}

/**
 * 24,000 letters in all. V8 compiles a function once it ran long enough: short ones, of which there
 * are many, after ten thousand calls. Who comes before that waits for the compiler, a tenth of a
 * second when many come at once. On a slow or busy machine the time ends it.
 */
const usual: WarmUpBounds = { lettersEach: 300, spentMsMax: 2_500, waitMsMax: 4_000 };
/** A frame of a client has a mask; zeros change nothing (RFC 6455, section 5.3). */
const mask = [0, 0, 0, 0];
/** How the length of a frame is written, ibid.: shorter ones as they are, long ones behind this. */
const shortBytesMax = 126;
const longLength = 127;

const wordsPerStroke = 10;
/** From one word to where the next one goes: far. */
const spotStep = 7_919;
const aStroke: Stroke = {
	kind: "pen",
	color: 1,
	width: 2,
	points: Float64Array.of(0, 0, 10, 5, 20, 5, 30, 0),
	pressures: null,
	times: null,
};
const nothing = Buffer.alloc(0);

/** How much was done. */
export interface WarmedUp {
	/** Letters that were typed. */
	readonly typedCount: number;
	/** Bytes that came back to those who typed. */
	readonly heardBytes: number;
	/** Bytes that others were told of what was made apart. */
	readonly mergedBytes: number;
}

/**
 * Does it; nothing of it is left behind.
 *
 * @throws Error where no port of this machine is free, or the first of what failed in its rooms
 */
export async function warmUp(bounds: WarmUpBounds = usual): Promise<WarmedUp> {
	const hasTime = timeOf(bounds);
	letGoOfABuffer();
	const first = await typeInRooms(bounds.lettersEach, hasTime);
	// Once more: what there was but one of until now is not taken for the only one there will be.
	const second = await typeInRooms(bounds.lettersEach, hasTime);
	return {
		typedCount: first.typedCount + second.typedCount,
		heardBytes: first.heardBytes + second.heardBytes,
		mergedBytes: first.mergedBytes + second.mergedBytes,
	};
}

async function typeInRooms(lettersEach: number, hasTime: () => boolean): Promise<WarmedUp> {
	const { registry, gateway, failed, close } = await openParts();
	const server = createServer();
	server.on("upgrade", (request, _, head) => gateway.upgrade(request, head));
	const sockets: Socket[] = [];
	let warmedUp: WarmedUp;
	try {
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		for (let index = 0; index < roomCount * writersPerRoom; index++) {
			const room = index % roomCount;
			const isStock = room % 2 === 0;
			sockets.push(await enter(server, `room-${room}`, isStock));
		}
		const goesOn = () => hasTime() && failed.length === 0;
		const typed = await typeAll(sockets, lettersEach, goesOn);
		const away = [await enter(server, "away", false), await enter(server, "away", true)] as const;
		sockets.push(...away);
		warmedUp = { ...typed, mergedBytes: await merge(away, lettersEach, goesOn) };
	} finally {
		for (const socket of sockets) socket.destroy();
		await registry.drain("stopping");
		await close();
		// Last: rooms wait by timers that do not keep the process alive, and nothing else may do so.
		await new Promise((resolve) => server.close(resolve));
	}
	if (failed.length > 0) throw failed[0];
	return warmedUp;
}

/** Everybody types a letter a turn, until all have typed or it took long enough. */
async function typeAll(
	sockets: readonly Socket[],
	lettersEach: number,
	goesOn: () => boolean,
): Promise<Omit<WarmedUp, "mergedBytes">> {
	// The same letters in each room: only those in one room must differ.
	const writings = clientIds.map((clientId) => framesOf(clientId, lettersEach));
	let typedCount = 0;
	for (let letter = 0; letter < lettersEach && goesOn(); letter++) {
		for (const [index, socket] of sockets.entries()) {
			// A turn behind the other: what comes while the disk works gathers. Or both at once.
			if (index === roomCount && letter % 4 !== 3) await turn();
			const writer = Math.floor(index / roomCount);
			// In every other room the higher id comes first: Yjs looks at which is lower.
			const writing = writings[index % 2 === 0 ? writer : writersPerRoom - 1 - writer];
			socket.write(writing?.[letter] ?? nothing);
		}
		typedCount += sockets.length;
		await turn();
	}
	await turn();
	return { typedCount, heardBytes: sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0) };
}

/**
 * One of two comes back with what they made without a network, which is taken in many turns. V8
 * would compile what that needs beside people whom it keeps waiting.
 */
async function merge(
	[writer, reader]: readonly [Socket, Socket],
	count: number,
	goesOn: () => boolean,
): Promise<number> {
	if (!goesOn()) return 0;
	const update = madeApart(count);
	const before = reader.bytesRead;
	writer.write(frameOf(encodeStep2(update)));
	// Half of it: the rest is done when the rooms close.
	while (goesOn() && reader.bytesRead - before < update.length / 2) await turn();
	return reader.bytesRead - before;
}

/** Words here and there in a text, and strokes: ten words for each stroke. */
function madeApart(strokeCount: number): Uint8Array {
	const doc = new Y.Doc();
	doc.transact(() => {
		const text = textOf(doc);
		for (let word = 0; word < strokeCount * wordsPerStroke; word++) {
			text.insert((word * spotStep) % (text.length + 1), "words ");
		}
		for (let index = 0; index < strokeCount; index++) addStroke(strokesOf(doc), aStroke);
	});
	return Y.encodeStateAsUpdate(doc);
}

/** True until its time, which begins now, is over. */
function timeOf({ spentMsMax, waitMsMax }: WarmUpBounds): () => boolean {
	const spentUntilMs = spentMs() + spentMsMax;
	const untilMs = nodeClock.elapsed() + waitMsMax;
	return () => spentMs() < spentUntilMs && nodeClock.elapsed() < untilMs;
}

/** What this process has used of processors: time in which others had them does not count. */
function spentMs(): Millis {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

/** A turn of the event loop: what was written is read. */
function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/**
 * The first large update that the thread of snapshots is handed leaves its buffer behind: until one
 * is, V8 compiles as if none ever could, and then forgets all that touches bytes.
 */
function letGoOfABuffer(): void {
	const buffer = new ArrayBuffer(1);
	structuredClone(buffer, { transfer: [buffer] });
}

/** Frames of somebody who types. */
function framesOf(clientId: number, letterCount: number): Buffer[] {
	const frames: Buffer[] = [];
	const doc = new Y.Doc();
	doc.clientID = clientId;
	doc.on("update", (update: Uint8Array) => frames.push(frameOf(encodeUpdate(update))));
	const text = doc.getText("text");
	for (let letter = 0; letter < letterCount; letter++) {
		text.insert(spotOf(letter), "a");
	}
	return frames;
}

/** Where a letter goes: mostly behind all others, else among them, and at times before all. */
function spotOf(letter: number): number {
	if (letter % 3 < 2) return letter;
	return letter % 15 === 2 ? 0 : letter - 2;
}

/** A message of a client as it goes over a WebSocket: short ones, or with 32 bits of length. */
function frameOf(message: Uint8Array): Buffer {
	if (message.length < shortBytesMax) {
		return Buffer.from([0x82, 0x80 | message.length, ...mask, ...message]);
	}
	const head = Buffer.from([0x82, 0x80 | longLength, 0, 0, 0, 0, 0, 0, 0, 0, ...mask]);
	head.writeUInt32BE(message.length, 6);
	return Buffer.concat([head, message]);
}

/** Somebody who is in a room, and was told what is there; with Weft's own client or another. */
async function enter(server: Server, room: string, isStock: boolean): Promise<Socket> {
	const { port } = server.address() as AddressInfo;
	const socket = connect(port, "127.0.0.1");
	socket.on("error", () => socket.destroy());
	socket.write(
		`GET /sync/${room} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n` +
			"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
	);
	await once(socket, "data");
	socket.resume();
	if (!isStock) socket.write(frameOf(encodeHello()));
	socket.write(frameOf(encodeStep1(Y.encodeStateVector(new Map()))));
	socket.write(frameOf(encodeStep2(Uint8Array.of(0, 0))));
	socket.write(frameOf(encodeAwarenessFrame(Uint8Array.of(0))));
	return socket;
}

/** The parts of a server that handle a keystroke, with its limits but for those of an address. */
async function openParts() {
	const clock = nodeClock;
	const surroundings = { env: { WEFT_LIMITS: "off" }, args: [], cwd: "/", webDir: "/" };
	const config = readConfig(surroundings);
	if (config === null) throw new Error("the usual settings are no help page");
	const none = () => 0;
	/** At most one from each room and each socket. */
	const failed: unknown[] = [];
	const report = (error: unknown) => failed.push(error);
	const { log, records } = await openStoreOn({
		directory: "",
		clock,
		historyMs: config.historyMs,
		compression: threadedCompression,
		openBinding: openForgetful,
		probeDisk: () => Promise.resolve(),
	});
	const fold = () => Promise.reject(new Error("nothing is stored that could be folded"));
	const limits = config.compaction;
	const keeper = new Keeper({ log, records, clock, fold, limits, report });
	const registry = new Registry({
		log,
		clock,
		scheduler: createScheduler(),
		stamp: createStamps(clock),
		keeper,
		limits: config.registry,
		observe: new Metrics({ rooms: none, sessions: none, outboxBytes: none }, null),
		report,
	});
	const gateway = new Gateway({
		registry,
		clock,
		limits: config.gateway,
		identify: () => ({ guest: null, login: null, refused: null }),
		hasGuests: true,
		isTaken: () => false,
		access: async ({ name: room }) => {
			return { room, standing: standingOf("editor"), untilMs: null, presenterId: null };
		},
		report: (code) => {
			if (code !== "stopping") report(new WeftError(code));
		},
	});
	const close = async () => {
		gateway.close();
		await keeper.close();
		await records.close();
		await log.close();
	};
	return { registry, gateway, failed, close };
}

/** A disk that takes everything and keeps nothing. */
function openForgetful(): Binding {
	const done = () => Promise.resolve();
	return {
		open: done,
		close: done,
		getMany: (keys) => Promise.resolve(keys.map(() => null)),
		read: () => ({ next: () => Promise.resolve([]), end: done }),
		write: () => new Promise((resolve) => setImmediate(resolve)),
		compactRange: done,
	};
}
