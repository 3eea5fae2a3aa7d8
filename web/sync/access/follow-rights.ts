/** Elements that look otherwise where their person may do something else. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import type { RoomClient } from "../room-client.ts";

/** An element of a room. */
interface RoomElement extends ReactiveControllerHost {
	readonly client: Pick<RoomClient, "rights"> | null | undefined;
}

/** Renders its element anew at every change of rights in the room of its `client`. */
export class FollowRights implements ReactiveController {
	readonly #host: RoomElement;
	readonly #changed: () => void;
	#client: RoomElement["client"] = null;
	#cancel: Cancel = () => undefined;

	/** `changed` is called at each change, before the element renders. */
	constructor(host: RoomElement, changed: () => void = () => undefined) {
		this.#host = host;
		this.#changed = changed;
		host.addController(this);
	}

	/** See `ReactiveController`. */
	hostConnected(): void {
		this.#listen();
	}

	/** See `ReactiveController`. */
	hostUpdate(): void {
		if (this.#host.client !== this.#client) this.#listen();
	}

	/** See `ReactiveController`. */
	hostDisconnected(): void {
		this.#cancel();
		this.#client = null;
	}

	#listen(): void {
		this.#cancel();
		this.#client = this.#host.client;
		const { rights } = this.#client ?? {};
		const look = (): void => {
			this.#host.requestUpdate(); // Whoever waits for it waits for this one.
			this.#changed();
		};
		this.#cancel = rights?.onChange(look) ?? (() => undefined);
	}
}
