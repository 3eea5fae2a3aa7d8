/** Turns one uploaded file into the two sizes that are shown. Runs in the child process only. */
import { createHash } from "node:crypto";
import { open, readFile, writeFile } from "node:fs/promises";
import sharp, { type Metadata, type Sharp } from "sharp";
import { toWeftError, WeftError } from "../../shared/errors.ts";
import type { BlobId } from "../../shared/ids.ts";
import { photoPixelsMax } from "../../shared/limits.ts";
import { fullEdgeMax, type ImageJob, type MadeImage, thumbEdgeMax } from "./image-job.ts";
import { type ImageFormat, sniffBytes, sniffImage } from "./sniff.ts";
import { stripPicture } from "./strip.ts";

/** Largest PNG that stays lossless: a screenshot of a 4K screen has 8.3 megapixels. */
const losslessPixelsMax = 9 * 1000 * 1000;
/** Animations beyond this many pixels over all frames become their first frame. */
const animationPixelsMax = 20 * 1000 * 1000;
/** Long edge of an animation, so that it stays a few megabytes. */
export const animationEdgeMax = 1_024;

/** libvips looks at the bytes too: whatever they pretend, only these five decoders may run. */
const loaders = [
	"VipsForeignLoadJpegBuffer",
	"VipsForeignLoadPngBuffer",
	"VipsForeignLoadWebpBuffer",
	"VipsForeignLoadNsgifBuffer",
	"VipsForeignLoadHeifBuffer",
];

/** Sets sharp up for a process of its own: one thread, no cache, five decoders. */
export function prepareSharp(): void {
	sharp.concurrency(1);
	sharp.cache(false);
	sharp.block({ operation: ["VipsForeignLoad"] });
	sharp.unblock({ operation: loaders });
}

/**
 * Reads `job.source`, writes `job.full` and `job.thumb`: upright, in sRGB, without EXIF, GPS or
 * colour profile. The small size is made of the large one, so strange bytes are decoded once.
 * `job.original` is written too where it is wanted and can be had without what tells of its place.
 *
 * @throws WeftError `photo_unsupported`, `photo_heic`, `photo_broken`, `photo_too_many_pixels`
 */
export async function makeSizes(job: ImageJob): Promise<MadeImage> {
	const format = await sniffFile(job.source);
	try {
		const source = await readFile(job.source);
		const full = await makeFull(source, format);
		const thumb = await makeThumb(full.data);
		await writeFile(job.full, full.data, { flag: "wx" });
		await writeFile(job.thumb, thumb, { flag: "wx" });
		if (job.original === undefined) return full.made;
		const original = stripPicture(source, format, full.orientation);
		if (original === null) return full.made;
		await writeFile(job.original, original.data, { flag: "wx" });
		return { ...full.made, original: { type: original.type, bytes: original.data.length } };
	} catch (error) {
		throw nameFailure(error);
	}
}

async function sniffFile(path: string): Promise<ImageFormat> {
	const file = await open(path, "r");
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffBytes), 0, sniffBytes, 0);
		const sniffed = sniffImage(buffer.subarray(0, bytesRead));
		if ("refused" in sniffed) throw new WeftError(sniffed.refused, "by its first bytes");
		return sniffed.format;
	} finally {
		await file.close();
	}
}

interface Full {
	readonly data: Buffer;
	readonly made: MadeImage;
	/** Which side of the source is up, 1 to 8, as EXIF counts. */
	readonly orientation: number;
}

async function makeFull(source: Buffer, format: ImageFormat): Promise<Full> {
	const metadata = await sharp(source, { limitInputPixels: photoPixelsMax }).metadata();
	const pixels = metadata.width * metadata.height;
	if (pixels > photoPixelsMax) throw new WeftError("photo_too_many_pixels", `${pixels}`);
	const isAnimated = staysAnimated(metadata);
	const edge = isAnimated ? animationEdgeMax : fullEdgeMax;
	const image = sharp(source, {
		animated: isAnimated,
		failOn: "error",
		limitInputPixels: photoPixelsMax,
		autoOrient: true,
	}).resize(edge, edge, { fit: "inside", withoutEnlargement: true });
	const { data, info } = await encode(image, format, metadata).toBuffer({
		resolveWithObject: true,
	});
	return {
		data,
		orientation: metadata.orientation ?? 1,
		made: {
			blob: createHash("sha256").update(data).digest("hex") as BlobId,
			type: mediaType(info.format),
			width: info.width,
			height: info.pageHeight ?? info.height,
			bytes: data.length,
		},
	};
}

function staysAnimated(metadata: Metadata): boolean {
	const frameCount = metadata.pages ?? 1;
	if (frameCount < 2 || metadata.format === "heif") return false;
	return metadata.width * metadata.height * frameCount <= animationPixelsMax;
}

/** JPEG stays JPEG, small PNG and still GIF become PNG, all else WebP (AVIF is slow to make). */
function encode(image: Sharp, format: ImageFormat, metadata: Metadata): Sharp {
	if (format === "jpeg") return image.jpeg({ quality: 88 });
	const isStillGif = format === "gif" && !staysAnimated(metadata);
	const isSmall = metadata.width * metadata.height <= losslessPixelsMax;
	if ((format === "png" || isStillGif) && isSmall) return image.png();
	return image.webp({ quality: 88, effort: 2 });
}

function mediaType(format: string): MadeImage["type"] {
	switch (format) {
		case "jpeg":
		case "png":
		case "webp":
			return `image/${format}`;
		default:
			throw new Error(`sharp made ${format}`);
	}
}

function makeThumb(full: Buffer): Promise<Buffer> {
	return sharp(full)
		.resize(thumbEdgeMax, thumbEdgeMax, { fit: "inside", withoutEnlargement: true })
		.webp({ quality: 78, effort: 3 })
		.toBuffer();
}

/** What sharp says is for logs; people get one of our codes. */
function nameFailure(error: unknown): WeftError {
	if (error instanceof Error && /pixel limit|too large|dimensions/i.test(error.message)) {
		return new WeftError("photo_too_many_pixels", error.message, { cause: error });
	}
	const isOurs = error instanceof Error && "code" in error && error.code === "ENOSPC";
	return toWeftError(error, isOurs ? "disk_full" : "photo_broken");
}
