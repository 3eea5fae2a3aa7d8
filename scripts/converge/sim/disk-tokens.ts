/** Where on a simulated disk each token lies, and whether it would outlive a power cut there. */
import type { Operation } from "../../../server/store/level-binding.ts";
import { tokenOfPhoto } from "../person/tokens.ts";

/** A file of the log, as far as this must know it. */
interface TokenFile {
	readonly batches: readonly unknown[];
	/** So many of the first batches survive anything. */
	readonly syncedCount: number;
}

interface Place {
	readonly file: TokenFile;
	readonly batchIndex: number;
}

/** Tokens as they lie in an update, or photos that stand for them: person/tokens.ts, in UTF-8. */
const tokenPattern = /\xe2\x9f\xa8[a-z]+\d+\xf0\x9f\x91\x8b\xe2\x9f\xa9|photo-[a-z]+\d+/g;

/** See the head of this file. */
export class DiskTokens {
	/** Places in the log. */
	readonly #places = new Map<string, Place[]>();
	/** Tokens in tables. */
	readonly #kept = new Set<string>();

	/** A batch was added at the end of a file. */
	written(file: TokenFile, operations: readonly Operation[]): void {
		const batchIndex = file.batches.length - 1;
		for (const one of operations) {
			if (one.type !== "put") continue;
			for (const [bytes] of Buffer.from(one.value).toString("latin1").matchAll(tokenPattern)) {
				const word = Buffer.from(bytes, "latin1").toString();
				const token = tokenOfPhoto(word) ?? word;
				const places = this.#places.get(token);
				if (places === undefined) this.#places.set(token, [{ file, batchIndex }]);
				else places.push({ file, batchIndex });
			}
		}
	}

	/** The log becomes tables. */
	recovered(): void {
		for (const [token, places] of this.#places) {
			const isThere = places.some(({ file, batchIndex }) => batchIndex < file.batches.length);
			if (isThere) this.#kept.add(token);
		}
		this.#places.clear();
	}

	/** True where the token would be there after a power cut now. */
	isSynced(token: string): boolean {
		if (this.#kept.has(token)) return true;
		const places = this.#places.get(token) ?? [];
		return places.some(({ file, batchIndex }) => batchIndex < file.syncedCount);
	}
}
