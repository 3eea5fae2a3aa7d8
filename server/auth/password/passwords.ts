/** Makes and checks hashes of passwords; who is not there takes as long as who is. */
import { timingSafeEqual } from "node:crypto";
import { WeftError } from "../../../shared/errors.ts";
import type { RandomBytes } from "../../../shared/ids.ts";
import { passwordLengthMax, passwordLengthMin } from "../../../shared/limits.ts";
import type { PasswordHash } from "../../store/records.ts";
import { hashBytes } from "./hash-job.ts";
import type { Hasher } from "./hash-worker.ts";

/** How dear a hash is: scrypt's N, r and p. */
export type HashCost = Pick<PasswordHash, "cost" | "blockSize" | "lanes">;

/**
 * 32 MiB and a quarter of a second of one processor (the OWASP Password Storage Cheat Sheet names
 * this choice among its equals; the others take more memory than a small server has).
 */
export const usualCost: HashCost = { cost: 2 ** 15, blockSize: 8, lanes: 3 };

const saltBytes = 16;

/** See the head of this file. */
export class Passwords {
	readonly #hasher: Hasher;
	readonly #random: RandomBytes;
	readonly #cost: HashCost;
	/** What nobody's password fits. */
	readonly #nobodys: PasswordHash;

	constructor(hasher: Hasher, random: RandomBytes, cost: HashCost = usualCost) {
		this.#hasher = hasher;
		this.#random = random;
		this.#cost = cost;
		const salt = Buffer.from(random(saltBytes)).toString("base64url");
		const hash = Buffer.alloc(hashBytes).toString("base64url");
		this.#nobodys = { salt, hash, ...cost };
	}

	/**
	 * What is kept of a new password.
	 *
	 * @throws WeftError `bad_password` where it is too short or too long, and all that
	 * `Hasher.hash` throws
	 */
	async make(password: string): Promise<PasswordHash> {
		if (!isPassword(password)) throw new WeftError("bad_password");
		const salt = this.#random(saltBytes);
		const hashed = await this.#hasher.hash({ password, salt, ...this.#cost });
		return {
			salt: Buffer.from(salt).toString("base64url"),
			hash: Buffer.from(hashed).toString("base64url"),
			...this.#cost,
		};
	}

	/** True where the password is that one; null, for who is not there, costs the same. */
	async fits(password: string, kept: PasswordHash | null): Promise<boolean> {
		const { salt, hash, cost, blockSize, lanes } = kept ?? this.#nobodys;
		const hashed = await this.#hasher.hash({
			// A longer one is nobody's, and no longer to hash.
			password: password.slice(0, passwordLengthMax + 1),
			salt: Buffer.from(salt, "base64url"),
			cost,
			blockSize,
			lanes,
		});
		const wanted = Buffer.from(hash, "base64url");
		const isEqual = wanted.length === hashed.length && timingSafeEqual(wanted, hashed);
		return isEqual && kept !== null;
	}
}

/** True for what may be a password. */
export function isPassword(text: string): boolean {
	return text.length >= passwordLengthMin && text.length <= passwordLengthMax;
}
