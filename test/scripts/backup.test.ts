import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { holdFolder } from "../../scripts/backup/held-folder.ts";
import { makeBackup } from "../../scripts/backup/make.ts";
import { putBack } from "../../scripts/backup/put-back.ts";
import { operatorSocketPath } from "../../server/http/operator/operator-socket.ts";
import { erasureKey, garbageKey, photoKey } from "../../server/store/format/keys.ts";
import { seal } from "../../server/store/format/sealed.ts";
import { dropFolder, makeFolder, projectRoot, runNode } from "../fixtures/project.ts";
import {
	breakLog,
	entriesOf,
	fillDataFolder,
	garden,
	openStoreIn,
	picture,
	shed,
	tamper,
} from "../fixtures/store/data-folder.ts";
import { loadText } from "../fixtures/stored.ts";

let folder = "";
let dataDir = "";

beforeEach(async () => {
	folder = makeFolder();
	dataDir = join(folder, "data");
	await fillDataFolder(dataDir);
});

afterEach(() => dropFolder(folder));

const quiet = () => undefined;

function backUp(name = "backup") {
	return makeBackup({ folder: join(folder, name), dataDir, isReplacing: false }, quiet);
}

function restore(options: { to?: string; from?: string; isReplacing?: boolean } = {}) {
	const { to = join(folder, "restored"), from = join(folder, "backup") } = options;
	return putBack({ folder: from, dataDir: to, isReplacing: options.isReplacing ?? false }, quiet);
}

/** All files of a folder but LevelDB's, which differ from opening to opening. */
function filesOf(path: string): Record<string, string> {
	const all = readdirSync(path, { recursive: true, withFileTypes: true });
	const files = all
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => {
			const full = join(parentPath, name);
			return [full.slice(path.length + 1), readFileSync(full, "utf8")] as const;
		});
	return Object.fromEntries(files.filter(([name]) => !/^(store|restore|before)/.test(name)).sort());
}

describe("a backup of a stopped server", () => {
	test("holds every entry, every photo's files and the secret", async () => {
		const { missing, ...made } = await backUp();
		expect(missing).toEqual([]);
		expect(made).toMatchObject({
			...{ roomCount: 2, photoCount: 1, entryCount: 15, damagedCount: 0, isServed: false },
		});
		expect(await entriesOf(join(folder, "backup"))).toEqual(await entriesOf(dataDir));
		const { "backup.json": label = "", ...files } = filesOf(join(folder, "backup"));
		expect(files).toEqual(filesOf(dataDir));
		expect(JSON.parse(label)).toMatchObject({ format: 1, roomCount: 2, photoCount: 1 });
	});

	test("leaves out what no record names", async () => {
		mkdirSync(join(dataDir, "blobs/ff"), { recursive: true });
		writeFileSync(join(dataDir, "blobs/ff/orphan"), "nobody's");
		await backUp();
		expect(Object.keys(filesOf(join(folder, "backup")))).not.toContain("blobs/ff/orphan");
	});

	test("leaves out what tells of the disk itself: what of rooms is still to go", async () => {
		const before = await entriesOf(dataDir);
		for (const key of [erasureKey(shed), garbageKey(picture.record.blob)]) {
			await tamper(dataDir, { type: "put", key, value: seal(key, [Buffer.from("{}")]) });
		}
		expect(await backUp()).toMatchObject({ entryCount: 15, damagedCount: 0 });
		expect(await entriesOf(join(folder, "backup"))).toEqual(before);
		expect((await restore()).roomCount).toBe(2);
	});

	test("is whole where a room is damaged, and says so", async () => {
		const [first] = (await entriesOf(dataDir)).filter(({ key }) => key[0] === 0x52);
		const key = first?.key ?? Buffer.alloc(0);
		await tamper(dataDir, { type: "put", key, value: Buffer.from("noise, not a value") });
		rmSync(join(dataDir, "secret"));
		const { damagedCount, missing } = await backUp();
		expect({ damagedCount, missing }).toEqual({ damagedCount: 1, missing: ["secret"] });
		expect(await entriesOf(join(folder, "backup"))).toEqual(await entriesOf(dataDir));
		expect((await restore()).damagedCount).toBe(1);
	});

	test("says which files of photos it lacks", async () => {
		const [path = ""] = Object.keys(picture.files);
		rmSync(join(dataDir, "blobs", path));
		expect((await backUp()).missing).toEqual([join("blobs", path)]);
	});

	test("is never written over anything, and leaves nothing behind where it fails", async () => {
		await backUp();
		await expect(backUp()).rejects.toThrow("is not empty");
		mkdirSync(join(folder, "empty"));
		await backUp("empty");
		rmSync(join(dataDir, "store"), { recursive: true });
		await expect(backUp("third")).rejects.toThrow("There is no store in");
		expect(readdirSync(folder).sort()).toEqual(["backup", "data", "empty"]);
	});

	test("is nothing where the server ends in the middle of it", async () => {
		const server = createServer((_, answer) => {
			answer.write(Buffer.from("000000010000000361626364", "hex"), () => answer.destroy());
		});
		await new Promise<void>((done) => server.listen(operatorSocketPath(dataDir) ?? "", done));
		await expect(backUp()).rejects.toThrow("The server stopped, or failed, before all was copied.");
		await new Promise((done) => server.close(done));
		expect(readdirSync(folder)).toEqual(["data"]);
	});

	test("is one of the store where a killed server left its socket behind", async () => {
		writeFileSync(join(dataDir, "admin.sock"), "");
		expect((await backUp()).isServed).toBe(false);
	});
});

describe("a restored backup", () => {
	test("is what was backed up, as often as it is put back", async () => {
		await backUp();
		for (const to of [join(folder, "one"), join(folder, "two")]) {
			expect(await restore({ to })).toMatchObject({ roomCount: 2, damagedCount: 0, aside: null });
			expect(await entriesOf(to)).toEqual(await entriesOf(dataDir));
			expect(filesOf(to)).toEqual(filesOf(dataDir));
			expect(readdirSync(to).sort()).toEqual(["blobs", "secret", "store"]);
		}
	});

	test("is put in nobody's place unasked, and then what was there is kept", async () => {
		await backUp();
		await tamper(dataDir, { type: "del", key: photoKey(garden, picture.record.id) });
		const before = await entriesOf(dataDir);
		await expect(restore({ to: dataDir })).rejects.toThrow(/is not empty. With --replace/);
		expect(await entriesOf(dataDir)).toEqual(before);
		const { aside } = await restore({ to: dataDir, isReplacing: true });
		expect(aside).toBe(join(dataDir, "before-restore-1"));
		expect(await entriesOf(aside ?? "")).toEqual(before);
		expect(filesOf(aside ?? "")).toEqual(filesOf(dataDir));
		expect(await entriesOf(dataDir)).toEqual(await entriesOf(join(folder, "backup")));
		const again = await restore({ to: dataDir, isReplacing: true });
		expect(again.aside).toBe(join(dataDir, "before-restore-2"));
	});

	test("is put beside no store that a server uses", async () => {
		await backUp();
		const store = await openStoreIn(dataDir);
		await expect(restore({ to: dataDir, isReplacing: true })).rejects.toThrow(
			`A server uses ${dataDir}: stop it first.`,
		);
		await expect(backUp("other")).rejects.toThrow("does not answer its operator");
		expect(await loadText(store.log, shed)).toBe("spade");
		await Promise.all([store.log.close(), store.records.close()]);
	});

	test("is put where there is nothing but the store of a server that nobody wrote to", async () => {
		await backUp();
		const to = join(folder, "fresh");
		const store = await openStoreIn(to);
		await Promise.all([store.log.close(), store.records.close()]);
		expect((await restore({ to })).roomCount).toBe(2);
		expect(await entriesOf(to)).toEqual(await entriesOf(dataDir));
	});

	test("takes the place of a damaged store, which stays as it was", async () => {
		await backUp();
		await tamper(dataDir, { type: "put", key: Buffer.from("~"), value: Buffer.from("?") });
		breakLog(dataDir);
		const damaged = filesOf(join(dataDir, "store"));
		await expect(restore({ to: dataDir })).rejects.toThrow("is not empty");
		expect(filesOf(join(dataDir, "store"))).toEqual(damaged);
		const { aside } = await restore({ to: dataDir, isReplacing: true });
		expect(filesOf(join(aside ?? "", "store"))).toEqual(damaged);
		expect(await entriesOf(dataDir)).toEqual(await entriesOf(join(folder, "backup")));
	});

	test("is refused where it holds less than it says", async () => {
		await backUp();
		const from = join(folder, "backup");
		const key = photoKey(garden, picture.record.id);
		await tamper(from, { type: "del", key });
		const refused = async (words: string) => {
			await expect(restore({ from, to: dataDir, isReplacing: true })).rejects.toThrow(words);
			expect(readdirSync(dataDir).sort()).toEqual(["blobs", "secret", "store"]);
		};
		await refused("of 15 entries it holds 14");
		breakLog(from);
		await refused("is damaged");
		rmSync(join(from, "store"), { recursive: true });
		await refused("there is no store in it");
	});

	test("is put over nothing that came while it was copied", async () => {
		await backUp();
		const to = join(folder, "fresh");
		let isFirst = true;
		const options = { folder: join(folder, "backup"), dataDir: to, isReplacing: false };
		const restoring = putBack(options, () => {
			if (isFirst) cpSync(join(dataDir, "store"), join(to, "store"), { recursive: true });
			isFirst = false;
		});
		await expect(restoring).rejects.toThrow("is not empty");
		expect(readdirSync(to)).toEqual(["store"]);
		expect(await entriesOf(to)).toEqual(await entriesOf(dataDir));
	});

	test("tells where everything is when it cannot be put in its place", async () => {
		await backUp();
		const options = { folder: join(folder, "backup"), dataDir, isReplacing: true };
		const restoring = putBack(options, (line) => {
			if (line !== "putting it in place") return;
			mkdirSync(join(dataDir, "blobs"));
			writeFileSync(join(dataDir, "blobs/in-the-way"), "");
		});
		const aside = join(dataDir, "before-restore-1");
		await expect(restoring).rejects.toThrow(`What was there before is in ${aside}.`);
		expect(readdirSync(aside).sort()).toEqual(["blobs", "secret", "store"]);
	});

	test("tells where the secret is that was there without any content", async () => {
		await backUp();
		const to = join(folder, "fresh");
		mkdirSync(to);
		writeFileSync(join(to, "secret"), "another");
		const { aside } = await restore({ to });
		expect(readFileSync(join(aside ?? "", "secret"), "utf8")).toBe("another");
	});

	test("is refused where it is none, was cut off, or is of a later version", async () => {
		await backUp();
		const from = join(folder, "copy");
		cpSync(join(folder, "backup"), from, { recursive: true });
		rmSync(join(from, "backup.json"));
		await expect(restore({ from })).rejects.toThrow("is no backup");
		mkdirSync(join(from, "backup.json"));
		await expect(restore({ from })).rejects.toThrow("cannot be read");
		rmSync(join(from, "backup.json"), { recursive: true });
		writeFileSync(join(from, "backup.json"), '{"format": 1,');
		await expect(restore({ from })).rejects.toThrow("is no backup");
		const later = { format: 2, madeAtMs: 0, roomCount: 0, photoCount: 0, entryCount: 0 };
		writeFileSync(join(from, "backup.json"), JSON.stringify(later));
		await expect(restore({ from })).rejects.toThrow("another version of Weft (format 2)");
		cpSync(join(folder, "backup/backup.json"), join(from, "backup.json"));
		for (const name of readdirSync(join(from, "store"))) {
			if (name.startsWith("MANIFEST")) writeFileSync(join(from, "store", name), "noise");
		}
		await expect(restore({ from })).rejects.toThrow("cannot be opened");
		expect(readdirSync(join(folder, "restored"))).toEqual([]);
	});
});

test("a folder that is held is no server's", async () => {
	const held = await holdFolder(dataDir);
	expect(held.isUsed).toBe(true);
	await expect(openStoreIn(dataDir)).rejects.toThrow("Another process is using");
	await held.close();
	await held.close();
	const store = await openStoreIn(dataDir);
	await Promise.all([store.log.close(), store.records.close()]);
});

describe("the commands", () => {
	beforeAll(() => {
		const script = join(projectRoot, "scripts/build.mjs");
		execFileSync(process.execPath, [script, "scripts"], { stdio: ["ignore", "ignore", "inherit"] });
	});

	test("do what they are asked, say it in words, and end with a status", async () => {
		const run = async (script: string, ...args: string[]) => {
			const env = { WEFT_DATA: dataDir };
			const running = runNode(projectRoot, [`dist/scripts/${script}.js`, ...args], env);
			return { status: await running.ended, output: running.output() };
		};
		const backup = join(folder, "backup");
		expect(await run("backup", backup)).toEqual({
			status: 0,
			output: `copied 2 rooms, 1 photos, 15 entries to ${backup}\n`,
		});
		expect(await run("backup", backup)).toMatchObject({ status: 2 });
		const refused = await run("backup/restore", backup);
		expect(refused.output).toMatch(/^restore: .* is not empty/);
		expect(refused.status).toBe(2);
		const restored = await run("backup/restore", backup, "--replace");
		expect(restored.output).toContain("what was there before is in ");
		expect(restored.output).toContain("WEFT_HEAL=on");
		expect(restored.status).toBe(0);
		rmSync(join(dataDir, "secret"));
		expect(await run("backup", `${backup}-2`)).toMatchObject({ status: 1 });
		for (const script of ["backup", "backup/restore"]) {
			expect((await run(script, "--help")).status).toBe(0);
			expect((await run(script)).output).toContain("Name one folder.");
			expect((await run(script, "--unknown")).status).toBe(2);
		}
	});
});
