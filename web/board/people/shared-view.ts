/** What the board shows us, told to who follows us; and what it shows to whom we follow. */
import type { BoardView } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { followingOf } from "../../presence/follow/following.ts";
import { lookAt, viewOf } from "../camera.ts";
import type { Stage } from "../stage.ts";
import type { View } from "../view.ts";
import type { BoardClient } from "./client.ts";

/** A view is told 10 times a second: who follows glides from one to the next. */
const tellMs = 100;
/** The view goes this share of the way at each frame of 60 a second. */
const approach = 0.2;

/** Both ways of one view. `close()` it when the board goes. */
export class SharedView {
	readonly #client: BoardClient;
	readonly #stage: Stage;
	readonly #view: View;
	readonly #cancels: Cancel[];
	readonly #isCalm = window.matchMedia("(prefers-reduced-motion: reduce)");
	#told = "null";
	#tellTimer = 0;
	#target: Bounds | null = null;
	#frameRequest = 0;

	constructor(client: BoardClient, stage: Stage, view: View) {
		this.#client = client;
		this.#stage = stage;
		this.#view = view;
		const following = followingOf(client);
		this.#cancels = [
			stage.onCamera(() => this.#tellSoon()),
			following.on("followed", () => this.#tellSoon()),
			following.on("leader", () => this.#readLeader()),
		];
		this.resized();
	}

	/** The board has another size, or none: another surface is shown in its place. */
	resized(): void {
		this.#tellSoon();
		this.#readLeader();
	}

	/** Stops, and tells that nothing is looked at here. Safe to call twice. */
	close(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
		cancelAnimationFrame(this.#frameRequest);
		clearTimeout(this.#tellTimer);
		if (this.#told !== "null") this.#client.setPresence({ view: null });
		this.#told = "null";
	}

	/** Nobody follows most of the time: then moving the paper tells nobody anything. */
	#tellSoon(): void {
		if (this.#tellTimer !== 0 || (this.#told === "null" && this.#shownNow() === null)) return;
		this.#tellTimer = window.setTimeout(() => {
			this.#tellTimer = 0;
			const view = this.#shownNow();
			const told = JSON.stringify(view);
			if (told === this.#told) return;
			this.#told = told;
			this.#client.setPresence({ view });
		}, tellMs);
	}

	#shownNow(): BoardView | null {
		const { camera, size } = this.#stage;
		if (!followingOf(this.#client).isFollowed || size.width === 0) return null;
		const { minX, minY, maxX, maxY } = viewOf(camera, size);
		const [x = 0, y = 0, width = 0, height = 0] = [minX, minY, maxX - minX, maxY - minY].map(
			(units) => Math.round(units * 10) / 10,
		);
		return { x, y, width, height };
	}

	#readLeader(): void {
		const { size } = this.#stage;
		const box = boundsOf(followingOf(this.#client).leader?.tab?.state.view);
		// As large as it can be here: what the leader sees is seen, and mostly something around it.
		this.#target = box === null || size.width === 0 ? null : viewOf(lookAt(box, size), size);
		if (this.#target !== null && this.#frameRequest === 0) this.#glide();
	}

	#glide(): void {
		this.#frameRequest = requestAnimationFrame(() => {
			this.#frameRequest = 0;
			const target = this.#target;
			if (target === null) return;
			const { camera, size } = this.#stage;
			const now = viewOf(camera, size);
			const isThere = this.#isCalm.matches || farthest(now, target) * camera.zoom < 1;
			this.#view.look(lookAt(isThere ? target : between(now, target), size));
			if (!isThere) this.#glide();
		});
	}
}

/** A stranger's state may hold anything. */
function boundsOf(view: BoardView | null | undefined): Bounds | null {
	if (typeof view !== "object" || view === null) return null;
	const { x, y, width, height } = view;
	const isBox = [x, y, width, height].every((units) => Number.isFinite(units));
	return isBox && width > 0 && height > 0
		? { minX: x, minY: y, maxX: x + width, maxY: y + height }
		: null;
}

const sides = ["minX", "minY", "maxX", "maxY"] as const;

function farthest(now: Bounds, target: Bounds): number {
	return Math.max(...sides.map((side) => Math.abs(target[side] - now[side])));
}

function between(now: Bounds, target: Bounds): Bounds {
	const [minX = 0, minY = 0, maxX = 0, maxY = 0] = sides.map(
		(side) => now[side] + (target[side] - now[side]) * approach,
	);
	return { minX, minY, maxX, maxY };
}
