/** A picture of the board or of a part of it: as pixels, or as an SVG. */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { Theme } from "../../ui/colors/palette.ts";
import { grow, union } from "../camera.ts";
import { byHeight, type SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";

/** Air around the drawing, in units. */
const air = 20;
/** Device pixels a unit, where the board is small enough. */
const scaleMax = 2;
/** Longest side and most pixels: what every browser's canvas can hold. */
const sideMax = 8_192;
const pixelsMax = 32_000_000;

/** What a picture shows: items back to front, and what of the board is around them. */
export interface Part {
	readonly items: readonly SceneItem[];
	readonly box: Bounds;
	/** Null for the whole board. */
	readonly ids: readonly number[] | null;
}

/** What is chosen, else everything; null for an empty board. */
export function partOf(scene: Scene, chosen: ReadonlySet<number>): Part | null {
	const some = [...chosen].flatMap((id) => scene.get(id) ?? []);
	const items = (some.length > 0 ? some : scene.items()).sort(byHeight);
	const [first] = items;
	if (first === undefined) return null;
	const box = grow(
		items.reduce<Bounds>((all, item) => union(all, item.box), first.box),
		air,
	);
	return { items, box, ids: some.length > 0 ? items.map(({ id }) => id) : null };
}

/** A PNG; null where this device cannot make one so large. */
export function pngOf({ box, ids }: Part, stage: Stage): Promise<Blob | null> {
	const width = box.maxX - box.minX;
	const height = box.maxY - box.minY;
	const scale = Math.min(
		scaleMax,
		sideMax / Math.max(width, height),
		Math.sqrt(pixelsMax / (width * height)),
	);
	return stage.layer.picture({ box, scale, ids, paper: stage.paperColor });
}

/** White paper, for printers. */
export const paperOfPrint: { readonly theme: Theme; readonly paper: string } = {
	theme: "light",
	paper: "#ffffff",
};
