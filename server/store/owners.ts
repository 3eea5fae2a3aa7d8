/** Whose the client ids of a stored room are. */
import type { UserId } from "../../shared/ids.ts";
import type { StoredRoom } from "./room-log.ts";

/**
 * Every client id that was ever claimed, and by whom. The first claim holds; a store that is older
 * than claims has none.
 */
export function ownersOf({ owners, tail }: StoredRoom): Map<number, UserId> {
	const all = new Map(owners);
	for (const { updates } of tail) {
		for (const { userId, claims } of updates) {
			for (const clientId of claims ?? []) {
				if (!all.has(clientId)) all.set(clientId, userId);
			}
		}
	}
	return all;
}
