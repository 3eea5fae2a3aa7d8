/** Tells the others what is chosen here. Never more than a few hundred bytes. */
import { type BoardView, chosenTellMax, type PresenceState } from "../../../shared/awareness.ts";
import { idOf } from "../../../shared/surfaces/about-item.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { union } from "../camera.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { BoardClient } from "../people/client.ts";
import type { Scene } from "../scene.ts";

/** Told so often at most: a box that is drawn over much changes its choice at each move. */
const tellMs = 100;

/** Tells what is chosen on one board. `close()` it when the board goes. */
export class ToldChoice {
	readonly #client: BoardClient;
	readonly #scene: Scene;
	#items: () => readonly SceneItem[] = () => [];
	#told = "null";
	#timer: number | undefined;

	constructor(client: BoardClient, scene: Scene) {
		this.#client = client;
		this.#scene = scene;
	}

	/** Something else is chosen, or it is elsewhere; `items` is asked when it is told. */
	tellSoon(items: () => readonly SceneItem[]): void {
		this.#items = items;
		this.#timer ??= window.setTimeout(() => {
			this.#timer = undefined;
			this.#tell();
		}, tellMs);
	}

	/** Tells that nothing is chosen here any more. Safe to call twice. */
	close(): void {
		window.clearTimeout(this.#timer);
		this.#items = () => [];
		this.#tell();
	}

	#tell(): void {
		const chosen = this.#choiceOf(this.#items());
		const told = JSON.stringify(chosen);
		if (told === this.#told) return;
		this.#told = told;
		this.#client.setPresence({ chosen });
	}

	#choiceOf(items: readonly SceneItem[]): NonNullable<PresenceState["chosen"]> | null {
		const [first, ...more] = items;
		if (first === undefined) return null;
		if (items.length > chosenTellMax)
			return viewOf(more.map(({ box }) => box).reduce(union, first.box));
		const board = strokesOf(this.#client.doc);
		return [...this.#scene.valuesOf(items.map(({ id }) => id))].flatMap((entry) => {
			const name = idOf(board, entry);
			return name === null ? [] : [[name.client, name.clock] as const];
		});
	}
}

function viewOf({ minX, minY, maxX, maxY }: SceneItem["box"]): BoardView {
	const [x = 0, y = 0, width = 0, height = 0] = [minX, minY, maxX - minX, maxY - minY].map(
		Math.round,
	);
	return { x, y, width, height };
}
