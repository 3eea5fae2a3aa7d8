/** What a file is, by its first bytes alone: names and content types of strangers say nothing. */
import type { FailureCode } from "../../shared/errors.ts";

/** The formats that are read; everything else is refused. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "avif";

/** How many bytes `sniffImage` wants to see, or the whole of a shorter file. */
export const sniffBytes = 64;

/** What was seen: a format that is read, or why it is not. */
export type Sniffed =
	| { readonly format: ImageFormat }
	| { readonly refused: Extract<FailureCode, `photo_${string}`> };

/**
 * Judges the first `sniffBytes` bytes of a file.
 *
 * ```
 * FF D8 FF                          JPEG
 * 89 "PNG" 0D 0A 1A 0A              PNG (W3C PNG, section 5.2)
 * "GIF87a" | "GIF89a"               GIF
 * "RIFF" size:4 "WEBP"              WebP
 * size:4 "ftyp" brand:4 version:4 compatible:4*   AVIF or HEIC (ISO 14496-12 section 4.3)
 * ```
 */
export function sniffImage(head: Uint8Array): Sniffed {
	const text = latin1(head);
	if (text.startsWith("\xff\xd8\xff")) return { format: "jpeg" };
	if (text.startsWith("\x89PNG\r\n\x1a\n")) return { format: "png" };
	if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) return { format: "gif" };
	if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return { format: "webp" };
	if (text.startsWith("ftyp", 4)) return sniffBrands(text);
	// A PNG whose signature was hurt on the way, say by a transfer that changed line ends.
	const signature = text.slice(0, 8);
	if (signature.includes("PNG") || signature.startsWith("\x89PN")) {
		return { refused: "photo_broken" };
	}
	return { refused: "photo_unsupported" };
}

const heicBrands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);

function sniffBrands(text: string): Sniffed {
	const sizeBytes = Math.min(readUint32(text), text.length);
	const brands = [text.slice(8, 12)];
	for (let offset = 16; offset + 4 <= sizeBytes; offset += 4) {
		brands.push(text.slice(offset, offset + 4));
	}
	if (brands.includes("avif") || brands.includes("avis")) return { format: "avif" };
	if (brands.some((brand) => heicBrands.has(brand))) return { refused: "photo_heic" };
	return { refused: "photo_unsupported" };
}

function readUint32(text: string): number {
	let value = 0;
	for (let index = 0; index < 4; index++) value = value * 256 + text.charCodeAt(index);
	return value;
}

function latin1(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes.subarray(0, sniffBytes));
}
