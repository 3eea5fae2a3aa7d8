/** Receives photos: counts and hashes while they come, has them made, stores what they became. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Clock } from "../../shared/clock.ts";
import { toWeftError, WeftError } from "../../shared/errors.ts";
import type { BlobId, PhotoId, RoomName, UserId } from "../../shared/ids.ts";
import { photoBytesMax } from "../../shared/limits.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { ImageMaker } from "../blobs/image.ts";
import type { MadeImage } from "../blobs/image-job.ts";
import { type PhotoLimits, photoLimits } from "../blobs/photo-limits.ts";
import { InTurn } from "../in-turn.ts";
import type { PhotoRecord, Records } from "../store/records.ts";
import { type Arrival, Arrivals } from "./arrivals.ts";
import { PhotoIndex, type RoomPhotos } from "./photo-index.ts";

/** What receives and keeps photos is made of. */
export interface PhotoParts {
	readonly records: Records;
	readonly blobs: BlobStore;
	readonly images: ImageMaker;
	readonly clock: Clock;
	readonly limits?: Partial<PhotoLimits>;
}

/** One photo on its way in. */
export interface PhotoUpload {
	readonly room: RoomName;
	readonly id: PhotoId;
	readonly by: UserId;
	/** Its Content-Length, or null. Only ever used to refuse early. */
	readonly declaredBytes: number | null;
	readonly body: ReadableStream | null;
	/** Throws where its sender may not share it any more: its bytes may take their time. */
	readonly askAgain: (() => Promise<void>) | undefined;
	/** Whoever sends it wants it kept as it is too, but for what tells of its place. */
	readonly keepsOriginal: boolean;
}

/** What became of it. */
export interface ReceivedUpload {
	readonly record: PhotoRecord;
	/** False where the server had stored it before. */
	readonly isNew: boolean;
}

/** Photos of all rooms. Rooms do not wait for each other, uploads into one room do. */
export class PhotoUploads {
	readonly #parts: PhotoParts;
	readonly #limits: PhotoLimits;
	readonly #index: PhotoIndex;
	readonly #roomTurns = new InTurn<RoomName>();
	readonly #arrivals: Arrivals;
	/** Uploads that are being stored. */
	readonly #storing = new Set<Promise<unknown>>();
	/** Set while files are removed: nothing is stored then. */
	#sweeping: Promise<void> | null = null;

	constructor(parts: PhotoParts) {
		this.#parts = parts;
		this.#limits = { ...photoLimits, ...parts.limits };
		this.#arrivals = new Arrivals(this.#limits, parts.clock);
		this.#index = new PhotoIndex(parts.records, this.#limits.indexedRoomsMax);
	}

	/** A photo of the room that shows that blob; null where none does. */
	async find(room: RoomName, blob: BlobId): Promise<PhotoRecord | null> {
		return (await this.#index.of(room)).byBlob(blob);
	}

	/**
	 * Receives one photo. The same bytes under the same id are answered from what is stored.
	 *
	 * @throws WeftError `photo_too_big`, `photo_conflict`, `photos_full`, `photos_full_yours`,
	 * `photos_busy`, `disk_full`, and all that `askAgain` and `ImageMaker.make` throw; then nothing
	 * is kept
	 */
	async receive(upload: PhotoUpload): Promise<ReceivedUpload> {
		const arrival = this.#arrivals.enter(upload.by);
		const { blobs } = this.#parts;
		const source = blobs.tempPath();
		try {
			await this.#checkEarly(upload);
			const hash = await receiveBytes(upload.body, source, arrival);
			return await this.#roomTurns.run(upload.room, async () => {
				await upload.askAgain?.();
				return this.#unswept(() => this.#store(upload, source, hash));
			});
		} finally {
			this.#arrivals.leave(arrival);
			await blobs.dropTemp(source);
		}
	}

	/** Purges a room: `purge` runs while none of its photos is stored. */
	async purge(room: RoomName, purge: () => Promise<void>): Promise<void> {
		await this.#roomTurns.run(room, async () => {
			try {
				await purge();
			} finally {
				this.#index.forget(room);
			}
		});
	}

	/**
	 * Removes the files of photos that purged rooms showed and no room shows now. What is left when
	 * this fails, or the server stops, the next call removes.
	 */
	async sweep(): Promise<void> {
		while (this.#sweeping !== null) await this.#sweeping.catch(() => undefined);
		const storing = [...this.#storing];
		this.#sweeping = Promise.allSettled(storing).then(() => this.#sweep());
		try {
			await this.#sweeping;
		} finally {
			this.#sweeping = null;
		}
	}

	async #sweep(): Promise<void> {
		const { records, blobs } = this.#parts;
		const garbage = new Set<BlobId>();
		for await (const blob of records.garbage()) garbage.add(blob);
		if (garbage.size === 0) return;
		const needless = new Set(garbage);
		// The same picture may be in another room, or be there again.
		for await (const { blob } of records.allPhotos()) needless.delete(blob);
		for (const blob of needless) await blobs.remove(blob);
		await records.dropGarbage([...garbage]);
	}

	/** Runs `store` when no files are being removed, and lets nobody remove any meanwhile. */
	async #unswept<Result>(store: () => Promise<Result>): Promise<Result> {
		while (this.#sweeping !== null) await this.#sweeping.catch(() => undefined);
		const storing = store();
		this.#storing.add(storing);
		try {
			return await storing;
		} finally {
			this.#storing.delete(storing);
		}
	}

	/** Refuses, before any byte is taken, what would be refused afterwards. */
	async #checkEarly(upload: PhotoUpload): Promise<void> {
		if ((upload.declaredBytes ?? 0) > photoBytesMax) throw new WeftError("photo_too_big");
		const stored = await this.#parts.records.photo(upload.room, upload.id);
		if (stored === null) this.#checkQuota(await this.#index.of(upload.room), upload.by);
		// The upload itself, then both its sizes, which may be as large once more.
		const filesMax = upload.keepsOriginal ? 3 : 2;
		const hasSpace = await this.#parts.blobs.hasSpaceFor(filesMax * photoBytesMax);
		if (!hasSpace) throw new WeftError("disk_full");
	}

	#checkQuota(photos: RoomPhotos, by: UserId): void {
		if (photos.count >= this.#limits.roomPhotosMax) throw new WeftError("photos_full");
		if (photos.bytes >= this.#limits.roomBytesMax) throw new WeftError("photos_full");
		if (photos.countOf(by) >= this.#limits.userPhotosMax) throw new WeftError("photos_full_yours");
	}

	async #store(upload: PhotoUpload, source: string, hash: BlobId): Promise<ReceivedUpload> {
		const { records, clock } = this.#parts;
		const { room, id, by, keepsOriginal } = upload;
		const stored = await records.photo(room, id);
		if (stored !== null) {
			if (stored.source !== hash) throw new WeftError("photo_conflict");
			return { record: stored, isNew: false };
		}
		const photos = await this.#index.of(room);
		this.#checkQuota(photos, by);
		const same = photos.bySource(hash);
		const isThere = same !== null && (same.original !== undefined || !keepsOriginal);
		const { blob, type, width, height, bytes, original } = isThere
			? same
			: await this.#makeBlob(source, keepsOriginal);
		const kept = keepsOriginal && original !== undefined ? { original } : {};
		const facts = { blob, type, width, height, bytes, ...kept };
		const record = { id, source: hash, ...facts, receivedAtMs: clock.now(), by };
		await records.putPhoto(room, record);
		// Asked for again: while the picture was made, the room may have been forgotten and read anew.
		(await this.#index.of(room)).add(record);
		return { record, isNew: true };
	}

	async #makeBlob(source: string, keepsOriginal: boolean): Promise<MadeImage> {
		const { blobs, images } = this.#parts;
		const files = { full: blobs.tempPath(), thumb: blobs.tempPath() };
		const wanted = keepsOriginal ? { ...files, original: blobs.tempPath() } : files;
		try {
			const made = await images.make({ source, ...wanted });
			await blobs.put(made.blob, made.original === undefined ? files : wanted);
			return made;
		} finally {
			await Promise.all(Object.values(wanted).map((path) => blobs.dropTemp(path)));
		}
	}
}

/** Writes the body to a new file and returns its SHA-256; counts, whatever was declared. */
async function receiveBytes(
	body: ReadableStream | null,
	path: string,
	arrival: Arrival,
): Promise<BlobId> {
	const hash = createHash("sha256");
	const { signal } = arrival.cut;
	const chunks = body === null ? Readable.from([]) : Readable.fromWeb(body);
	async function* counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
		for await (const chunk of source) {
			arrival.bytes += chunk.length;
			if (arrival.bytes > photoBytesMax) throw new WeftError("photo_too_big");
			hash.update(chunk);
			yield chunk;
		}
	}
	try {
		await pipeline(chunks, counted, createWriteStream(path, { flags: "wx" }), { signal });
	} catch (error) {
		signal.throwIfAborted();
		const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
		throw toWeftError(error, isFull ? "disk_full" : "bad_request");
	}
	arrival.isWhole = true;
	return hash.digest("hex") as BlobId;
}
