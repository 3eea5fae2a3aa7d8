import { expect, test } from "vitest";
import { sniffImage } from "../../../server/blobs/sniff.ts";

function bytes(text: string): Uint8Array {
	return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

test.each([
	["jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF"],
	["png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
	["gif", "GIF89a\x01\0\x01\0"],
	["webp", "RIFF\x24\0\0\0WEBPVP8 "],
	["avif", "\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"],
	["avif", "\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"],
])("%s is known by its first bytes: %j", (format, head) => {
	expect(sniffImage(bytes(head))).toEqual({ format });
});

test.each([
	["photo_heic", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
	["photo_heic", "\0\0\0\x18ftypmif1\0\0\0\0mif1heic"],
	["photo_unsupported", "\0\0\0\x14ftypisom\0\0\0\0mp42"],
	["photo_unsupported", '<svg xmlns="http://www.w3.org/2000/svg">'],
	["photo_unsupported", "<!doctype html><script>"],
	["photo_unsupported", "%PDF-1.7"],
	["photo_unsupported", "MM\0*\0\0\0\x08"],
	["photo_unsupported", "RIFF\x24\0\0\0WAVEfmt "],
	["photo_unsupported", ""],
	["photo_unsupported", "\0\0\0\x18ftyp"],
	["photo_broken", "\x89PNG\n\x1a\n\0\0\0\rIHDR"],
	["photo_broken", "\x09PNG\r\n\x1a\n"],
])("%s: %j", (refused, head) => {
	expect(sniffImage(bytes(head))).toEqual({ refused });
});
