/** A disk that is really full: a small tmpfs, where the machine lets us mount one. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openLevelStore } from "../../../server/store/level-store.ts";
import type { Clock } from "../../../shared/clock.ts";
import { anyone } from "../../../shared/ids.ts";
import { batchOf, roomNamed } from "../../fixtures/stored.ts";

const garden = roomNamed("garden");
const mountPoint = mkdtempSync(join(tmpdir(), "weft-full-"));
const isMounted = mountTmpfs();

function mountTmpfs(): boolean {
	try {
		execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", mountPoint], {
			stdio: "ignore",
		});
		return true;
	} catch {
		return false; // Not root, or in a container that may not mount: the test is skipped by name.
	}
}

afterAll(() => {
	if (isMounted) execFileSync("umount", ["-l", mountPoint]);
	rmSync(mountPoint, { recursive: true, force: true });
});

/** Twenty times as fast as the real time. */
const fastClock: Clock = {
	now: () => Date.now() * 20,
	elapsed: () => performance.now() * 20,
	after: (ms, run) => {
		const timer = setTimeout(run, ms / 20);
		return () => clearTimeout(timer);
	},
};

const title = isMounted
	? "a disk that is really full heals by itself and loses nothing confirmed"
	: "a disk that is really full (skipped: no right to mount a tmpfs here)";

test.skipIf(!isMounted)(title, async () => {
	const clock = fastClock;
	const directory = join(mountPoint, "log");
	const ballast = join(mountPoint, "ballast");
	mkdirSync(directory);
	writeFileSync(ballast, Buffer.alloc(5 * 1024 * 1024));
	const options = { directory, clock, historyMs: 0, acceptDamage: false };
	const store = await openLevelStore(options);

	const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) >> 3);
	let confirmed = 0;
	let failure: unknown = null;
	let lastMs = 0;
	while (failure === null && confirmed < 1_000) {
		bytes[0] = confirmed & 255;
		bytes[1] = confirmed >> 8;
		const batch = { atMs: confirmed, updates: [{ userId: anyone, bytes }] };
		const startMs = performance.now();
		failure = await store.log.append(garden, batch).then(
			() => null,
			(error: unknown) => error,
		);
		lastMs = performance.now() - startMs;
		if (failure === null) confirmed++;
	}
	expect(failure).toMatchObject({ code: "disk_full" });
	// FAULTS.md D5 has a second: nothing is tried again before it is told.
	expect(lastMs).toBeLessThan(3_000);
	expect(confirmed).toBeGreaterThan(20);
	expect((await store.log.load(garden)).tail).toHaveLength(confirmed);
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect((await store.log.load(garden)).tail).toHaveLength(confirmed);
	await expect(store.log.append(garden, batchOf([1]))).rejects.toMatchObject({ code: "disk_full" });

	rmSync(ballast);
	const before = clock.elapsed();
	await store.log.whenWritable();
	// Three real seconds: a busy machine may be slow, a log that does not heal is never back.
	expect(clock.elapsed() - before).toBeLessThan(60_000);
	const { tail } = await store.log.load(garden);
	expect(tail.map((batch) => batch.atMs)).toEqual(Array.from({ length: confirmed }, (_, n) => n));
	await store.log.append(garden, batchOf([1]));
	await Promise.all([store.log.close(), store.records.close()]);
	const again = await openLevelStore(options);
	expect((await again.log.load(garden)).tail).toHaveLength(confirmed + 1);
	await Promise.all([again.log.close(), again.records.close()]);
});
