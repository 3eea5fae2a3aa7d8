/** Who people are to a simulated server, and what they may do: its own accounts and rights. */
import { Accounts } from "../../../server/auth/accounts.ts";
import { GuestCookies } from "../../../server/auth/guest.ts";
import { HostTokens } from "../../../server/auth/host-token.ts";
import { Passwords } from "../../../server/auth/password/passwords.ts";
import { RoomRights, type RoomRightsParts } from "../../../server/auth/rooms/room-rights.ts";
import type { Upgrading } from "../../../server/gateway/gateway.ts";
import { whoUpgrades } from "../../../server/http/identity.ts";
import type { Records } from "../../../server/store/records.ts";
import type { Clock } from "../../../shared/clock.ts";
import type { RandomBytes } from "../../../shared/ids.ts";
import type { Pass } from "../testbed.ts";
import { hostSecret } from "./office.ts";

/** Signs the cookies of all guests of a simulation. */
export const cookies = new GuestCookies(new Uint8Array(32));

/** What a simulated server needs to know people. */
export interface HallParts {
	readonly records: Records;
	readonly clock: Clock;
	readonly random: RandomBytes;
	/** See `RoomRightsParts`. */
	readonly room: Pick<RoomRightsParts, "nameOf" | "here" | "changed" | "knocked">;
}

/** People and rights of one simulated server. */
export class Hall {
	readonly accounts: Accounts;
	readonly rights: RoomRights;
	readonly #hostTokens: HostTokens;

	private constructor(accounts: Accounts, { records, clock, room }: HallParts) {
		this.accounts = accounts;
		this.rights = new RoomRights({ records, accounts, clock, roomMakers: "anyone", ...room });
		this.#hostTokens = new HostTokens(hostSecret, clock);
	}

	/** Reads the accounts. */
	static async open(parts: HallParts): Promise<Hall> {
		const { records, clock, random } = parts;
		// All have one password; a thread that hashes it would be no simulation.
		const hasher = {
			hash: async () => new Uint8Array(32).fill(7),
			close: () => Promise.resolve(),
		};
		const passwords = new Passwords(hasher, random);
		return new Hall(await Accounts.open({ records, passwords, clock, random }), parts);
	}

	/** As `whoUpgrades`. */
	identify({ cookie, token }: Pick<Pass, "cookie" | "token">): Upgrading {
		const { accounts } = this;
		const url = token === null ? "/" : `/?token=${token}`;
		const ids = { cookies, accounts, hostTokens: this.#hostTokens, base: "/" };
		return whoUpgrades({ headers: { cookie }, url }, ids);
	}
}
