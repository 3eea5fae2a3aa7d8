import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DiskBlobs } from "../../../server/blobs/disk-blobs.ts";
import type { BlobId } from "../../../shared/ids.ts";
import { blobStoreContract } from "../../contracts/blob-store.ts";

blobStoreContract("DiskBlobs", (path) => DiskBlobs.open(join(path, "blobs")));

test("a blob lies under the first two digits of its name, its thumb beside it", async () => {
	const folder = await mkdtemp(join(tmpdir(), "weft-disk-blobs-"));
	const store = await DiskBlobs.open(folder);
	const blob = `ab${"0".repeat(62)}` as BlobId;
	const files = { full: store.tempPath(), thumb: store.tempPath() };
	await writeFile(files.full, "full");
	await writeFile(files.thumb, "thumb");
	await store.put(blob, files);
	expect((await readdir(folder)).sort()).toEqual(["ab", "tmp"]);
	expect((await readdir(join(folder, "ab"))).sort()).toEqual([
		"0".repeat(62),
		`${"0".repeat(62)}.thumb`,
	]);
	await rm(folder, { recursive: true });
});

test("photos leave the room log its share of the disk", async () => {
	const folder = await mkdtemp(join(tmpdir(), "weft-disk-blobs-"));
	expect(await (await DiskBlobs.open(folder, 0)).hasSpaceFor(1)).toBe(true);
	expect(await (await DiskBlobs.open(folder, 2 ** 60)).hasSpaceFor(1)).toBe(false);
	await rm(folder, { recursive: true });
});
