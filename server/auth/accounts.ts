/**
 * Who signs in: accounts, their logins, and the guests they were before. All of them are in memory;
 * what changes is on disk before anybody is told.
 */
import { createHash } from "node:crypto";
import { cleanPersonName } from "../../shared/awareness.ts";
import type { Clock, Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import {
	isAccountId,
	mintAccountId,
	type RandomBytes,
	type RoomName,
	type UserId,
} from "../../shared/ids.ts";
import { personColors } from "../../shared/person-colors.ts";
import type { Role } from "../../shared/roles.ts";
import { InTurn } from "../in-turn.ts";
import type { AccountRecord, LoginRecord, Records } from "../store/records.ts";
import { AccountIndex } from "./account-index.ts";
import type { Guest } from "./guest.ts";
import { nameKey } from "./name-key.ts";
import { isPassword, type Passwords } from "./password/passwords.ts";

/** How long a browser stays signed in. */
export const loginMs: Millis = 90 * 24 * 60 * 60 * 1000;

/** Devices on which one person is signed in; the one longest ago goes first. */
const loginsMax = 50;

/** Guests that one person takes along: each is a browser that was new. Later ones stay guests. */
const wasMax = 200;

/** Accounts of a server, all in memory: about 1 KiB each, 30 KiB with all logins and guests. */
const accountsMax = 10_000;

/** 256 random bits: nobody guesses them, so a plain hash of them is enough. */
const tokenBytes = 32;

/** That somebody is signed in. */
export interface Login {
	readonly person: Guest;
	readonly isAdmin: boolean;
	/** The same in every request of this login, and in no other's. */
	readonly key: string;
	readonly untilMs: Millis;
	/** The rooms it leads into, and what they are there; null for all, as everybody. */
	readonly rooms: ReadonlyMap<RoomName, Role> | null;
	/** What is said when its time is over. */
	readonly endsAs: "signed_out" | "token_over";
}

/** A login that was just made. */
export interface NewLogin extends Login {
	/** What the browser brings to show that it is this login. */
	readonly token: string;
}

/** Who is to have an account. */
export interface NewAccount {
	readonly name: string;
	readonly password: string;
	readonly isAdmin: boolean;
	/** The invitation by which they come; null where they need none. */
	readonly invitation: string | null;
}

/** Somebody who signs in, and the guest that their browser was until now. */
export interface SigningIn {
	readonly name: string;
	readonly password: string;
	readonly guest: UserId | null;
}

/** What the accounts are handed. */
export interface AccountsParts {
	readonly records: Pick<Records, "accounts" | "putAccount">;
	readonly passwords: Passwords;
	readonly clock: Clock;
	readonly random: RandomBytes;
}

/** See the head of this file. */
export class Accounts {
	readonly #parts: AccountsParts;
	readonly #index = new AccountIndex();
	readonly #listeners = new Set<(key: string) => void>();
	/** Changes are made one after another: each begins with what the one before left. */
	readonly #changes = new InTurn<"accounts">();

	private constructor(parts: AccountsParts) {
		this.#parts = parts;
	}

	/** Reads all of them. */
	static async open(parts: AccountsParts): Promise<Accounts> {
		const accounts = new Accounts(parts);
		for await (const record of parts.records.accounts()) accounts.#index.put(record);
		return accounts;
	}

	/** Calls `ended` with the key of each login that ends before its time. */
	onEnd(ended: (key: string) => void): void {
		this.#listeners.add(ended);
	}

	/** How many can sign in. */
	get count(): number {
		return this.#index.count;
	}

	/** Everybody who can sign in, by name. */
	list(): AccountRecord[] {
		return this.#index.list();
	}

	/** Who can sign in under that id; null where nobody can. */
	find(id: UserId): AccountRecord | null {
		const record = this.#index.byId(id);
		return record === null || record.password === null ? null : record;
	}

	/** True for the name of somebody who signs in, however spelt, and for what passes for it. */
	isTaken(name: string): boolean {
		return this.#index.hasLike(name);
	}

	/** True for a guest who became somebody that signs in: the cookie of old is nobody's. */
	isFormer(id: UserId): boolean {
		return this.#index.isFormer(id);
	}

	/** What somebody with an account is called; null where they have none. */
	nameOf(id: UserId): string | null {
		return this.#index.byId(id)?.name ?? null;
	}

	/** Everybody that somebody was before. */
	formerOf(id: UserId): readonly UserId[] {
		return this.#index.byId(id)?.was ?? [];
	}

	/** All ids of a person, by whichever: that of now first. */
	idsOf(id: UserId): readonly [UserId, ...UserId[]] {
		const now = this.#index.becameOf(id) ?? id;
		return [now, ...this.formerOf(now)];
	}

	/** True where nobody came by that invitation yet. */
	isUnused(invitation: string): boolean {
		return !this.#index.isUsed(invitation);
	}

	/**
	 * Makes an account.
	 *
	 * @throws WeftError `bad_request` for what is no name, `bad_password`, `name_taken`,
	 * `bad_invitation`, `server_full`, and what the store throws
	 */
	async add({ name: text, password, isAdmin, invitation }: NewAccount): Promise<AccountRecord> {
		const name = cleanPersonName(text);
		if (name === null || nameKey(name) === "") {
			throw new WeftError("bad_request", "a name has at least one letter");
		}
		if (!isPassword(password)) throw new WeftError("bad_password");
		if (this.isTaken(name)) throw new WeftError("name_taken");
		const { passwords, clock, random } = this.#parts;
		const kept = await passwords.make(password);
		return this.#change(async () => {
			if (this.isTaken(name)) throw new WeftError("name_taken");
			if (invitation !== null && !this.isUnused(invitation)) {
				throw new WeftError("bad_invitation");
			}
			if (this.count >= accountsMax) throw new WeftError("server_full", "accounts");
			const [byte = 0] = random(1);
			return this.#put({
				id: mintAccountId(random),
				name,
				color: personColors[byte % personColors.length] ?? personColors[0],
				password: kept,
				isAdmin,
				madeAtMs: clock.now(),
				logins: [],
				was: [],
				invitation,
			});
		});
	}

	/**
	 * Gives somebody another password and signs them out everywhere.
	 *
	 * @throws WeftError `not_found`, `bad_password`, and what the store throws
	 */
	async reset(name: string, password: string): Promise<AccountRecord> {
		if (!this.isTaken(name)) throw new WeftError("not_found", "no account of this name");
		const kept = await this.#parts.passwords.make(password);
		return this.#changeNamed(name, (record) => ({ ...record, password: kept, logins: [] }));
	}

	/**
	 * The same for who knows the password that is to go.
	 *
	 * @throws WeftError `wrong_login`, `bad_password`, and what hashing and the store throw
	 */
	async changePassword(
		{ person }: Login,
		{ password, next }: { readonly password: string; readonly next: string },
	): Promise<void> {
		if (!isPassword(next)) throw new WeftError("bad_password");
		const { passwords } = this.#parts;
		const kept = this.#index.byId(person.id)?.password ?? null;
		const fits = await passwords.fits(password, kept);
		if (!fits) throw new WeftError("wrong_login");
		const made = await passwords.make(next);
		await this.#change(async () => {
			const record = this.#index.byId(person.id);
			// Removed, or given another password, while these were hashed.
			if (record === null || record.password !== kept) throw new WeftError("wrong_login");
			await this.#put({ ...record, password: made, logins: [] });
		});
	}

	/**
	 * Takes somebody's account away and signs them out everywhere. What they wrote stays theirs.
	 *
	 * @throws WeftError `not_found`, and what the store throws
	 */
	async remove(name: string): Promise<AccountRecord> {
		return this.#changeNamed(name, (record) => ({
			...record,
			name: "",
			password: null,
			isAdmin: false,
			logins: [],
		}));
	}

	/** Signs somebody out everywhere. @throws WeftError `not_found`, and what the store throws */
	async endLogins(name: string): Promise<AccountRecord> {
		return this.#changeNamed(name, (record) => ({ ...record, logins: [] }));
	}

	/**
	 * Signs in. The guest that the browser was becomes this person, with all that they wrote.
	 *
	 * @throws WeftError `wrong_login`, and what hashing and the store throw
	 */
	async signIn({ name, password, guest }: SigningIn): Promise<NewLogin> {
		const { passwords, random, clock } = this.#parts;
		const kept = this.#index.byName(name)?.password ?? null;
		const fits = await passwords.fits(password, kept);
		if (!fits) throw new WeftError("wrong_login");
		const token = Buffer.from(random(tokenBytes)).toString("base64url");
		return this.#change(async () => {
			const record = this.#index.byName(name);
			// Removed, or given another password, while the old one was hashed.
			if (record === null || record.password !== kept) throw new WeftError("wrong_login");
			const login = { tokenHash: hashOf(token), untilMs: clock.now() + loginMs };
			const changed = await this.#put({
				...record,
				logins: [...record.logins.filter(this.#isLive), login].slice(-loginsMax),
				was: this.#wasWith(record, guest),
			});
			return { ...loginOf(changed, login), token };
		});
	}

	/** The login that a browser shows; null where it is none, or over. */
	readLogin(token: string | undefined): Login | null {
		if (token === undefined) return null;
		const found = this.#index.byToken(hashOf(token));
		if (found === null || !this.#isLive(found.login)) return null;
		return loginOf(found.record, found.login);
	}

	/** Ends one login, or with `everywhere` all of that person; one that is over stays so. */
	async signOut(login: Login, { everywhere }: { readonly everywhere: boolean }): Promise<void> {
		await this.#change(async () => {
			const record = this.#index.byId(login.person.id);
			if (record === null) return;
			const isKept = ({ tokenHash }: LoginRecord) => !everywhere && tokenHash !== login.key;
			await this.#put({ ...record, logins: record.logins.filter(isKept) });
		});
	}

	/** Gives somebody another colour. */
	async paint({ person }: Login, color: string): Promise<Guest> {
		return this.#change(async () => {
			const record = this.#index.byId(person.id);
			if (record === null) throw new WeftError("signed_out");
			return personOf(await this.#put({ ...record, color }));
		});
	}

	readonly #isLive = ({ untilMs }: LoginRecord): boolean => untilMs > this.#parts.clock.now();

	/** A guest is taken along once, by one person. */
	#wasWith({ was }: AccountRecord, guest: UserId | null): readonly UserId[] {
		const isTakable = guest !== null && !isAccountId(guest) && !this.isFormer(guest);
		return isTakable && was.length < wasMax ? [...was, guest] : was;
	}

	#changeNamed(
		name: string,
		change: (record: AccountRecord) => AccountRecord,
	): Promise<AccountRecord> {
		return this.#change(async () => {
			const record = this.#index.byName(name);
			if (record === null) throw new WeftError("not_found", "no account of this name");
			return this.#put(change(record));
		});
	}

	#change<Result>(work: () => Promise<Result>): Promise<Result> {
		return this.#changes.run("accounts", work);
	}

	/** On disk first, then in memory; logins that are in it no more are told of. */
	async #put(record: AccountRecord): Promise<AccountRecord> {
		await this.#parts.records.putAccount(record);
		for (const { tokenHash } of this.#index.put(record)) {
			for (const ended of this.#listeners) ended(tokenHash);
		}
		return record;
	}
}

function hashOf(token: string): string {
	return createHash("sha256").update(token).digest("base64url");
}

function personOf({ id, name, color }: AccountRecord): Guest {
	return { id, name, color };
}

function loginOf(record: AccountRecord, { tokenHash, untilMs }: LoginRecord): Login {
	const { isAdmin } = record;
	const person = personOf(record);
	return { person, isAdmin, key: tokenHash, untilMs, rooms: null, endsAs: "signed_out" };
}
