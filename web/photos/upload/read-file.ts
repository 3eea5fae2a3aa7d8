/** What the browser can say about a chosen file before the server has seen it. */
import type { FailureCode } from "../../../shared/errors.ts";
import { photoBytesMax } from "../../../shared/limits.ts";

/** What may be picked. Phones turn their own HEIC into JPEG because it is not in this list. */
export const acceptedTypes = "image/jpeg,image/png,image/webp,image/gif,image/avif";

/** What is made smaller here before it is sent may be larger than what the server takes. */
const pickedBytesMax = 4 * photoBytesMax;

/** True for what a canvas can read and write again without taking anything away but pixels. */
export function canShrink(file: Blob): boolean {
	return file.type === "image/jpeg" || file.type === "image/png";
}

/** Why a file need not even be sent; null where the server shall judge it. */
export function refusalOfFile(file: Blob, fileName: string): FailureCode | null {
	if (isHeic(file, fileName)) return null; // Some browsers can read it: see `preparePhoto`.
	if (file.type !== "" && !acceptedTypes.includes(file.type)) return "photo_unsupported";
	if (file.size > (canShrink(file) ? pickedBytesMax : photoBytesMax)) return "photo_too_big";
	return file.size === 0 ? "photo_broken" : null;
}

/** The same for what is about to be sent. */
export function refusalOfPrepared(file: Blob): FailureCode | null {
	return file.size > photoBytesMax ? "photo_too_big" : null;
}

/** True for pictures as iPhones keep them. */
export function isHeic(file: Blob, fileName: string): boolean {
	return /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(fileName);
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
