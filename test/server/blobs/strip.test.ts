import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { sniffBytes, sniffImage } from "../../../server/blobs/sniff.ts";
import { stripPicture } from "../../../server/blobs/strip.ts";
import { hasPhotos, photoFiles, photoFolder, refusalOf } from "./photo-data.ts";

/** A JPEG's segment with the length that belongs to it. */
function segment(marker: number, payload: string | Buffer): Buffer {
	const body = Buffer.from(payload as string, "latin1");
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
}

const start = Buffer.from("ffd8", "hex");
const end = Buffer.from("ffd9", "hex");
const jfif = segment(0xe0, "JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00");
const profile = segment(0xe2, "ICC_PROFILE\0\x01\x01colours");
const adobe = segment(0xee, "Adobe\0d\0\0\0\0\x01");
const tables = segment(0xdb, "q".repeat(65));
/** Holds a stuffed FF, a restart, and nothing that is a marker. */
const scan = Buffer.concat([segment(0xda, "scan"), Buffer.from("12ff0034ffd056ff00", "hex")]);
const beside = [
	segment(0xe0, "JFXX\0small picture"),
	segment(0xe1, "Exif\0\0MM\0*place"),
	segment(0xe1, "http://ns.adobe.com/xap/1.0/\0who"),
	segment(0xe2, "MPF\0another picture"),
	segment(0xed, "Photoshop 3.0\0names"),
	segment(0xfe, "a comment"),
];

test("of a JPEG stays what draws it, byte for byte", () => {
	const film = Buffer.from("\0\0\0 ftypmp42");
	const fill = Buffer.from("ff", "hex");
	const source = [
		start,
		jfif,
		...beside,
		profile,
		adobe,
		fill,
		tables,
		scan,
		tables,
		scan,
		end,
		film,
	];
	const kept = [start, jfif, profile, adobe, tables, scan, tables, scan, end];
	expect(stripPicture(Buffer.concat(source), "jpeg", 1)).toEqual({
		type: "image/jpeg",
		data: Buffer.concat(kept),
	});
});

test("which side of a JPEG is up stays known, and nothing else of its EXIF", () => {
	const source = Buffer.concat([start, jfif, ...beside, tables, scan, end]);
	const hex = "ffe1 0022 457869660000 4d4d002a00000008 0001 0112000300000001 00060000 00000000";
	const turned = Buffer.from(hex.replaceAll(" ", ""), "hex");
	expect(stripPicture(source, "jpeg", 6)?.data.toString("hex")).toBe(
		Buffer.concat([start, jfif, turned, tables, scan, end]).toString("hex"),
	);
});

test.each([
	["that ends in a scan", [start, tables, scan]],
	["that ends in a segment", [start, tables.subarray(0, 20)]],
	["with bytes between segments", [start, tables, Buffer.from("0000"), scan, end]],
	["that is only its start", [start]],
])("a JPEG %s has no original", (_case, parts) => {
	expect(stripPicture(Buffer.concat(parts), "jpeg", 1)).toBeNull();
});

function chunk(name: string, payload: string | Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, "latin1"), Buffer.from(payload as string)]);
	const frame = Buffer.alloc(8);
	frame.writeUInt32BE(body.length - 4, 0);
	frame.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

test("of a PNG stays what draws it, up to its end", () => {
	const signature = Buffer.from("89504e470d0a1a0a", "hex");
	const head = chunk("IHDR", Buffer.from("00000001000000010800000000", "hex"));
	const gamma = chunk("gAMA", Buffer.from("0000b18f", "hex"));
	const data = chunk("IDAT", deflateSync(Buffer.from([0, 7])));
	const last = chunk("IEND", "");
	const beside = [chunk("eXIf", "MM\0*place"), chunk("tEXt", "Author\0Ann"), chunk("tIME", "now")];
	const source = Buffer.concat([
		signature,
		head,
		gamma,
		...beside,
		data,
		last,
		Buffer.from("film"),
	]);
	expect(stripPicture(source, "png", 1)).toEqual({
		type: "image/png",
		data: Buffer.concat([signature, head, gamma, data, last]),
	});
	expect(stripPicture(source.subarray(0, -20), "png", 1)).toBeNull();
	expect(stripPicture(source, "png", 6)).toBeNull();
});

test("of all other kinds there is no original", () => {
	for (const format of ["webp", "gif", "avif"] as const) {
		expect(stripPicture(Buffer.from("anything"), format, 1)).toBeNull();
	}
});

describe.skipIf(!hasPhotos)("the photos of data/photos", () => {
	const shown = photoFiles().filter((file) => refusalOf(file) === null);

	test.each(shown)("%s looks the same without what was beside it", async (file) => {
		const source = await readFile(join(photoFolder, file));
		const sniffed = sniffImage(source.subarray(0, sniffBytes));
		if ("refused" in sniffed) throw new Error(sniffed.refused);
		const { orientation = 1 } = await sharp(source).metadata();
		const stripped = stripPicture(source, sniffed.format, orientation);
		if (stripped === null) return expect(["gif", "webp", "avif"]).toContain(sniffed.format);
		const pixels = (bytes: Buffer) => sharp(bytes).autoOrient().raw().toBuffer();
		expect((await pixels(stripped.data)).equals(await pixels(source))).toBe(true);
		const { xmp, iptc, exif, comments } = await sharp(stripped.data).metadata();
		expect([xmp, iptc, comments]).toEqual([undefined, undefined, undefined]);
		expect(exif?.length ?? 0).toBeLessThan(40);
	});
});
