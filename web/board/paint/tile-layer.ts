/** The finished board as one layer: tiles, and above them what is too new to be on a tile. */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { Theme } from "../../ui/colors/palette.ts";
import { overlaps, viewOf } from "../camera.ts";
import { type KindPainter, Painter, type PiecesPainter, type WordsPainter } from "./painter.ts";
import { byHeight, packItems, type SceneItem } from "./scene-item.ts";
import type { FromTilePainter, PictureRequest, TilePort, TilePortEvents } from "./tile-messages.ts";
import { openTilePort, recentMax } from "./tile-port.ts";
import type { Frame, TileView } from "./tile-view.ts";

/** Items above the tiles at most: the first frame behind an hour on another surface draws all. */
const aboveMax = 4 * recentMax;

/** What the layer asks its owner. */
export interface TileLayerPorts {
	/** Everything that is on the board, for a painter that starts anew. */
	readonly items: () => readonly SceneItem[];
	/** The picture would look different now. */
	readonly requestFrame: () => void;
}

/** Draws the finished board. `close()` it when the board goes. */
export class TileLayer {
	/** Paints what stands above the tiles; knows theme and photos. */
	readonly painter = new Painter();
	readonly #ports: TileLayerPorts;
	/** Null before their code came. */
	#tiles: TileView | null = null;
	readonly #recent = new Map<number, SceneItem>();
	readonly #pictures: ((blob: Blob | null) => void)[] = [];
	#port: TilePort;
	#hidden: ReadonlySet<number> = new Set();
	#revision = 0;

	constructor(ports: TileLayerPorts, open = openTilePort) {
		this.#ports = ports;
		const events: TilePortEvents = {
			answer: (answer) => this.#receive(answer),
			replaced: (instead) => this.#startAnew(instead),
		};
		this.#port = open(events, ({ TileView }) => {
			this.#tiles = new TileView((tiles) => this.#port.send({ type: "wanted", tiles }));
			this.#tiles.outdate(null, this.#revision);
			ports.requestFrame();
		});
		this.#sendItems(0, ports.items(), []);
	}

	/** Memory of the tiles, in bytes. */
	get tileBytes(): number {
		return this.#tiles?.bytes ?? 0;
	}

	/** Takes what changed on the board. */
	change(change: {
		readonly put: readonly SceneItem[];
		readonly removed: readonly number[];
		readonly areas: readonly Bounds[];
	}): void {
		const revision = this.#next(change.areas);
		this.#sendItems(revision, change.put, change.removed);
		for (const id of change.removed) this.#recent.delete(id);
		for (const { id } of change.put) {
			this.painter.forget(id);
			this.#recent.delete(id);
		}
		if (change.put.length > recentMax) return;
		this.#drawAbove(change.put.filter(({ id }) => !this.#hidden.has(id)));
	}

	/** Leaves these items out, because something else draws them now. */
	hide(scenes: readonly SceneItem[]): void {
		this.#setHidden(scenes, scenes);
		for (const scene of scenes) this.#recent.delete(scene.id);
	}

	/** Shows all items again; these were hidden, and are still there. */
	show(scenes: readonly SceneItem[]): void {
		this.#setHidden([], scenes);
		this.#drawAbove(scenes.slice(-recentMax));
	}

	/** Shows items from now on that the page could not paint, or not as they are. */
	paintKinds(kinds: KindPainter, pieces: PiecesPainter): void {
		this.painter.kinds = kinds;
		this.painter.pieces = pieces;
		this.#ports.requestFrame();
	}

	/** Shows texts and notes from now on. */
	paintWords(words: WordsPainter): void {
		this.painter.words = words;
		this.#ports.requestFrame();
	}

	/** Paints everything anew on the other paper. */
	setTheme(theme: Theme): void {
		if (theme === this.painter.theme) return;
		this.painter.theme = theme;
		this.#port.send({ type: "theme", revision: this.#next(null), theme });
	}

	/**
	 * Gives a photo's pixels, one copy for each of the two painters, which will close them; null
	 * takes them away.
	 */
	setPhoto(
		photo: string,
		bitmaps: readonly [ImageBitmap, ImageBitmap] | null,
		shown: readonly Bounds[],
	): void {
		const [here, there] = bitmaps ?? [null, null];
		this.painter.setPhoto(photo, here);
		const revision = this.#next(shown);
		this.#port.send({ type: "photo", revision, photo, bitmap: there }, there ? [there] : []);
	}

	/** Draws a frame; the context counts device pixels. */
	draw(context: CanvasRenderingContext2D, frame: Frame): void {
		this.#tiles?.draw(context, frame);
		if (this.#recent.size === 0) return;
		const { camera, pixelRatio } = frame;
		const view = viewOf(camera, frame.size);
		for (const [id, { box }] of this.#recent) {
			if (overlaps(box, view) && this.#tiles?.isFresh(box, frame)) this.#recent.delete(id);
		}
		const scale = camera.zoom * pixelRatio;
		context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
		const shown = [...this.#recent.values()].filter(({ box }) => overlaps(box, view));
		this.painter.paint(context, shown.sort(byHeight), scale);
		context.setTransform(1, 0, 0, 1, 0, 0);
	}

	/** A PNG of a part of the board; null where this device cannot make one so large. */
	picture(request: PictureRequest): Promise<Blob | null> {
		return new Promise((resolve) => {
			this.#pictures.push(resolve);
			this.#port.send({ type: "picture", request });
		});
	}

	/** Ends the worker and frees all pixels. Safe to call twice. */
	close(): void {
		this.#port.close();
		this.#tiles?.clear();
		this.painter.close();
		for (const resolve of this.#pictures.splice(0)) resolve(null);
	}

	/** Of more than can be drawn there the oldest wait for their tiles. */
	#drawAbove(scenes: readonly SceneItem[]): void {
		for (const scene of scenes) this.#recent.set(scene.id, scene);
		for (const id of [...this.#recent.keys()].slice(0, -aboveMax)) this.#recent.delete(id);
	}

	#setHidden(hidden: readonly SceneItem[], changed: readonly SceneItem[]): void {
		this.#hidden = new Set(hidden.map((scene) => scene.id));
		const revision = this.#next(changed.map((scene) => scene.box));
		this.#port.send({ type: "hide", revision, ids: [...this.#hidden] });
	}

	#sendItems(revision: number, put: readonly SceneItem[], removed: readonly number[]): void {
		const packed = packItems(put);
		this.#port.send({ type: "items", revision, put: packed, removed }, [packed.bytes.buffer]);
	}

	#next(areas: readonly Bounds[] | null): number {
		this.#revision++;
		if (areas === null) this.#tiles?.outdate(null, this.#revision);
		else for (const area of areas) this.#tiles?.outdate(area, this.#revision);
		this.#ports.requestFrame();
		return this.#revision;
	}

	#receive(answer: FromTilePainter): void {
		if (answer.type === "picture") {
			this.#pictures.shift()?.(answer.blob);
			return;
		}
		this.#tiles?.receive(answer);
		this.#ports.requestFrame();
	}

	#startAnew(instead: TilePort): void {
		this.#port = instead;
		this.#tiles?.clear();
		const revision = this.#next(null);
		this.#sendItems(revision, this.#ports.items(), []);
		instead.send({ type: "theme", revision, theme: this.painter.theme });
		instead.send({ type: "hide", revision, ids: [...this.#hidden] });
		for (const [photo, pixels] of this.painter.photos) void this.#copyPhoto(photo, pixels);
		for (const resolve of this.#pictures.splice(0)) resolve(null);
	}

	/** The other painter's copy went with it. */
	async #copyPhoto(photo: string, pixels: ImageBitmap): Promise<void> {
		try {
			const bitmap = await createImageBitmap(pixels);
			if (this.painter.photos.get(photo) !== pixels) {
				bitmap.close(); // Taken away meanwhile.
				return;
			}
			this.#port.send({ type: "photo", revision: this.#next(null), photo, bitmap }, [bitmap]);
		} catch (error) {
			console.info("A photo stays grey until it is loaded again:", error);
		}
	}
}
