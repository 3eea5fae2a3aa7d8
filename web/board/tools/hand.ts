/** The hand: moves the paper. */
import { panBy } from "../camera.ts";
import type { Stage } from "../stage.ts";
import type { Press, Sample, Tool } from "./tool.ts";

/** Pans. */
export class HandTool implements Tool {
	readonly cursor = "grab";
	readonly #stage: Stage;
	#last: Sample | null = null;

	constructor(stage: Stage) {
		this.#stage = stage;
	}

	down({ sample }: Press): void {
		this.#last = sample;
	}

	move(samples: readonly Sample[]): void {
		const next = samples.at(-1);
		if (this.#last === null || next === undefined) return;
		const { screen } = this.#last;
		const by = { x: next.screen.x - screen.x, y: next.screen.y - screen.y };
		this.#stage.setCamera(panBy(this.#stage.camera, by));
		this.#last = next;
	}

	up(): void {
		this.#last = null;
	}

	cancel(): void {
		this.#last = null;
	}
}
