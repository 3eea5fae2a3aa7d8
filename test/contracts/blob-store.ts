/** What every BlobStore must do. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BlobFiles, BlobSize, BlobStore } from "../../server/blobs/blob-store.ts";
import type { BlobId } from "../../shared/ids.ts";

/** `open` called twice with one path opens the same data. */
export function blobStoreContract(name: string, open: (path: string) => Promise<BlobStore>): void {
	describe(`${name} keeps blobs`, () => {
		let path = "";
		let store: BlobStore;

		beforeEach(async () => {
			path = await mkdtemp(join(tmpdir(), "weft-blobs-"));
			store = await open(path);
		});

		afterEach(() => rm(path, { recursive: true, force: true }));

		async function files(full: string, thumb: string): Promise<BlobFiles> {
			const made = { full: store.tempPath(), thumb: store.tempPath() };
			await writeFile(made.full, full);
			await writeFile(made.thumb, thumb);
			return made;
		}

		async function read(blob: BlobId, size: BlobSize): Promise<string | null> {
			const opened = await store.open(blob, size);
			if (opened === null) return null;
			const bytes = await buffer(opened.stream);
			expect(opened.bytes).toBe(bytes.length);
			return bytes.toString();
		}

		test("what was put comes back in both sizes, also after opening again", async () => {
			const blob = idOf("a rose");
			await store.put(blob, await files("a rose", "rose"));
			store = await open(path);
			expect(await store.has(blob)).toBe(true);
			expect(await read(blob, "full")).toBe("a rose");
			expect(await read(blob, "thumb")).toBe("rose");
		});

		test("an original is kept with its photo, or comes to it later, and stays", async () => {
			const blob = idOf("a rose");
			await store.put(blob, await files("a rose", "rose"));
			expect(await read(blob, "original")).toBeNull();
			for (const [given, kept] of [
				["a rose in dew", "a rose in dew"],
				["another", "a rose in dew"],
			] as const) {
				const original = store.tempPath();
				await writeFile(original, given);
				await store.put(blob, { ...(await files("a rose", "later")), original });
				expect(existsSync(original)).toBe(false);
				expect(await read(blob, "original")).toBe(kept);
			}
			store = await open(path);
			expect(await read(blob, "original")).toBe("a rose in dew");
			expect(await read(blob, "full")).toBe("a rose");
			expect(await read(blob, "thumb")).toBe("rose");
		});

		test("what was never put is not there", async () => {
			expect(await store.has(idOf("nothing"))).toBe(false);
			expect(await read(idOf("nothing"), "full")).toBeNull();
			expect(await read(idOf("nothing"), "thumb")).toBeNull();
		});

		test("the files handed in are gone afterwards, also the second time", async () => {
			const blob = idOf("a rose");
			for (const thumb of ["first", "second"]) {
				const given = await files("a rose", thumb);
				await store.put(blob, given);
				expect(existsSync(given.full)).toBe(false);
				expect(existsSync(given.thumb)).toBe(false);
			}
			expect(await read(blob, "thumb")).toBe("first");
		});

		test("a blob that is put twice at once is kept once and whole", async () => {
			const blob = idOf("a rose");
			const given = [await files("a rose", "rose"), await files("a rose", "rose")];
			await Promise.all(given.map((each) => store.put(blob, each)));
			expect(await read(blob, "full")).toBe("a rose");
			expect(await read(blob, "thumb")).toBe("rose");
		});

		test("without its files nothing is kept", async () => {
			const blob = idOf("a rose");
			const given = await files("a rose", "rose");
			await store.dropTemp(given.full);
			await expect(store.put(blob, given)).rejects.toMatchObject({ code: "store_failed" });
			expect(await store.has(blob)).toBe(false);
			expect(existsSync(given.thumb)).toBe(false);
		});

		test("a temp file can be dropped twice, and is gone after opening again", async () => {
			const temp = store.tempPath();
			await writeFile(temp, "half of a photo");
			const dropped = store.tempPath();
			await writeFile(dropped, "dropped");
			await store.dropTemp(dropped);
			await store.dropTemp(dropped);
			store = await open(path);
			expect(existsSync(temp)).toBe(false);
			expect(existsSync(dropped)).toBe(false);
			expect(store.tempPath()).not.toBe(temp);
		});
	});
}

function idOf(bytes: string): BlobId {
	return createHash("sha256").update(bytes).digest("hex") as BlobId;
}
