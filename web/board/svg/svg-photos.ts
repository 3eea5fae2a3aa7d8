/** Photos in a file that must stand by itself: painted here, and never passed through. */
import type { PhotoId } from "../../../shared/ids.ts";
import { readPhoto } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { photoUrl } from "../../photos/photo-url.ts";
import type { RoomClient } from "../../sync/room-client.ts";

/** Longest side in a file, in pixels: as sharp as the board's own picture of a photo. */
const sideMax = 1_024;
/** Further photos stay grey places: a file that nobody can open is none. */
const photosMax = 200;
const jpegQuality = 0.9;

/** A `data:` address by the photo's id; without those that cannot be had now. */
export async function picturesOf(
	client: RoomClient,
	photos: readonly PhotoId[],
	pause: (count: number) => Promise<void> | undefined,
): Promise<Map<string, string>> {
	const pictures = new Map<string, string>();
	for (const [index, photo] of [...new Set(photos)].slice(0, photosMax).entries()) {
		await pause(index);
		const url = photoUrl(client, photo, "full");
		if (url === null) continue;
		try {
			const isJpeg = readPhoto(photosOf(client.doc), photo)?.type === "image/jpeg";
			pictures.set(photo, await paintedAs(url, isJpeg ? "image/jpeg" : "image/png"));
		} catch (error) {
			console.info("A photo is left grey in the picture:", error); // Offline, or damaged.
		}
	}
	return pictures;
}

async function paintedAs(url: string, type: string): Promise<string> {
	const image = new Image();
	image.src = url;
	await image.decode();
	const { naturalWidth, naturalHeight } = image;
	const shrink = Math.min(1, sideMax / Math.max(naturalWidth, naturalHeight));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(naturalWidth * shrink));
	canvas.height = Math.max(1, Math.round(naturalHeight * shrink));
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this browser has no 2d canvas");
	context.imageSmoothingQuality = "high";
	context.drawImage(image, 0, 0, canvas.width, canvas.height);
	return canvas.toDataURL(type, jpegQuality);
}
