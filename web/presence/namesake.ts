/** Two people of one room with one name that neither chose: who came later gets another. */
import { wait } from "../../shared/clock.ts";
import { isFriendlyName } from "../../shared/friendly-name.ts";
import { nameMeAnew } from "../api.ts";
import { browserClock } from "../sync/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";

/** After this the first news of who is here has come, also to those who came at the same time. */
const settleMs = 3_000;

/**
 * Looks when the room is entered: who is here keeps the name. Two who enter at once each see nobody
 * then; they look again, and the one whose id is greater gives way.
 */
export async function avoidNamesakes(client: RoomClient): Promise<void> {
	await client.synced;
	if (await giveWay(client, () => true)) return;
	await wait(browserClock, settleMs);
	await giveWay(client, (otherId) => otherId < client.me.id);
}

/** True where somebody has our friendly name and is one of those to whom it is left. */
async function giveWay(client: RoomClient, leftTo: (id: string) => boolean): Promise<boolean> {
	if (client.doc.isDestroyed) return true;
	const { id, name } = client.me;
	const namesakes = client
		.people()
		.map(({ state }) => state.user)
		.filter((user) => user !== undefined && user.id !== id && user.name === name);
	if (!isFriendlyName(name) || !namesakes.some((user) => user && leftTo(user.id))) return false;
	try {
		client.mine.set(await nameMeAnew());
	} catch (error) {
		console.info("Still a namesake:", error);
	}
	return true;
}
