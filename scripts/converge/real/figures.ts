/** What a process of ours takes from the machine, as Linux tells it. */
import { readdir, readFile } from "node:fs/promises";

/** Memory and open files of a process. */
export interface Figures {
	readonly rssBytes: number;
	readonly fileCount: number;
}

/** A server may keep so much more once everybody has left: warm code, caches, its last room. */
const rssBytesMax = 64 * 1024 * 1024;
/** And so many files: tables of the store, a thread. */
const filesMax = 8;

/** Reads the figures; null where the system does not tell, or the process is gone. */
export async function readFigures(pid: number): Promise<Figures | null> {
	try {
		const status = await readFile(`/proc/${pid}/status`, "utf8");
		const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
		if (kib === undefined) return null;
		const files = await readdir(`/proc/${pid}/fd`);
		return { rssBytes: Number(kib) * 1024, fileCount: files.length };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return null;
		throw error;
	}
}

/** Null where a server is near where it began, else what it kept. */
export function keptTooMuch(before: Figures, after: Figures): string | null {
	const rssBytes = after.rssBytes - before.rssBytes;
	const fileCount = after.fileCount - before.fileCount;
	if (rssBytes > rssBytesMax) return `${Math.round(rssBytes / 1024 / 1024)} MiB more than before`;
	return fileCount > filesMax ? `${fileCount} open files more than before` : null;
}
