/** What servers say of a room's access. */
import type { UserId } from "../../../../shared/ids.ts";
import type { RoomAccess } from "../../../../shared/room-access.ts";

/** To an editor of a room about which nothing was decided. */
export const plainAccess: RoomAccess = {
	role: "editor",
	acts: [],
	isMuted: false,
	presenter: null,
	isTalkOpen: false,
	entry: "editor",
	isFree: false,
	binnedAtMs: null,
	managed: null,
};

/** To Ann, whose room it is. */
export const ownersAccess = {
	...plainAccess,
	role: "owner",
	managed: {
		owner: { id: "g_ann" as UserId, name: "Ann" },
		members: [],
		links: [],
		least: {},
		waiting: [],
	},
} as const satisfies RoomAccess;
