/** Two people of one room with one name that neither chose: who came later gets another. */
import type { Cancel } from "../../shared/clock.ts";
import { isFriendlyName } from "../../shared/friendly-name.ts";
import { nameMeAnew } from "../api.ts";
import type { RoomClient } from "../sync/room-client.ts";

/**
 * Looks once, when the room first tells who is here: who was here before keeps their name. Returns
 * how to end it.
 */
export function avoidNamesakes(client: RoomClient): Cancel {
	const look = (): void => {
		const others = client.people().filter(({ state }) => state.user?.id !== client.me.id);
		if (others.length === 0) return;
		stop();
		const { name } = client.me;
		if (!isFriendlyName(name) || !others.some(({ state }) => state.user?.name === name)) return;
		nameMeAnew().then(
			(person) => client.mine.set(person),
			(error: unknown) => console.info("Still a namesake:", error),
		);
	};
	const stop = (): void => client.awareness.off("change", look);
	client.awareness.on("change", look);
	return stop;
}
