/** Images in what was pasted: data: URLs become files, the room's photos stay, others are left. */
import { Delta, type Op } from "quill/core";
import { type PhotoId, parsePhotoId } from "../../../shared/ids.ts";
import { photoBytesMax } from "../../../shared/limits.ts";
import { photoOfEmbed } from "../../../shared/surfaces/text.ts";
import { photoAttribute } from "./photo-attribute.ts";

/** Most images of one paste that become photos. */
const pastedImagesMax = 30;

/** Embed of an image that has no place in the doc; never leaves this file and its user. */
const pastedEmbed = "weft-pasted";

/** What an `<img>` becomes, to be sorted out by `takeImages`. */
export function imageDelta(image: Element): Delta {
	const photo = parsePhotoId(image.getAttribute(photoAttribute) ?? "");
	if (photo !== null) return new Delta().insert({ photo });
	return new Delta().insert({ [pastedEmbed]: image.getAttribute("src") ?? "" });
}

/** Files that belong at one place of what was pasted. */
export interface PlacedFiles {
	readonly index: number;
	readonly files: File[];
}

/** What was pasted, with its images taken out. */
export interface SortedPaste {
	readonly delta: Delta;
	readonly placed: PlacedFiles[];
	/** Images that could not be kept. */
	readonly droppedCount: number;
}

/** Takes images out of a delta; photos stay where `hasPhoto` knows them. */
export function takeImages(pasted: Delta, hasPhoto: (photo: PhotoId) => boolean): SortedPaste {
	const delta = new Delta();
	const placed: PlacedFiles[] = [];
	let imageCount = 0;
	let droppedCount = 0;
	for (const op of pasted.ops) {
		if (!isImage(op)) {
			if (isKept(op, hasPhoto)) delta.push(op);
			continue;
		}
		const file = imageCount < pastedImagesMax ? fileOfDataUrl(op.insert[pastedEmbed]) : null;
		if (file === null) droppedCount++;
		else place(placed, delta.length(), file);
		imageCount++;
	}
	return { delta, placed, droppedCount };
}

type ImageOp = { insert: Record<typeof pastedEmbed, unknown> };

function isImage(op: Op): op is ImageOp {
	return typeof op.insert === "object" && pastedEmbed in op.insert;
}

/** False for photos of other rooms, and for what only stood for something. */
function isKept(op: Op, hasPhoto: (photo: PhotoId) => boolean): boolean {
	if (typeof op.insert !== "object") return true;
	const photo = photoOfEmbed(op.insert);
	return photo !== null && hasPhoto(photo);
}

function place(placed: PlacedFiles[], index: number, file: File): void {
	const last = placed.at(-1);
	if (last?.index === index) last.files.push(file);
	else placed.push({ index, files: [file] });
}

/** A file from a `data:image/…;base64,` URL; null where it is something else or too large. */
function fileOfDataUrl(url: unknown): File | null {
	if (typeof url !== "string" || url.length > photoBytesMax * 1.4) return null;
	const match = /^data:(image\/(?:png|jpeg|gif|webp|avif|bmp));base64,([A-Za-z0-9+/=\s]+)$/i.exec(
		url,
	);
	if (match === null) return null;
	const [, type = "", body = ""] = match;
	try {
		const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
		return new File([bytes], `pasted.${type.slice(6)}`, { type });
	} catch {
		return null; // Not base64: not an image.
	}
}
