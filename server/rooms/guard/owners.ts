/**
 * Whose a Yjs client id is: the user's who first wrote under it.
 *
 * Yjs believes what an update says of its author. Where two people write under one id, everybody
 * keeps the struct that came first and drops the other as known, and the state vectors are equal:
 * docs differ for ever, and nobody notices.
 */
import { WeftError } from "../../../shared/errors.ts";
import { nobody, type UserId } from "../../../shared/ids.ts";
import { ownersOf } from "../../store/owners.ts";
import type { StoredRoom } from "../../store/room-log.ts";
import { readStateVector } from "../cold.ts";
import { type Holdings, newClientsMax } from "../inspect.ts";
import type { ReadUpdate } from "../update-reader.ts";
import type { Author } from "./rules.ts";

/**
 * Most client ids under which a room is written. Everybody's state vector has all of them: with
 * more it would be longer than one may be (`stateVectorBytesMax`), and nobody could join any more.
 */
export const roomIdsMax = 90_000;

/** Content under foreign client ids that was taken because the server is healing. */
export interface Relayed {
	readonly by: UserId;
	readonly clientIds: readonly number[];
}

/** What the owners of a room are handed. */
export interface OwnersParts {
	/** Who showed themselves under a client id that is not claimed yet; null where nobody did. */
	readonly holderOf: (clientId: number) => UserId | null;
	/** Where given, ownership is not checked: told of everything that would have been refused. */
	readonly healed: ((relayed: Relayed) => void) | null;
}

/** The owners of a room's client ids. */
export class Owners {
	readonly #parts: OwnersParts;
	#owners: Map<number, UserId> = new Map();
	/** Some ids are of the room before it was purged. */
	#isPurged = false;

	constructor(stored: StoredRoom, parts: OwnersParts) {
		this.#parts = parts;
		this.reset(stored);
	}

	/** Forgets claims that did not reach the log. */
	reset(stored: StoredRoom): void {
		this.#owners = ownersOf(stored);
		this.#isPurged = stored.epoch !== undefined;
	}

	/** These claims were of what cannot be taken. */
	release(claims: readonly number[]): void {
		for (const client of claims) this.#owners.delete(client);
	}

	/**
	 * Refuses what holds something of the room from before it was purged: ids under which nobody may
	 * write, and of which the room holds nothing. Costs nothing where it never was.
	 *
	 * @throws WeftError `room_purged`
	 */
	refusePurged(clientIds: Iterable<number>, holdings: Holdings | null): void {
		if (!this.#isPurged || holdings === null) return;
		for (const client of clientIds) {
			const isOld = this.#owners.get(client) === nobody && holdings.clockOf(client) === 0;
			if (isOld) throw new WeftError("room_purged");
		}
	}

	/**
	 * Looks at the state vector with which somebody asks. Honest ones name what the room holds or
	 * held, and of what it lacks no more than one update may bring.
	 *
	 * @throws WeftError `bad_frame`, `room_purged`
	 */
	checkQuestion(stateVector: Uint8Array, holdings: Holdings | null): void {
		const namedMax = (holdings?.clientCount ?? 0) + this.#owners.size + newClientsMax;
		this.refusePurged(readStateVector(stateVector, namedMax).keys(), holdings);
	}

	/**
	 * Lets in an update that is new, and gives the client ids that it claims for its writer. Looks
	 * only at what is new: what the room holds may be relayed by anybody. Deletes belong to nobody.
	 * A healing server claims nothing: whoever brings what was lost need not have written it.
	 *
	 * @throws WeftError `foreign_client`, `too_many_requests`, `room_too_big`; then none is claimed
	 */
	admit(update: ReadUpdate, author: Author, holdings: Holdings): readonly number[] {
		const { userId: writer, formerIds, claimer } = author;
		const claims: number[] = [];
		const foreign: number[] = [];
		for (const { client, end } of update.clients) {
			if (end <= holdings.clockOf(client)) continue;
			const owner = this.#owners.get(client);
			if (owner === undefined) claims.push(client);
			const holder = owner ?? this.#parts.holderOf(client) ?? writer;
			if (holder !== writer && !formerIds.includes(holder)) foreign.push(client);
		}
		const { healed } = this.#parts;
		if (foreign.length > 0) this.#relay(writer, foreign);
		if (healed !== null || claims.length === 0) return none;
		if (!this.#hasSpaceFor(claims.length)) throw new WeftError("room_too_big", "client ids");
		if (claimer?.mayClaim(claims.length) === false) {
			throw new WeftError("too_many_requests", "client ids");
		}
		for (const client of claims) this.#owners.set(client, writer);
		return claims;
	}

	/** What a purge left is in no doc. */
	#hasSpaceFor(count: number): boolean {
		if (this.#owners.size + count <= roomIdsMax) return true;
		let heldCount = 0;
		for (const owner of this.#owners.values()) if (owner !== nobody) heldCount++;
		return heldCount + count <= roomIdsMax;
	}

	/** Only where the server heals, and never under an id of nobody's. */
	#relay(by: UserId, clientIds: readonly number[]): void {
		const { healed } = this.#parts;
		const isForged = clientIds.some((client) => this.#owners.get(client) === nobody);
		if (healed === null || isForged) {
			throw new WeftError("foreign_client", `client ids ${shown(clientIds)}`);
		}
		healed({ by, clientIds });
	}
}

const none: readonly number[] = [];

/** Client ids that a log line shows. */
const shownMax = 5;

function shown(clientIds: readonly number[]): string {
	const first = clientIds.slice(0, shownMax).join(", ");
	return clientIds.length > shownMax ? `${first} and more` : first;
}
