/** What photos need on every page of a room, whichever surface is shown. */
import type { Doc } from "yjs";
import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { roomTitle } from "../sync/access/room-title.ts";
import { browserClock } from "../sync/clock.ts";
import { notify } from "../sync/device/notify.ts";
import { isOurs } from "../sync/me.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/photos.ts";
import { PhotoNews, sayNews } from "./photo-news.ts";
import { watchPhotos } from "./photo-watch.ts";
import { uploadsOf } from "./share-photos.ts";
import { sayRefusals } from "./upload/say-refusals.ts";
import type { Refusal } from "./upload/upload-state.ts";
import { WeftPhotoViewer } from "./viewer/viewer.ts";

/** Short news with at most one thing to do about it; what `weft-toast` carries. */
export interface PhotoToast {
	readonly text: string;
	readonly action?: { readonly label: string; readonly run: () => void };
}

/** What `weft-open-photo` carries. */
interface PhotoAsked {
	readonly photo: PhotoId;
	/** True where the others shall follow by themselves. */
	readonly isShow?: boolean;
}

/** Shows a toast; the answer, where there is one, takes it away. */
type ShowToast = (toast: PhotoToast) => Cancel | undefined;

const started = new WeakSet<Doc>();

/**
 * Takes up unsent photos, tells which photos came, went or were refused, and opens the viewer at
 * `weft-open-photo` anywhere on the page. Call it when a room opens; ends with the room's doc, and
 * a second call for it does nothing.
 */
export function startPhotos(client: RoomClient, toast: ShowToast): void {
	if (started.has(client.doc) || client.doc.isDestroyed) return;
	started.add(client.doc);
	tellNews(client, toast);
	tellRefusals(client, toast);
	openViewer(client);
}

function tellNews(client: RoomClient, toast: ShowToast): void {
	let hideArrivals: Cancel | undefined;
	const news = new PhotoNews({
		doc: client.doc,
		clock: browserClock,
		isMine: (by) => isOurs(client.me, by),
		tell: (what) => {
			const [first] = what.came;
			if (first === undefined) {
				toast({ text: sayNews(what) });
				return;
			}
			const open = (): void => askToOpen(first.id);
			const title = roomTitle(client);
			void notify({ title, body: sayNews(what), tag: `weft:${client.room}:photos`, open });
			hideArrivals?.(); // What it said is part of what is said now.
			hideArrivals = toast({
				text: sayNews(what),
				action: { label: t("photos.news.show"), run: open },
			});
		},
	});
	watchPhotos(client, (change) => news.follow(change));
	void client.synced.then(() => news.begin()); // What the first sync brings was there before us.
	client.doc.on("destroy", () => news.close());
}

/** Refusals come in one go where many files were chosen; one notice tells of all. */
function tellRefusals(client: RoomClient, toast: ShowToast): void {
	let refusals: Refusal[] = [];
	uploadsOf(client).on("refused", (refusal) => {
		refusals.push(refusal);
		if (refusals.length > 1) return;
		browserClock.after(300, () => {
			// The photos themselves say it above the grid, and longer.
			const isSaid = document.querySelector("weft-photos")?.checkVisibility() ?? false;
			if (!isSaid) toast({ text: sayRefusals(refusals).join(" ") });
			refusals = [];
		});
	});
}

function askToOpen(photo: PhotoId): void {
	document.dispatchEvent(new CustomEvent("weft-open-photo", { detail: { photo } }));
}

function openViewer(client: RoomClient): void {
	let viewer: WeftPhotoViewer | null = null;
	const onOpen = (event: Event) => {
		const { photo, isShow } = (event as CustomEvent<PhotoAsked>).detail;
		if (viewer === null) {
			viewer = new WeftPhotoViewer();
			viewer.client = client;
			document.body.append(viewer);
		}
		viewer.open(photo, isShow);
	};
	document.addEventListener("weft-open-photo", onOpen);
	client.doc.on("destroy", () => {
		document.removeEventListener("weft-open-photo", onOpen);
		viewer?.remove();
	});
}
