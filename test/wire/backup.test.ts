/** People write and share photos while a backup is made; what it brings back is all they had. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { seeded } from "../../scripts/converge/random.ts";
import { encodePng } from "../../scripts/replay/png.ts";
import { operate } from "../fixtures/people/operator.ts";
import { dropFolder, makeFolder, projectRoot } from "../fixtures/project.ts";
import { joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, WeftProcess } from "../fixtures/weft-process.ts";

/** In the order in which the store holds them. */
const rooms = ["shed", "yard", "garden"];
/** Bytes in the yard that do not compress: they take a while, behind the shed. */
const ballastBytes = 512 * 1024;
const ballastCount = 6;

/** Bounds are for what hangs. */
const waitMsMax = 240_000;
const testMsMax = 480_000;

let folder = "";
let weft: WeftProcess;
let restored: WeftProcess | null = null;

beforeAll(async () => {
	const script = join(projectRoot, "scripts/build.mjs");
	execFileSync(process.execPath, [script, "scripts"], { stdio: ["ignore", "ignore", "inherit"] });
	folder = makeFolder();
	weft = await startWeftProcess({ env: { WEFT_LIMITS: "off" } });
});

afterAll(async () => {
	await restored?.drop();
	await weft.drop();
	dropFolder(folder);
});

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

/** Waits for what takes as long as the machine is busy. */
const patiently = (what: string, isTrue: () => boolean) => until(what, isTrue, waitMsMax);

const listOf = ({ doc }: StockClient) => doc.getArray<number>("list").toArray();

test(
	"a backup under load has all that was saved before, and members bring the rest",
	async () => {
		const [annCookie, benCookie] = [await newGuest(), await newGuest()];
		const writers = rooms.map((room) => joinStock(weft.syncUrl, room, { cookie: annCookie }));
		const readers = rooms.map((room) => joinStock(weft.syncUrl, room, { cookie: benCookie }));
		const people = [...writers, ...readers];
		await patiently("all are in", () => people.every(({ provider }) => provider.synced));
		const [shed, yard, garden] = writers;
		const random = seeded(6);
		for (let index = 0; index < ballastCount; index++) {
			const bytes = Uint8Array.from({ length: ballastBytes }, () => random() * 256);
			yard?.doc.getArray("ballast").push([bytes]);
		}
		// Into the garden comes what was seen in the shed: no moment has more in it than in the shed.
		const seenInShed = readers[0]?.doc.getArray<number>("list");
		seenInShed?.observe(() => {
			const plot = garden?.doc.getArray("list");
			plot?.push(seenInShed.toArray().slice(plot.length));
		});
		let isBusy = true;
		let count = 0;
		// Nobody writes on before all have read: a busy machine is not made busier.
		const haveRead = () => readers.every((reader) => listOf(reader).length === count);
		const typing = (async () => {
			while (isBusy) {
				for (const writer of [shed, yard]) writer?.doc.getArray("list").push([count]);
				count++;
				await patiently("the readers have all", haveRead);
			}
		})();
		const shared: Shared[] = [];
		const sharing = (async () => {
			for (let index = 0; isBusy; index++) {
				for (const room of rooms) shared.push(await share(room, index, annCookie));
			}
		})();
		const hasBallast = () => readers[1]?.doc.getArray("ballast").length === ballastCount;
		await patiently("there is something to lose", () => {
			return shared.length >= 3 && hasBallast() && count > 20;
		});

		// Shown means saved: whatever a reader has now was on disk before the backup began.
		const savedLists = readers.map(listOf);
		const savedPhotos = [...shared];
		const backup = join(folder, "backup");
		const said = await operate("backup", weft.dataDir, backup);
		expect(said).toMatch(/copied 3 rooms, \d+ photos, \d+ entries, beside the server to /);
		isBusy = false;
		await Promise.all([typing, sharing]);
		const held = readers.map(({ doc }) => Y.encodeStateAsUpdate(doc));
		for (const person of people) person.leave();
		await weft.stop();

		const restoredDir = join(folder, "restored");
		await operate("backup/restore", restoredDir, backup);
		expect(await operate("doctor", restoredDir)).toMatch(/: nothing is wrong\n$/);
		const second = new WeftProcess({ dataDir: restoredDir, env: { WEFT_HEAL: "on" } });
		restored = second;
		await second.start();
		const fresh = rooms.map((room) => joinStock(second.syncUrl, room));
		await patiently("every room opens", () => fresh.every(({ provider }) => provider.synced));
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
				const answer = await fetch(`${second.url}/api/rooms/${room}/blobs/${blob}/${size}`);
				expect(answer.status, `${room} ${blob} ${size}`).toBe(200);
				await answer.arrayBuffer();
			}
		}

		// Only Ben comes back, who wrote nothing himself: what Ann wrote after the backup is his too.
		const members = rooms.map((room, at) => {
			const doc = new Y.Doc();
			Y.applyUpdate(doc, held[at] ?? Uint8Array.of(0, 0));
			return joinStock(second.syncUrl, room, { cookie: benCookie, doc });
		});
		const isWhole = () => fresh.every((client) => listOf(client).length === count);
		await patiently("what the backup lacked is there again", isWhole);
		for (const client of [...fresh, ...members]) client.leave();
		await second.stop();
		expect(await operate("doctor", restoredDir)).toMatch(/: nothing is wrong\n$/);
	},
	testMsMax,
);
