/** Two people of one room with one name that neither chose: who came later gets another. */
import { isFriendlyName } from "../../shared/friendly-name.ts";
import { nameMeAnew } from "../api.ts";
import type { RoomClient } from "../sync/room-client.ts";

/** Looks once, at those who are here when the room is entered: they keep their names. */
export async function avoidNamesakes(client: RoomClient): Promise<void> {
	await client.synced;
	if (client.doc.isDestroyed) return;
	const { id, name } = client.me;
	const others = client.people().filter(({ state }) => state.user?.id !== id);
	if (!isFriendlyName(name) || !others.some(({ state }) => state.user?.name === name)) return;
	try {
		client.mine.set(await nameMeAnew());
	} catch (error) {
		console.info("Still a namesake:", error);
	}
}
