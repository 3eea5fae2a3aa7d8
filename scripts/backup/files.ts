/** Copies files so that they are on disk afterwards. */
import { constants, existsSync } from "node:fs";
import { copyFile, mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Copies one file, and the folders above it; false where there is none. */
export async function copyOne(from: string, to: string): Promise<boolean> {
	await mkdir(dirname(to), { recursive: true, mode: 0o700 });
	try {
		await copyFile(from, to, constants.COPYFILE_FICLONE);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT" && !existsSync(from)) return false;
		throw error;
	}
}

/** Paths of all files below a folder, from there; none where it does not exist. */
export async function filesIn(directory: string): Promise<string[]> {
	if (!existsSync(directory)) return [];
	const entries = await readdir(directory, { withFileTypes: true });
	const nested = entries.map(async (entry) => {
		if (!entry.isDirectory()) return entry.isFile() ? [entry.name] : [];
		const below = await filesIn(join(directory, entry.name));
		return below.map((path) => join(entry.name, path));
	});
	return (await Promise.all(nested)).flat();
}

/** Puts everything of a folder on disk: files, then the folders that hold their names. */
export async function syncAll(directory: string): Promise<void> {
	for (const entry of await readdir(directory, { withFileTypes: true })) {
		const path = join(directory, entry.name);
		if (entry.isDirectory()) await syncAll(path);
		else await syncOne(path);
	}
	await syncOne(directory);
}

/** Puts a file, or the names in a folder, on disk. */
export async function syncOne(path: string): Promise<void> {
	const file = await open(path, "r");
	try {
		await file.sync();
	} catch (error) {
		// Windows syncs no folders and nothing that is only read; it has written them by then.
		if (process.platform !== "win32") throw error;
	} finally {
		await file.close();
	}
}
