/** What one notices of a leader on every surface: where they go. */
import type { SurfaceName } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import { followingOf } from "../../presence/follow/following.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/** Begins with the room, ends with it; `go` shows a surface without taking the focus there. */
export function followOthers(client: RoomClient, go: (surface: SurfaceName) => void): Cancel {
	const following = followingOf(client);
	let shown: SurfaceName | null = null;
	return following.on("leader", () => {
		const { leader } = following;
		const surface = leader?.tab?.state.surface ?? null;
		if (surface !== null && surface !== shown) go(surface);
		// Who is away for a while and comes back has not gone anywhere.
		shown = leader === null ? null : (surface ?? shown);
	});
}
