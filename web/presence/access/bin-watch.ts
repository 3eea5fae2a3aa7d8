/** `<weft-bin-watch>`: goes back into a room once it was taken out of the bin. */
import { LitElement } from "lit";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { fetchAccess } from "./access-api.ts";

/** Somebody who sees the sentence waits no longer than this for what was put right. */
const askEveryMs: Millis = 5_000;

/** Property: `client`. It shows nothing, and asks nothing while nobody looks. */
export class WeftBinWatch extends LitElement {
	static override readonly properties = { client: { attribute: false } };
	declare client: RoomClient | null;
	#timer: ReturnType<typeof setInterval> | undefined;
	#isAsking = false;

	constructor() {
		super();
		this.client = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#timer = setInterval(this.#look, askEveryMs);
		document.addEventListener("visibilitychange", this.#look);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.#timer);
		document.removeEventListener("visibilitychange", this.#look);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	readonly #look = (): void => {
		if (document.visibilityState === "visible" && !this.#isAsking) void this.#ask();
	};

	/** Asked over HTTP: a socket would show the room for a moment, and be refused. */
	async #ask(): Promise<void> {
		const { client } = this;
		if (client === null) return;
		this.#isAsking = true;
		try {
			await fetchAccess(client.room);
			if (this.isConnected) client.retry();
		} catch (error) {
			console.info("Still in the bin:", error); // It is asked again.
		} finally {
			this.#isAsking = false;
		}
	}
}

customElements.define("weft-bin-watch", WeftBinWatch);
