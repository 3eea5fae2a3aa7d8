/** What many visits leave behind: a server in this process, real sockets, a real store. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { readConfig } from "../../../server/config.ts";
import { startWeft, type Weft } from "../../../server/weft.ts";
import { encodeStep1, encodeUpdate } from "../../../shared/protocol.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";
import { openRaw, type RawClient } from "../../fixtures/raw-client.ts";
import { until } from "../../fixtures/until.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const atOnce = 50;
/** What a round leaves by itself, of code above all. A visit that is kept is 4 KB or more. */
const ownBytesMax = 500_000;
const dataDir = makeFolder();
let weft: Weft;

beforeAll(async () => {
	const env = { WEFT_LIMITS: "off", WEFT_LOG: "silent", WEFT_LISTING: "on", PORT: "0" };
	const config = readConfig({ env, args: [], cwd: dataDir, webDir: "" });
	if (config === null) throw new Error("the server has no configuration");
	// A room that nobody is in goes at once.
	weft = await startWeft({ ...config, registry: { ...config.registry, roomIdleMs: 1 } });
});

afterAll(async () => {
	await weft.close();
	dropFolder(dataDir);
});

function come(room: string): Promise<RawClient> {
	return openRaw(`ws://localhost:${weft.port}/sync/${room}`);
}

async function figure(name: string): Promise<number> {
	const text = await (await fetch(`http://localhost:${weft.port}/metrics`)).text();
	return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}

/** Bytes that are in use when nobody is there any more. */
async function usedBytes(): Promise<number> {
	await until("everybody is gone", async () => (await figure("weft_sessions")) === 0);
	await until("all rooms are gone", async () => (await figure("weft_rooms")) === 0);
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round < 3; round++) {
		// What was looked at holds until the turn ends.
		await new Promise(setImmediate);
		collectGarbage();
		least = Math.min(least, process.memoryUsage().heapUsed);
	}
	return least;
}

/** A step 2 (y-protocols, sync.js). */
const isAnswer = (frame: Uint8Array | string) => frame[0] === 0 && frame[1] === 1;

/** Somebody says what they have to say, asks what a room holds, and goes when they know. */
async function visit(room: string, words: Uint8Array | null = null): Promise<void> {
	const client = await come(room);
	if (words !== null) client.socket.send(encodeUpdate(words));
	client.socket.send(encodeStep1(Uint8Array.of(0)));
	await until("they are told", () => client.received.some(isAnswer));
	client.socket.close();
	await client.closed;
}

/**
 * The least that so many visits leave behind, of some rounds: what the first ones leave is code
 * that was compiled, and what a leak leaves comes in each.
 */
async function leastLeft(bytesMax: number, round: (number: number) => Promise<void>) {
	let least = Number.POSITIVE_INFINITY;
	await round(0);
	for (let number = 1; number <= 6 && least >= bytesMax; number++) {
		const before = await usedBytes();
		await round(number);
		least = Math.min(least, (await usedBytes()) - before);
	}
	return least;
}

test("rooms in which nobody wrote leave nothing behind, in memory and on disk", async () => {
	const roomCount = 1_000;
	// FAULTS.md, R10: 20 MB for 100,000 of them.
	const bytesMax = 200 * roomCount + ownBytesMax;
	const left = await leastLeft(bytesMax, async (number) => {
		for (let done = 0; done < roomCount; done += atOnce) {
			const rooms = Array.from({ length: atOnce }, (_, index) => `${number}-${done + index}`);
			await Promise.all(rooms.map((room) => visit(room)));
		}
	});
	expect(left).toBeLessThan(bytesMax);
	const listed = await (await fetch(`http://localhost:${weft.port}/api/rooms`)).json();
	expect(listed).toMatchObject({ rooms: [] });
});

test("visits that write leave nothing in memory, however often the same people come", async () => {
	const visitCount = 300;
	const people = Array.from({ length: 10 }, () => new Y.Doc());
	const wordsOf = (doc: Y.Doc) => {
		const before = Y.encodeStateVector(doc);
		const text = doc.getText("text");
		doc.transact(() => {
			text.delete(0, text.length);
			text.insert(0, "rose");
		});
		return Y.encodeStateAsUpdate(doc, before);
	};
	// FAULTS.md, R13: 1 % of the heap for 1,000 visits.
	const bytesMax = ((await usedBytes()) / 100) * (visitCount / 1_000) + ownBytesMax;
	const left = await leastLeft(bytesMax, async () => {
		for (let done = 0; done < visitCount; done += people.length) {
			await Promise.all(people.map((doc) => visit("garden", wordsOf(doc))));
		}
	});
	expect(left).toBeLessThan(bytesMax);
});
