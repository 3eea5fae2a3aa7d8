/** What a room is called in files and in what leaves the page. */
import { isUnguessable, type RoomName } from "../../../shared/ids.ts";
import { linkIn } from "../../../shared/room-access.ts";
import { titleOf } from "../../../shared/surfaces/root.ts";
import { t } from "../../ui/messages.ts";
import type { RoomClient } from "../room-client.ts";

/** Its title, or the name that a person chose; a name that is the key to the room is never told. */
export function roomTitle({ doc, room }: Pick<RoomClient, "doc" | "room">): string {
	return titleOf(doc) || (isKey(room) ? t("frame.card.untitled") : room);
}

/** True for a name that nobody can guess: whoever knows it is in. */
export function isKey(room: RoomName): boolean {
	return isUnguessable(room) || linkIn(room) !== null;
}
