/** Where items are after they were sized or turned together. Pure arithmetic. */

import type { Stand } from "../../../shared/surfaces/arrange/edits.ts";
import { cosSinOf } from "../../../shared/surfaces/arrange/item-points.ts";
import { type Pose, plainPose, sizeWithin } from "../../../shared/surfaces/arrange/pose.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import { type ItemFrame, itemBounds, itemFrame } from "../../../shared/surfaces/item-outline.ts";
import { strokeBounds } from "../../../shared/surfaces/stroke-codec.ts";
import { type Point, union } from "../camera.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { type Lay, roomyPose } from "../words/inside.ts";
import type { WordsLayout } from "../words/layout.ts";

/** A side or corner of a frame: -1 left or up, 1 right or down, 0 in the middle. */
export interface Grip {
	readonly x: -1 | 0 | 1;
	readonly y: -1 | 0 | 1;
}

/** How a frame is pulled. */
export interface Pull {
	readonly grip: Grip;
	/** How far the grip went, in units. */
	readonly by: Point;
	/** Width and height keep their proportions. */
	readonly isEven: boolean;
	/** The middle stays, not the other side. */
	readonly isMiddle: boolean;
	/** How words would lie in a shape: none becomes smaller than its words. */
	readonly lay: Lay;
}

/** A frame that became so many times as wide and as high, around a point that stays. */
interface Stretch {
	readonly wide: number;
	readonly high: number;
	readonly anchor: Point;
	/** Of the frame, in degrees. */
	readonly turn: number;
}

/** No frame becomes narrower, in units. */
const sideMin = 1;

/** The frame around items: of one it is turned as the item is. Null where there is nothing. */
export function frameAround(scenes: readonly SceneItem[]): ItemFrame | null {
	const [only] = scenes;
	if (only !== undefined && scenes.length === 1) {
		return only.words === undefined || only.words.isInside
			? readable(() => itemFrame(only.item))
			: frameOfWords(only.words);
	}
	const box = scenes
		.map(({ item, words }) => {
			return words && !words.isInside ? words.box : readable(() => itemBounds(item));
		})
		.reduce(
			(all, next) => (all === null || next === null ? (all ?? next) : union(all, next)),
			null,
		);
	if (box === null) return null;
	return {
		x: (box.minX + box.maxX) / 2,
		y: (box.minY + box.maxY) / 2,
		width: box.maxX - box.minX,
		height: box.maxY - box.minY,
		turn: 0,
	};
}

/**
 * True where items keep their proportions whatever is pulled: pictures always do, and what
 * stands askew in a common frame would become another shape.
 */
export function areRigid(scenes: readonly SceneItem[], { turn }: ItemFrame): boolean {
	return scenes.some(({ item }) => {
		return item.kind === "photo" || ((item.pose?.turn ?? 0) - turn) % 90 !== 0;
	});
}

/** Where items are when their frame is pulled; by id. */
export function pulled(
	scenes: readonly SceneItem[],
	frame: ItemFrame,
	pull: Pull,
): Map<number, Stand> {
	const stretch = stretchOf(frame, pull);
	return standing(scenes, ({ item, middle }) => {
		const way = turned(
			{ x: middle.x - stretch.anchor.x, y: middle.y - stretch.anchor.y },
			-stretch.turn,
		);
		const before = item.pose ?? plainPose;
		const isAcross = Math.abs((before.turn - stretch.turn) % 180) === 90;
		const [wide, high] = isAcross ? [stretch.high, stretch.wide] : [stretch.wide, stretch.high];
		const asked = {
			...before,
			wide: sizeWithin(before.wide * wide),
			high: sizeWithin(before.high * high),
		};
		const pose = readable(() => roomyPose(item, asked, pull.lay)) ?? asked;
		// One that stays larger than the hand asks for keeps its other side where it is.
		const more =
			scenes.length > 1 ? { x: 1, y: 1 } : { x: pose.wide / asked.wide, y: pose.high / asked.high };
		const far = turned(
			{ x: way.x * stretch.wide * more.x, y: way.y * stretch.high * more.y },
			stretch.turn,
		);
		return { at: { x: stretch.anchor.x + far.x, y: stretch.anchor.y + far.y }, pose };
	});
}

/** Where items are when their frame is turned by so many degrees around its middle; by id. */
export function turnedBy(
	scenes: readonly SceneItem[],
	frame: ItemFrame,
	degrees: number,
): Map<number, Stand> {
	return standing(scenes, ({ item, middle }) => {
		const way = turned({ x: middle.x - frame.x, y: middle.y - frame.y }, degrees);
		const pose = item.pose ?? plainPose;
		return {
			at: { x: frame.x + way.x, y: frame.y + way.y },
			pose: { ...pose, turn: around(pose.turn + degrees) },
		};
	});
}

/** An item as it will be where it stands so. */
export function stood({ item, words, ...scene }: SceneItem, stand: Stand | undefined): SceneItem {
	if (stand === undefined)
		return words === undefined ? { item, ...scene } : { item, words, ...scene };
	const there: BoardItem = { ...item, ...stand };
	return { ...scene, item: there, box: readable(() => itemBounds(there)) ?? scene.box };
}

/** A way, turned clockwise by so many degrees. */
export function turned({ x, y }: Point, degrees: number): Point {
	const [cos, sin] = cosSinOf(degrees);
	return { x: x * cos - y * sin, y: x * sin + y * cos };
}

/** Words take the room of their letters. */
function frameOfWords({ area, padding, turn, middle }: WordsLayout): ItemFrame {
	const [x, y] = [(area.minX + area.maxX) / 2, (area.minY + area.maxY) / 2];
	const way = turned({ x: x - middle.x, y: y - middle.y }, turn);
	return {
		x: middle.x + way.x,
		y: middle.y + way.y,
		width: area.maxX - area.minX + 2 * padding,
		height: area.maxY - area.minY + 2 * padding,
		turn,
	};
}

function stretchOf(frame: ItemFrame, { grip, by, isEven, isMiddle }: Pull): Stretch {
	const local = turned(by, -frame.turn);
	const wide = timesOf(frame.width, local.x * grip.x, isMiddle);
	const high = timesOf(frame.height, local.y * grip.y, isMiddle);
	const kept = isMiddle ? { x: 0, y: 0 } : { x: -grip.x, y: -grip.y };
	const way = turned({ x: (kept.x * frame.width) / 2, y: (kept.y * frame.height) / 2 }, frame.turn);
	const anchor = { x: frame.x + way.x, y: frame.y + way.y };
	if (!isEven) return { wide, high, anchor, turn: frame.turn };
	// The side that was pulled further leads.
	const isHigher = Math.abs(high - 1) > Math.abs(wide - 1);
	const times = Math.max(1e-3, isHigher ? high : wide);
	return { wide: times, high: times, anchor, turn: frame.turn };
}

/** How many times as long a side becomes that is pulled by so much. */
function timesOf(side: number, pull: number, isMiddle: boolean): number {
	if (pull === 0 || side === 0) return 1;
	const length = side + (isMiddle ? 2 * pull : pull);
	const shown = Math.abs(length) < sideMin ? Math.sign(length || 1) * sideMin : length;
	return shown / side;
}

interface Lying {
	readonly item: BoardItem;
	/** Where the middle of its first part is. */
	readonly middle: Point;
}

/** The stands that `lay` makes of middles and poses. What is locked or damaged has none. */
function standing(
	scenes: readonly SceneItem[],
	lay: (lying: Lying) => { readonly at: Point; readonly pose: Pose },
): Map<number, Stand> {
	const stands = new Map<number, Stand>();
	for (const { id, item } of scenes) {
		const [drawn] = readable(() => item.parts.slice(0, 1).map(strokeBounds)) ?? [];
		if (item.isLocked || !drawn) continue;
		const [x, y] = [(drawn.minX + drawn.maxX) / 2, (drawn.minY + drawn.maxY) / 2];
		const { at, pose } = lay({ item, middle: { x: x + item.x, y: y + item.y } });
		stands.set(id, { x: at.x - x, y: at.y - y, pose: isPlain(pose) ? null : pose });
	}
	return stands;
}

function isPlain({ wide, high, turn }: Pose): boolean {
	return wide === 1 && high === 1 && turn === 0;
}

/** From -180 on and below 180. */
function around(degrees: number): number {
	return degrees - 360 * Math.floor((degrees + 180) / 360);
}

/** Null for what is damaged: it is not drawn either. */
export function readable<T>(read: () => T | null): T | null {
	try {
		return read();
	} catch {
		return null;
	}
}
