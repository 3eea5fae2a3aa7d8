/** The photos of a room in order, kept up to date by what changed: a caption costs one photo. */
import type { Doc } from "yjs";
import { parsePhotoId } from "../../shared/ids.ts";
import { inOrder, listPhotos, type Photo, readPhoto } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";

/** Newest first. */
export class PhotoList {
	readonly #doc: Doc;
	#photos: readonly Photo[];

	constructor(doc: Doc) {
		this.#doc = doc;
		this.#photos = listPhotos(photosOf(doc)).reverse();
	}

	/** All that are shown, newest first; another array after each change. */
	get photos(): readonly Photo[] {
		return this.#photos;
	}

	/** Reads the photos with these ids again. */
	update(ids: ReadonlySet<string>): void {
		const photos = this.#photos.filter((photo) => !ids.has(photo.id));
		for (const key of ids) {
			const id = parsePhotoId(key);
			const photo = id === null ? null : readPhoto(photosOf(this.#doc), id);
			if (photo !== null && !photo.gone) photos.push(photo);
		}
		this.#photos = inOrder(photos).reverse();
	}
}
