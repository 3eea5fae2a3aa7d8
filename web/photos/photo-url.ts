/** Where the pictures of a room's photos are. */
import type { BlobId, PhotoId } from "../../shared/ids.ts";
import { readPhoto } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import { roomSegment } from "../sync/base.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { uploadsOf } from "./share-photos.ts";

/** The two sizes that are shown: at most 4,096 pixels a side, or 640. */
export type PhotoSize = "full" | "thumb";

/**
 * The address of a photo's picture, for an `<img>` or a canvas: the server's, or while an own photo
 * is on its way, that of its bytes here. Null where there is none (yet); ask again when
 * `watchPhoto` calls.
 */
export function photoUrl(client: RoomClient, photo: PhotoId, size: PhotoSize): string | null {
	const entry = readPhoto(photosOf(client.doc), photo);
	if (entry === null || entry.gone) return null;
	if (entry.blob === null) return uploadsOf(client).localUrl(photo);
	return blobUrl(client, entry.blob, size);
}

/** The address of a blob of the room; an original is only for keeping. Its bytes never change. */
export function blobUrl(client: RoomClient, blob: BlobId, size: PhotoSize | "original"): string {
	return client.url(`/api/rooms/${roomSegment(client.room)}/blobs/${blob}/${size}`);
}
