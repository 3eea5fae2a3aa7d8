/** Where people of a simulation ask who they are: the server's own accounts and rights. */
import { mintGuest } from "../../../server/auth/guest.ts";
import {
	addLink,
	bin,
	changeAccess,
	type Doing,
	type Done,
	decide,
	forget,
	revokeLink,
} from "../../../server/auth/rooms/changes.ts";
import type { Asker } from "../../../server/auth/rooms/room-rights.ts";
import { type Cancel, type Clock, type Millis, wait } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import { mintLinkId, type RandomBytes, type RoomName } from "../../../shared/ids.ts";
import type { Knocked } from "../../../shared/room-access.ts";
import { below, type Random } from "../random.ts";
import type { SimServer } from "../sim/server.ts";
import { cookies, type Hall } from "./hall.ts";
import { type Access, type Decision, type Known, type Office, password } from "./office.ts";

/** How long a request is on its way, and its answer. */
const wayMs: Millis = 10;
/** How often who waits for an answer looks whether the server is still there. */
const lookMs: Millis = 250;

/** See the head of this file. */
export class SimOffice implements Office {
	readonly #clock: Clock;
	readonly #random: RandomBytes;
	readonly #server: () => SimServer;

	constructor(clock: Clock, random: Random, server: () => SimServer) {
		this.#clock = clock;
		this.#random = (size) => Uint8Array.from({ length: size }, () => below(random, 256));
		this.#server = server;
	}

	async meet(name: string): Promise<Known> {
		const guest = mintGuest(this.#random, name);
		return { id: guest.id, cookie: `weft_guest=${cookies.sign(guest)}` };
	}

	makeAccount(name: string): Promise<void> {
		return this.#ask(async ({ hall }) => {
			// An earlier try that nobody heard of may have made it.
			if (hall.accounts.isTaken(name)) return;
			await hall.accounts.add({ name, password, isAdmin: false, invitation: null });
		});
	}

	signIn(name: string, before: string): Promise<Known> {
		return this.#ask(async (server) => {
			const { hall } = server;
			const { guest } = hall.identify({ cookie: before, token: null });
			const { person, token } = await hall.accounts.signIn({
				...{ name, password },
				guest: guest?.id ?? null,
			});
			if (guest !== null) server.endGuest(guest.id);
			return { id: person.id, cookie: `weft_login=${token}` };
		});
	}

	signOut(cookie: string): Promise<void> {
		return this.#ask(async ({ hall }) => {
			const { login } = hall.identify({ cookie, token: null });
			if (login !== null) await hall.accounts.signOut(login, { everywhere: true });
		});
	}

	decide(cookie: string, room: RoomName, decision: Decision): Promise<Access> {
		return this.#ask(({ hall }) =>
			hall.rights.change(askerOf(hall, cookie, room), (doing) => this.#act(doing, decision)),
		);
	}

	knock(cookie: string, room: RoomName): Promise<Knocked> {
		return this.#ask(({ hall }) => hall.rights.knock(askerOf(hall, cookie, room)));
	}

	purge(cookie: string, room: RoomName): Promise<void> {
		return this.#ask((server) => server.purge(askerOf(server.hall, cookie, room)));
	}

	#act(doing: Doing, decision: Decision): Done {
		switch (decision.kind) {
			case "entry":
				return changeAccess(doing, { entry: decision.entry });
			case "least":
				return changeAccess(doing, { least: { [decision.surface]: decision.role } });
			case "present":
				return changeAccess(doing, { presenter: decision.id, isTalkOpen: decision.isTalkOpen });
			case "member":
				return decide(doing, decision.id, decision.change);
			case "forget":
				return forget(doing, decision.id);
			case "link":
				return addLink(doing, mintLinkId(this.#random), {
					role: decision.role,
					expiresAtMs: null,
				});
			case "revoke":
				return revokeLink(doing, decision.id);
			case "bin":
				return bin(doing, decision.isBinned);
		}
	}

	/** A request to the server that runs now; fails where that ends before it has answered. */
	async #ask<Result>(work: (server: SimServer) => Promise<Result>): Promise<Result> {
		const clock = this.#clock;
		await wait(clock, wayMs);
		const server = this.#server();
		if (!server.isListening) throw new Error("nobody answers");
		const result = await new Promise<Result>((resolve, reject) => {
			let cancel: Cancel = () => undefined;
			const look = () => {
				if (server.isAlive) cancel = clock.after(lookMs, look);
				else reject(new Error("the server ended"));
			};
			look();
			server.whenRunning(() => {
				Promise.resolve(server)
					.then(work)
					.finally(() => cancel())
					.then(resolve, reject);
			});
		});
		await wait(clock, wayMs);
		return result;
	}
}

/** Who has that cookie, before a room. @throws WeftError `not_signed_in` */
function askerOf(hall: Hall, cookie: string, room: RoomName): Asker {
	const { guest, login } = hall.identify({ cookie, token: null });
	if (guest === null) throw new WeftError("not_signed_in");
	return { userId: guest.id, login, name: room, person: guest, network: "" };
}
