/** What photos are called when they leave: by their order and caption, for every file system. */
import type { Photo } from "../../../shared/surfaces/photos.ts";

/** So much of a caption is a name; more is a text, and stands in the list beside the photos. */
const captionLengthMax = 60;

/** A name for each, all different: `007 The cake.jpg`. */
export function fileNames(photos: readonly Pick<Photo, "caption" | "type">[]): string[] {
	const digits = Math.max(3, String(photos.length).length);
	return photos.map(({ caption, type }, index) => {
		const number = String(index + 1).padStart(digits, "0");
		const words = cleanCaption(caption);
		const ending = type.replace("image/", "").replace("jpeg", "jpg") || "jpg";
		return `${number}${words === "" ? "" : ` ${words}`}.${ending}`;
	});
}

/** Without what Windows, macOS or Linux refuse in a name. */
function cleanCaption(caption: string): string {
	const clean = caption
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it drops.
		.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, " ")
		.replace(/\s+/g, " ")
		.trim();
	return [...clean]
		.slice(0, captionLengthMax)
		.join("")
		.replace(/[. ]+$/, "");
}
