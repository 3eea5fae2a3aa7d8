/** One installation and build at a time, however many were started at once. */
import {
	existsSync,
	linkSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root, say } from "./process.mjs";

const lockPath = join(root, "dist/lock");

/** The holder touches its lock this often. */
const beatMs = 1_000;
/** A lock that was not touched for so long has no holder: its id may be another process by now. */
const silenceMsMax = 15_000;
/** Who waits looks again this often. */
const lookMs = 100;

/** Runs `work` while no other process of this folder runs its own; gives what `work` gave. */
export async function alone(work) {
	const release = await take();
	try {
		return await work();
	} finally {
		release();
	}
}

async function take() {
	mkdirSync(dirname(lockPath), { recursive: true });
	let waitsFor = 0;
	while (!create(lockPath)) {
		const holder = readHolder(lockPath);
		if (holder === null) continue;
		if (!isAlive(holder)) takeFrom(holder);
		else if (waitsFor !== holder.pid) {
			say(`waiting for another start (process ${holder.pid}) to finish building`);
			waitsFor = holder.pid;
		}
		await sleep(lookMs);
	}
	return hold();
}

function hold() {
	const beat = setInterval(() => {
		const now = new Date();
		if (existsSync(lockPath)) utimesSync(lockPath, now, now);
	}, beatMs);
	const release = () => {
		clearInterval(beat);
		process.off("exit", release);
		if (readHolder(lockPath)?.pid === process.pid) rmSync(lockPath, { force: true });
	};
	process.on("exit", release);
	return release;
}

/** Makes a file that holds our id from its first moment; false where it exists. */
function create(path) {
	const own = `${path}.${process.pid}`;
	writeFileSync(own, String(process.pid));
	try {
		linkSync(own, path);
		return true;
	} catch (error) {
		if (error.code === "EEXIST") return false;
		throw error;
	} finally {
		rmSync(own, { force: true });
	}
}

function readHolder(path) {
	try {
		return { pid: Number(readFileSync(path, "utf8")), heardMs: statSync(path).mtimeMs };
	} catch (error) {
		if (error.code === "ENOENT") return null;
		throw error;
	}
}

function isAlive({ pid, heardMs }) {
	if (pid === process.pid || Date.now() - heardMs > silenceMsMax) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}

/**
 * Removes the lock of a dead holder. Of several that saw it dead only one may, and it looks
 * again: else the second would remove the lock that the first has just made for itself.
 */
function takeFrom({ pid }) {
	const claim = `${lockPath}.taken`;
	if (!create(claim)) {
		const claimer = readHolder(claim);
		if (claimer !== null && !isAlive(claimer)) rmSync(claim, { force: true });
		return;
	}
	const holder = readHolder(lockPath);
	if (holder?.pid === pid && !isAlive(holder)) rmSync(lockPath, { force: true });
	rmSync(claim, { force: true });
}
