/** Makes of a chosen file what is sent: no larger than the server keeps, and in a known format. */
import { photoBytesMax, photoPixelsMax } from "../../../shared/limits.ts";
import { canShrink, isHeic, sizeOfPicture } from "./read-file.ts";

/** Longest edge of what is sent: the server would bring it to the same. */
const edgeMax = 4096;

/** Between what the eye sees and what the line carries. */
const jpegQuality = 0.9;

/**
 * The file itself where nothing is to be done, or where it is wanted whole and the server takes it
 * so. Else what the browser made of it: at most 4,096 pixels a side, upright, without what the
 * camera wrote beside the picture. Null for a picture as iPhones keep them that this browser cannot
 * read (Safari reads them).
 */
export async function preparePhoto(
	file: Blob,
	fileName: string,
	isWhole: boolean,
): Promise<Blob | null> {
	const isStrange = isHeic(file, fileName);
	if (!isStrange && !(canShrink(file) && (await isTooLarge(file, isWhole)))) return file;
	const made = await draw(file, isStrange ? "image/jpeg" : file.type);
	return made ?? (isStrange ? null : file);
}

/** Its size is read from its head: the browser decodes what it shows only. */
async function isTooLarge(file: Blob, isWhole: boolean): Promise<boolean> {
	const url = URL.createObjectURL(file);
	try {
		const { width, height } = await sizeOfPicture(url);
		const isTaken = file.size <= photoBytesMax && width * height <= photoPixelsMax;
		return isWhole ? !isTaken : Math.max(width, height) > edgeMax;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** Null where the browser cannot read the picture, or has no memory for it. */
async function draw(file: Blob, type: string): Promise<Blob | null> {
	try {
		const bitmap = await createImageBitmap(file);
		const scale = Math.min(1, edgeMax / Math.max(bitmap.width, bitmap.height));
		const canvas = document.createElement("canvas");
		canvas.width = Math.round(bitmap.width * scale);
		canvas.height = Math.round(bitmap.height * scale);
		const context = canvas.getContext("2d");
		if (context === null) return null;
		context.imageSmoothingQuality = "high";
		context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
		bitmap.close();
		return await new Promise((resolve) => canvas.toBlob(resolve, type, jpegQuality));
	} catch {
		return null; // What it is, the server may still find out.
	}
}
