/** The others' laser pointers: their light in their colours, smooth between messages. */
import type { Cancel } from "../../../shared/clock.ts";
import { decodeLaser, type Laser } from "../../../shared/surfaces/ink/laser.ts";
import type { BoardClient } from "../people/client.ts";
import type { Stage } from "../stage.ts";
import { Trails } from "./trails.ts";

/** Points of one message light up over this time, a little more than passes between two. */
const revealMs = 55;
/** Where somebody's colour is not known yet. */
const plainColor = "#e03131";

/** Draws them above the board. `close()` it when the board goes. */
export class OthersLasers {
	readonly #client: BoardClient;
	readonly #stage: Stage;
	readonly #trails: Trails;
	readonly #unlisten: Cancel;

	constructor(client: BoardClient, stage: Stage) {
		this.#client = client;
		this.#stage = stage;
		this.#trails = new Trails(() => stage.layer.painter.theme);
		stage.addOverlay(this.#trails);
		this.#unlisten = client.on("ink", ({ clientId, ink }) => this.#receive(clientId, ink));
	}

	/** Safe to call twice. */
	close(): void {
		this.#unlisten();
	}

	#receive(clientId: number, bytes: Uint8Array): void {
		let laser: Laser | null;
		try {
			laser = decodeLaser(bytes);
		} catch {
			return; // Nonsense, or a newer app's.
		}
		if (laser === null) return;
		const { trail, points } = laser;
		const nowMs = performance.now();
		const step = revealMs / Math.max(1, points.length);
		const lit = points.map((at, index) => ({ ...at, bornMs: nowMs + index * step }));
		const person = this.#client.people().find((other) => other.clientId === clientId);
		this.#trails.add(`${clientId}:${trail}`, person?.state.user?.color ?? plainColor, lit);
		this.#stage.requestFrame();
	}
}
