/** Where a person looks, and what brings the drawing before their eyes. */
import type { Bounds } from "../../shared/surfaces/stroke-codec.ts";
import type { Camera, Point } from "./camera.ts";
import {
	contains,
	fitTo,
	freeViewOf,
	homeCamera,
	overlaps,
	panBy,
	union,
	viewOf,
	zoomAt,
} from "./camera.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** So long after one came, all that arrives is brought into view. */
const arrivalMs = 4_000;
/** A button's step of the zoom. */
const zoomStep = 1.25;
/** How much of the view a page up or down goes. */
const pageShare = 0.9;
/** How far it goes by an arrow key for each unit of a nudge, in CSS pixels. */
const goPixels = 40;

/** The eye of one person on one board. */
export class View {
	readonly #scene: Scene;
	readonly #stage: Stage;
	readonly #openedMs = performance.now();
	/** False as soon as the person looked elsewhere or drew: the view is theirs then. */
	#isFree = true;

	constructor(scene: Scene, stage: Stage) {
		this.#scene = scene;
		this.#stage = stage;
	}

	/** Looks there because the person wants to. */
	look(camera: Camera): void {
		this.take();
		this.#stage.setCamera(camera);
	}

	/** The person is at work: nothing but their hand moves the view from now on. */
	take(): void {
		this.#isFree = false;
	}

	/** Enlarges by one step, or by as many as `direction` says; to the middle of the view. */
	zoomBy(direction: number): void {
		this.#zoomTo(this.#stage.camera.zoom * zoomStep ** direction);
	}

	/** Back to 100 %, around the middle of the view. */
	zoomHome(): void {
		this.#zoomTo(1);
	}

	/** Up or down, by nearly as much as one sees. */
	page(step: 1 | -1): void {
		const { size, camera } = this.#stage;
		this.look(panBy(camera, { x: 0, y: -step * size.height * pageShare }));
	}

	/** By arrow keys: what one sees goes that way. */
	go({ x, y }: Point): void {
		this.look(panBy(this.#stage.camera, { x: -x * goPixels, y: -y * goPixels }));
	}

	/** Shows these items, or where there are none everything that is on the board. */
	fit(ids: Iterable<number> = []): void {
		const boxes = [...ids].flatMap((id) => this.#scene.get(id)?.box ?? []);
		const box = boxes.length > 0 ? boxes.reduce(union) : this.#scene.bounds();
		this.look(box === null ? homeCamera : fitTo(box, this.#stage.size));
	}

	/** Brings a box into view; where it is seen as a whole already nothing moves. */
	show(box: Bounds): void {
		const { size, camera } = this.#stage;
		if (!contains(freeViewOf(camera, size), box)) this.look(fitTo(box, size));
	}

	/** Who comes to a board with something on it sees it, wherever it is. */
	welcome(): void {
		const { size, camera } = this.#stage;
		if (!this.#isFree || size.width === 0) return;
		const box = this.#scene.bounds();
		if (box === null) return;
		const isArriving = performance.now() - this.#openedMs < arrivalMs;
		const isSeen = isArriving
			? contains(freeViewOf(camera, size), box)
			: overlaps(viewOf(camera, size), box);
		if (!isSeen) this.#stage.setCamera(fitTo(box, size));
	}

	#zoomTo(zoom: number): void {
		const { size, camera } = this.#stage;
		this.look(zoomAt(camera, { x: size.width / 2, y: size.height / 2 }, zoom));
	}
}
