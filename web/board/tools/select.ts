/** The pointer: choose items by a click or a box, drag or nudge them, delete them. */
import type * as Y from "yjs";
import { eraseItems, moveItems } from "../../../shared/surfaces/board.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { grow, type Point, union } from "../camera.ts";
import { itemAt } from "../hit.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { Scene } from "../scene.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { Press, Sample, Tool } from "./tool.ts";

/** How near a click must come, in CSS pixels. */
const reachPixels = 6;
/** A hand that trembles does not drag. */
const dragPixelsMin = 3;
/** Between two steps of a drag that the others see: 33 bytes each. */
const shareMs = 120;
/** Items that are drawn while they are dragged; the box shows the others. */
const draggedMax = 300;

/** What the pointer works on. */
export interface SelectPorts {
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly act: (run: () => void) => void;
	readonly began: () => void;
	/** Other items are chosen now. */
	readonly chose: () => void;
	/** CSS colour of what is chosen. */
	readonly color: () => string;
}

/** What the pointer is doing. */
type Phase =
	| { readonly phase: "idle" }
	/** Down on an item, not moved yet. */
	| { readonly phase: "pressed"; readonly from: Sample }
	/** `by`: not in the doc yet; `done`: already there, for everybody to see. */
	| {
			readonly phase: "dragging";
			readonly from: Point;
			readonly by: Point;
			readonly done: Point;
	  }
	| { readonly phase: "boxing"; readonly from: Point; readonly to: Point };

/** Chooses and moves items. Also draws what is chosen. */
export class SelectTool implements Tool, Overlay {
	readonly cursor = "default";
	readonly #ports: SelectPorts;
	#chosen: ReadonlySet<number> = new Set();
	#state: Phase = { phase: "idle" };
	#shareTimer: number | undefined;

	constructor(ports: SelectPorts) {
		this.#ports = ports;
		ports.stage.addOverlay(this);
	}

	get isEmpty(): boolean {
		return this.#chosen.size === 0 && this.#state.phase !== "boxing";
	}

	/** Ids of what is chosen and still there. */
	get chosen(): ReadonlySet<number> {
		return this.#chosen;
	}

	/** Chooses these items and no others. */
	choose(ids: Iterable<number>): void {
		this.#chosen = new Set(ids);
		this.#ports.chose();
		this.#ports.stage.requestFrame();
	}

	/** Forgets what is no longer on the board. */
	refresh(): void {
		if ([...this.#chosen].every((id) => this.#ports.scene.get(id) !== null)) return;
		this.choose([...this.#chosen].filter((id) => this.#ports.scene.get(id) !== null));
	}

	down({ sample }: Press): void {
		const { isShift } = sample;
		const hit = itemAt(this.#ports, sample.screen, reachPixels);
		if (hit === null) {
			if (!isShift) this.choose([]);
			this.#state = { phase: "boxing", from: sample.at, to: sample.at };
			return;
		}
		if (isShift) this.choose(toggled(this.#chosen, hit.id));
		else if (!this.#chosen.has(hit.id)) this.choose([hit.id]);
		this.#state = { phase: "pressed", from: sample };
	}

	move(samples: readonly Sample[]): void {
		const sample = samples.at(-1);
		if (sample === undefined) return;
		switch (this.#state.phase) {
			case "idle":
				return;
			case "boxing":
				this.#state = { ...this.#state, to: sample.at };
				break;
			case "pressed":
				this.#startDrag(this.#state.from, sample);
				break;
			case "dragging":
				this.#state = { ...this.#state, by: difference(sample.at, this.#state.from) };
				this.#shareTimer ??= window.setTimeout(() => this.#shareMove(), shareMs);
		}
		this.#ports.stage.requestFrame();
	}

	up(): void {
		const state = this.#state;
		this.#state = { phase: "idle" };
		if (state.phase === "boxing") this.choose([...this.#chosen, ...this.#inBox(state)]);
		if (state.phase !== "dragging") return;
		this.#endDrag(state.by);
	}

	cancel(): void {
		const state = this.#state;
		this.#state = { phase: "idle" };
		if (state.phase === "dragging") this.#endDrag({ x: -state.done.x, y: -state.done.y });
		this.#ports.stage.requestFrame();
	}

	leave(): void {
		this.cancel();
		this.choose([]);
	}

	/** Moves what is chosen by so many units, as one step of undo. True where something is. */
	nudge(by: Point): boolean {
		if (this.#chosen.size === 0) return false;
		this.#ports.began();
		this.#move(by);
		return true;
	}

	/** Forgets what is chosen. True where something was. */
	escape(): boolean {
		if (this.#chosen.size === 0) return false;
		this.choose([]);
		return true;
	}

	/** The uppermost item under a point of the screen. */
	itemUnder(screen: Point): SceneItem | null {
		return itemAt(this.#ports, screen, 0);
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		window.clearTimeout(this.#shareTimer);
	}

	/** Takes what is chosen off the board. */
	erase(): void {
		const { board, scene, act, began } = this.#ports;
		const values = scene.valuesOf(this.#chosen);
		if (values.size === 0) return;
		began();
		act(() => eraseItems(board, values));
		this.choose([]);
	}

	/** The box around what is chosen; null where nothing is. */
	bounds(): Bounds | null {
		return boxOf(this.#items());
	}

	draw(context: PaintContext, frame: Frame): boolean {
		const { zoom } = frame.camera;
		context.strokeStyle = this.#ports.color();
		context.lineWidth = 1.5 / zoom;
		if (this.#state.phase === "boxing") {
			drawBox(context, boxBetween(this.#state.from, this.#state.to), true);
		}
		const items = this.#items();
		const box = boxOf(items);
		if (box === null) return false;
		context.save();
		if (this.#state.phase === "dragging") {
			context.translate(this.#state.by.x, this.#state.by.y);
			const scale = zoom * frame.pixelRatio;
			this.#ports.stage.layer.painter.paint(context, items.slice(0, draggedMax), scale);
			context.strokeStyle = this.#ports.color();
			context.lineWidth = 1.5 / zoom;
		}
		drawBox(context, grow(box, 4 / zoom), false);
		context.restore();
		return false;
	}

	#startDrag(from: Sample, sample: Sample): void {
		const moved = Math.hypot(sample.screen.x - from.screen.x, sample.screen.y - from.screen.y);
		if (moved < dragPixelsMin) return;
		if (this.#items().every(({ item }) => item.isLocked)) return;
		this.#ports.stage.layer.hide(this.#items());
		this.#ports.began();
		const by = difference(sample.at, from.at);
		this.#state = { phase: "dragging", from: from.at, by, done: { x: 0, y: 0 } };
	}

	/** The others see a drag on its way, and undo takes it back as one. */
	#shareMove(): void {
		this.#shareTimer = undefined;
		if (this.#state.phase !== "dragging") return;
		const { from, by, done } = this.#state;
		this.#state = {
			phase: "dragging",
			from: { x: from.x + by.x, y: from.y + by.y },
			by: { x: 0, y: 0 },
			done: { x: done.x + by.x, y: done.y + by.y },
		};
		this.#move(by);
	}

	#endDrag(by: Point): void {
		window.clearTimeout(this.#shareTimer);
		this.#shareTimer = undefined;
		this.#move(by);
		this.#ports.stage.layer.show(this.#items());
	}

	#move(by: Point): void {
		const { board, scene, act } = this.#ports;
		if (by.x === 0 && by.y === 0) return;
		act(() => moveItems(board, scene.valuesOf(this.#chosen), by));
	}

	#items(): SceneItem[] {
		return [...this.#chosen].flatMap((id) => {
			const item = this.#ports.scene.get(id);
			return item === null ? [] : [item];
		});
	}

	#inBox({ from, to }: { readonly from: Point; readonly to: Point }): number[] {
		const box = boxBetween(from, to);
		return this.#ports.scene.inside(box).map(({ id }) => id);
	}
}

function toggled(ids: ReadonlySet<number>, id: number): number[] {
	return ids.has(id) ? [...ids].filter((other) => other !== id) : [...ids, id];
}

function difference(a: Point, b: Point): Point {
	return { x: a.x - b.x, y: a.y - b.y };
}

function boxBetween(a: Point, b: Point): Bounds {
	return {
		minX: Math.min(a.x, b.x),
		minY: Math.min(a.y, b.y),
		maxX: Math.max(a.x, b.x),
		maxY: Math.max(a.y, b.y),
	};
}

function boxOf(items: readonly SceneItem[]): Bounds | null {
	return items
		.map(({ box }) => box)
		.reduce<Bounds | null>((all, box) => (all === null ? box : union(all, box)), null);
}

function drawBox(context: PaintContext, box: Bounds, isFilled: boolean): void {
	const size = [box.maxX - box.minX, box.maxY - box.minY] as const;
	if (isFilled) {
		context.globalAlpha = 0.12;
		context.fillStyle = context.strokeStyle;
		context.fillRect(box.minX, box.minY, ...size);
		context.globalAlpha = 1;
	}
	context.strokeRect(box.minX, box.minY, ...size);
}
