/**
 * Draws items onto a canvas. It runs in the worker for tiles and pictures, and on the page for what
 * stands above the tiles; both draw the same.
 */
import { matrixOf } from "../../../shared/surfaces/arrange/item-points.ts";
import { type BoardItem, hasGaps } from "../../../shared/surfaces/board.ts";
import { strokeBounds } from "../../../shared/surfaces/stroke-codec.ts";
import { colorOf, type Theme } from "../../ui/colors/palette.ts";
import type { SceneItem } from "./scene-item.ts";
import { itemPath, tracePolyline } from "./stroke-path.ts";

/** What can be painted on, here or in a worker. */
export type PaintContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** How an item is painted: its colour in the theme, and device pixels a unit. */
export interface Brush {
	readonly color: string;
	readonly scale: number;
}

/** Paints the words of an item, if it has any, and a note's paper: that is the theme's. */
export type WordsPainter = (
	context: PaintContext,
	scene: SceneItem,
	brush: Brush & { readonly theme: Theme },
) => void;

/** Paints one item of a kind that no pen makes. */
export type KindPainter = (context: PaintContext, scene: SceneItem, brush: Brush) => void;

/** Draws what is left of a stroke of which parts were erased. */
export interface PiecesPainter {
	/** Its outlines, to be filled. @throws WeftError `bad_item` */
	readonly outlines: (item: BoardItem) => Path2D;
	/** Lines into the current path, for small scales. @throws WeftError `bad_item` */
	readonly trace: (context: PaintContext, item: BoardItem, scale: number) => void;
}

/** Device pixels a unit from which outlines are drawn; below, lines look the same and cost less. */
const outlineScaleMin = 0.4;
/** Outlines that are kept, about 5 kB each: for tiles that are painted again. */
const outlinesMax = 3_000;
/** Items that are smaller on the screen are a dot. */
const dotPixels = 1.5;
/** The place of a photo whose pixels are not here, on the paper of a theme. */
export const missingPhoto: Readonly<Record<Theme, string>> = { light: "#ecebe7", dark: "#2b2e34" };
/** A highlighter lets through what lies under it. */
const highlighterAlpha = 0.4;

/** How much an item hides of what lies behind it, of 1. */
export function alphaOf({ kind, look }: Pick<SceneItem["item"], "kind" | "look">): number {
	return (look.opacity / 100) * (kind === "highlighter" ? highlighterAlpha : 1);
}

/** Paints items, and keeps the outlines of those it painted last. */
export class Painter {
	theme: Theme = "light";
	/** Null as long as its code is not here: such items are left out. */
	kinds: KindPainter | null = null;
	/** The same for texts and notes. */
	words: WordsPainter | null = null;
	/** The same for strokes with gaps, which are whole until then. */
	pieces: PiecesPainter | null = null;
	readonly #outlines = new Map<number, Path2D>();
	readonly #photos = new Map<string, ImageBitmap>();

	/** Gives a photo's pixels; they are closed when the photo is given again or taken away. */
	setPhoto(photo: string, bitmap: ImageBitmap | null): void {
		this.#photos.get(photo)?.close();
		if (bitmap === null) this.#photos.delete(photo);
		else this.#photos.set(photo, bitmap);
	}

	/** The pixels of all photos that are here, by id; not to be closed. */
	get photos(): ReadonlyMap<string, ImageBitmap> {
		return this.#photos;
	}

	/** Frees the pixels of all photos. Safe to call twice. */
	close(): void {
		for (const photo of [...this.#photos.keys()]) this.setPhoto(photo, null);
	}

	/** Forgets what was kept of an item that changed or went. */
	forget(id: number): void {
		this.#outlines.delete(id);
	}

	/**
	 * Paints items in the order given. The context's unit is the board's, `scale` says how many
	 * device pixels that is. `alpha` makes what fades lighter.
	 */
	paint(context: PaintContext, items: readonly SceneItem[], scale: number, alpha = 1): void {
		for (const scene of items) {
			context.globalAlpha = alpha * alphaOf(scene.item);
			try {
				this.#paintItem(context, scene, scale);
			} catch (error) {
				// Damaged behind its points, or no picture any more: all others are still drawn.
				console.debug("Weft cannot draw an item:", error);
			}
		}
		context.globalAlpha = 1;
	}

	#paintItem(context: PaintContext, scene: SceneItem, scale: number): void {
		const { item, box } = scene;
		const color = colorOf(item.color, this.theme);
		switch (item.kind) {
			case "photo":
				this.#paintPhoto(context, scene);
				return;
			case "pen":
			case "highlighter":
				if (Math.max(box.maxX - box.minX, box.maxY - box.minY) * scale < dotPixels) {
					context.fillStyle = color;
					context.fillRect(box.minX, box.minY, 1 / scale, 1 / scale);
				} else if (scale >= outlineScaleMin) {
					context.fillStyle = color;
					context.fill(this.#outlineOf(scene));
				} else {
					this.#strokeLine(context, scene, color, scale);
				}
				return;
			case "text":
			case "note":
				this.words?.(context, scene, { color, scale, theme: this.theme });
				return;
			default:
				this.kinds?.(context, scene, { color, scale });
				this.words?.(context, scene, { color, scale, theme: this.theme });
		}
	}

	#outlineOf(scene: SceneItem): Path2D {
		const kept = this.#outlines.get(scene.id);
		if (kept !== undefined) return kept;
		const outline = this.#piecesOf(scene)?.outlines(scene.item) ?? itemPath(scene.item);
		if (this.#outlines.size >= outlinesMax) {
			const oldest = this.#outlines.keys().next();
			if (!oldest.done) this.#outlines.delete(oldest.value);
		}
		this.#outlines.set(scene.id, outline);
		return outline;
	}

	#piecesOf({ item }: SceneItem): PiecesPainter | null {
		return hasGaps(item) ? this.pieces : null;
	}

	#strokeLine(context: PaintContext, scene: SceneItem, color: string, scale: number): void {
		const { item } = scene;
		context.strokeStyle = color;
		context.lineWidth = Math.max(item.width, 0.8 / scale);
		context.lineCap = "round";
		context.lineJoin = "round";
		context.beginPath();
		(this.#piecesOf(scene)?.trace ?? tracePolyline)(context, item, scale);
		context.stroke();
	}

	#paintPhoto(context: PaintContext, scene: SceneItem): void {
		const { item } = scene;
		const [drawn] = item.pose === null ? [] : item.parts.map(strokeBounds);
		if (!drawn) {
			this.#paintUpright(context, scene);
			return;
		}
		context.save();
		context.transform(...matrixOf(item));
		this.#paintUpright(context, { item, box: drawn });
		context.restore();
	}

	#paintUpright(context: PaintContext, { item, box }: Pick<SceneItem, "item" | "box">): void {
		const width = box.maxX - box.minX;
		const height = box.maxY - box.minY;
		const bitmap = item.photo === null ? undefined : this.#photos.get(item.photo);
		if (bitmap === undefined) {
			context.fillStyle = missingPhoto[this.theme];
			context.fillRect(box.minX, box.minY, width, height);
			return;
		}
		const fit = Math.min(width / bitmap.width, height / bitmap.height);
		const drawnWidth = bitmap.width * fit;
		const drawnHeight = bitmap.height * fit;
		context.imageSmoothingQuality = "high";
		context.drawImage(
			bitmap,
			box.minX + (width - drawnWidth) / 2,
			box.minY + (height - drawnHeight) / 2,
			drawnWidth,
			drawnHeight,
		);
	}
}
