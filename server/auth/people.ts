/** All that knows who people are, over one data folder: for a server, and for its operator. */
import { randomBytes } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import type { Records } from "../store/records.ts";
import { Accounts } from "./accounts.ts";
import { GuestCookies } from "./guest.ts";
import { Invitations } from "./invitations.ts";
import { createHasher, type Hasher } from "./password/hash-worker.ts";
import { Passwords } from "./password/passwords.ts";
import { loadSecret } from "./secret.ts";

/** See the head of this file. Close the hasher at the end. */
export interface People {
	readonly cookies: GuestCookies;
	readonly accounts: Accounts;
	readonly invitations: Invitations;
	readonly hasher: Hasher;
}

/** Reads the secret of the folder, and the accounts among its records. */
export async function openPeople(dataDir: string, records: Records, clock: Clock): Promise<People> {
	const secret = await loadSecret(dataDir);
	const hasher = createHasher();
	const passwords = new Passwords(hasher, randomBytes);
	return {
		cookies: new GuestCookies(secret),
		accounts: await Accounts.open({ records, passwords, clock, random: randomBytes }),
		invitations: new Invitations(secret, clock, randomBytes),
		hasher,
	};
}
