/** What processes use, from /proc: there on Linux only, and null elsewhere. */
import { readdirSync, readFileSync, statSync } from "node:fs";

/** Ticks a second of /proc, the same on all Linux systems that Node runs on. */
const ticksPerSecond = 100;
const nanosPerMs = 1_000_000;
const kib = 1024;

/** What a process has used so far; hand two to `spentMs`. */
export interface Used {
	/** All its threads, also those that have ended; in steps of 10 ms. */
	readonly ticksMs: number;
	/** Threads that run now, each to the nanosecond. */
	readonly threadMs: ReadonlyMap<string, number>;
}

/** What a process and all its threads have used; null where that is not said. */
export function used(pid: number): Used | null {
	const text = read(`/proc/${pid}/stat`);
	if (text === null) return null;
	// The name in brackets may hold anything; user and system time are the 12th and 13th behind it.
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	const ticksMs = ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
	const threadMs = new Map<string, number>();
	for (const thread of readdirSync(`/proc/${pid}/task`)) {
		const line = read(`/proc/${pid}/task/${thread}/schedstat`);
		if (line !== null) threadMs.set(thread, Number.parseInt(line, 10) / nanosPerMs);
	}
	return { ticksMs, threadMs };
}

/** Processor time between two looks: exact, unless threads ended meanwhile; NaN where unknown. */
export function spentMs(before: Used | null, after: Used | null): number {
	if (before === null || after === null) return Number.NaN;
	let ms = 0;
	for (const [thread, endMs] of after.threadMs) ms += endMs - (before.threadMs.get(thread) ?? 0);
	// Two ticks may have been cut off at either end.
	return Math.max(ms, after.ticksMs - before.ticksMs - 2 * (1000 / ticksPerSecond));
}

/** Memory of a process that is in RAM and not shared with others, in KiB. */
export function memoryKib(pid: number): number | null {
	const text = read(`/proc/${pid}/smaps_rollup`) ?? read(`/proc/${pid}/status`);
	const found = /^(?:Pss|VmRSS):\s+(\d+) kB/m.exec(text ?? "");
	return found === null ? null : Number(found[1]);
}

/** Time that these cores were busy since the machine started, with whatever, in milliseconds. */
export function busyMs(cores: readonly number[]): number | null {
	const text = read("/proc/stat");
	if (text === null) return null;
	let ticks = 0;
	for (const core of cores) {
		const line = new RegExp(`^cpu${core} (.*)$`, "m").exec(text)?.[1];
		if (line === undefined) return null;
		const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = line
			.split(" ")
			.map(Number);
		ticks += user + nice + system + irq + softIrq + steal;
	}
	return (ticks * 1000) / ticksPerSecond;
}

/** Bytes of all files in a folder and those below it. */
export function folderBytes(folder: string): number {
	let bytes = 0;
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (entry.isFile()) bytes += statSync(`${entry.parentPath}/${entry.name}`).size;
	}
	return bytes;
}

/** KiB as MiB. */
export function mib(amountKib: number): number {
	return amountKib / kib;
}

function read(path: string): string | null {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === undefined) throw error;
		return null;
	}
}
