/** The interface of the blob store: bytes of photos in up to three sizes, named by SHA-256. */
import type { Readable } from "node:stream";
import type { BlobId } from "../../shared/ids.ts";

/** The sizes of a photo that are kept: two of every photo, and what was sent where it is wanted. */
export type BlobSize = "full" | "thumb" | "original";

/** Finished temp files of a blob, at paths that `tempPath` gave. */
export interface BlobFiles {
	readonly full: string;
	readonly thumb: string;
	readonly original?: string;
}

/** One size of a blob, about to be read. Whoever opened it reads it or destroys the stream. */
export interface OpenBlob {
	readonly bytes: number;
	readonly stream: Readable;
}

/** Keeps blobs. Every engine passes test/contracts/blob-store.ts. */
export interface BlobStore {
	/** A path for a new temp file. What is left there is removed when the store opens again. */
	tempPath(): string;
	/** Removes a temp file; nothing happens where it is gone already. */
	dropTemp(path: string): Promise<void>;
	/**
	 * True while a photo of that many bytes may come without starving the room log of disk.
	 */
	hasSpaceFor(bytes: number): Promise<boolean>;
	/**
	 * Takes the files, which are gone afterwards; they are on disk when the promise resolves.
	 * `blob` is the SHA-256 of the full one. Sizes that are kept already stay as they are.
	 *
	 * @throws WeftError `disk_full` or `store_failed`; then nothing is kept
	 */
	put(blob: BlobId, files: BlobFiles): Promise<void>;
	/** Opens one size; null where the store does not have it. */
	open(blob: BlobId, size: BlobSize): Promise<OpenBlob | null>;
	/** True where the full and the small size are kept. */
	has(blob: BlobId): Promise<boolean>;
	/**
	 * Removes all sizes of a blob; nothing happens where there are none.
	 *
	 * @throws WeftError `store_failed`; then some may be gone
	 */
	remove(blob: BlobId): Promise<void>;
}
