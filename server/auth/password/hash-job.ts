/** One password on its way through scrypt (RFC 7914), between the server and its thread. */
import { scryptSync } from "node:crypto";

/** What is to be hashed, and how. */
export interface HashJob {
	readonly password: string;
	readonly salt: Uint8Array;
	/** scrypt's N, r and p. */
	readonly cost: number;
	readonly blockSize: number;
	readonly lanes: number;
}

/** Bytes of a hash. */
export const hashBytes = 32;

/** The hash; takes a tenth of a second and 32 MiB. One letter that Unicode has twice is one. */
export function hash({ password, salt, cost, blockSize, lanes }: HashJob): Uint8Array {
	const hashed = scryptSync(password.normalize("NFC"), salt, hashBytes, {
		N: cost,
		r: blockSize,
		p: lanes,
		// What OpenSSL counts, which Node bounds at 32 MiB otherwise.
		maxmem: 128 * blockSize * (cost + lanes + 2) + 1,
	});
	return new Uint8Array(hashed);
}
