/** The one door from the text to the photos; their code is loaded when it is first needed. */
import * as Y from "yjs";
import type { PhotoId } from "../../shared/ids.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import { Later } from "../sync/later.ts";
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

/** The photos of one document: what shows them comes with the first. `close()` it with the text. */
export class PhotoFrames {
	readonly #client: RoomClient;
	readonly #code: Later<{ fill(frame: HTMLElement, photo: PhotoId): void; close(): void }>;
	/** Frames that stand there before the code does. */
	#empty: (readonly [frame: HTMLElement, photo: PhotoId])[] = [];

	constructor(client: RoomClient) {
		this.#client = client;
		this.#code = new Later(client, async () => {
			const [{ watchPhoto }] = await Promise.all([
				import("../photos/photo-watch.ts"),
				import("../photos/photo-image.ts"),
			]);
			const fill = (frame: HTMLElement, photo: PhotoId): void => {
				const image = document.createElement("weft-photo-image");
				frame.append(Object.assign(image, { client, photo, size: "full" }));
				giveShape(frame, client, photo);
				const cancel = watchPhoto(client, photo, () => {
					if (frame.isConnected) giveShape(frame, client, photo);
					else cancel();
				});
			};
			return () => {
				for (const [frame, photo] of this.#empty.splice(0)) fill(frame, photo);
				return { fill, close: () => undefined };
			};
		});
	}

	/** An element that shows a photo, in its own shape, no higher than the window. */
	make(photo: PhotoId): HTMLElement {
		const frame = document.createElement("span");
		frame.className = "weft-text-photo-frame";
		giveShape(frame, this.#client, photo);
		if (this.#code.here !== null) this.#code.here.fill(frame, photo);
		else {
			this.#empty.push([frame, photo]);
			this.#code.want();
		}
		return frame;
	}

	/** What is not here then does not come. Safe to call twice. */
	close(): void {
		this.#code.close();
		this.#empty = [];
	}
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
