/**
 * Polite news of what others do on the board, for who listens to it: a sentence now and then, and
 * none while one is at work elsewhere on the page.
 */
import type { Scene } from "../scene.ts";
import type { BoardClient } from "./client.ts";
import { GatheredNews } from "./gathered-news.ts";

/** So long others go on before one hears of it. */
const gatherMs = 3_000;
/** Between two sentences. */
const restMs = 15_000;

/** Whom it tells of what. */
export interface NewsPorts {
	readonly client: BoardClient;
	readonly scene: Scene;
	/** All of the board. */
	readonly board: HTMLElement;
}

/** The news of one board. `close()` it when the board goes. */
export class News {
	readonly #board: HTMLElement;
	readonly #region = document.createElement("div");
	#gathered: GatheredNews | null = null;
	#timer: number | undefined;
	#toldMs = Number.NEGATIVE_INFINITY;
	#isClosed = false;

	constructor({ client, scene, board }: NewsPorts) {
		this.#board = board;
		this.#region.className = "weft-hidden";
		this.#region.ariaLive = "polite";
		board.append(this.#region);
		// What was there already is no news.
		void client.synced.then(() => {
			if (this.#isClosed) return;
			this.#gathered = new GatheredNews({ client, scene, gathered: () => this.#plan() });
		});
	}

	/** Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		window.clearTimeout(this.#timer);
		this.#gathered?.close();
		this.#region.remove();
	}

	#plan(): void {
		const restedMs = this.#toldMs + restMs - performance.now();
		this.#timer ??= window.setTimeout(() => this.#tell(), Math.max(gatherMs, restedMs));
	}

	#tell(): void {
		this.#timer = undefined;
		if (!this.#isMeant()) {
			this.#toldMs = performance.now();
			this.#plan(); // Gathered until one is back.
			return;
		}
		const words = this.#gathered?.take() ?? "";
		if (words === "") return;
		this.#toldMs = performance.now();
		const line = document.createElement("p");
		line.textContent = words;
		this.#region.replaceChildren(line);
	}

	/** True where one is at the board, or nowhere on the page. */
	#isMeant(): boolean {
		const { activeElement, body } = document;
		return activeElement === null || activeElement === body || this.#board.contains(activeElement);
	}
}
