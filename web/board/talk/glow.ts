/** A frame around the item that is spoken of: as long as it is pointed at, or for a moment. */
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { grow } from "../camera.ts";
import type { Easel } from "../easel.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { Overlay } from "../stage.ts";

/** So long an item is lit that a message led to. */
const flashMs = 2_000;
/** Air between item and frame, and its width, in CSS pixels. */
const airPixels = 6;
const linePixels = 3;

/** The box around what is seen of an item: its own has room for curves that it may not have. */
export function drawnBox({ item, box }: SceneItem): Bounds {
	const bounds = itemBounds(item);
	return bounds === null ? box : grow(bounds, item.width / 2);
}

/** Draws above the board; it lives as long as the easel. */
export class Glow implements Overlay {
	readonly #easel: Easel;
	readonly #color: () => string;
	#shown: number | null = null;
	#flashed: number | null = null;
	#flashedMs = 0;

	constructor(easel: Easel, color: () => string) {
		this.#easel = easel;
		this.#color = color;
		easel.stage.addOverlay(this);
	}

	get isEmpty(): boolean {
		return this.#shown === null && this.#flashed === null;
	}

	/** Lights an item until told otherwise; null for none. */
	show(id: number | null): void {
		if (id === this.#shown) return;
		this.#shown = id;
		this.#easel.stage.requestFrame();
	}

	/** Lights an item for a moment. */
	flash(id: number): void {
		this.#flashed = id;
		this.#flashedMs = performance.now();
		this.#easel.stage.requestFrame();
	}

	draw(context: PaintContext, frame: Frame): boolean {
		const ageMs = performance.now() - this.#flashedMs;
		if (ageMs > flashMs) this.#flashed = null;
		if (this.#shown !== null) this.#draw(context, frame, this.#shown);
		if (this.#flashed === null) return false;
		// It leaves in its last third.
		context.globalAlpha = Math.min(1, ((flashMs - ageMs) / flashMs) * 3);
		this.#draw(context, frame, this.#flashed);
		context.globalAlpha = 1;
		return true;
	}

	#draw(context: PaintContext, { camera }: Frame, id: number): void {
		const item = this.#easel.scene.get(id);
		if (item === null) return;
		const { minX, minY, maxX, maxY } = grow(drawnBox(item), airPixels / camera.zoom);
		context.strokeStyle = this.#color();
		context.lineWidth = linePixels / camera.zoom;
		context.lineJoin = "round";
		context.strokeRect(minX, minY, maxX - minX, maxY - minY);
	}
}
