/** Why one cannot write is told by code that comes only where there is something to tell. */
import type { Cancel } from "../../../shared/clock.ts";
import { byItself, Later } from "../../sync/later.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/** Fetches the bar once this person is something else than an editor; ends with the room. */
export function followAccess(client: RoomClient): Cancel {
	const bar = new Later(client, async () => {
		await import("./access-bar.ts");
		return byItself;
	});
	const look = (): void => {
		if (!client.rights.isPlain && !client.isViewing) bar.begin(Promise.resolve());
	};
	const unlisten = client.rights.onChange(look);
	look();
	return () => {
		unlisten();
		bar.close();
	};
}
