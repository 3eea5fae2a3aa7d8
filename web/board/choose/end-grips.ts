/** The two ends of the one line that is chosen: a hand pulls them, and puts them on things. */
import type * as Y from "yjs";
import { endKeys, readEnds } from "../../../shared/surfaces/arrange/ends.ts";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import { endPlaces, hasEnds, putEnd } from "../../../shared/surfaces/arrange/joins.ts";
import { distance, type Point, toScreen } from "../camera.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Press, Sample } from "../tools/tool.ts";
import { type AimedEnd, aimAt, aimedLine, aimOf, apart, drawAim } from "./aim.ts";
import { reachOf } from "./grips.ts";
import type { SelectPorts } from "./phase.ts";
import { readable } from "./stretch.ts";

/** Radius of a grip as it is drawn, and how near a mouse and a finger must come. */
const gripPixels = 5.5;
const reachPixels = { mouse: 10, pen: 12, touch: 22 } as const;
/** Between two steps of a pull that the others see: about 40 bytes each. */
const shareMs = 120;

type EndPorts = Pick<SelectPorts, "scene" | "stage" | "act" | "began" | "accent">;

/** A pull under way. */
interface Pull {
	readonly line: SceneItem;
	readonly entry: Y.Map<unknown>;
	readonly end: 0 | 1;
	/** Between grip and hand, in units. */
	readonly off: Point;
	/** What the key said before. */
	readonly before: unknown;
	readonly ends: readonly [AimedEnd, AimedEnd];
	/** False as long as it is a click. */
	readonly isMoved: boolean;
}

/** The only item of these, where it is a line that may be changed. */
export function onlyLine(items: readonly SceneItem[]): SceneItem | null {
	const [only] = items;
	const isLine = items.length === 1 && only !== undefined && hasEnds(only.item.kind);
	return isLine && !only.item.isLocked ? only : null;
}

/** Pulls the ends of lines on one board. */
export class EndGrips {
	readonly #ports: EndPorts;
	#pull: Pull | null = null;
	#timer: number | undefined;

	constructor(ports: EndPorts) {
		this.#ports = ports;
	}

	/** Which end of a line a hand is over; null for none. */
	endAt(line: SceneItem, { sample: { screen }, pointerType }: Press): 0 | 1 | null {
		const { camera } = this.#ports.stage;
		const [from, to] = endsOf(line).map((at) => distance(toScreen(camera, at), screen));
		if (from === undefined || to === undefined) return null;
		if (Math.min(from, to) > reachOf(pointerType, reachPixels)) return null;
		return from < to ? 0 : 1;
	}

	/** Takes an end. True where a hand did. */
	down(line: SceneItem, press: Press): boolean {
		const { scene, stage, began } = this.#ports;
		const end = this.endAt(line, press);
		const [entry] = scene.valuesOf([line.id]) as Set<Y.Map<unknown>>;
		const [from, to] = endsOf(line);
		if (end === null || entry === undefined || from === undefined || to === undefined) return false;
		began();
		stage.layer.hide([line]);
		const grip = end === 0 ? from : to;
		const { at } = press.sample;
		const [fromId, toId] = line.joins ?? [null, null];
		const aims = [this.#held(fromId, from, entry, 0), this.#held(toId, to, entry, 1)] as const;
		const off = { x: grip.x - at.x, y: grip.y - at.y };
		const before = entry.get(endKeys[end]);
		this.#pull = { line, entry, end, off, before, ends: aims, isMoved: false };
		return true;
	}

	/** The hand goes on. True where it pulls. */
	move({ at, isCtrl }: Sample): boolean {
		if (this.#pull === null) return false;
		const { scene, stage } = this.#ports;
		const { end, off, ends } = this.#pull;
		const place = { x: at.x + off.x, y: at.y + off.y };
		const aim = isCtrl ? null : aimAt(scene, at, stage.camera.zoom);
		const other = ends[end === 0 ? 1 : 0];
		const isOther = aim !== null && aim.id === other.aim?.id;
		const next: AimedEnd = { at: place, aim: isOther ? null : aim };
		const pulled = end === 0 ? ([next, other] as const) : ([other, next] as const);
		this.#pull = { ...this.#pull, ends: pulled, isMoved: true };
		this.#timer ??= window.setTimeout(() => this.#share(), shareMs);
		return true;
	}

	/** The hand let go. True where it pulled. */
	up(): boolean {
		const pull = this.#pull;
		if (pull === null) return false;
		this.#share();
		this.#end(pull);
		return true;
	}

	/** It was never meant. True where it pulled. */
	cancel(): boolean {
		const pull = this.#pull;
		if (pull === null) return false;
		const { entry, end, before, isMoved } = pull;
		this.#ports.act(() => {
			if (!isMoved || entry._item?.deleted !== false) return;
			if (before === undefined) entry.delete(endKeys[end]);
			else entry.set(endKeys[end], before);
		});
		this.#end(pull);
		return true;
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		this.#stopSharing();
	}

	/** Draws the grips of a line, and what is being pulled; the context's unit is the board's. */
	draw(context: PaintContext, line: SceneItem, scale: number): void {
		const { stage, accent } = this.#ports;
		const { zoom } = stage.camera;
		const pull = this.#pull;
		const aim = pull?.ends[pull.end].aim ?? null;
		if (aim !== null) drawAim(context, aim, { color: accent(), zoom });
		const shown = pull === null ? line : shownOf(pull);
		if (pull !== null) stage.layer.painter.paint(context, [shown], scale);
		context.save();
		context.strokeStyle = accent();
		context.fillStyle = stage.paperColor;
		context.lineWidth = 2 / zoom;
		for (const { x, y } of endsOf(shown)) {
			context.beginPath();
			context.arc(x, y, gripPixels / zoom, 0, 2 * Math.PI);
			context.fill();
			context.stroke();
		}
		context.restore();
	}

	/** Where an end is that nobody pulls, and what it stays on. */
	#held(id: number | null, at: Point, entry: Y.Map<unknown>, end: 0 | 1): AimedEnd {
		const on = id === null ? null : this.#ports.scene.get(id);
		const aim = on === null ? null : aimOf(this.#ports.scene, on);
		const target = readEnds(entry)?.[end]?.target;
		if (aim === null || !target) return { at, aim: null };
		return { at, aim: { ...aim, across: target.across, down: target.down } };
	}

	/** The others see it on its way, and undo takes it back as one. */
	#share(): void {
		this.#stopSharing();
		const pull = this.#pull;
		if (pull === null || pull.entry._item?.deleted !== false) return;
		if (!pull.isMoved) return;
		const { at, aim } = pull.ends[pull.end];
		this.#ports.act(() => putEnd(pull.entry, pull.end, { at, on: aim }));
	}

	#end({ line }: Pull): void {
		this.#stopSharing();
		this.#pull = null;
		const { scene, stage } = this.#ports;
		const now = scene.get(line.id);
		if (now !== null) stage.layer.show([now]);
	}

	#stopSharing(): void {
		window.clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}

/** A line as it is pulled. */
function shownOf({ line, ends }: Pull): SceneItem {
	try {
		const item = aimedLine(line.item, apart(ends));
		return { ...line, item };
	} catch {
		return line; // Pulled off the board: it is drawn where it was.
	}
}

/** Both ends of a line as it is seen. */
function endsOf({ item }: SceneItem): readonly Point[] {
	return readable(() => endPlaces(itemPoints(item).points)) ?? [];
}
