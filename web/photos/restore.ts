/** Taking a photo out of the bin, wherever that is offered. */
import type { PhotoId } from "../../shared/ids.ts";
import { restorePhoto } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import type { RoomClient } from "../sync/room-client.ts";

/** False, and nothing is done, for who may do it no more: an offer outlives the right. */
export function restore(client: Pick<RoomClient, "doc" | "may">, photo: PhotoId): boolean {
	if (!client.may("hide")) return false;
	client.doc.transact(() => restorePhoto(photosOf(client.doc), photo));
	return true;
}
