/** All photos of a room as one file, with their captions. */
import type { Photo } from "../../../shared/surfaces/photos.ts";
import { listPhotos } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import { download } from "../../ui/take-out.ts";
import { fullTime } from "../../ui/time.ts";
import { showToast } from "../../ui/toast.ts";
import { blobUrl } from "../photo-url.ts";
import { fileNames } from "./file-names.ts";
import { ZipWriter } from "./zip.ts";

/** Fetches all photos that are shown and hands them over as one zip; tells what it does. */
export async function downloadAll(client: RoomClient, title: string): Promise<void> {
	const photos = listPhotos(photosOf(client.doc)).filter(({ blob }) => blob !== null);
	const hide = showToast({
		text: t("photos.all.collecting", { count: photos.length }),
		isLasting: true,
	});
	try {
		download(await zipOf(client, photos), `${title || t("photos.name")}.zip`);
	} catch (error) {
		console.warn("The photos were not collected:", error);
		const isTooLarge = error instanceof RangeError;
		showToast({ text: t(isTooLarge ? "photos.all.tooMany" : "photos.all.failed") });
	} finally {
		hide();
	}
}

/** One after another: the page goes on meanwhile, and only one is in memory twice. */
async function zipOf(client: RoomClient, photos: readonly Photo[]): Promise<Blob> {
	const zip = new ZipWriter();
	const names = fileNames(photos);
	for (const [index, photo] of photos.entries()) {
		if (photo.blob === null) continue;
		const answer = await fetch(blobUrl(client, photo.blob, "full"));
		if (!answer.ok) throw new Error(`status ${answer.status}`);
		const bytes = new Uint8Array(await answer.arrayBuffer());
		zip.add({ name: names[index] ?? photo.id, bytes, atMs: photo.received ?? photo.at });
	}
	const lines = photos.map((photo, index) => lineOf(photo, names[index] ?? ""));
	const bytes = new TextEncoder().encode(`${lines.join("\r\n")}\r\n`);
	zip.add({ name: t("photos.all.captions"), bytes, atMs: Date.now() });
	return zip.finish();
}

function lineOf(photo: Photo, file: string): string {
	const name = photo.name || t("photos.someone");
	const time = fullTime(photo.received ?? photo.at);
	const caption = photo.caption.replace(/\s+/g, " ").trim();
	return caption === ""
		? t("photos.all.lineBare", { file, name, time })
		: t("photos.all.line", { file, caption, name, time });
}
