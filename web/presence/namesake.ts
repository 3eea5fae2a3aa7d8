/** Two people of one room with one name that neither chose: who came later gets another. */
import { type Clock, wait } from "../../shared/clock.ts";
import { isFriendlyName } from "../../shared/friendly-name.ts";
import { nameMeAnew } from "../api.ts";
import { browserClock } from "../sync/clock.ts";
import type { Myself } from "../sync/me.ts";
import type { RoomClient } from "../sync/room-client.ts";

/** After this the first news of who is here has come, also to those who came at the same time. */
const settleMs = 3_000;

/** What is needed of a `RoomClient`. */
export type NamesakeClient = Pick<
	RoomClient,
	"doc" | "me" | "people" | "synced" | "foundHere" | "mine"
>;

/** What this is made of; what is left out is the browser's. */
interface NamesakeOptions {
	readonly clock?: Clock;
	readonly nameAnew?: () => Promise<Myself>;
}

/**
 * Who was here when we came keeps the name. Of two who came at once neither found the other: the
 * one whose id is greater gives way. Who came later found us, and has had time to take another name
 * when we look the second time: nobody gives way to them.
 */
export async function avoidNamesakes(
	client: NamesakeClient,
	{ clock = browserClock, nameAnew = nameMeAnew }: NamesakeOptions = {},
): Promise<void> {
	await client.synced;
	const found = new Set(client.foundHere?.map(({ clientId }) => clientId));
	let rivals = namesakesOf(client).filter(([session]) => found.has(session));
	if (rivals.length === 0) {
		await wait(clock, settleMs);
		const seen = new Set(namesakesOf(client).map(([session]) => session));
		if (seen.size === 0) return;
		await wait(clock, settleMs);
		rivals = namesakesOf(client).filter(
			([session, userId]) => seen.has(session) && userId < client.me.id,
		);
	}
	if (rivals.length === 0) return;
	try {
		client.mine.set(await nameAnew());
	} catch (error) {
		console.info("Still a namesake:", error);
	}
}

/** The others who are called as we are, where nobody chose that name. */
function namesakesOf(client: NamesakeClient): [session: number, userId: string][] {
	const { id, name } = client.me;
	if (client.doc.isDestroyed || !isFriendlyName(name)) return [];
	return client.people().flatMap(({ clientId, state: { user } }) => {
		const isNamesake = user !== undefined && user.id !== id && user.name === name;
		return isNamesake ? [[clientId, user.id] as [number, string]] : [];
	});
}
