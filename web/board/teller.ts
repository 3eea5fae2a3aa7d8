/** Keeps the board's words true, in moments that nobody else needs. */

import { whenIdle } from "../ui/idle.ts";
import { t } from "../ui/messages.ts";
import type { Outline } from "./around.ts";
import type { BoardClient } from "./people/client.ts";
import type { Scene } from "./scene.ts";

/** Words follow the drawing by so much: nobody listens to every stroke. */
const behindMs = 800;

/** Whom it tells of what. */
export interface TellerPorts {
	readonly scene: Scene;
	readonly client: BoardClient;
	readonly told: (outline: Outline) => void;
}

/** What an empty board is in words. */
function emptyOutline(): Outline {
	return { summary: t("board.outline.empty"), authors: [], items: [] };
}

/** Tells one board in words. `close()` it when the board goes. */
export class Teller {
	readonly #ports: TellerPorts;
	/** 0 while all that changed has been told. */
	#timer = 0;
	#isOld = false;
	#isClosed = false;

	constructor(ports: TellerPorts) {
		this.#ports = ports;
		this.changed();
	}

	/** The board has changed: it is told anew, once for all that changes meanwhile. */
	changed(): void {
		this.#isOld = true;
		if (this.#timer !== 0 || this.#isClosed) return;
		this.#timer = window.setTimeout(() => void this.#tell(), behindMs);
	}

	/** Nothing is told any more. Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	async #tell(): Promise<void> {
		this.#isOld = false;
		try {
			const outline = await this.#describe();
			if (!this.#isClosed) this.#ports.told(outline);
		} catch (error) {
			console.warn("The board is not told in words:", error); // Tried again with its next change.
		}
		this.#timer = 0;
		if (this.#isOld) this.changed();
	}

	/** The words come with the first item: an empty board needs few. */
	async #describe(): Promise<Outline> {
		const { scene, client } = this.#ports;
		if (scene.isEmpty) return emptyOutline();
		const { describeBoard } = await import("./outline.ts");
		return describeBoard(scene, client, () => new Promise<void>((go) => whenIdle(go)));
	}
}
