/** The interface of the blob store: bytes of photos, named by their SHA-256, in two sizes. */
import type { Readable } from "node:stream";
import type { BlobId } from "../../shared/ids.ts";

/** The two sizes of a photo that are kept. */
const blobSizes = ["full", "thumb"] as const;
/** One of the two. */
export type BlobSize = (typeof blobSizes)[number];

/** Finished temp files of a blob, at paths that `tempPath` gave. */
export type BlobFiles = Readonly<Record<BlobSize, string>>;

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
	 * Takes both files, which are gone afterwards; they are on disk when the promise resolves.
	 * `blob` is the SHA-256 of the full one. Does nothing more where the blob is kept already.
	 *
	 * @throws WeftError `disk_full` or `store_failed`; then nothing is kept
	 */
	put(blob: BlobId, files: BlobFiles): Promise<void>;
	/** Opens one size; null where the store does not have it. */
	open(blob: BlobId, size: BlobSize): Promise<OpenBlob | null>;
	/** True where both sizes are kept. */
	has(blob: BlobId): Promise<boolean>;
}
