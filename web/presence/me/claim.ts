/** The room that this page made is claimed, and those of which no server heard until now. */
import { call } from "../../api.ts";
import { roomSegment } from "../../sync/base.ts";
import { browserClock } from "../../sync/clock.ts";
import { Claims } from "../../sync/device/claims.ts";
import { deviceMemory } from "../../sync/me.ts";
import type { RoomClient } from "../../sync/room-client.ts";

let claims: Claims | null = null;

/** Claims what there is to claim, when a room was opened; nobody waits for it. */
export function claimRooms(client: Pick<RoomClient, "mine" | "room">, isNew: boolean): void {
	claims ??= new Claims({
		memory: deviceMemory(),
		me: client.mine,
		// Not by `access-api.ts`: a first page would name one file more.
		send: (room) => call("POST", `/api/rooms/${roomSegment(room)}/claim`),
		clock: browserClock,
		onReturn: (run) => {
			addEventListener("online", run);
			return () => removeEventListener("online", run);
		},
	});
	if (isNew) claims.add(client.room);
	void claims.send();
}
