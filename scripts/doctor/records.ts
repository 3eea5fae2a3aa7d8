/** Looks through every entry that is no part of a room's doc, and finds the rooms that are. */
import { family, formatKey, nameIn, probeKey } from "../../server/store/format/keys.ts";
import {
	accessRecordFrom,
	accountRecordFrom,
	auditFrom,
	linkedRoomFrom,
	photoRecordFrom,
	roomRecordFrom,
} from "../../server/store/format/record-codec.ts";
import { unseal } from "../../server/store/format/sealed.ts";
import type { Entry } from "../../server/store/level-binding.ts";
import type { PhotoRecord } from "../../server/store/records.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { Finding } from "./finding.ts";
import { wordsOf } from "./rooms.ts";

/** What the store says there should be. */
export interface Catalogue {
	/** Rooms with content. */
	readonly rooms: Set<RoomName>;
	/** Rooms with a record that can be read. */
	readonly listed: Set<RoomName>;
	readonly photos: { readonly room: RoomName; readonly record: PhotoRecord }[];
	/** Rooms that were purged, and whose old bytes are still on this disk. */
	readonly purging: Set<RoomName>;
	entryCount: number;
	readonly findings: Finding[];
}

/** Turns the JSON of a record into one; null where a field is missing or wrong. */
type Check = (json: unknown) => unknown;

const checks: ReadonlyMap<number, Check> = new Map<number, Check>([
	[family.access, accessRecordFrom],
	[family.account, accountRecordFrom],
	[family.audit, auditFrom],
	[family.link, linkedRoomFrom],
	[family.info, roomRecordFrom],
	[family.photo, photoRecordFrom],
	// Notes of what is still to go: their keys say all.
	[family.erasure, (json) => json],
	[family.garbage, (json) => json],
]);

/** A catalogue of nothing. */
export function emptyCatalogue(): Catalogue {
	const sets = { rooms: new Set<RoomName>(), listed: new Set<RoomName>() };
	return { ...sets, photos: [], purging: new Set(), entryCount: 0, findings: [] };
}

/** Takes one entry of the store into the catalogue. */
export function addEntry(catalogue: Catalogue, entry: Entry): void {
	const { key } = entry;
	catalogue.entryCount++;
	if (key.equals(formatKey) || key.equals(probeKey)) return;
	const check = checks.get(key[0] ?? 0);
	if (key[0] === family.room) addRoom(catalogue, key);
	else if (check === undefined) addUnknown(catalogue, key);
	else addRecord(catalogue, entry, check);
}

function addRoom(catalogue: Catalogue, key: Buffer): void {
	const room = nameIn(key);
	if (room === null) addUnknown(catalogue, key);
	else catalogue.rooms.add(room);
}

function addUnknown({ findings }: Catalogue, key: Buffer): void {
	findings.push({ code: "key_unknown", about: key.toString("hex") });
}

function addRecord(catalogue: Catalogue, { key, value }: Entry, check: Check): void {
	try {
		const record = check(JSON.parse(unseal(key, value).toString("utf8")));
		if (record === null) throw new Error("a field is missing or wrong");
		if (!hasRoom(key)) return;
		const room = nameIn(key);
		if (room === null) addUnknown(catalogue, key);
		else if (key[0] === family.info) catalogue.listed.add(room);
		else if (key[0] === family.erasure) catalogue.purging.add(room);
		else if (key[0] === family.photo)
			catalogue.photos.push({ room, record: record as PhotoRecord });
	} catch (error) {
		const about = tellKey(key);
		catalogue.findings.push({ code: "record_unreadable", about, detail: wordsOf(error) });
	}
}

/** Records whose keys have the id of something else in place of a room's name. */
const roomless: readonly (number | undefined)[] = [family.account, family.link, family.garbage];

/** True for a key that has a room's name. */
function hasRoom(key: Buffer): boolean {
	return !roomless.includes(key[0]);
}

/** What a record's key tells of: "the record of garden", "a photo of garden". */
function tellKey(key: Buffer): string {
	if (key[0] === family.account) return `the account ${key.toString("latin1", 1)}`;
	if (key[0] === family.link) return `the link ${key.toString("latin1", 1)}`;
	if (key[0] === family.garbage) return `the file ${key.toString("latin1", 1)}, which is to go`;
	const room = nameIn(key);
	if (key[0] === family.access && room !== null) return `who may come into ${room}`;
	if (key[0] === family.audit && room !== null) return `the trail of ${room}`;
	if (key[0] === family.info && room !== null) return `the record of ${room}`;
	if (key[0] === family.photo && room !== null) return `a photo of ${room}`;
	return `key ${key.toString("hex")}`;
}
