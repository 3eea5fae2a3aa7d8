import { expect, test } from "vitest";
import {
	commitBytesMax,
	commitCountMax,
	commitWaitingBytesMax,
	GroupCommit,
	gatherMsUsual,
} from "../../../server/store/group-commit.ts";
import type { Operation } from "../../../server/store/level-binding.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

/** A disk whose writes end when the test says so. */
class SlowDisk {
	readonly writes: { operations: readonly Operation[]; undo: readonly Uint8Array[] }[] = [];
	readonly #ends: { resolve(): void; reject(error: unknown): void }[] = [];
	readonly clock = new ManualClock();
	readonly commits = new GroupCommit(
		(operations, undo) => {
			this.writes.push({ operations, undo });
			return new Promise((resolve, reject) => this.#ends.push({ resolve, reject }));
		},
		{ clock: this.clock, gatherMsMax: gatherMsUsual },
	);

	async end(error?: Error): Promise<void> {
		await settle();
		const end = this.#ends.shift();
		if (error) end?.reject(error);
		else end?.resolve();
		await settle();
	}

	put(name: string, bytes = 1): Promise<void> {
		const commit = { key: Buffer.from(name), value: new Uint8Array(bytes) };
		return this.commits.commit(commit);
	}

	names(writeIndex: number): string[] {
		const operations = this.writes[writeIndex]?.operations ?? [];
		return operations.map((one) => Buffer.from(one.key).toString());
	}
}

function settle(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

test("what is committed in one turn is one write; what comes meanwhile is the next", async () => {
	const disk = new SlowDisk();
	const done: string[] = [];
	const put = (name: string) => disk.put(name).then(() => done.push(name));
	const first = [put("a"), put("b")];
	await settle();
	const second = [put("c"), put("d"), put("e")];
	await settle();
	expect(disk.writes).toHaveLength(1);
	expect(disk.names(0)).toEqual(["a", "b"]);
	expect(done).toEqual([]);
	await disk.end();
	await Promise.all(first);
	expect(done).toEqual(["a", "b"]);
	expect(disk.names(1)).toEqual(["c", "d", "e"]);
	await disk.end();
	await Promise.all(second);
	expect(done).toEqual(["a", "b", "c", "d", "e"]);
	await disk.commits.whenIdle();
});

test("a failed write fails its commits and all that wait; the next ones start anew", async () => {
	const disk = new SlowDisk();
	const first = disk.put("a");
	await settle();
	const waiting = disk.put("b");
	const failed = [first, waiting].map((one) => expect(one).rejects.toThrow("no space"));
	await disk.end(new Error("no space"));
	await Promise.all(failed);
	expect(disk.writes).toHaveLength(1);
	const later = disk.put("c");
	await disk.end();
	await later;
	expect(disk.names(1)).toEqual(["c"]);
});

test("all keys of a write are named to be undone", async () => {
	const disk = new SlowDisk();
	const puts = [disk.put("a"), disk.put("b")];
	await disk.end();
	await Promise.all(puts);
	expect(disk.writes[0]?.undo).toEqual([Buffer.from("a"), Buffer.from("b")]);
});

test("a write holds so many bytes and changes at most; one that is larger goes alone", async () => {
	const disk = new SlowDisk();
	const half = commitBytesMax / 2;
	const puts = [
		disk.put("a", half),
		disk.put("b", half + 1),
		disk.put("c", commitBytesMax * 3),
		disk.put("d"),
		...Array.from({ length: commitCountMax + 5 }, (_, index) => disk.put(`e${index}`)),
	];
	while (disk.names(0).length === 0) await settle();
	for (let write = 0; write < 4; write++) await disk.end();
	disk.clock.advance(gatherMsUsual);
	await disk.end();
	await Promise.all(puts);
	expect(disk.names(0)).toEqual(["a"]);
	expect(disk.names(1)).toEqual(["b"]);
	expect(disk.names(2)).toEqual(["c"]);
	expect(disk.names(3)).toHaveLength(commitCountMax);
	expect(disk.names(4)).toHaveLength(6);
});

test("it says when so much waits that the next commit should be refused", async () => {
	const disk = new SlowDisk();
	const puts = [disk.put("a")];
	await settle();
	const third = commitWaitingBytesMax / 3;
	puts.push(disk.put("b", third), disk.put("c", third));
	expect(disk.commits.isFull).toBe(false);
	puts.push(disk.put("d", third));
	expect(disk.commits.isFull).toBe(true);
	for (let write = 0; write < 4; write++) await disk.end();
	await Promise.all(puts);
	expect(disk.commits.isFull).toBe(false);
});

test("where few write the next write begins at once", async () => {
	const disk = new SlowDisk();
	const first = Array.from("abcd", (name) => disk.put(name));
	await disk.end();
	await Promise.all(first);
	const next = disk.put("e");
	await settle();
	expect(disk.names(1)).toEqual(["e"]);
	await disk.end();
	await next;
});

test("where many write on a fast disk the next write gathers, but not for long", async () => {
	const disk = new SlowDisk();
	const first = Array.from({ length: 500 }, (_, index) => disk.put(`a${index}`));
	await disk.end();
	await Promise.all(first);
	const next = [disk.put("b")];
	await settle();
	disk.clock.advance(gatherMsUsual - 1);
	next.push(disk.put("c"));
	await settle();
	expect(disk.writes).toHaveLength(1);
	disk.clock.advance(1);
	await disk.end();
	await Promise.all(next);
	expect(disk.names(1)).toEqual(["b", "c"]);
});

test("a slow disk is waited for, and not longer", async () => {
	const disk = new SlowDisk();
	const first = Array.from({ length: 500 }, (_, index) => disk.put(`a${index}`));
	await settle();
	const next = disk.put("b");
	disk.clock.advance(gatherMsUsual);
	await disk.end();
	await Promise.all(first);
	expect(disk.names(1)).toEqual(["b"]);
	await disk.end();
	await next;
});
