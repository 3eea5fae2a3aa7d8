/** What the page and the painter of tiles say to each other. */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { Theme } from "../../ui/colors/palette.ts";
import type { PackedItems } from "./scene-item.ts";

/** Pixels of a tile's side, device pixels. */
export const tilePixels = 512;

/** A square of the board: column and row counted from the board's origin, at a scale. */
export interface TileKey {
	/** Device pixels a unit. */
	readonly scale: number;
	readonly column: number;
	readonly row: number;
}

/** Pixels of a tile: a canvas only where painting happens on the page. */
export type TileImage = ImageBitmap | HTMLCanvasElement;

/** The page tells what there is, and which tiles it would like next, most urgent first. */
export type ToTilePainter =
	| {
			readonly type: "items";
			/** Grows with every change that tiles can show. */
			readonly revision: number;
			readonly put: PackedItems;
			readonly removed: readonly number[];
	  }
	| { readonly type: "hide"; readonly revision: number; readonly ids: readonly number[] }
	| { readonly type: "theme"; readonly revision: number; readonly theme: Theme }
	| {
			readonly type: "photo";
			readonly revision: number;
			readonly photo: string;
			readonly bitmap: ImageBitmap | null;
	  }
	| { readonly type: "wanted"; readonly tiles: readonly TileKey[] }
	| { readonly type: "picture"; readonly request: PictureRequest };

/** A picture of a part of the board. */
export interface PictureRequest {
	readonly box: Bounds;
	readonly scale: number;
	/** What is shown alone; null for everything. */
	readonly ids: readonly number[] | null;
	readonly paper: string;
}

/** The painter answers with tiles (null where one is empty) and pictures. */
export type FromTilePainter =
	| {
			readonly type: "tile";
			readonly key: TileKey;
			readonly revision: number;
			readonly image: TileImage | null;
	  }
	| { readonly type: "picture"; readonly blob: Blob | null };

/** A painter of tiles, wherever it works. */
export interface TilePort {
	send(message: ToTilePainter, transfer?: Transferable[]): void;
	close(): void;
}

/** What the owner of a port is told. */
export interface TilePortEvents {
	answer(answer: FromTilePainter): void;
	/** The worker could not start or died: `instead` has taken its place and knows nothing yet. */
	replaced(instead: TilePort): void;
}

/** The name of a tile, for maps. */
export function tileName(key: TileKey): string {
	return `${key.scale}/${key.column}/${key.row}`;
}

/** What a tile shows of the board. */
export function tileBounds({ scale, column, row }: TileKey): Bounds {
	const side = tilePixels / scale;
	return {
		minX: column * side,
		minY: row * side,
		maxX: (column + 1) * side,
		maxY: (row + 1) * side,
	};
}
