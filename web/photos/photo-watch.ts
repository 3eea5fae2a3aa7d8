/** Tells when a photo changes: one observer a room, however many pictures of it are shown. */
import type { AbstractType, Doc, YEvent } from "yjs";
import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { uploadsOf } from "./share-photos.ts";

/** Which photos changed, and whether we did it ourselves. */
export interface PhotoChange {
	readonly photos: ReadonlySet<string>;
	readonly isLocal: boolean;
}

interface Watch {
	readonly byPhoto: Map<string, Set<() => void>>;
	readonly all: Set<(change: PhotoChange) => void>;
}

const watches = new WeakMap<Doc, Watch>();

/** Calls `listen` whenever the photo's entry or its upload changes, until cancelled. */
export function watchPhoto(client: RoomClient, photo: PhotoId, listen: () => void): Cancel {
	const { byPhoto } = watchOf(client);
	const listeners = byPhoto.get(photo) ?? new Set();
	byPhoto.set(photo, listeners.add(listen));
	return () => {
		listeners.delete(listen);
		if (listeners.size === 0 && byPhoto.get(photo) === listeners) byPhoto.delete(photo);
	};
}

/** Calls `listen` whenever any entry or upload changes, until cancelled. */
export function watchPhotos(client: RoomClient, listen: (change: PhotoChange) => void): Cancel {
	const { all } = watchOf(client);
	all.add(listen);
	return () => all.delete(listen);
}

function watchOf(client: RoomClient): Watch {
	const known = watches.get(client.doc);
	if (known !== undefined) return known;
	const watch: Watch = { byPhoto: new Map(), all: new Set() };
	watches.set(client.doc, watch);
	photosOf(client.doc).observeDeep((events, { local }) => {
		tell(watch, { photos: changedPhotos(events), isLocal: local });
	});
	uploadsOf(client).on("change", (photo) => {
		tell(watch, { photos: new Set([photo]), isLocal: true });
	});
	return watch;
}

function tell(watch: Watch, change: PhotoChange): void {
	for (const photo of change.photos) {
		for (const listen of [...(watch.byPhoto.get(photo) ?? [])]) listen();
	}
	for (const listen of [...watch.all]) listen(change);
}

type ChangeEvent = Pick<YEvent<AbstractType<unknown>>, "path" | "changes">;

/** An event at the map names its keys; one below it has the photo's id first in its path. */
function changedPhotos(events: readonly ChangeEvent[]): Set<string> {
	const changed = new Set<string>();
	for (const event of events) {
		const first = event.path[0];
		if (first !== undefined) changed.add(String(first));
		else for (const key of event.changes.keys.keys()) changed.add(key);
	}
	return changed;
}
