/** The eraser: whole items that the hand touches; they fade at once and go when it is lifted. */
import type * as Y from "yjs";
import { eraseItems } from "../../../shared/surfaces/arrange/edits.ts";
import type { Point } from "../camera.ts";
import { hitAlong } from "../hit.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { Scene } from "../scene.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { Press, Sample, Tool } from "../tools/tool.ts";

/** Half the width of the eraser, in CSS pixels. */
const reachPixels = 7;
/** Items that are shown fading; more are only left out. */
const fadingMax = 200;

/** What the eraser works on. */
export interface EraserPorts {
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly act: (run: () => void) => void;
	readonly began: () => void;
}

/** Erases items. Also draws what fades. */
export class EraserTool implements Tool, Overlay {
	readonly cursor = "cell";
	readonly #ports: EraserPorts;
	readonly #touched = new Map<number, SceneItem>();
	#last: Point | null = null;

	constructor(ports: EraserPorts) {
		this.#ports = ports;
		ports.stage.addOverlay(this);
	}

	get isEmpty(): boolean {
		return this.#touched.size === 0;
	}

	down({ sample }: Press): void {
		this.#ports.began();
		this.#last = sample.at;
		this.#touch([sample]);
	}

	move(samples: readonly Sample[]): void {
		if (this.#last !== null) this.#touch(samples);
	}

	up(): void {
		const { scene, board, act } = this.#ports;
		const values = scene.valuesOf(this.#touched.keys());
		const erase = () => {
			scene.settle(values);
			eraseItems(board, values);
		};
		if (values.size > 0) act(erase);
		this.cancel();
	}

	cancel(): void {
		const { scene, stage } = this.#ports;
		const spared = [...this.#touched.keys()].map((id) => scene.get(id));
		this.#touched.clear();
		this.#last = null;
		if (spared.length > 0) stage.layer.show(spared.filter((item) => item !== null));
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		this.#touched.clear();
	}

	draw(context: PaintContext, frame: Frame): boolean {
		const items = [...this.#touched.values()].slice(-fadingMax);
		const { painter } = this.#ports.stage.layer;
		painter.paint(context, items, frame.camera.zoom * frame.pixelRatio, 0.25);
		return false;
	}

	#touch(samples: readonly Sample[]): void {
		const { scene, stage } = this.#ports;
		const reach = reachPixels / stage.camera.zoom;
		const before = this.#touched.size;
		for (const { at } of samples) {
			for (const item of hitAlong(scene, [this.#last ?? at, at], reach)) {
				if (!item.item.isLocked) this.#touched.set(item.id, item);
			}
			this.#last = at;
		}
		if (this.#touched.size > before) stage.layer.hide([...this.#touched.values()]);
	}
}
