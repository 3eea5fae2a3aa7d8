/** What one does with the others on every surface: goes where a leader goes, raises a hand. */
import type { SurfaceName } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import { followingOf } from "../../presence/follow/following.ts";
import { hereOf } from "../../presence/here.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/** Comes once the first surface stands. `close()` it with the room. */
export class Together {
	readonly #client: RoomClient;
	readonly #unlisten: Cancel;

	/** `go` shows a surface without taking the focus there. */
	constructor(client: RoomClient, go: (surface: SurfaceName) => void) {
		this.#client = client;
		const following = followingOf(client);
		let shown: SurfaceName | null = null;
		const look = (): void => {
			const { leader } = following;
			const surface = leader?.tab?.state.surface ?? null;
			if (surface !== null && surface !== shown) go(surface);
			// Who is away for a while and comes back has not gone anywhere.
			shown = leader === null ? null : (surface ?? shown);
		};
		this.#unlisten = following.on("leader", look);
		look(); // Somebody may be followed already: faces come by themselves.
	}

	/** Goes nowhere with anybody any more. */
	part(): void {
		followingOf(this.#client).stop();
	}

	/** Raises our hand, or takes it down. */
	toggleHand(): void {
		hereOf(this.#client).toggleHand();
	}

	/** Safe to call twice. */
	close(): void {
		this.#unlisten();
	}
}
