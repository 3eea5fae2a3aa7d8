/** A process that writes is killed at any moment: what it was told to be saved is there. */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seeded } from "../../scripts/converge/random.ts";
import { openLevelStore } from "../../server/store/level-store.ts";
import { ManualClock } from "../fixtures/manual-clock.ts";
import { projectRoot } from "../fixtures/project.ts";
import { loadText, roomNamed } from "../fixtures/stored.ts";

const dist = join(projectRoot, "dist/server");
const rooms = ["garden", "shed", "hill"];
const dayMs = 24 * 60 * 60 * 1000;

/** Types one letter after another into each room, compacts now and then, tells what was saved. */
const program = `
import { writeSync } from "node:fs";
import * as Y from "yjs";
import { foldStored, decompressSnapshot } from "${dist}/fold/fold.js";
import { openLevelStore } from "${dist}/store/level-store.js";
const clock = { now: () => Date.now(), elapsed: () => performance.now(), after: () => () => {} };
const options = { clock, historyMs: 0, acceptDamage: false };
const { log } = await openLevelStore({ directory: process.argv[1], ...options });
const fold = async (stored) => foldStored(stored);
for (const room of process.argv.slice(2)) void type(room);
async function type(room) {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, decompressSnapshot(foldStored(await log.load(room))));
	let made;
	doc.on("update", (bytes) => { made = bytes; });
	for (let count = doc.getText("text").length; ; ) {
		doc.getText("text").insert(count++, "x");
		await log.append(room, { atMs: 1, updates: [{ userId: "anyone", bytes: made }] });
		writeSync(1, room + " " + count + "\\n");
		if (count % 40 === 0) void log.compact(room, fold);
	}
}
`;

let directory = "";

beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-kill-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** Runs the program until so many saves were told, kills it, and returns the last of each room. */
function runAndKill(saves: number): Promise<Map<string, number>> {
	const args = ["--input-type=module", "-e", program, directory, ...rooms];
	const child = spawn(process.execPath, args, { cwd: projectRoot });
	let told = "";
	let errors = "";
	child.stdout.setEncoding("utf8").on("data", (text: string) => {
		told += text;
		if (told.split("\n").length > saves) child.kill("SIGKILL");
	});
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		errors += text;
	});
	return new Promise((resolve, reject) => {
		child.on("close", (code) => {
			if (code !== null) reject(new Error(`it ended by itself: ${errors}`));
			const whole = told.slice(0, told.lastIndexOf("\n")).split("\n");
			resolve(new Map(whole.map((line) => [line.split(" ")[0] ?? "", Number(line.split(" ")[1])])));
		});
	});
}

test("whatever the moment of the kill, what was told to be saved is there", async () => {
	const random = seeded(8);
	let last = new Map<string, number>();
	for (let cycle = 0; cycle < 5; cycle++) {
		const saved = await runAndKill(50 + Math.floor(random() * 400));
		const options = { directory, clock: new ManualClock(), historyMs: dayMs };
		const store = await openLevelStore({ ...options, acceptDamage: false });
		for (const room of rooms) {
			const { length } = await loadText(store.log, roomNamed(room));
			expect(length, room).toBeGreaterThanOrEqual(saved.get(room) ?? last.get(room) ?? 0);
		}
		await Promise.all([store.log.close(), store.records.close()]);
		last = new Map([...last, ...saved]);
	}
	expect([...last.values()].every((count) => count > 100)).toBe(true);
});
