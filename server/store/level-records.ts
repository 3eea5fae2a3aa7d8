/** Records of rooms, photos and people on LevelDB, beside the log. FORMAT.md section 5. */
import { WeftError } from "../../shared/errors.ts";
import {
	type BlobId,
	type LinkId,
	type PhotoId,
	parseBlobId,
	type RoomName,
} from "../../shared/ids.ts";
import type { AuditEntry } from "../../shared/room-access.ts";
import {
	accessKey,
	accountKey,
	allAccesses,
	allAccounts,
	allGarbage,
	allInfos,
	allPhotos,
	auditKey,
	garbageKey,
	infoKey,
	type KeyRange,
	linkKey,
	photoKey,
	photosOf,
} from "./format/keys.ts";
import {
	accessRecordFrom,
	accountRecordFrom,
	auditFrom,
	encodeRecordOf,
	linkedRoomFrom,
	photoRecordFrom,
	roomRecordFrom,
} from "./format/record-codec.ts";
import { damaged, unseal } from "./format/sealed.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Level } from "./level.ts";
import type { AccessRecord, AccountRecord, PhotoRecord, Records, RoomRecord } from "./records.ts";

/** What LevelRecords are made of. */
export interface LevelRecordsOptions {
	readonly level: Level;
	readonly commits: GroupCommit;
	/** Called once, when these records need the disk no more. */
	readonly release: () => Promise<void>;
}

/** Makes a record of parsed JSON; null where a field is missing or wrong. */
type Check<Record> = (json: unknown) => Record | null;

/** See the head of this file. */
export class LevelRecords implements Records {
	readonly #options: LevelRecordsOptions;
	#closing: Promise<void> | null = null;

	constructor(options: LevelRecordsOptions) {
		this.#options = options;
	}

	room(name: RoomName): Promise<RoomRecord | null> {
		return this.#read(infoKey(name), roomRecordFrom);
	}

	putRoom(record: RoomRecord): Promise<void> {
		return this.#put(infoKey(record.name), record);
	}

	rooms(): AsyncGenerator<RoomRecord, void, undefined> {
		return this.#readAll(allInfos, roomRecordFrom);
	}

	access(room: RoomName): Promise<AccessRecord | null> {
		return this.#read(accessKey(room), accessRecordFrom);
	}

	putAccess(record: AccessRecord): Promise<void> {
		return this.#put(accessKey(record.room), record);
	}

	accesses(): AsyncGenerator<AccessRecord, void, undefined> {
		return this.#readAll(allAccesses, accessRecordFrom);
	}

	linkedRoom(id: LinkId): Promise<RoomName | null> {
		return this.#read(linkKey(id), linkedRoomFrom);
	}

	putLink(id: LinkId, room: RoomName): Promise<void> {
		return this.#put(linkKey(id), { room });
	}

	async audit(room: RoomName): Promise<readonly AuditEntry[]> {
		return (await this.#read(auditKey(room), auditFrom)) ?? [];
	}

	putAudit(room: RoomName, entries: readonly AuditEntry[]): Promise<void> {
		return this.#put(auditKey(room), { entries });
	}

	photo(room: RoomName, id: PhotoId): Promise<PhotoRecord | null> {
		return this.#read(photoKey(room, id), photoRecordFrom);
	}

	putPhoto(room: RoomName, record: PhotoRecord): Promise<void> {
		return this.#put(photoKey(room, record.id), record);
	}

	photos(room: RoomName): AsyncGenerator<PhotoRecord, void, undefined> {
		return this.#readAll(photosOf(room), photoRecordFrom);
	}

	allPhotos(): AsyncGenerator<PhotoRecord, void, undefined> {
		return this.#readAll(allPhotos, photoRecordFrom);
	}

	async *garbage(): AsyncGenerator<BlobId, void, undefined> {
		this.#mustBeOpen();
		for await (const entries of this.#options.level.read(allGarbage)) {
			for (const { key } of entries) {
				const blob = parseBlobId(key.toString("latin1", 1));
				if (blob !== null) yield blob;
			}
		}
	}

	async dropGarbage(blobs: readonly BlobId[]): Promise<void> {
		this.#mustBeOpen();
		await this.#options.level.write(blobs.map((blob) => ({ type: "del", key: garbageKey(blob) })));
	}

	putAccount(record: AccountRecord): Promise<void> {
		return this.#put(accountKey(record.id), record);
	}

	accounts(): AsyncGenerator<AccountRecord, void, undefined> {
		return this.#readAll(allAccounts, accountRecordFrom);
	}

	close(): Promise<void> {
		this.#closing ??= this.#options.commits.whenIdle().then(() => this.#options.release());
		return this.#closing;
	}

	async #read<Record>(key: Buffer, check: Check<Record>): Promise<Record | null> {
		this.#mustBeOpen();
		const value = await this.#options.level.get(key);
		return value === null ? null : decode(key, value, check);
	}

	/** A damaged record is left out: one room's flipped bit must not hide all the others. */
	async *#readAll<Record>(
		range: KeyRange,
		check: Check<Record>,
	): AsyncGenerator<Record, void, undefined> {
		this.#mustBeOpen();
		for await (const entries of this.#options.level.read(range)) {
			for (const { key, value } of entries) {
				const record = decodeOrNull(key, value, check);
				if (record !== null) yield record;
			}
		}
	}

	async #put(key: Buffer, record: object): Promise<void> {
		this.#mustBeOpen();
		const { commits } = this.#options;
		if (commits.isFull) throw new WeftError("store_failed", "too much waits for the disk");
		const value = encodeRecordOf(key, record);
		await commits.commit({ key, value });
	}

	#mustBeOpen(): void {
		if (this.#closing !== null) throw new WeftError("store_failed", "the records are closed");
	}
}

function decode<Record>(key: Buffer, value: Buffer, check: Check<Record>): Record {
	const body = unseal(key, value);
	let json: unknown;
	try {
		json = JSON.parse(body.toString("utf8"));
	} catch (error) {
		throw damaged(key, `a record is no JSON: ${String(error)}`);
	}
	const record = check(json);
	if (record === null) throw damaged(key, "a record misses a field");
	return record;
}

function decodeOrNull<Record>(key: Buffer, value: Buffer, check: Check<Record>): Record | null {
	try {
		return decode(key, value, check);
	} catch (error) {
		if (error instanceof WeftError && error.code === "room_damaged") return null;
		throw error;
	}
}
