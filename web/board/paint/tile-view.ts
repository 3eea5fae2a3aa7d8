/**
 * The tiles as the page sees them: which are wanted, which are old, where they are drawn.
 * A frame never waits for a tile: what is missing is covered by tiles of other scales.
 */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { type Camera, overlaps, type Size } from "../camera.ts";
import { ByteCache } from "./tile-cache.ts";
import {
	type FromTilePainter,
	type TileImage,
	type TileKey,
	tileBounds,
	tileName,
	tilePixels,
} from "./tile-messages.ts";

/** Memory for tiles, at most: four screens of a laptop with two pixels a CSS pixel. */
const tileBytesMax = 96 * 2 ** 20;
/** Tiles that are kept: so many times those that a view and its rings take at most. */
const keptTimes = 1.1;
const tileBytes = 4 * tilePixels ** 2;
/** Rings of tiles around the view that are painted ahead, for panning. */
const aheadRings = 1;
/** Scales that are looked through for a cover, nearest first. */
const coverScalesMax = 5;
/** A cover may be made of so many tiles a side; more would cost more than they show. */
const coverTilesMax = 8;

/** Changes that are remembered for tiles on their way; a tile that is older is painted again. */
const changesMax = 256;

interface Tile {
	readonly key: TileKey;
	readonly image: TileImage | null;
	/** Revision of the board that it shows. */
	readonly revision: number;
	/** Revision that it should show. */
	needed: number;
}

/** Where a frame looks: in CSS pixels, and device pixels for one of them. */
export interface Frame {
	readonly camera: Camera;
	readonly size: Size;
	readonly pixelRatio: number;
	/** While zooming tiles are asked at powers of two, so that most of them are used again. */
	readonly isZooming: boolean;
}

/** Columns and rows of one scale, both ends included. */
interface Range {
	readonly scale: number;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** Keeps tiles, draws them, and says which ones it would like. */
export class TileView {
	readonly #want: (tiles: TileKey[]) => void;
	readonly #tiles = new ByteCache<Tile>({
		bytesMax: tileBytesMax,
		// An empty tile is remembered, too, and costs its entry.
		sizeOf: (tile) => (tile.image === null ? 256 : tileBytes),
		drop: (tile) => closeImage(tile.image),
	});
	/** Asked for and not there yet: name to the revision that was needed. */
	readonly #asked = new Map<string, number>();
	/** The last changes, for tiles that were on their way. */
	readonly #changes: { readonly area: Bounds | null; readonly revision: number }[] = [];
	#revision = 0;

	constructor(want: (tiles: TileKey[]) => void) {
		this.#want = want;
	}

	/** Memory that tiles take now. */
	get bytes(): number {
		return this.#tiles.bytes;
	}

	/** Takes a painted tile. */
	receive(answer: Extract<FromTilePainter, { type: "tile" }>): void {
		const name = tileName(answer.key);
		this.#asked.delete(name);
		this.#tiles.put(name, { ...answer, needed: this.#neededBy(answer) });
	}

	/** A tile may have been painted before a change that came while it was on its way. */
	#neededBy({ key, revision }: { readonly key: TileKey; readonly revision: number }): number {
		const [oldest] = this.#changes;
		if (oldest === undefined || this.#revision <= revision) return 0;
		if (oldest.revision > revision + 1 && this.#changes.length === changesMax)
			return this.#revision;
		const bounds = tileBounds(key);
		const missed = this.#changes.filter(
			(change) =>
				change.revision > revision && (change.area === null || overlaps(bounds, change.area)),
		);
		return Math.max(0, ...missed.map((change) => change.revision));
	}

	/** Says that an area of the board looks different from `revision` on; everything by null. */
	outdate(area: Bounds | null, revision: number): void {
		this.#revision = revision;
		this.#changes.push({ area, revision });
		if (this.#changes.length > changesMax) this.#changes.shift();
		for (const tile of this.#tiles.values()) {
			if (area === null || overlaps(tileBounds(tile.key), area)) tile.needed = revision;
		}
	}

	/** Forgets all tiles, and what was asked. */
	clear(): void {
		this.#tiles.clear();
		this.#asked.clear();
	}

	/** True where all that the frame shows of an area is on fresh tiles of the frame's scale. */
	isFresh(area: Bounds, frame: Frame): boolean {
		const scale = scaleOf(frame);
		const shown = rangeOf(viewBox(frame), scale);
		const touched = rangeOf(area, scale);
		const common: Range = {
			scale,
			left: Math.max(shown.left, touched.left),
			top: Math.max(shown.top, touched.top),
			right: Math.min(shown.right, touched.right),
			bottom: Math.min(shown.bottom, touched.bottom),
		};
		return [...keysIn(common)].every((key) => isFreshTile(this.#tiles.peek(tileName(key))));
	}

	/** Draws a frame. The context counts device pixels. */
	draw(context: CanvasRenderingContext2D, frame: Frame): void {
		this.#tiles.bound(tileBytesFor(frame));
		const range = rangeOf(viewBox(frame), scaleOf(frame));
		const place = placer(frame);
		const missing: TileKey[] = [];
		const covers = this.#scalesNear(range.scale);
		for (const key of keysIn(range)) {
			const tile = this.#tiles.use(tileName(key));
			if (!isFreshTile(tile)) missing.push(key);
			if (tile === undefined) this.#cover(context, { place, covers }, key);
			else if (tile.image !== null) drawWhole(context, place, tile.image, key);
		}
		this.#askFor([...nearestFirst(missing, range), ...this.#ahead(range, missing.length)]);
	}

	/** Tiles around the view that are not there, once the view itself is nearly done. */
	#ahead(range: Range, missingCount: number): TileKey[] {
		if (missingCount > 2) return [];
		const around: Range = {
			scale: range.scale,
			left: range.left - aheadRings,
			top: range.top - aheadRings,
			right: range.right + aheadRings,
			bottom: range.bottom + aheadRings,
		};
		return [...keysIn(around)].filter(
			(key) => !isIn(range, key) && !isFreshTile(this.#tiles.peek(tileName(key))),
		);
	}

	#askFor(keys: readonly TileKey[]): void {
		const isNews = keys.some((key) => {
			const asked = this.#asked.get(tileName(key));
			return asked === undefined || asked < (this.#tiles.peek(tileName(key))?.needed ?? 0);
		});
		const isLess = keys.length < this.#asked.size;
		if (!isNews && !isLess) return;
		this.#asked.clear();
		for (const key of keys) this.#asked.set(tileName(key), this.#revision);
		this.#want([...keys]);
	}

	/** Fills the place of a missing tile from the scale that is nearest and covers most of it. */
	#cover(
		context: CanvasRenderingContext2D,
		{ place, covers }: { readonly place: Placer; readonly covers: readonly number[] },
		key: TileKey,
	): void {
		let best: Tile[] = [];
		let bestShare = 0;
		for (const scale of covers) {
			const range = rangeOf(tileBounds(key), scale);
			if (range.right - range.left >= coverTilesMax) continue;
			const keys = [...keysIn(range)];
			const tiles = keys.map((name) => this.#tiles.peek(tileName(name))).filter(isTile);
			const share = tiles.length / keys.length;
			if (share > bestShare) {
				best = tiles;
				bestShare = share;
			}
			if (share === 1) break;
		}
		for (const tile of best) {
			if (tile.image !== null) drawPart(context, place, { ...tile, image: tile.image }, key);
		}
	}

	#scalesNear(scale: number): number[] {
		const scales = new Set<number>();
		for (const tile of this.#tiles.values()) scales.add(tile.key.scale);
		scales.delete(scale);
		return [...scales]
			.sort((a, b) => Math.abs(Math.log2(a / scale)) - Math.abs(Math.log2(b / scale)))
			.slice(0, coverScalesMax);
	}
}

/** Memory for the tiles of a view of that size: a small window needs no more than it shows. */
function tileBytesFor({ size, pixelRatio }: Frame): number {
	// While zooming a tile is shrunk to 0.71 at most. Fewer than are asked for would never rest.
	const side = tilePixels * Math.SQRT1_2;
	const along = (pixels: number) => Math.ceil((pixels * pixelRatio) / side) + 1 + 2 * aheadRings;
	return Math.min(tileBytesMax, keptTimes * along(size.width) * along(size.height) * tileBytes);
}

/** Device pixel of a column's left edge or a row's upper edge, on whole pixels without gaps. */
interface Placer {
	readonly x: (units: number) => number;
	readonly y: (units: number) => number;
}

function placer({ camera, pixelRatio }: Frame): Placer {
	const scale = camera.zoom * pixelRatio;
	// The origin is rounded once, so that tiles of the exact scale lie on whole pixels all.
	const originX = Math.round(-camera.x * scale);
	const originY = Math.round(-camera.y * scale);
	return {
		x: (units) => Math.round(originX + units * scale),
		y: (units) => Math.round(originY + units * scale),
	};
}

function scaleOf({ camera, pixelRatio, isZooming }: Frame): number {
	const scale = camera.zoom * pixelRatio;
	return isZooming ? 2 ** Math.round(Math.log2(scale)) : scale;
}

function viewBox({ camera, size }: Frame): Bounds {
	return {
		minX: camera.x,
		minY: camera.y,
		maxX: camera.x + size.width / camera.zoom,
		maxY: camera.y + size.height / camera.zoom,
	};
}

function rangeOf(box: Bounds, scale: number): Range {
	const side = tilePixels / scale;
	// A hair inside: a box that ends where a tile begins does not touch it.
	const hair = side * 1e-9;
	return {
		scale,
		left: Math.floor((box.minX + hair) / side),
		top: Math.floor((box.minY + hair) / side),
		right: Math.floor((box.maxX - hair) / side),
		bottom: Math.floor((box.maxY - hair) / side),
	};
}

function* keysIn({ scale, left, top, right, bottom }: Range): Generator<TileKey> {
	for (let row = top; row <= bottom; row++) {
		for (let column = left; column <= right; column++) yield { scale, column, row };
	}
}

function isIn(range: Range, { column, row }: TileKey): boolean {
	return column >= range.left && column <= range.right && row >= range.top && row <= range.bottom;
}

function nearestFirst(keys: readonly TileKey[], range: Range): TileKey[] {
	const middleX = (range.left + range.right) / 2;
	const middleY = (range.top + range.bottom) / 2;
	const far = (key: TileKey) => Math.hypot(key.column - middleX, key.row - middleY);
	return [...keys].sort((a, b) => far(a) - far(b));
}

function isFreshTile(tile: Tile | undefined): boolean {
	return tile !== undefined && tile.revision >= tile.needed;
}

function isTile(tile: Tile | undefined): tile is Tile {
	return tile !== undefined;
}

function drawWhole(
	context: CanvasRenderingContext2D,
	place: Placer,
	image: TileImage,
	key: TileKey,
): void {
	const { minX, minY, maxX, maxY } = tileBounds(key);
	const left = place.x(minX);
	const top = place.y(minY);
	const width = place.x(maxX) - left;
	const height = place.y(maxY) - top;
	if (width === tilePixels && height === tilePixels) context.drawImage(image, left, top);
	else context.drawImage(image, left, top, width, height);
}

/** Draws what a tile of another scale shows of the place of `key`. */
function drawPart(
	context: CanvasRenderingContext2D,
	place: Placer,
	tile: Tile & { readonly image: TileImage },
	key: TileKey,
): void {
	const cell = tileBounds(key);
	const source = tileBounds(tile.key);
	const minX = Math.max(cell.minX, source.minX);
	const minY = Math.max(cell.minY, source.minY);
	const maxX = Math.min(cell.maxX, source.maxX);
	const maxY = Math.min(cell.maxY, source.maxY);
	const left = place.x(minX);
	const top = place.y(minY);
	const width = place.x(maxX) - left;
	const height = place.y(maxY) - top;
	if (width <= 0 || height <= 0) return;
	const { scale } = tile.key;
	const fromX = (minX - source.minX) * scale;
	const fromY = (minY - source.minY) * scale;
	context.drawImage(
		tile.image,
		fromX,
		fromY,
		(maxX - minX) * scale,
		(maxY - minY) * scale,
		left,
		top,
		width,
		height,
	);
}

function closeImage(image: TileImage | null): void {
	if (image !== null && "close" in image) image.close();
}
