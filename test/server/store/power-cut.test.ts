/** Power cuts at every moment: what was confirmed is there, and no room is half of two states. */
import { expect, test } from "vitest";
import { type Random, seeded } from "../../../scripts/converge/random.ts";
import { foldStored } from "../../../server/fold/fold.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import type { LevelLog } from "../../../server/store/level-log.ts";
import { openStoreOn } from "../../../server/store/level-store.ts";
import { ownersOf } from "../../../server/store/owners.ts";
import type { RoomLog } from "../../../server/store/room-log.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { nextOf } from "../../contracts/room-log-purge.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { clockStartMs, ManualClock } from "../../fixtures/manual-clock.ts";
import {
	claiming,
	collect,
	foldHere,
	loadText,
	roomNamed,
	textIn,
	Writer,
} from "../../fixtures/stored.ts";

/** 10,000 are FAULTS.md's (D2): WEFT_POWER_CUTS=10000 npx vitest run power-cut */
const seedCount = Number(process.env["WEFT_POWER_CUTS"] ?? 300);

const day = 24 * 60 * 60 * 1000;
const rooms = ["garden", "gard", "shed"].map(roomNamed);

/** One room's story: each word was tried in this order; the first so many were confirmed. */
interface Story {
	readonly writer: Writer;
	readonly words: string[];
	confirmedCount: number;
}

function open(disk: FakeDisk, historyMs = day): Promise<{ log: LevelLog }> {
	return openStoreOn({
		directory: process.cwd(),
		clock: new ManualClock(),
		historyMs,
		compression: promptCompression,
		openBinding: disk.openBinding,
		probeDisk: disk.probeDisk,
	});
}

/** Writes and compacts at random until the power goes; what then is left is returned. */
async function liveUntilCut(seed: number): Promise<{ disk: FakeDisk; stories: Story[] }> {
	const random = seeded(seed);
	const disk = new FakeDisk();
	const stories = rooms.map((_, index) => ({
		writer: new Writer(index + 1),
		words: [],
		confirmedCount: 0,
	}));
	const { log } = await open(disk, random() < 0.5 ? day : 0);
	disk.cutAt = disk.steps + 1 + Math.floor(random() * 200);
	const life = live(log, stories, random);
	// The cut leaves promises that never settle: the life ends with the last step of the disk.
	await Promise.race([life, cutOf(disk)]);
	disk.cutAt = 0;
	return { disk: disk.afterPowerCut(random), stories };
}

async function live(log: RoomLog, stories: readonly Story[], random: Random): Promise<void> {
	for (let turn = 0; turn < 60; turn++) {
		const index = Math.floor(random() * stories.length);
		const story = stories[index];
		const room = rooms[index];
		if (story === undefined || room === undefined) continue;
		if (random() < 0.12) {
			await log.compact(room, async (stored) => {
				await Promise.all([append(log, room, story), append(log, room, story)]);
				return foldStored(stored);
			});
		} else {
			const write = append(log, room, story);
			if (random() < 0.5) await write;
		}
	}
}

async function append(log: RoomLog, room: RoomName, story: Story): Promise<void> {
	const number = story.words.length;
	story.words.push(`${number} `);
	const batch = story.writer.type(`${number} `, clockStartMs + number);
	await log.append(room, claiming(batch, number)); // Each word claims an id of its own.
	expect(story.confirmedCount).toBe(number);
	story.confirmedCount = number + 1;
}

async function cutOf(disk: FakeDisk): Promise<void> {
	while (disk.steps < disk.cutAt) await new Promise((resolve) => setImmediate(resolve));
}

/** The room holds the first words, and at least those that were confirmed. */
async function check(log: RoomLog, room: RoomName, story: Story): Promise<number> {
	const text = await loadText(log, room);
	const kept = text.split(" ").length - 1;
	expect(text).toBe(story.words.slice(0, kept).join(""));
	expect(kept).toBeGreaterThanOrEqual(story.confirmedCount);
	const claimed = [...ownersOf(await log.load(room)).keys()].sort((a, b) => a - b);
	expect(claimed).toEqual(story.words.slice(0, kept).map(Number));
	const history = await collect(log.history(room));
	expect(textIn({ snapshot: null, tail: history })).toBe(text);
	return kept;
}

test("whatever the moment of the power cut, what was confirmed is there", async () => {
	let confirmed = 0;
	for (let seed = 1; seed <= seedCount; seed++) {
		const { disk, stories } = await liveUntilCut(seed);
		const { log } = await open(disk);
		for (const [index, story] of stories.entries()) {
			const room = rooms[index] ?? roomNamed("none");
			await check(log, room, story).catch((cause: unknown) => {
				throw new Error(`seed ${seed}, room ${room}`, { cause });
			});
			confirmed += story.confirmedCount;
			const again = new Writer(9);
			await log.append(room, again.type("x"));
		}
		await log.close();
	}
	expect(confirmed).toBeGreaterThan(13 * seedCount);
});

test("a crash at any point of a compaction leaves the room whole, before or after it", async () => {
	const seen = new Set<string>();
	for (let cut = 1; cut < 200; cut++) {
		const disk = new FakeDisk();
		const ann = new Writer(1);
		const { log } = await open(disk, 3 * day);
		for (let index = 0; index < 6; index++) {
			await log.append(
				roomNamed("garden"),
				ann.type(`${index} `, clockStartMs - (6 - index) * day),
			);
			if (index % 2 === 1) await log.compact(roomNamed("garden"), foldHere);
		}
		await log.append(roomNamed("garden"), ann.type("end"));
		disk.cutAt = disk.steps + cut;
		const compaction = log.compact(roomNamed("garden"), foldHere);
		const isDone = await Promise.race([compaction.then(() => true), cutOf(disk).then(() => false)]);
		for (const random of [() => 0, () => 0.999]) {
			const after = await open(disk.afterPowerCut(random));
			const stored = await after.log.load(roomNamed("garden"));
			expect(textIn(stored), `cut ${cut}`).toBe("0 1 2 3 4 5 end");
			const history = await collect(after.log.history(roomNamed("garden")));
			expect(textIn({ snapshot: null, tail: history })).toBe("0 1 2 3 4 5 end");
			seen.add(`tail ${stored.tail.length}, history ${history.length}`);
			await after.log.close();
		}
		if (isDone) {
			expect(seen.size).toBeGreaterThanOrEqual(2);
			return;
		}
	}
	throw new Error("the compaction never ended");
});

test("a crash at any point of a purge leaves the room as it was, or begun anew", async () => {
	const seen = new Set<string>();
	const garden = roomNamed("garden");
	for (let cut = 1; cut < 200; cut++) {
		const disk = new FakeDisk();
		const ann = new Writer(1);
		const { log } = await open(disk);
		for (const word of ["0 ", "1 ", "2 "]) {
			await log.append(garden, claiming(ann.type(word), 1));
			if (word === "1 ") await log.compact(garden, foldHere);
		}
		const next = await nextOf(log, garden, "anew");
		disk.cutAt = disk.steps + cut;
		const isDone = await Promise.race([
			log.purge(garden, next).then(() => true),
			cutOf(disk).then(() => false),
		]);
		for (const random of [() => 0, () => 0.999]) {
			const left = disk.afterPowerCut(random);
			const after = await open(left);
			const text = await loadText(after.log, garden);
			const history = await collect(after.log.history(garden));
			expect(textIn({ snapshot: null, tail: history }), `cut ${cut}`).toBe(text);
			// The records, and what is still to go, are of the same write.
			const families = [...new Set([...left.contents().keys()].map((key) => key[0]))].sort();
			seen.add(`${text}: ${families.join("")}`);
			await after.log.close();
		}
		if (isDone) {
			expect([...seen].sort()).toEqual(["0 1 2 : FR", "anew: EFIRT"]);
			return;
		}
	}
	throw new Error("the purge never ended");
});

test("every write that the store makes asks for a sync", async () => {
	const disk = new FakeDisk();
	const ann = new Writer(1);
	const { log } = await open(disk, 0);
	for (let index = 0; index < 5; index++) await log.append(roomNamed("a"), ann.type("x", 1));
	await log.compact(roomNamed("a"), foldHere);
	await log.close();
	expect(disk.asked.length).toBeGreaterThan(6);
	expect(disk.asked.every((write) => write.sync)).toBe(true);
});
