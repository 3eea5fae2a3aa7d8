/** What this page sent and the server did not take is saved by code that comes only then. */
import type { Cancel } from "../../../shared/clock.ts";
import type { FailureCode } from "../../../shared/errors.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/**
 * The server refused what was done here, or the room was purged: what is unsent is kept, and
 * `reopen` begins anew without it. Ends with the room.
 */
export function followLost(client: RoomClient, reopen: () => void): Cancel {
	return client.on("lost", (code) => void saveTheLost(client, code, reopen));
}

/** What others wrote and a restored server lost stays: they, or who runs it, may bring it back. */
async function saveTheLost(
	client: RoomClient,
	code: FailureCode,
	reopen: () => void,
): Promise<void> {
	if (code === "foreign_client") return;
	try {
		const { rescue } = await import("./rescue.ts");
		await rescue(client, code, reopen);
	} catch (error) {
		console.info("It stays here as it is:", error); // The page says what may be done about it.
	}
}
