/** Snapping while a hand is at work: what there is to snap to, and the lines that show it. */
import { turnedBox, uprightBox } from "../../../shared/surfaces/item-outline.ts";
import type { Bounds, ItemKind } from "../../../shared/surfaces/stroke-codec.ts";
import { type Point, viewOf } from "../camera.ts";
import type { PullStart } from "../choose/pull.ts";
import { areRigid, frameAround, turned } from "../choose/stretch.ts";
import { isOn } from "../device-switch.ts";
import type { PaintContext } from "../paint/painter.ts";
import { dotGapAt } from "../paint/paper.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";
import type { Sample } from "../tools/tool.ts";
import { boxOfPoint, type Guide, type SnapAxes, type SnapField, snapBox } from "./lines.ts";

/** How near a line must be, in CSS pixels. */
const reachPixels = 6;
/** Items that are snapped to; with more in view there is a line everywhere. */
const boxesMax = 300;
/** What has a body. Lines and writing would have lines of their own everywhere. */
const bodies: readonly ItemKind[] = ["rectangle", "ellipse", "diamond", "photo", "text", "note"];

/** What it looks at. */
export interface SnapPorts {
	readonly scene: Scene;
	readonly stage: Stage;
	/** CSS colour of the lines. */
	readonly accent: () => string;
}

/** Of one tool. Off until `begin`, and where the person does not want it. */
export class Snapping {
	readonly #ports: SnapPorts;
	#field: SnapField | null = null;
	#box: Bounds | null = null;
	#guides: readonly Guide[] = [];

	constructor(ports: SnapPorts) {
		this.#ports = ports;
	}

	/** A hand goes to work on these items, or on none that there are. */
	begin(items: readonly SceneItem[] = []): void {
		this.end();
		if (!isOn("grid")) return;
		const { scene, stage } = this.#ports;
		const { camera, size } = stage;
		const own = new Set(items.map(({ id }) => id));
		const boxes = scene
			.near(viewOf(camera, size))
			.filter(({ id, item }) => bodies.includes(item.kind) && !own.has(id))
			.slice(0, boxesMax)
			.flatMap((each) => boundsAround([each]) ?? []);
		this.#field = { gap: dotGapAt(camera.zoom), reach: reachPixels / camera.zoom, boxes };
		this.#box = boundsAround(items);
	}

	/** How far the items go that a hand moves from there to where it is now. */
	way(from: Point, { at, isCtrl }: Pick<Sample, "at" | "isCtrl">): Point {
		const by = { x: at.x - from.x, y: at.y - from.y };
		return this.#box === null ? by : this.#snap(this.#box, by, { isCtrl });
	}

	/** Where a point comes to lie. */
	point(at: Point, held: Pick<Sample, "isCtrl">): Point {
		const way = this.#snap(boxOfPoint(at), { x: 0, y: 0 }, held);
		return { x: at.x + way.x, y: at.y + way.y };
	}

	/** The hand, where it would have to be for the grip that it holds to lie where it snaps. */
	atGrip({ hold, from, frame, items }: PullStart, sample: Sample): Sample {
		this.#guides = [];
		if (hold === "turn" || frame.turn % 90 !== 0) return sample;
		const arm = turned(
			{ x: (hold.x * frame.width) / 2, y: (hold.y * frame.height) / 2 },
			frame.turn,
		);
		const out = turned(hold, frame.turn);
		const grip = boxOfPoint({ x: frame.x + arm.x, y: frame.y + arm.y });
		const by = { x: sample.at.x - from.x, y: sample.at.y - from.y };
		const way = this.#snap(grip, by, {
			isCtrl: sample.isCtrl,
			axes: { x: Math.abs(out.x) > 0.5, y: Math.abs(out.y) > 0.5 },
		});
		// One side follows the other then: only one of them meets a line.
		if (sample.isShift || areRigid(items, frame)) this.#guides = [];
		return { ...sample, at: { x: from.x + way.x, y: from.y + way.y } };
	}

	/** Draws the lines; the context's unit is the board's. */
	draw(context: PaintContext): void {
		if (this.#guides.length === 0) return;
		context.strokeStyle = this.#ports.accent();
		context.lineWidth = 1 / this.#ports.stage.camera.zoom;
		context.setLineDash([]);
		context.beginPath();
		for (const { axis, at, from, to } of this.#guides) {
			context.moveTo(...(axis === "x" ? ([at, from] as const) : ([from, at] as const)));
			context.lineTo(...(axis === "x" ? ([at, to] as const) : ([to, at] as const)));
		}
		context.stroke();
	}

	/** The hand is done. */
	end(): void {
		this.#field = null;
		this.#box = null;
		this.#guides = [];
	}

	#snap(
		box: Bounds,
		by: Point,
		held: { readonly isCtrl: boolean; readonly axes?: SnapAxes },
	): Point {
		this.#guides = [];
		if (this.#field === null || held.isCtrl) return by;
		const snapped = snapBox(box, by, this.#field, held.axes);
		this.#guides = snapped.guides;
		return snapped.by;
	}
}

/** The box around items as they are seen, without the width of their lines; null for none. */
function boundsAround(items: readonly SceneItem[]): Bounds | null {
	const frame = frameAround(items);
	return frame === null ? null : turnedBox(uprightBox(frame), frame);
}
