/** What an end of a line would stay on: found under the hand, lit up, and drawn as it will be. */
import * as Y from "yjs";
import type { End, Target } from "../../../shared/surfaces/arrange/ends.ts";
import {
	hasEnds,
	joinedItem,
	type Pointed,
	sharesIn,
} from "../../../shared/surfaces/arrange/joins.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import { grow, type Point } from "../camera.ts";
import { isInside, isTouched } from "../hit.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import { pointedScene } from "../shapes/follow.ts";
import { readable } from "./stretch.ts";

/** How near an end must come, in CSS pixels. */
const reachPixels = 6;

/** What an end is over, and where in its box. */
export interface Aim extends Pick<Target, "across" | "down"> {
	readonly id: number;
	readonly entry: Y.Map<unknown>;
	readonly pointed: Pointed;
}

/** Where an end of a line is: at a place, and perhaps on something. */
export interface AimedEnd {
	readonly at: Point;
	readonly aim: Aim | null;
}

/** The smallest thing at a place that is no line: what lies in a frame is meant before it. */
export function aimAt(scene: Scene, at: Point, zoom: number): Aim | null {
	const reach = reachPixels / zoom;
	const box = grow({ minX: at.x, minY: at.y, maxX: at.x, maxY: at.y }, reach);
	const under = scene
		.near(box)
		.filter((one) => !hasEnds(one.item.kind) && isUnder(one, at, reach))
		.sort((a, b) => areaOf(a) - areaOf(b));
	for (const one of under) {
		const aim = aimOf(scene, one, at);
		if (aim !== null) return aim;
	}
	return null;
}

/** An item as what an end is over: at a place of it, or at its middle. */
export function aimOf(scene: Scene, item: SceneItem, at?: Point): Aim | null {
	const pointed = hasEnds(item.item.kind) ? null : readable(() => pointedScene(item));
	const [entry] = scene.valuesOf([item.id]);
	// Another client's plain entry has no key to write its name to.
	if (pointed === null || !(entry instanceof Y.Map)) return null;
	const shares = at === undefined ? { across: 0.5, down: 0.5 } : sharesIn(pointed.frame, at);
	return { id: item.id, entry, pointed, ...shares };
}

/** A line as it will be seen. @throws WeftError `bad_item` */
export function aimedLine(line: BoardItem, [from, to]: readonly [AimedEnd, AimedEnd]): BoardItem {
	const plain: BoardItem = { ...line, x: 0, y: 0, pose: null };
	const aims = [from.aim, to.aim];
	return joinedItem(plain, [endOf(from, 0), endOf(to, 1)], ({ clock }) => {
		return aims[clock]?.pointed ?? null;
	});
}

/** An end that names what it is over by its index. */
function endOf({ at: { x, y }, aim }: AimedEnd, index: number): End {
	if (aim === null) return { x, y, target: null };
	return { x, y, target: { client: 0, clock: index, across: aim.across, down: aim.down } };
}

/** Both ends of one thing would leave nothing of a line: it stays on nothing then. */
export function apart([from, to]: readonly [AimedEnd, AimedEnd]): readonly [AimedEnd, AimedEnd] {
	if (from.aim === null || from.aim.id !== to.aim?.id) return [from, to];
	return [
		{ ...from, aim: null },
		{ ...to, aim: null },
	];
}

/** Lights up what an end is over; the context's unit is the board's. */
export function drawAim(
	context: PaintContext,
	{ pointed: { frame, outline } }: Aim,
	{ color, zoom }: { readonly color: string; readonly zoom: number },
): void {
	context.save();
	context.strokeStyle = color;
	context.fillStyle = color;
	context.lineJoin = "round";
	context.lineWidth = 3 / zoom;
	context.beginPath();
	if (outline === null) {
		context.translate(frame.x, frame.y);
		context.rotate((frame.turn * Math.PI) / 180);
		context.rect(-frame.width / 2, -frame.height / 2, frame.width, frame.height);
	} else {
		for (let index = 0; index < outline.length; index += 2) {
			context.lineTo(outline[index] ?? 0, outline[index + 1] ?? 0);
		}
		context.closePath();
	}
	context.globalAlpha = 0.14;
	context.fill();
	context.globalAlpha = 0.9;
	context.stroke();
	context.restore();
}

function isUnder(one: SceneItem, at: Point, reach: number): boolean {
	if (isTouched(one, [at, at], reach)) return true;
	const outline = readable(() => pointedScene(one))?.outline ?? null;
	return outline !== null && isInside(outline, at);
}

function areaOf({ box }: SceneItem): number {
	return (box.maxX - box.minX) * (box.maxY - box.minY);
}
