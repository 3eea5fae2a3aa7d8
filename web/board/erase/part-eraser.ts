/** The eraser of parts: takes out of strokes what it sweeps over, and leaves the rest as it is. */
import { eraseItems, eraseParts } from "../../../shared/surfaces/arrange/edits.ts";
import {
	encodeGaps,
	type Gaps,
	gapsOf,
	joinGaps,
	stretchesLeft,
} from "../../../shared/surfaces/arrange/gaps.ts";
import { isPenKind } from "../../../shared/surfaces/board.ts";
import { grow, type Point } from "../camera.ts";
import { denseLine } from "../paint/dense-line.ts";
import type { PaintContext } from "../paint/painter.ts";
import { piecesPainter } from "../paint/pieces.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { lineOf } from "../paint/stroke-path.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { Overlay } from "../stage.ts";
import type { BoardStyle } from "../tools/style.ts";
import type { Press, Sample, Tool } from "../tools/tool.ts";
import type { EraserPorts } from "./eraser.ts";
import { crumbsOf, pointCountOf, type Stroke, sweptGaps } from "./swept.ts";

/** Half the width of the eraser, in CSS pixels, by the width in the hand. */
const reachPixels = [5, 10, 18, 30] as const;
/** What is left of a stroke is at least so long, in widths of its line. */
const crumbWidths = 0.5;

/** What the eraser of parts works on. */
export interface PartEraserPorts extends EraserPorts {
	readonly style: () => BoardStyle;
}

/** A stroke that is being erased. */
interface Swept {
	/** As it was when its points were read: somebody may move it meanwhile. */
	readonly scene: SceneItem;
	readonly stroke: Stroke;
	/** What this gesture took, in points. */
	readonly gaps: Gaps;
}

/** Erases parts of strokes. Also draws what is left while the hand is down. */
export class PartEraserTool implements Tool, Overlay {
	readonly #ports: PartEraserPorts;
	readonly #swept = new Map<number, Swept>();
	#last: Point | null = null;

	constructor(ports: PartEraserPorts) {
		this.#ports = ports;
		ports.stage.layer.painter.pieces = piecesPainter;
		ports.stage.addOverlay(this);
	}

	/** A ring as wide as what it takes. */
	get cursor(): string {
		const radius = this.#reach;
		const middle = radius + 2;
		const circle = `<circle cx="${middle}" cy="${middle}" r="${radius}" fill="none"`;
		const rings = `${circle} stroke="#fff" stroke-width="3.5"/>${circle} stroke="#333"/>`;
		const size = `width="${middle * 2}" height="${middle * 2}"`;
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${rings}</svg>`;
		return `url("data:image/svg+xml,${encodeURIComponent(svg)}") ${middle} ${middle}, cell`;
	}

	get isEmpty(): boolean {
		return this.#last === null;
	}

	down({ sample }: Press): void {
		this.#ports.began();
		this.#last = sample.at;
		this.move([sample]);
	}

	move(samples: readonly Sample[]): void {
		if (this.#last === null) return;
		const before = this.#swept.size;
		for (const { at } of samples) {
			this.#sweep([this.#last, at]);
			this.#last = at;
		}
		const { stage } = this.#ports;
		if (this.#swept.size > before) stage.layer.hide(this.#seen());
		stage.requestFrame();
	}

	up(): void {
		const { scene, board, act } = this.#ports;
		const gone = new Set<unknown>();
		const parts = new Map<unknown, Gaps>();
		for (const [id, { gaps, stroke }] of this.#swept) {
			const item = scene.get(id)?.item;
			if (item === undefined) continue;
			const left = stretchesLeft(pointCountOf(stroke), joinGaps([...gapsOf(item), ...gaps]));
			for (const value of scene.valuesOf([id])) {
				if (left.length === 0) gone.add(value);
				else parts.set(value, gaps);
			}
		}
		const erase = () => {
			scene.settle(gone);
			eraseItems(board, gone);
			eraseParts(board, parts);
		};
		if (this.#swept.size > 0) act(erase);
		this.cancel();
	}

	cancel(): void {
		const { scene, stage } = this.#ports;
		const left = [...this.#swept.keys()].flatMap((id) => scene.get(id) ?? []);
		for (const { id } of left) stage.layer.painter.forget(id);
		this.#swept.clear();
		this.#last = null;
		if (left.length > 0) stage.layer.show(left);
		stage.requestFrame();
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		this.#swept.clear();
		this.#last = null;
	}

	draw(context: PaintContext, { camera, pixelRatio }: Frame): boolean {
		const { painter } = this.#ports.stage.layer;
		painter.paint(context, this.#seen(), camera.zoom * pixelRatio);
		if (this.#last !== null) {
			context.lineWidth = 1.5 / camera.zoom;
			context.strokeStyle = painter.theme === "light" ? "#333" : "#eee";
			context.beginPath();
			context.arc(this.#last.x, this.#last.y, this.#reach / camera.zoom, 0, 2 * Math.PI);
			context.stroke();
		}
		return false;
	}

	get #reach(): number {
		return reachPixels[this.#ports.style().width] ?? reachPixels[1];
	}

	/** What is left of the strokes, as it will be. */
	#seen(): SceneItem[] {
		return [...this.#swept].flatMap(([id, { gaps }]) => {
			const scene = this.#ports.scene.get(id);
			if (scene === null) return [];
			return [{ ...scene, item: { ...scene.item, gaps: [...scene.item.gaps, encodeGaps(gaps)] } }];
		});
	}

	#sweep([from, to]: [Point, Point]): void {
		const { scene, stage } = this.#ports;
		const reach = this.#reach / stage.camera.zoom;
		const [minX, minY] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
		const [maxX, maxY] = [Math.max(from.x, to.x), Math.max(from.y, to.y)];
		for (const near of scene.near(grow({ minX, minY, maxX, maxY }, reach))) {
			const { item } = near;
			if (item.isLocked || !isPenKind(item.kind)) continue;
			const known = this.#swept.get(near.id);
			const stroke = known?.scene === near ? known.stroke : strokeOf(near);
			// A round end of the line reaches half its width beyond its last point.
			const taken = sweptGaps(stroke, [from, to], reach + item.width / 2);
			const fresh = joinGaps([...(known?.gaps ?? []), ...taken]);
			if (taken.length === 0 || isSame(fresh, known?.gaps)) continue;
			const all = joinGaps([...gapsOf(item), ...fresh]);
			const crumbs = crumbsOf(stroke, all, item.width * crumbWidths);
			const gaps = joinGaps([...fresh, ...crumbs]);
			this.#swept.set(near.id, { scene: near, stroke, gaps });
			stage.layer.painter.forget(near.id);
		}
	}
}

/** None where it is damaged behind its head: not drawn either. */
function strokeOf({ item }: SceneItem): Stroke {
	try {
		return denseLine(lineOf(item));
	} catch {
		return [];
	}
}

function isSame(gaps: Gaps, others: Gaps | undefined): boolean {
	return gaps.length === others?.length && gaps.every((at, index) => at === others[index]);
}
