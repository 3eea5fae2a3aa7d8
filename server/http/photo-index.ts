/** The photos of the rooms that are looked at, in memory: a picture must not cost a scan. */
import type { BlobId, PhotoId, RoomName, UserId } from "../../shared/ids.ts";
import { putNewest } from "../newest.ts";
import type { PhotoRecord, Records } from "../store/records.ts";

/** One room's photos. */
export class RoomPhotos {
	readonly #bySource = new Map<BlobId, PhotoRecord>();
	readonly #byBlob = new Map<BlobId, PhotoRecord>();
	readonly #countByUser = new Map<UserId, number>();
	readonly #ids = new Set<PhotoId>();
	#bytes = 0;

	/** How many photos the room has; two ids of one picture are two. */
	get count(): number {
		return this.#ids.size;
	}

	/** Bytes of their full sizes and originals. */
	get bytes(): number {
		return this.#bytes;
	}

	/** How many of them that person shared. */
	countOf(user: UserId): number {
		return this.#countByUser.get(user) ?? 0;
	}

	/** A photo made of those uploaded bytes, if any; one with its original, if there is one. */
	bySource(source: BlobId): PhotoRecord | null {
		return this.#bySource.get(source) ?? null;
	}

	/** The same for a photo that shows that blob: what no photo shows is not served. */
	byBlob(blob: BlobId): PhotoRecord | null {
		return this.#byBlob.get(blob) ?? null;
	}

	/** Adds a photo that was stored; one that was read with the others is known already. */
	add(record: PhotoRecord): void {
		if (this.#ids.has(record.id)) return;
		this.#ids.add(record.id);
		putBetter(this.#bySource, record.source, record);
		putBetter(this.#byBlob, record.blob, record);
		this.#countByUser.set(record.by, this.countOf(record.by) + 1);
		this.#bytes += record.bytes + (record.original?.bytes ?? 0);
	}
}

function putBetter(map: Map<BlobId, PhotoRecord>, key: BlobId, record: PhotoRecord): void {
	if (map.get(key)?.original === undefined) map.set(key, record);
}

/** The photos of at most `roomsMax` rooms; the one that was not asked for longest is forgotten. */
export class PhotoIndex {
	readonly #records: Records;
	readonly #roomsMax: number;
	readonly #rooms = new Map<RoomName, Promise<RoomPhotos>>();

	constructor(records: Records, roomsMax: number) {
		this.#records = records;
		this.#roomsMax = roomsMax;
	}

	/** Reads the room's records at its first call. */
	of(room: RoomName): Promise<RoomPhotos> {
		const loading = this.#rooms.get(room) ?? this.#load(room);
		putNewest(this.#rooms, room, loading, this.#roomsMax);
		return loading;
	}

	/** Its records have changed. */
	forget(room: RoomName): void {
		this.#rooms.delete(room);
	}

	async #load(room: RoomName): Promise<RoomPhotos> {
		try {
			const photos = new RoomPhotos();
			for await (const record of this.#records.photos(room)) photos.add(record);
			return photos;
		} catch (error) {
			this.#rooms.delete(room);
			throw error;
		}
	}
}
