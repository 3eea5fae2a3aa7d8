/** Records in memory: the plainest ones that pass the contract. For tests and simulation. */
import { WeftError } from "../../shared/errors.ts";
import type { BlobId, LinkId, PhotoId, RoomName, UserId } from "../../shared/ids.ts";
import type { AuditEntry } from "../../shared/room-access.ts";
import type { AccessRecord, AccountRecord, PhotoRecord, Records, RoomRecord } from "./records.ts";

/** What stays when memory records are closed; others may be made of it. */
export class MemoryRecordsDisk {
	readonly rooms = new Map<RoomName, RoomRecord>();
	readonly accesses = new Map<RoomName, AccessRecord>();
	readonly links = new Map<LinkId, RoomName>();
	readonly audits = new Map<RoomName, readonly AuditEntry[]>();
	readonly photos = new Map<RoomName, Map<PhotoId, PhotoRecord>>();
	readonly accounts = new Map<UserId, AccountRecord>();
	readonly garbage = new Set<BlobId>();
}

/** See the head of this file. */
export class MemoryRecords implements Records {
	readonly #disk: MemoryRecordsDisk;
	#isClosed = false;

	constructor(disk: MemoryRecordsDisk) {
		this.#disk = disk;
	}

	async room(name: RoomName): Promise<RoomRecord | null> {
		this.#mustBeOpen();
		return structuredClone(this.#disk.rooms.get(name) ?? null);
	}

	async putRoom(record: RoomRecord): Promise<void> {
		this.#mustBeOpen();
		this.#disk.rooms.set(record.name, structuredClone(record));
	}

	async *rooms(): AsyncGenerator<RoomRecord, void, undefined> {
		this.#mustBeOpen();
		yield* structuredClone([...this.#disk.rooms.values()]);
	}

	async access(room: RoomName): Promise<AccessRecord | null> {
		this.#mustBeOpen();
		return structuredClone(this.#disk.accesses.get(room) ?? null);
	}

	async putAccess(record: AccessRecord): Promise<void> {
		this.#mustBeOpen();
		this.#disk.accesses.set(record.room, structuredClone(record));
	}

	async *accesses(): AsyncGenerator<AccessRecord, void, undefined> {
		this.#mustBeOpen();
		yield* structuredClone([...this.#disk.accesses.values()]);
	}

	async linkedRoom(id: LinkId): Promise<RoomName | null> {
		this.#mustBeOpen();
		return this.#disk.links.get(id) ?? null;
	}

	async putLink(id: LinkId, room: RoomName): Promise<void> {
		this.#mustBeOpen();
		this.#disk.links.set(id, room);
	}

	async audit(room: RoomName): Promise<readonly AuditEntry[]> {
		this.#mustBeOpen();
		return structuredClone(this.#disk.audits.get(room) ?? []);
	}

	async putAudit(room: RoomName, entries: readonly AuditEntry[]): Promise<void> {
		this.#mustBeOpen();
		this.#disk.audits.set(room, structuredClone(entries));
	}

	async photo(room: RoomName, id: PhotoId): Promise<PhotoRecord | null> {
		this.#mustBeOpen();
		return structuredClone(this.#disk.photos.get(room)?.get(id) ?? null);
	}

	async putPhoto(room: RoomName, record: PhotoRecord): Promise<void> {
		this.#mustBeOpen();
		const photos = this.#disk.photos.get(room) ?? new Map<PhotoId, PhotoRecord>();
		photos.set(record.id, structuredClone(record));
		this.#disk.photos.set(room, photos);
	}

	async *photos(room: RoomName): AsyncGenerator<PhotoRecord, void, undefined> {
		this.#mustBeOpen();
		yield* structuredClone([...(this.#disk.photos.get(room)?.values() ?? [])]);
	}

	async *allPhotos(): AsyncGenerator<PhotoRecord, void, undefined> {
		this.#mustBeOpen();
		for (const photos of [...this.#disk.photos.values()])
			yield* structuredClone([...photos.values()]);
	}

	async *garbage(): AsyncGenerator<BlobId, void, undefined> {
		this.#mustBeOpen();
		yield* [...this.#disk.garbage];
	}

	async dropGarbage(blobs: readonly BlobId[]): Promise<void> {
		this.#mustBeOpen();
		for (const blob of blobs) this.#disk.garbage.delete(blob);
	}

	async putAccount(record: AccountRecord): Promise<void> {
		this.#mustBeOpen();
		this.#disk.accounts.set(record.id, structuredClone(record));
	}

	async *accounts(): AsyncGenerator<AccountRecord, void, undefined> {
		this.#mustBeOpen();
		yield* structuredClone([...this.#disk.accounts.values()]);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
	}

	#mustBeOpen(): void {
		if (this.#isClosed) throw new WeftError("store_failed", "the records are closed");
	}
}
