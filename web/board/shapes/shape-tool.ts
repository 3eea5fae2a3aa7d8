/** Draws shapes by a drag, by a click, or by keys alone. */
import type * as Y from "yjs";
import { putEnd } from "../../../shared/surfaces/arrange/joins.ts";
import { readItem } from "../../../shared/surfaces/board.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import {
	addShape,
	type Shape,
	type ShapeKind,
	shapeKeys,
} from "../../../shared/surfaces/shapes.ts";
import { colorOf } from "../../ui/colors/palette.ts";
import { type Point, toBoard } from "../camera.ts";
import { type Aim, aimAt, aimedLine, apart, drawAim } from "../choose/aim.ts";
import { alphaOf } from "../paint/painter.ts";
import type { Scene } from "../scene.ts";
import { Snapping } from "../snap/snapping.ts";
import type { Stage } from "../stage.ts";
import type { BoardStyle } from "../tools/style.ts";
import type { Press, Sample, Tool } from "../tools/tool.ts";
import { isLine, shapeBetween } from "./drag.ts";
import { paintShape } from "./shape-painter.ts";

/** A hand that trembles clicks and does not drag. */
const dragPixelsMin = 4;
/** What a click or Enter makes, in CSS pixels. */
const placedSize = { x: 160, y: 100 };

/** What the tool works on. */
export interface ShapePorts {
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly act: (run: () => void) => void;
	readonly began: () => void;
	/** CSS colour of what an end would stay on, and of lines that are snapped to. */
	readonly accent: () => string;
	readonly style: () => BoardStyle;
	/** The kind that is in the hand. */
	readonly kind: () => ShapeKind;
	/** A shape is in the doc: its entry there. */
	readonly made: (entry: unknown) => void;
}

/** A shape in the making. */
interface Draft {
	readonly from: Point;
	readonly to: Point;
	readonly isShift: boolean;
	readonly isAlt: boolean;
	/** True where keys size it, and Enter puts it down. */
	readonly isByKeys: boolean;
	/** Where the pointer went down; it clicks as long as it stays near. */
	readonly screen: Point | null;
	/** What the ends of a line would stay on. */
	readonly aims: readonly [from: Aim | null, to: Aim | null];
}

/** Draws the kind of shape that is in the hand. */
export class ShapeTool implements Tool {
	readonly cursor = "crosshair";
	readonly #ports: ShapePorts;
	readonly #snapping: Snapping;
	#draft: Draft | null = null;

	constructor(ports: ShapePorts) {
		this.#ports = ports;
		this.#snapping = new Snapping(ports);
		ports.stage.onCamera(() => this.#draw());
	}

	down({ sample }: Press): void {
		this.#ports.began();
		const { screen, isShift, isAlt } = sample;
		this.#snapping.begin();
		const at = this.#snapping.point(sample.at, sample);
		const aims = [this.#aim(sample), null] as const;
		this.#draft = { from: at, to: at, isShift, isAlt, isByKeys: false, screen, aims };
		this.#draw();
	}

	move(samples: readonly Sample[]): void {
		const sample = samples.at(-1);
		if (this.#draft === null || sample === undefined) return;
		const { screen, isShift, isAlt } = sample;
		const at = this.#snapping.point(sample.at, sample);
		const start = this.#draft.screen;
		const isNear =
			start !== null && Math.hypot(screen.x - start.x, screen.y - start.y) < dragPixelsMin;
		const aims = [this.#draft.aims[0], this.#aim(sample)] as const;
		this.#draft = { ...this.#draft, to: at, isShift, isAlt, screen: isNear ? start : null, aims };
		this.#draw();
	}

	up(): void {
		const draft = this.#draft;
		if (draft === null) return;
		if (draft.screen !== null && isLine(this.#ports.kind())) this.cancel();
		else this.#put(draft.screen === null ? draft : this.#placed(draft.from));
	}

	cancel(): void {
		this.#draft = null;
		this.#snapping.end();
		this.#ports.stage.clearInk();
	}

	leave(): void {
		if (this.#draft !== null) this.cancel();
	}

	/** Begins in the middle of the view; arrow keys then move its lower right corner. */
	enter(): boolean {
		const { camera, size } = this.#ports.stage;
		if (this.#draft?.isByKeys) {
			this.#put(this.#draft);
			return true;
		}
		this.#ports.began();
		this.#draft = this.#placed(toBoard(camera, { x: size.width / 2, y: size.height / 2 }));
		this.#draw();
		return true;
	}

	nudge(by: Point): boolean {
		const draft = this.#draft;
		if (draft === null || !draft.isByKeys) return false;
		this.#draft = { ...draft, to: { x: draft.to.x + by.x, y: draft.to.y + by.y } };
		this.#draw();
		return true;
	}

	escape(): boolean {
		if (this.#draft === null) return false;
		this.cancel();
		return true;
	}

	/** Of the usual size, around a point. */
	#placed(at: Point): Draft {
		const { zoom } = this.#ports.stage.camera;
		const [x, y] = [placedSize.x / 2 / zoom, placedSize.y / 2 / zoom];
		return {
			from: { x: at.x - x, y: at.y - y },
			to: { x: at.x + x, y: at.y + y },
			isShift: false,
			isAlt: false,
			isByKeys: true,
			screen: null,
			aims: [null, null],
		};
	}

	/** What the end of a line is over; with Ctrl it stays on nothing. */
	#aim({ at, isCtrl }: Sample): Aim | null {
		const { kind, scene, stage } = this.#ports;
		return isCtrl || !isLine(kind()) ? null : aimAt(scene, at, stage.camera.zoom);
	}

	/** The ends of a line, where it has some; drawn from its middle it begins on nothing. */
	#endsOf({ aims: [from, to], isAlt }: Draft, { kind, points }: Shape) {
		if (!isLine(kind)) return null;
		const [x0, y0, x1, y1] = points;
		return apart([
			{ at: { x: x0, y: y0 }, aim: isAlt ? null : from },
			{ at: { x: x1, y: y1 }, aim: to },
		]);
	}

	#shapeOf(draft: Draft): Shape {
		const { kind, style } = this.#ports;
		const { color, width, ...look } = style();
		const points = shapeBetween(kind(), [draft.from, draft.to], draft);
		const fill = isLine(kind()) ? "none" : look.fill;
		return { kind: kind(), color, width, look: { ...look, fill }, points };
	}

	#put(draft: Draft): void {
		const { act, board, made, stage } = this.#ports;
		const shape = this.#shapeOf(draft);
		const ends = this.#endsOf(draft, shape) ?? [];
		this.#draft = null;
		this.#snapping.end();
		let entry: unknown = null;
		act(() => {
			const drawn = addShape(board, shape);
			for (const [index, { at, aim }] of ends.entries()) {
				if (aim !== null) putEnd(drawn, index === 0 ? 0 : 1, { at, on: aim });
			}
			entry = drawn;
		});
		// The board shows it from the next frame on: the draft goes then, so nothing blinks.
		stage.afterFrame(() => {
			if (this.#draft === null) stage.clearInk();
		});
		made(entry);
	}

	#draw(): void {
		const draft = this.#draft;
		if (draft === null) return;
		const { stage, accent } = this.#ports;
		const shape = this.#shapeOf(draft);
		const plain = readItem(Object.fromEntries(shapeKeys(shape)));
		const ends = this.#endsOf(draft, shape);
		const item = plain === null || ends === null ? plain : aimedLine(plain, ends);
		const box = item === null ? null : itemBounds(item);
		if (item === null || box === null) return;
		const color = colorOf(item.color, stage.layer.painter.theme);
		const scene = { id: 0, order: 0, lifted: null, item, box };
		stage.drawInk((context) => {
			for (const { aim } of ends ?? []) {
				if (aim !== null) drawAim(context, aim, { color: accent(), zoom: stage.camera.zoom });
			}
			context.globalAlpha = alphaOf(item);
			paintShape(context, scene, { color, scale: stage.camera.zoom });
			context.globalAlpha = 1;
			this.#snapping.draw(context);
		});
	}
}
