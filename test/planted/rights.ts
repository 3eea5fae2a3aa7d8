/** Servers that are wrong about who may do what. */
import * as Y from "yjs";
import type { Plants } from "../../scripts/converge/sim/server.ts";
import type { Access, Admitted } from "../../server/auth/access.ts";
import type { Standing } from "../../server/rooms/access.ts";
import { WeftError } from "../../shared/errors.ts";
import { replace } from "./wrap.ts";

/** Checks who may write the text, talk and share photos, and forgets the board. */
export function forgetsTheBoard(): Plants {
	return { access: (access) => changed(access, withBoard) };
}

function withBoard({ role, rights, formerIds }: Standing): Standing {
	return { role, rights: { ...rights, board: true }, formerIds };
}

/** Lets nobody in by a link that was revoked, but lets stay who came by it before. */
export function keepsRevokedLinks(): Plants {
	const admitted = new Map<string, Admitted>();
	return {
		access: (access) => async (entrant) => {
			const key = `${entrant.userId} ${entrant.name}`;
			try {
				const found = await access(entrant);
				admitted.set(key, found);
				return found;
			} catch (error) {
				const before = admitted.get(key);
				const isOver = error instanceof WeftError && error.code === "link_over";
				if (isOver && before !== undefined) return before;
				throw error;
			}
		},
	};
}

/** Holds to what is decided, and never writes it down. */
export function forgetsDecisions(): Plants {
	return { records: (records) => replace(records, { putAccess: () => Promise.resolve() }) };
}

/** Purges a room, and forgets whose the ids of before were: old copies bring all of it back. */
export function forgetsWhatWasPurged(): Plants {
	return {
		clean: (cleaned) => {
			const held = Y.decodeStateVector(cleaned.snapshot.stateVector);
			const owners = new Map([...cleaned.owners].filter(([client]) => held.has(client)));
			return { ...cleaned, owners };
		},
	};
}

function changed(access: Access, change: (standing: Standing) => Standing): Access {
	return async (entrant) => {
		const found = await access(entrant);
		return { ...found, standing: change(found.standing) };
	};
}
