/** A flipped byte in a closed store: the server must refuse it or serve what is right. */
import { cp, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type * as Y from "yjs";
import type { RoomName } from "../../../shared/ids.ts";
import { compareCopies } from "../checks/room.ts";
import { below, type Random } from "../random.ts";
import type { ServerProcess, System } from "../systems/system.ts";
import { wrongInRefusal } from "./refusals.ts";

/** What is damaged, and how it is looked at. */
export interface DamageParts {
	readonly system: System;
	/** Of a server that is down. It is only copied. */
	readonly directory: string;
	readonly rooms: readonly RoomName[];
	readonly random: Random;
	readonly read: (server: ServerProcess, room: RoomName) => Promise<Y.Doc>;
	/** Told what was done, and what came of it. */
	readonly tell: (say: string) => void;
}

/** LevelDB's tables and its log. */
const dataFiles = /\.(ldb|sst|log)$/;

const blockBytes = 32_768;
const headBytes = 7;
/** Types of records: a whole one, and the first part of one that goes over blocks. */
const fullType = 1;
const firstType = 2;

/** Null, or what is wrong with how the server takes it. */
export async function tryByteFlip(parts: DamageParts): Promise<string | null> {
	const { directory, tell } = parts;
	const [clean, damaged] = [`${directory}-clean`, `${directory}-damaged`];
	try {
		// A server that was killed leaves its socket behind, which nobody can copy.
		const filter = (path: string) => !path.endsWith(".sock");
		for (const copy of [clean, damaged]) await cp(directory, copy, { recursive: true, filter });
		const where = await flipByte(damaged, parts.random);
		if (where === null) return null;
		const docs = await readCopy(parts, clean);
		if (typeof docs === "string") return `the whole store is refused: ${docs}`;
		const came = await readCopy(parts, damaged);
		tell(`${where} flipped: ${sayOf(came)}`);
		return judge(docs, came, where);
	} finally {
		for (const copy of [clean, damaged]) await rm(copy, { recursive: true, force: true });
	}
}

/** Rooms by name: the doc, or why it is refused. */
type Docs = ReadonlyMap<RoomName, Y.Doc | string>;

function sayOf(came: Docs | string): string {
	if (typeof came === "string") return came;
	const refused = [...came.values()].find((doc) => typeof doc === "string");
	return typeof refused === "string" ? refused : "all is served";
}

function judge(wanted: Docs, came: Docs | string, where: string): string | null {
	if (typeof came === "string") {
		const wrong = wrongInRefusal(came);
		return wrong === null ? null : `${where} flipped: ${wrong}`;
	}
	for (const [room, right] of wanted) {
		if (typeof right === "string") return `the whole store is refused: ${right}`;
		const doc = came.get(room);
		if (doc === undefined || typeof doc === "string") continue;
		const [difference] = compareCopies([
			{ whose: "the whole store", doc: right },
			{ whose: "the damaged store", doc },
		]);
		if (difference !== undefined) return `${where} flipped: ${difference}`;
	}
	return null;
}

/** Starts a server on a copy; the rooms it serves, or the message of its failed start or end. */
async function readCopy(
	{ system, rooms, read }: DamageParts,
	copy: string,
): Promise<Docs | string> {
	let server: ServerProcess;
	try {
		server = await system.start(copy, 0);
	} catch (error) {
		return messageOf(error);
	}
	try {
		const docs = new Map<RoomName, Y.Doc | string>();
		for (const room of rooms) docs.set(room, await read(server, room).catch(messageOf));
		if (server.isRunning) return docs;
		const { code, signal } = await server.ended;
		return `The server fell over: ${code ?? signal}`;
	} finally {
		await server.kill();
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** Inverts one byte somewhere in the data; where, in words. Null where there is no data. */
async function flipByte(directory: string, random: Random): Promise<string | null> {
	const files: { path: string; size: number; judged: number }[] = [];
	for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
		if (!entry.isFile() || !dataFiles.test(entry.name)) continue;
		const path = join(entry.parentPath, entry.name);
		const { size } = await stat(path);
		const judged = path.endsWith(".log") ? lastRecordAt(await readFile(path)) : size;
		files.push({ path, size, judged });
	}
	let at = below(
		random,
		files.reduce((sum, { judged }) => sum + judged, 0),
	);
	for (const { path, size, judged } of files.sort((a, b) => (a.path < b.path ? -1 : 1))) {
		if (at < judged) {
			await invert(path, at);
			return `byte ${at} of ${size} in ${path.slice(directory.length + 1)}`;
		}
		at -= judged;
	}
	return null;
}

/**
 * Where the last record of a log of LevelDB begins (its doc/log_format.md: blocks of 32,768 bytes;
 * a record is a CRC of four bytes, a length of two, a type, and data). A damaged last record is
 * what a power cut leaves, so no server can be blamed for taking it as such.
 */
export function lastRecordAt(log: Buffer): number {
	let last = 0;
	let at = 0;
	while (at + headBytes <= log.length) {
		const leftInBlock = blockBytes - (at % blockBytes);
		const type = log.readUInt8(at + 6);
		if (leftInBlock < headBytes || type === 0) {
			at += leftInBlock;
			continue;
		}
		const isBeginning = type === fullType || type === firstType;
		if (isBeginning) last = at;
		at += headBytes + log.readUInt16LE(at + 4);
	}
	return last;
}

async function invert(path: string, at: number): Promise<void> {
	const file = await open(path, "r+");
	try {
		const byte = Buffer.alloc(1);
		await file.read(byte, 0, 1, at);
		byte[0] = (byte[0] ?? 0) ^ 0xff;
		await file.write(byte, 0, 1, at);
	} finally {
		await file.close();
	}
}
