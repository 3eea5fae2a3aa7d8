/** Work as a file: any Yjs program reads it, and the page of this device opens it. */
import { download } from "../../ui/take-out.ts";

/** Has the browser download an update, under a name made of a room's title. */
export function saveFile(update: Uint8Array, title: string): void {
	const name = title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "weft-room";
	download(new Blob([new Uint8Array(update)]), `${name}.ydoc`);
}
