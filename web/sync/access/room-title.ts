/** What a room is called, on its pages and in the files that are saved from it. */
import { titleOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../room-client.ts";
import { fallbackTitle } from "./fallback-title.ts";

/** Its title, or else what is said of a room without one: never a name that is the key to it. */
export function roomTitle({ doc, room }: Pick<RoomClient, "doc" | "room">): string {
	return titleOf(doc) || fallbackTitle(room, null);
}
