/** The one door from the text to the photos; their code is loaded when it is first needed. */
import * as Y from "yjs";
import type { PhotoId } from "../../shared/ids.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import type { RoomClient } from "../sync/room-client.ts";

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
	const entry: unknown = photosOf(client.doc).get(photo);
	const [width, height] = [edgeOf(entry, "width"), edgeOf(entry, "height")];
	if (width === 0 || height === 0) return;
	frame.style.setProperty("--ratio", String(width / height));
	frame.style.setProperty("--natural", `${width}px`);
}

/** In pixels; 0 where it is not known. Strangers may have written anything there. */
function edgeOf(entry: unknown, name: "width" | "height"): number {
	const fields = entry instanceof Y.Map ? { [name]: entry.get(name) } : entry;
	const value = (fields as Readonly<Record<string, unknown>> | null | undefined)?.[name];
	return typeof value === "number" && value > 0 && value <= edgeMax ? value : 0;
}

/** Longest edge that is believed: that of the largest JPEG. */
const edgeMax = 65_535;
