/** Why one cannot write is told by code that comes only where there is something to tell. */
import type { Cancel } from "../../../shared/clock.ts";
import type { FailureCode } from "../../../shared/errors.ts";
import { byItself, Later } from "../../sync/later.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/** Fetches the bar once this person is something else than an editor; ends with the room. */
export function followAccess(client: RoomClient): Cancel {
	const bar = new Later(client, async () => {
		await import("../../presence/access/access-bar.ts");
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

/**
 * The server refused what was done here, or the room was purged: what is unsent is kept, and
 * `reopen` begins anew without it. What others wrote and a restored server lost stays: they, or who
 * runs the server, may bring it back.
 */
export async function saveTheLost(
	client: RoomClient,
	code: FailureCode,
	reopen: () => void,
): Promise<void> {
	if (code === "foreign_client") return;
	try {
		const { rescue } = await import("../../presence/lost/rescue.ts");
		await rescue(client, code, reopen);
	} catch (error) {
		console.info("It stays here as it is:", error); // The page says what may be done about it.
	}
}
