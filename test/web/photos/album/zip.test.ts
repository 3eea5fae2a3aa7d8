import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { ZipWriter } from "../../../../web/photos/album/zip.ts";

const text = (words: string) => new TextEncoder().encode(words);
const atMs = new Date(2026, 4, 17, 13, 45, 30).getTime();

test("one file is the bytes that the specification asks for", async () => {
	const zip = new ZipWriter();
	zip.add({ name: "a", bytes: text("hi"), atMs });
	const bytes = Buffer.from(await zip.finish().arrayBuffer());
	// Version, flags, method, 13:45:30, 2026-05-17, CRC-32, both sizes, length of the name, extra.
	const facts = "1400 0008 0000 af6d b15c ac2a93d8 02000000 02000000 0100 0000";
	const local = `504b0304 ${facts} 61 6869`;
	const central = `504b0102 1400 ${facts} 0000 0000 0000 00000000 00000000 61`;
	const end = "504b0506 0000 0000 0100 0100 2f000000 21000000 0000";
	expect(bytes.toString("hex")).toBe(`${local}${central}${end}`.replaceAll(" ", ""));
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!hasPython)(
	"another program reads many files with any letters in their names",
	async () => {
		const zip = new ZipWriter();
		const random = new Uint8Array(70_000).map((_byte, index) => (index * 7919) >> 3);
		zip.add({ name: "001 Käse & 🧀.jpg", bytes: random, atMs });
		zip.add({ name: "empty.txt", bytes: text(""), atMs });
		zip.add({ name: "captions.txt", bytes: text("Käse"), atMs: 0 });
		const folder = mkdtempSync(join(tmpdir(), "weft-zip-"));
		try {
			const path = join(folder, "photos.zip");
			writeFileSync(path, Buffer.from(await zip.finish().arrayBuffer()));
			const script = [
				"import json, sys, zipfile",
				"z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None",
				"print(json.dumps([[i.filename, i.file_size, i.CRC] for i in z.infolist()]))",
			].join("\n");
			const read = JSON.parse(execFileSync("python3", ["-c", script, path], { encoding: "utf8" }));
			expect(read).toEqual([
				["001 Käse & 🧀.jpg", 70_000, crc32(random)],
				["empty.txt", 0, 0],
				["captions.txt", 5, crc32(text("Käse"))],
			]);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
);
