/** A picture of the whole board, as a file. */
import { grow } from "./camera.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** Air around the drawing, in units. */
const air = 20;
/** Device pixels a unit, where the board is small enough. */
const scaleMax = 2;
/** Longest side and most pixels: what every browser's canvas can hold. */
const sideMax = 8_192;
const pixelsMax = 32_000_000;

/** A PNG of everything; null for an empty board, "failed" where this device cannot make it. */
export async function takePicture(scene: Scene, stage: Stage): Promise<Blob | "failed" | null> {
	const bounds = scene.bounds();
	if (bounds === null) return null;
	const box = grow(bounds, air);
	const width = box.maxX - box.minX;
	const height = box.maxY - box.minY;
	const scale = Math.min(
		scaleMax,
		sideMax / Math.max(width, height),
		Math.sqrt(pixelsMax / (width * height)),
	);
	return (await stage.layer.picture({ box, scale, paper: stage.paperColor })) ?? "failed";
}
