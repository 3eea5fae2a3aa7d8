/**
 * The paper becomes wider or narrower, as by the chat beside it: who saw all that is drawn goes on
 * seeing it, and sees it as before once there is room again.
 */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { type Camera, contains, fitTo, panBy, type Size, viewOf } from "../camera.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";

/** Between what is brought into view and its edge, in CSS pixels. */
const airPixels = 16;

/** A view of that size. */
interface Look {
	readonly camera: Camera;
	readonly size: Size;
}

/** See the head of this file. */
export class KeepSeen {
	readonly #scene: Pick<Scene, "bounds">;
	readonly #stage: Pick<Stage, "camera" | "setCamera" | "size">;
	#size: Size;
	/** Where one looked before there was less room, and where since. */
	#led: { readonly from: Look; readonly to: Camera } | null = null;

	constructor(scene: Pick<Scene, "bounds">, stage: Pick<Stage, "camera" | "setCamera" | "size">) {
		this.#scene = scene;
		this.#stage = stage;
		this.#size = stage.size;
	}

	/** The paper has another size. */
	resized(): void {
		const { size, camera } = this.#stage;
		const before = this.#size;
		// Lower it is while a phone's keyboard is there; without width another surface is shown.
		if (size.width === 0 || size.width === before.width) return;
		this.#size = size;
		const box = this.#scene.bounds();
		const from = this.#led?.to === camera ? this.#led.from : { camera, size: before };
		const wasSeen = box !== null && contains(viewOf(from.camera, from.size), box);
		if (!wasSeen || before.width === 0) return;
		const to = cameraWith(box, from.camera, size);
		this.#led = { from, to };
		if (to !== camera) this.#stage.setCamera(to);
	}
}

/** The same camera where it shows all of a box; else one beside it, or farther out. */
export function cameraWith(box: Bounds, camera: Camera, size: Size): Camera {
	const { minX, maxX } = viewOf(camera, size);
	const air = airPixels / camera.zoom;
	const left = Math.min(0, box.minX - air - minX);
	const right = Math.max(0, box.maxX + air - maxX);
	const beside = panBy(camera, { x: -(left === 0 ? right : left) * camera.zoom, y: 0 });
	const cameras = [camera, beside].filter((one) => contains(viewOf(one, size), box));
	return cameras[0] ?? fitTo(box, size);
}
