/** People write and share photos while a backup is made; what it brings back is all they had. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { seeded } from "../../scripts/converge/random.ts";
import { encodePng } from "../../scripts/replay/png.ts";
import { dropFolder, makeFolder, projectRoot, runNode } from "../fixtures/project.ts";
import { joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, WeftProcess } from "../fixtures/weft-process.ts";

/** In the order in which the store holds them. */
const rooms = ["shed", "yard", "garden"];
/** Bytes in the yard that do not compress: they take a while, behind the shed. */
const ballastBytes = 512 * 1024;
const ballastCount = 6;

let folder = "";
let weft: WeftProcess;

beforeAll(async () => {
	const script = join(projectRoot, "scripts/build.mjs");
	execFileSync(process.execPath, [script, "scripts"], { stdio: ["ignore", "ignore", "inherit"] });
	folder = makeFolder();
	weft = await startWeftProcess({ env: { WEFT_LIMITS: "off" } });
});

afterAll(async () => {
	await weft.drop();
	dropFolder(folder);
});

/** Runs a command of the operator on a data folder. */
async function operate(script: string, dataDir: string, ...args: string[]): Promise<string> {
	const env = { WEFT_DATA: dataDir };
	const running = runNode(projectRoot, [`dist/scripts/${script}.js`, ...args], env);
	const status = await running.ended;
	expect(status, running.output()).toBe(0);
	return running.output();
}

async function newGuest(): Promise<string> {
	const { headers } = await fetch(`${weft.url}/api/me`);
	return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

interface Shared {
	readonly room: string;
	readonly blob: string;
}

/** Shares a picture that nobody shared before. */
async function share(room: string, index: number, cookie: string): Promise<Shared> {
	const colorAt = () => [index % 256, index >> 8, room.length] as const;
	const answer = await fetch(`${weft.url}/api/rooms/${room}/photos/picture-${room}-${index}`, {
		method: "PUT",
		headers: { cookie },
		body: new Uint8Array(encodePng({ width: 8, height: 8, colorAt })),
	});
	expect(answer.status).toBe(201);
	return { room, blob: ((await answer.json()) as { blob: string }).blob };
}

const listOf = ({ doc }: StockClient) => doc.getArray<number>("list").toArray();

test("a backup under load has all that was saved before, and members bring the rest", async () => {
	const [annCookie, benCookie] = [await newGuest(), await newGuest()];
	const writers = rooms.map((room) => joinStock(weft.syncUrl, room, { cookie: annCookie }));
	const readers = rooms.map((room) => joinStock(weft.syncUrl, room, { cookie: benCookie }));
	const people = [...writers, ...readers];
	await until("all are in", () => people.every(({ provider }) => provider.synced));
	const [shed, yard, garden] = writers;
	const random = seeded(6);
	for (let index = 0; index < ballastCount; index++) {
		const bytes = Uint8Array.from({ length: ballastBytes }, () => random() * 256);
		yard?.doc.getArray("ballast").push([bytes]);
	}
	let count = 0;
	const typing = setInterval(() => {
		for (const writer of [shed, yard]) writer?.doc.getArray("list").push([count]);
		count++;
	}, 5);
	// Into the garden comes what was seen in the shed: no moment has more in it than in the shed.
	const seenInShed = readers[0]?.doc.getArray<number>("list");
	seenInShed?.observe(() => {
		const plot = garden?.doc.getArray("list");
		plot?.push(seenInShed.toArray().slice(plot.length));
	});
	const shared: Shared[] = [];
	let isSharing = true;
	const sharing = (async () => {
		for (let index = 0; isSharing; index++) {
			for (const room of rooms) shared.push(await share(room, index, annCookie));
		}
	})();
	await until(
		"the readers have all and some photos are stored",
		() =>
			shared.length > 5 &&
			readers[1]?.doc.getArray("ballast").length === ballastCount &&
			readers.every((reader) => listOf(reader).length > 50),
	);

	// Shown means saved: whatever a reader has now was on disk before the backup began.
	const savedLists = readers.map(listOf);
	const savedPhotos = [...shared];
	const backup = join(folder, "backup");
	const said = await operate("backup", weft.dataDir, backup);
	expect(said).toMatch(/copied 3 rooms, \d+ photos, \d+ entries, beside the server to /);
	clearInterval(typing);
	isSharing = false;
	await sharing;
	const hasArrived = () => readers.every((reader) => listOf(reader).length === count);
	await until("all that was written is with the readers", hasArrived);
	const held = readers.map(({ doc }) => Y.encodeStateAsUpdate(doc));
	for (const person of people) person.leave();
	await weft.stop();

	const restoredDir = join(folder, "restored");
	await operate("backup/restore", restoredDir, backup);
	expect(await operate("doctor", restoredDir)).toMatch(/: nothing is wrong\n$/);
	const restored = new WeftProcess({ dataDir: restoredDir, env: { WEFT_HEAL: "on" } });
	await restored.start();
	const fresh = rooms.map((room) => joinStock(restored.syncUrl, room));
	await until("every room opens", () => fresh.every(({ provider }) => provider.synced));
	fresh.forEach((client, at) => {
		const list = listOf(client);
		// One moment: all up to somewhere, and nothing of what came later.
		expect(list).toEqual(Array.from(list, (_, index) => index));
		expect(list.length).toBeGreaterThanOrEqual(savedLists[at]?.length ?? 0);
	});
	const [shedCount = 0, , gardenCount = 0] = fresh.map((client) => listOf(client).length);
	expect(gardenCount).toBeLessThanOrEqual(shedCount);
	expect(fresh[1]?.doc.getArray("ballast").length).toBe(ballastCount);
	for (const { room, blob } of savedPhotos) {
		for (const size of ["full", "thumb"]) {
			const answer = await fetch(`${restored.url}/api/rooms/${room}/blobs/${blob}/${size}`);
			expect(answer.status, `${room} ${blob} ${size}`).toBe(200);
			await answer.arrayBuffer();
		}
	}

	// Only Ben comes back, who wrote nothing himself: what Ann wrote after the backup is his too.
	const members = rooms.map((room, at) => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, held[at] ?? Uint8Array.of(0, 0));
		return joinStock(restored.syncUrl, room, { cookie: benCookie, doc });
	});
	const isWhole = () => fresh.every((client) => listOf(client).length === count);
	await until("what the backup lacked is there again", isWhole);
	for (const client of [...fresh, ...members]) client.leave();
	await restored.stop();
	expect(await operate("doctor", restoredDir)).toMatch(/: nothing is wrong\n$/);
});
