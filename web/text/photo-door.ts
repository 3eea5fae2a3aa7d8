/** The one door from the text to the photos; their code is loaded when it is first needed. */
import type { PhotoId } from "../../shared/ids.ts";
import { listPhotos, readPhoto } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { t } from "../ui/messages.ts";

/** Lets the person pick one of the room's photos, or share new ones; null where they chose none. */
export async function pickPhotoOf(client: RoomClient): Promise<PhotoId | null> {
	const { pickPhoto } = await import("../photos/pick-photo.ts");
	return pickPhoto(client);
}

/** Shares files as photos of the room; their ids come at once, their bytes later. */
export async function shareFiles(
	client: RoomClient,
	files: readonly File[],
): Promise<readonly PhotoId[]> {
	const { sharePhotos } = await import("../photos/share-photos.ts");
	return sharePhotos(client, files);
}

/** Addresses and captions of the room's photos, for files that leave it and come back. */
export interface RoomPhotoNames {
	/** A whole address; null where the photo has none yet that others can see. */
	readonly urlOf: (photo: string) => string | null;
	readonly captionOf: (photo: string) => string;
	/** The photo that is shown at an address; null where it is none of this room. */
	readonly photoOf: (url: string) => PhotoId | null;
}

/** The names of the photos that the room has now. */
export async function photoNamesOf(client: RoomClient): Promise<RoomPhotoNames> {
	const { blobUrl } = await import("../photos/photo-url.ts");
	const photos = new Map(
		listPhotos(photosOf(client.doc)).map((photo) => [photo.id as string, photo]),
	);
	const urlOf = (photo: string): string | null => {
		const blob = photos.get(photo)?.blob ?? null;
		return blob === null ? null : new URL(blobUrl(client, blob, "full"), location.href).href;
	};
	const byUrl = new Map([...photos.values()].map(({ id }) => [urlOf(id), id]));
	return {
		urlOf,
		captionOf: (photo) => photos.get(photo)?.caption || t("text.photoHere"),
		photoOf: (url) => byUrl.get(url) ?? null,
	};
}

/** An element that shows a photo of the room, in its own shape, no higher than the window. */
export function photoElement(client: RoomClient, photo: PhotoId): HTMLElement {
	const frame = document.createElement("span");
	frame.className = "weft-text-photo-frame";
	giveShape(frame, client, photo);
	fillFrame(frame, client, photo).catch(reportError);
	return frame;
}

async function fillFrame(frame: HTMLElement, client: RoomClient, photo: PhotoId): Promise<void> {
	const [{ watchPhoto }] = await Promise.all([
		import("../photos/photo-watch.ts"),
		import("../photos/photo-image.ts"),
	]);
	const image = document.createElement("weft-photo-image");
	frame.append(Object.assign(image, { client, photo, size: "full" }));
	giveShape(frame, client, photo);
	const cancel = watchPhoto(client, photo, () => {
		if (frame.isConnected) giveShape(frame, client, photo);
		else cancel();
	});
}

/** Width and height are known once somebody's browser, or the server, has read the photo. */
function giveShape(frame: HTMLElement, client: RoomClient, photo: PhotoId): void {
	const entry = readPhoto(photosOf(client.doc), photo);
	if (entry === null || entry.width === 0 || entry.height === 0) return;
	frame.style.setProperty("--ratio", String(entry.width / entry.height));
	frame.style.setProperty("--natural", `${entry.width}px`);
}
