/** What the browser can say about a chosen file before the server has seen it. */
import type { FailureCode } from "../../../shared/errors.ts";
import { photoBytesMax } from "../../../shared/limits.ts";

/** What may be picked. Phones turn their own HEIC into JPEG because it is not in this list. */
export const acceptedTypes = "image/jpeg,image/png,image/webp,image/gif,image/avif";

/** Why a file need not even be sent; null where the server shall judge it. */
export function refusalOfFile(file: Blob, fileName: string): FailureCode | null {
	if (isHeic(file, fileName)) return null; // Some browsers can read it: see `asJpeg`.
	if (file.type !== "" && !acceptedTypes.includes(file.type)) return "photo_unsupported";
	if (file.size > photoBytesMax) return "photo_too_big";
	return file.size === 0 ? "photo_broken" : null;
}

/** True for pictures as iPhones keep them. */
export function isHeic(file: Blob, fileName: string): boolean {
	return /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(fileName);
}

/** The picture as JPEG, where this browser can read it (Safari reads HEIC); null elsewhere. */
export async function asJpeg(file: Blob): Promise<Blob | null> {
	try {
		const bitmap = await createImageBitmap(file);
		const canvas = document.createElement("canvas");
		canvas.width = bitmap.width;
		canvas.height = bitmap.height;
		canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
		bitmap.close();
		return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
	} catch {
		return null; // Not readable here: the person is told to share it as JPEG.
	}
}

/** Width and height, upright, of a picture at an object URL; zeros where it cannot be read. */
export async function sizeOfPicture(url: string): Promise<{ width: number; height: number }> {
	const image = new Image();
	image.src = url;
	const isRead = await new Promise<boolean>((resolve) => {
		image.onload = () => resolve(true);
		image.onerror = () => resolve(false);
	});
	return isRead
		? { width: image.naturalWidth, height: image.naturalHeight }
		: { width: 0, height: 0 };
}
