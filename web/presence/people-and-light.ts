/** What comes after the first surface: faces, the light, who asks for something, stray files. */
import type { Cancel } from "../../shared/clock.ts";
import { refuseStrayFiles } from "../photos/stray-files.ts";
import type { RoomClient } from "../sync/room-client.ts";
import "./light/light.ts";
import "./on-surface.ts";
import "./people.ts";
import { tellCalls } from "./follow/calling.ts";
import { tellHands } from "./hand-news.ts";
import { claimRooms } from "./me/claim.ts";
import { avoidNamesakes } from "./namesake.ts";

/**
 * Begins what is told of the others on every surface; the elements begin by themselves. `isNew` is
 * true where this page made the room: it is claimed.
 */
export function startPeople(client: RoomClient, isNew: boolean): Cancel {
	if (!client.isViewing) claimRooms(client, isNew);
	void avoidNamesakes(client);
	const cancels = [tellHands(client), tellCalls(client), refuseStrayFiles()];
	return () => {
		for (const cancel of cancels) cancel();
	};
}
