/** What the board needs of a room. */
import type { RoomClient } from "../../sync/room-client.ts";

/** A room's client, or what a test puts in its place. */
export type BoardClient = Pick<
	RoomClient,
	"doc" | "me" | "on" | "people" | "setPresence" | "sendInk" | "ready" | "synced" | "awareness"
>;
