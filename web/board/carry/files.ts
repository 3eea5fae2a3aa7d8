/** What is dropped, pasted or picked for a board: photos, and boards that left as files. */
import type { PhotoId } from "../../../shared/ids.ts";
import { sharePhotos } from "../../photos/share-photos.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import type { Point } from "../camera.ts";
import type { Easel } from "../easel.ts";

/** Photos that are put down together lie like cards, each so many pixels lower. */
const cardPixels = 32;

/** True for a board, ours or Excalidraw's. */
export function isBoardFile({ name, type }: File): boolean {
	return type === "application/json" || /\.(json|excalidraw)$/i.test(name);
}

/** Shares photos with the room and puts them down: at a point in CSS pixels, or in the middle. */
export function placeFiles(
	{ client, easel }: { readonly client: RoomClient; readonly easel: Easel },
	files: readonly File[],
	at?: Point,
): Promise<void> {
	return place(easel, sharePhotos(client, files), at);
}

/** Has the person choose a photo of the room, or one of theirs, for the middle of the view. */
export async function placePicked(client: RoomClient, easel: Easel): Promise<void> {
	const { pickPhoto } = await import("../../photos/pick-photo.ts");
	const photo = await pickPhoto(client);
	if (photo !== null) await place(easel, [photo]);
}

/** Lets the person choose a board's file; null where they chose none. */
export function pickBoardFile(): Promise<File | null> {
	const input = document.createElement("input");
	input.type = "file";
	input.accept = ".json,.excalidraw,application/json";
	return new Promise((resolve) => {
		input.addEventListener("change", () => resolve(input.files?.[0] ?? null));
		input.addEventListener("cancel", () => resolve(null));
		input.click();
	});
}

async function place(easel: Easel, photos: readonly PhotoId[], at?: Point): Promise<void> {
	const { width, height } = easel.stage.size;
	const { x, y } = at ?? { x: width / 2, y: height / 2 };
	for (const [index, photo] of photos.entries()) {
		await easel.placePhoto(photo, { x: x + index * cardPixels, y: y + index * cardPixels });
	}
}
