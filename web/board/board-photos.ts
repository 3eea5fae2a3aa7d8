/** The room's photos on the board: their pixels, and how new ones find their place. */

import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { addPhoto } from "../../shared/surfaces/arrange/edits.ts";
import { readPhoto } from "../../shared/surfaces/photos.ts";
import { photosOf, strokesOf } from "../../shared/surfaces/root.ts";
import { type PhotoSize, photoUrl } from "../photos/photo-url.ts";
import { watchPhoto } from "../photos/photo-watch.ts";
import type { RoomClient } from "../sync/room-client.ts";
import type { Point } from "./camera.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** So many photos are shown by their full pictures, further ones by the small. */
const fullPhotosMax = 12;
/** Photos whose pixels are kept at all: small ones, half a megabyte each. */
const photosMax = 200;
/** Longest side of the pixels that are kept, for full pictures. */
const pixelsMax = 1_024;
/** Longest side of a photo that was just put down, in CSS pixels. */
const placedPixels = 360;
/** So long a photo's size is waited for before it is put down as a square. */
const sizeMsMax = 1_500;

/** Keeps the pixels of the photos on the board. `close()` it when the board goes. */
export class BoardPhotos {
	readonly #client: RoomClient;
	readonly #scene: Scene;
	readonly #stage: Stage;
	/** Photo id to the address that is shown or on its way. */
	readonly #loaded = new Map<string, string>();
	readonly #watches = new Map<string, Cancel>();
	#isClosed = false;

	constructor(client: RoomClient, scene: Scene, stage: Stage) {
		this.#client = client;
		this.#scene = scene;
		this.#stage = stage;
		this.notice(scene.items());
	}

	/** Loads the photos among items that are new on the board. */
	notice(items: readonly SceneItem[]): void {
		for (const { item } of items) {
			const { photo } = item;
			if (photo === null || this.#watches.has(photo) || this.#watches.size >= photosMax) continue;
			const size: PhotoSize = this.#watches.size < fullPhotosMax ? "full" : "thumb";
			const load = () => this.#load(photo, size);
			this.#watches.set(photo, watchPhoto(this.#client, photo, load));
			load();
		}
	}

	/** Puts a photo of the room on the board, around a point of it. Gives the entry of the doc. */
	async place(photo: PhotoId, at: Point, act: (run: () => void) => void): Promise<unknown> {
		const { width, height } = await this.#sizeOf(photo);
		if (this.#isClosed) return null;
		const scale = placedPixels / Math.max(width, height) / this.#stage.camera.zoom;
		const halfWidth = (width * scale) / 2;
		const halfHeight = (height * scale) / 2;
		const box = {
			minX: at.x - halfWidth,
			minY: at.y - halfHeight,
			maxX: at.x + halfWidth,
			maxY: at.y + halfHeight,
		};
		let entry: unknown = null;
		act(() => {
			entry = addPhoto(strokesOf(this.#client.doc), photo, box);
		});
		return entry;
	}

	/** Stops watching. Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		for (const cancel of this.#watches.values()) cancel();
		this.#watches.clear();
	}

	#load(photo: PhotoId, size: PhotoSize): void {
		const url = photoUrl(this.#client, photo, size);
		if (url === null) {
			// Removed from the room: what is kept of it goes, too.
			if (this.#loaded.delete(photo)) this.#show(photo, null);
			return;
		}
		// What was shown from its own bytes looks the same from the server's.
		if (this.#loaded.has(photo)) return;
		this.#loaded.set(photo, url);
		readPixels(url).then(
			(bitmaps) => this.#show(photo, bitmaps),
			() => this.#loaded.delete(photo), // Offline or refused: tried again when its entry changes.
		);
	}

	#show(photo: PhotoId, bitmaps: [ImageBitmap, ImageBitmap] | null): void {
		const isWanted = !this.#isClosed && this.#loaded.has(photo) === (bitmaps !== null);
		if (!isWanted) {
			for (const bitmap of bitmaps ?? []) bitmap.close();
			return;
		}
		const shown = this.#scene.items().filter(({ item }) => item.photo === photo);
		this.#stage.layer.setPhoto(
			photo,
			bitmaps,
			shown.map(({ box }) => box),
		);
	}

	/** Pixels of a photo, or of a square where nobody knows in time. */
	#sizeOf(photo: PhotoId): Promise<{ width: number; height: number }> {
		const read = () => {
			const known = readPhoto(photosOf(this.#client.doc), photo);
			return known !== null && known.width > 0 && known.height > 0 ? known : null;
		};
		const known = read();
		if (known !== null) return Promise.resolve(known);
		return new Promise((resolve) => {
			const finish = () => {
				cancel();
				clearTimeout(timer);
				resolve(read() ?? { width: 1, height: 1 });
			};
			const cancel = watchPhoto(this.#client, photo, () => {
				if (read() !== null) finish();
			});
			const timer = setTimeout(finish, sizeMsMax);
		});
	}
}

/** One copy for the page and one for the worker. */
async function readPixels(url: string): Promise<[ImageBitmap, ImageBitmap]> {
	const image = new Image();
	image.src = url;
	await image.decode();
	const shrink = Math.min(1, pixelsMax / Math.max(image.naturalWidth, image.naturalHeight));
	const options: ImageBitmapOptions = {
		resizeWidth: Math.max(1, Math.round(image.naturalWidth * shrink)),
		resizeHeight: Math.max(1, Math.round(image.naturalHeight * shrink)),
		resizeQuality: "high",
	};
	return Promise.all([createImageBitmap(image, options), createImageBitmap(image, options)]);
}
