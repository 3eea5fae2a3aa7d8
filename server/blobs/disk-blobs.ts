/**
 * Blobs in a directory.
 *
 * ```
 * <directory>/ab/cdef…          full size of the blob abcdef…
 * <directory>/ab/cdef….thumb    small size of it; written before, so a full one has its thumb
 * <directory>/ab/cdef….original what was sent, without what was beside the picture; of few
 * <directory>/tmp/<random>      what is being received or made; emptied at start
 * ```
 */
import { randomUUID } from "node:crypto";
import { access, mkdir, open, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { WeftError } from "../../shared/errors.ts";
import type { BlobId } from "../../shared/ids.ts";
import type { BlobFiles, BlobSize, BlobStore, OpenBlob } from "./blob-store.ts";
import { photoLimits } from "./photo-limits.ts";

/** A `BlobStore` in a directory of its own. Nothing stays open, so there is nothing to close. */
export class DiskBlobs implements BlobStore {
	readonly #directory: string;
	readonly #reserveBytes: number;

	private constructor(directory: string, reserveBytes: number) {
		this.#directory = directory;
		this.#reserveBytes = reserveBytes;
	}

	/** Makes the directory where it is missing, and removes what an earlier run left unfinished. */
	static async open(
		directory: string,
		reserveBytes: number = photoLimits.diskReserveBytes,
	): Promise<DiskBlobs> {
		await rm(join(directory, "tmp"), { recursive: true, force: true });
		await mkdir(join(directory, "tmp"), { recursive: true });
		return new DiskBlobs(directory, reserveBytes);
	}

	tempPath(): string {
		return join(this.#directory, "tmp", randomUUID());
	}

	async dropTemp(path: string): Promise<void> {
		await rm(path, { force: true });
	}

	async hasSpaceFor(bytes: number): Promise<boolean> {
		const disk = await statfs(this.#directory);
		return disk.bavail * disk.bsize - bytes > this.#reserveBytes;
	}

	async put(blob: BlobId, files: BlobFiles): Promise<void> {
		try {
			const missing: BlobSize[] = (await this.has(blob)) ? [] : ["thumb", "full"];
			const { original } = files;
			if (original !== undefined && !(await this.#isKept(blob, "original"))) {
				missing.unshift("original");
			}
			if (missing.length > 0) await this.#keep(blob, files, missing);
		} catch (error) {
			throw nameFailure(error);
		} finally {
			await Promise.all(Object.values(files).map((path) => this.dropTemp(path)));
		}
	}

	async open(blob: BlobId, size: BlobSize): Promise<OpenBlob | null> {
		try {
			const file = await open(this.#path(blob, size), "r");
			const { size: bytes } = await file.stat();
			return { bytes, stream: file.createReadStream() };
		} catch (error) {
			if (hasCode(error, "ENOENT")) return null;
			throw nameFailure(error);
		}
	}

	has(blob: BlobId): Promise<boolean> {
		return this.#isKept(blob, "full");
	}

	/** The full size first: without it there is no blob. */
	async remove(blob: BlobId): Promise<void> {
		const directory = join(this.#directory, blob.slice(0, 2));
		try {
			for (const size of ["full", "thumb", "original"] as const) {
				await rm(this.#path(blob, size), { force: true });
			}
			await sync(directory);
		} catch (error) {
			if (!hasCode(error, "ENOENT")) throw nameFailure(error);
		}
	}

	async #isKept(blob: BlobId, size: BlobSize): Promise<boolean> {
		try {
			await access(this.#path(blob, size));
			return true;
		} catch (error) {
			if (hasCode(error, "ENOENT")) return false;
			throw nameFailure(error);
		}
	}

	/** Bytes first, then names, then the directories that hold the names. */
	async #keep(blob: BlobId, files: BlobFiles, sizes: readonly BlobSize[]): Promise<void> {
		const directory = join(this.#directory, blob.slice(0, 2));
		const made = await mkdir(directory, { recursive: true });
		const moves = sizes.map((size) => [files[size] ?? "", this.#path(blob, size)] as const);
		for (const [from] of moves) await sync(from);
		for (const [from, to] of moves) await rename(from, to);
		await sync(directory);
		if (made !== undefined) await sync(this.#directory);
	}

	#path(blob: BlobId, size: BlobSize): string {
		const name = size === "full" ? blob.slice(2) : `${blob.slice(2)}.${size}`;
		return join(this.#directory, blob.slice(0, 2), name);
	}
}

async function sync(path: string): Promise<void> {
	const file = await open(path, "r");
	try {
		await file.sync();
	} finally {
		await file.close();
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}

function nameFailure(error: unknown): WeftError {
	const isFull = hasCode(error, "ENOSPC") || hasCode(error, "EDQUOT");
	const detail = error instanceof Error ? error.message : String(error);
	return new WeftError(isFull ? "disk_full" : "store_failed", detail, { cause: error });
}
