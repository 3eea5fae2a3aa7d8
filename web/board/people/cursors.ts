/** Where the others point: an arrow with a name for each, and our own place told to them. */
import "./cursors.css";
import type { PresenceState } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import type { Point } from "../camera.ts";
import { toScreen } from "../camera.ts";
import type { Stage } from "../stage.ts";
import type { BoardClient } from "./client.ts";
import { sayingOf } from "./saying.ts";

/** Our own place is told 20 times a second. */
const tellMs = 1_000 / 20;
/** An arrow goes this share of the way at each frame of 60 a second. */
const approach = 0.35;
/** Arrows that are shown; a crowd is a blur beyond. */
const cursorsMax = 60;

interface Cursor {
	readonly element: HTMLElement;
	readonly name: HTMLElement;
	/** What they say there. */
	readonly words: HTMLElement;
	at: Point;
	target: Point;
}

/** Shows cursors in `host`, which lies over the board. `close()` it when the board goes. */
export class Cursors {
	readonly #client: BoardClient;
	readonly #stage: Stage;
	readonly #host: HTMLElement;
	readonly #cursors = new Map<number, Cursor>();
	readonly #unlisten: Cancel;
	readonly #isCalm = window.matchMedia("(prefers-reduced-motion: reduce)");
	#told: Point | null = null;
	#pointer: Point | null = null;
	#tellTimer = 0;
	#frameRequest = 0;

	constructor(client: BoardClient, stage: Stage, host: HTMLElement) {
		this.#client = client;
		this.#stage = stage;
		this.#host = host;
		client.awareness.on("change", this.#read);
		this.#unlisten = stage.onCamera(() => this.#place());
		document.addEventListener("visibilitychange", this.#onVisibility);
		this.#read();
	}

	/** Our own pointer is there; null where it left the board. */
	tell(pointer: Point | null): void {
		this.#pointer = pointer;
		if (this.#tellTimer !== 0) return;
		this.#sendPointer();
		this.#tellTimer = window.setTimeout(() => {
			this.#tellTimer = 0;
			this.#sendPointer();
		}, tellMs);
	}

	/** Stops, and tells the others that we left. Safe to call twice. */
	close(): void {
		clearTimeout(this.#tellTimer);
		cancelAnimationFrame(this.#frameRequest);
		this.#pointer = null;
		this.#sendPointer();
		this.#unlisten();
		this.#client.awareness.off("change", this.#read);
		document.removeEventListener("visibilitychange", this.#onVisibility);
		this.#host.replaceChildren();
		this.#cursors.clear();
	}

	#sendPointer(): void {
		if (this.#pointer === this.#told) return;
		this.#told = this.#pointer;
		const { x, y } = this.#pointer ?? { x: 0, y: 0 };
		// Tenths are finer than a pointer, and shorter.
		const pointer = { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
		this.#client.setPresence({ pointer: this.#pointer === null ? null : pointer });
	}

	/** Who looks at another tab points nowhere. */
	readonly #onVisibility = (): void => {
		if (document.hidden) this.tell(null);
	};

	readonly #read = (): void => {
		const present = new Set<number>();
		for (const { clientId, state } of this.#client.people().slice(0, cursorsMax)) {
			const target = pointerOf(state);
			if (target === null) continue;
			present.add(clientId);
			const cursor = this.#cursors.get(clientId) ?? this.#add(clientId, target);
			cursor.target = target;
			cursor.name.textContent = state.user?.name ?? "";
			cursor.words.textContent = sayingOf(state);
			cursor.element.style.setProperty("--person", state.user?.color ?? "");
			cursor.element.classList.toggle("weft-board__cursor--idle", state.idle === true);
		}
		for (const [clientId, { element }] of this.#cursors) {
			if (present.has(clientId)) continue;
			element.remove();
			this.#cursors.delete(clientId);
		}
		this.#move();
	};

	#add(clientId: number, at: Point): Cursor {
		const element = document.createElement("div");
		element.className = "weft-board__cursor";
		const arrow = document.createElement("span");
		arrow.className = "weft-board__cursor-arrow";
		const name = document.createElement("span");
		name.className = "weft-board__cursor-name";
		const words = document.createElement("span");
		words.className = "weft-board__cursor-saying";
		words.dir = "auto";
		element.append(arrow, name, words);
		this.#host.append(element);
		const cursor = { element, name, words, at, target: at };
		this.#cursors.set(clientId, cursor);
		return cursor;
	}

	#move(): void {
		if (this.#frameRequest !== 0) return;
		this.#frameRequest = requestAnimationFrame(() => {
			this.#frameRequest = 0;
			let isMoving = false;
			for (const cursor of this.#cursors.values()) {
				isMoving = this.#step(cursor) || isMoving;
			}
			this.#place();
			if (isMoving) this.#move();
		});
	}

	/** True while the arrow is not yet where the other pointer is. */
	#step(cursor: Cursor): boolean {
		const { at, target } = cursor;
		const away = Math.hypot(target.x - at.x, target.y - at.y) * this.#stage.camera.zoom;
		if (this.#isCalm.matches || away < 0.5) {
			cursor.at = target;
			return false;
		}
		cursor.at = {
			x: at.x + (target.x - at.x) * approach,
			y: at.y + (target.y - at.y) * approach,
		};
		return true;
	}

	#place(): void {
		const { camera, size } = this.#stage;
		for (const { element, at } of this.#cursors.values()) {
			const { x, y } = toScreen(camera, at);
			const isSeen = x > -40 && y > -40 && x < size.width + 8 && y < size.height + 8;
			element.hidden = !isSeen;
			if (isSeen) element.style.transform = `translate(${x}px, ${y}px)`;
		}
	}
}

function pointerOf({ pointer }: PresenceState): Point | null {
	if (typeof pointer !== "object" || pointer === null) return null;
	const { x, y } = pointer;
	return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}
