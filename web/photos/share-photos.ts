/** Sharing photos from any surface: one queue of uploads for each room that is open. */
import type { Doc } from "yjs";
import { mintEntryId, type PhotoId } from "../../shared/ids.ts";
import { browserClock } from "../sync/clock.ts";
import { deviceMemory } from "../sync/me.ts";
import { randomBytes } from "../sync/random.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { sendsOriginals } from "./upload/originals.ts";
import { preparePhoto } from "./upload/prepare-photo.ts";
import { sizeOfPicture } from "./upload/read-file.ts";
import { sendPhoto } from "./upload/send-photo.ts";
import { UploadQueue } from "./upload/upload-queue.ts";
import { browserUploads } from "./upload/upload-store.ts";

const queues = new WeakMap<Doc, UploadQueue>();

/**
 * Shares files in the room: placeholders are there when it returns, bytes follow in the background,
 * also after the tab was closed. What cannot be a photo has no id; the person is told why.
 */
export function sharePhotos(client: RoomClient, files: Iterable<File>): PhotoId[] {
	return client.may("photos") ? uploadsOf(client).add(files) : [];
}

/** The uploads of a room; made, and the earlier ones taken up, at the first call. */
export function uploadsOf(client: RoomClient): UploadQueue {
	const known = queues.get(client.doc);
	if (known !== undefined) return known;
	const queue = new UploadQueue({
		client,
		clock: browserClock,
		store: browserUploads,
		send: sendPhoto,
		prepare: preparePhoto,
		sendsWhole: () => sendsOriginals(deviceMemory()),
		sizeOf: sizeOfPicture,
		mintId: () => mintEntryId(randomBytes) as PhotoId,
	});
	queues.set(client.doc, queue);
	resumeOnce(client, queue).catch((error) => {
		console.warn("Weft cannot read the unsent photos of this device:", error);
	});
	warnBeforeLoss(client, queue);
	return queue;
}

/** Of several tabs one takes up what was left; when it closes, the next one looks again. */
async function resumeOnce(client: RoomClient, queue: UploadQueue): Promise<void> {
	// Without a secure context there are no locks: then every tab sends, which does no harm.
	if (navigator.locks === undefined) return queue.resume();
	await navigator.locks.request(`weft-photos:${client.room}`, async () => {
		await queue.resume();
		await new Promise<void>((resolve) => {
			client.doc.on("destroy", () => resolve());
		});
	});
}

function warnBeforeLoss(client: RoomClient, queue: UploadQueue): void {
	const warn = (event: BeforeUnloadEvent) => {
		if (queue.mayLosePhotos()) event.preventDefault();
	};
	addEventListener("beforeunload", warn);
	client.doc.on("destroy", () => removeEventListener("beforeunload", warn));
}
