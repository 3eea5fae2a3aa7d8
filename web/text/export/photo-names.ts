/** What the photos of a room are called in files that leave it and come back. */
import type { PhotoId } from "../../../shared/ids.ts";
import { listPhotos } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";

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
	const { blobUrl } = await import("../../photos/photo-url.ts");
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
