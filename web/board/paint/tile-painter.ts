/** Owns copies of the items and an R-tree, and paints tile after tile, newest wish first. */
import RBush from "rbush";
import { paintShape } from "../shapes/shape-painter.ts";
import { paintWords } from "../words/words-painter.ts";
import { type PaintContext, Painter } from "./painter.ts";
import { piecesPainter } from "./pieces.ts";
import { byHeight, type SceneItem, unpackItems } from "./scene-item.ts";
import {
	type FromTilePainter,
	type PictureRequest,
	type TileImage,
	type TileKey,
	type ToTilePainter,
	tileBounds,
	tilePixels,
} from "./tile-messages.ts";

/** A fresh canvas, in a worker or on the page. */
export interface Sheet {
	readonly context: PaintContext;
	/** Gives the pixels away; the sheet is not used after it. */
	readonly toImage: () => TileImage;
	readonly toBlob: () => Promise<Blob | null>;
}

/** What a painter of tiles is handed: its way to the page, its time, its paper. */
export interface TilePainterPorts {
	readonly post: (answer: FromTilePainter) => void;
	/** Calls back when there is time for the next tile. */
	readonly schedule: (run: () => void) => void;
	readonly openSheet: (width: number, height: number) => Sheet;
}

/** From so many new items on, building the tree in one go is faster than one by one. */
const bulkMin = 64;

/** Paints tiles and pictures of the items it was given. The same in a worker and on the page. */
export class TilePainter {
	readonly #ports: TilePainterPorts;
	readonly #painter = new Painter();
	readonly #tree = new ItemTree();
	readonly #items = new Map<number, SceneItem>();
	#hidden: ReadonlySet<number> = new Set();
	#queue: TileKey[] = [];
	#revision = 0;
	#isScheduled = false;

	constructor(ports: TilePainterPorts) {
		this.#ports = ports;
		this.#painter.kinds = paintShape;
		this.#painter.words = paintWords;
		this.#painter.pieces = piecesPainter;
	}

	/** Takes one message of the page. */
	receive(message: ToTilePainter): void {
		if ("revision" in message) this.#revision = message.revision;
		switch (message.type) {
			case "items":
				this.#change(unpackItems(message.put), message.removed);
				return;
			case "hide":
				this.#hidden = new Set(message.ids);
				return;
			case "theme":
				this.#painter.theme = message.theme;
				return;
			case "photo":
				this.#painter.setPhoto(message.photo, message.bitmap);
				return;
			case "wanted":
				this.#queue = [...message.tiles];
				this.#plan();
				return;
			case "picture":
				void this.#paintPicture(message.request);
		}
	}

	#change(put: readonly SceneItem[], removed: readonly number[]): void {
		for (const id of [...removed, ...put.map((scene) => scene.id)]) {
			const known = this.#items.get(id);
			if (known === undefined) continue;
			this.#tree.remove(known);
			this.#items.delete(id);
			this.#painter.forget(id);
		}
		for (const scene of put) this.#items.set(scene.id, scene);
		if (put.length >= bulkMin) this.#tree.load([...put]);
		else for (const scene of put) this.#tree.insert(scene);
	}

	#plan(): void {
		if (this.#isScheduled || this.#queue.length === 0) return;
		this.#isScheduled = true;
		this.#ports.schedule(() => {
			this.#isScheduled = false;
			const key = this.#queue.shift();
			if (key !== undefined) this.#paintTile(key);
			this.#plan();
		});
	}

	#paintTile(key: TileKey): void {
		const items = this.#visible(tileBounds(key));
		let image: TileImage | null = null;
		if (items.length > 0) {
			const sheet = this.#ports.openSheet(tilePixels, tilePixels);
			const { scale, column, row } = key;
			sheet.context.setTransform(scale, 0, 0, scale, -column * tilePixels, -row * tilePixels);
			this.#painter.paint(sheet.context, items, scale);
			image = sheet.toImage();
		}
		this.#ports.post({ type: "tile", key, revision: this.#revision, image });
	}

	#visible(box: ReturnType<typeof tileBounds>): SceneItem[] {
		const found = this.#tree.search(box).filter((scene) => !this.#hidden.has(scene.id));
		return found.sort(byHeight);
	}

	async #paintPicture({ box, scale, ids, paper }: PictureRequest): Promise<void> {
		let blob: Blob | null = null;
		try {
			const width = Math.max(1, Math.round((box.maxX - box.minX) * scale));
			const height = Math.max(1, Math.round((box.maxY - box.minY) * scale));
			const { context, toBlob } = this.#ports.openSheet(width, height);
			context.fillStyle = paper;
			context.fillRect(0, 0, width, height);
			context.setTransform(scale, 0, 0, scale, -box.minX * scale, -box.minY * scale);
			const wanted = ids === null ? null : new Set(ids);
			const items = this.#visible(box).filter(({ id }) => wanted?.has(id) ?? true);
			this.#painter.paint(context, items, scale);
			blob = await toBlob();
		} catch (error) {
			console.warn("The picture is too large for this device:", error); // Null says so.
		}
		this.#ports.post({ type: "picture", blob });
	}
}

/** Items by where they are: O(log n) for what a tile touches. */
class ItemTree extends RBush<SceneItem> {
	override toBBox(scene: SceneItem) {
		return scene.box;
	}
	override compareMinX(a: SceneItem, b: SceneItem): number {
		return a.box.minX - b.box.minX;
	}
	override compareMinY(a: SceneItem, b: SceneItem): number {
		return a.box.minY - b.box.minY;
	}
}
