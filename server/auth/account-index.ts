/** The accounts in memory, found by all that somebody may ask for them by. */
import type { UserId } from "../../shared/ids.ts";
import type { AccountRecord, LoginRecord } from "../store/records.ts";
import { lookOf, nameKey } from "./name-key.ts";

/** A login and whose it is. */
interface FoundLogin {
	readonly record: AccountRecord;
	readonly login: LoginRecord;
}

/** See the head of this file. */
export class AccountIndex {
	readonly #byId = new Map<UserId, AccountRecord>();
	readonly #byName = new Map<string, AccountRecord>();
	/** Whose name looks so; two that look alike are there only from before that was refused. */
	readonly #byLook = new Map<string, UserId>();
	readonly #byToken = new Map<string, FoundLogin>();
	/** Guests who became an account, and which. */
	readonly #former = new Map<UserId, UserId>();
	readonly #invitations = new Set<string>();

	/** Takes a record in place of the one before; gives the logins that it has no more. */
	put(record: AccountRecord): LoginRecord[] {
		const before = this.#byId.get(record.id);
		if (before !== undefined) this.#forget(before);
		this.#byId.set(record.id, record);
		if (record.password !== null) {
			this.#byName.set(nameKey(record.name), record);
			this.#byLook.set(lookOf(record.name), record.id);
		}
		for (const login of record.logins) this.#byToken.set(login.tokenHash, { record, login });
		for (const guest of record.was) this.#former.set(guest, record.id);
		if (record.invitation !== null) this.#invitations.add(record.invitation);
		return (before?.logins ?? []).filter(({ tokenHash }) => !this.#byToken.has(tokenHash));
	}

	/** How many can sign in. */
	get count(): number {
		return this.#byName.size;
	}

	/** All that can sign in, by name. */
	list(): AccountRecord[] {
		const live = [...this.#byName.values()];
		return live.sort((one, other) => one.name.localeCompare(other.name));
	}

	/** Who can sign in by that name; null where nobody can. */
	byName(name: string): AccountRecord | null {
		return this.#byName.get(nameKey(name)) ?? null;
	}

	/** True where somebody who can sign in has that name, or one that looks like it. */
	hasLike(name: string): boolean {
		if (this.count === 0) return false;
		return this.#byName.has(nameKey(name)) || this.#byLook.has(lookOf(name));
	}

	/** Also one that was removed. */
	byId(id: UserId): AccountRecord | null {
		return this.#byId.get(id) ?? null;
	}

	/** The login of that hash, and whose it is. */
	byToken(tokenHash: string): FoundLogin | null {
		return this.#byToken.get(tokenHash) ?? null;
	}

	/** True for a guest who became an account. */
	isFormer(id: UserId): boolean {
		return this.#former.has(id);
	}

	/** The account that a guest became; null where they are one still. */
	becameOf(id: UserId): UserId | null {
		return this.#former.get(id) ?? null;
	}

	/** True where somebody came by that invitation. */
	isUsed(invitation: string): boolean {
		return this.#invitations.has(invitation);
	}

	#forget({ id, name, logins }: AccountRecord): void {
		this.#byName.delete(nameKey(name));
		if (this.#byLook.get(lookOf(name)) === id) this.#byLook.delete(lookOf(name));
		for (const { tokenHash } of logins) this.#byToken.delete(tokenHash);
	}
}
