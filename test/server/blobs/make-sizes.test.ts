import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MadeImage } from "../../../server/blobs/image-job.ts";
import { animationEdgeMax, makeSizes, prepareSharp } from "../../../server/blobs/make-sizes.ts";
import { hasPhotos, photoFiles, photoFolder, refusalOf } from "./photo-data.ts";

let folder = "";
let jobCount = 0;

beforeAll(async () => {
	prepareSharp();
	folder = await mkdtemp(join(tmpdir(), "weft-sizes-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Sizes {
	readonly made: MadeImage;
	readonly full: Buffer;
	readonly thumb: Buffer;
}

async function sizesOfFile(source: string): Promise<Sizes> {
	jobCount++;
	const job = { source, full: join(folder, `${jobCount}`), thumb: join(folder, `${jobCount}t`) };
	const made = await makeSizes(job);
	return { made, full: await readFile(job.full), thumb: await readFile(job.thumb) };
}

async function sizesOf(bytes: Uint8Array): Promise<Sizes> {
	const source = join(folder, `source-${++jobCount}`);
	await writeFile(source, bytes);
	return sizesOfFile(source);
}

function canvas(width: number, height: number, color = "#336699") {
	return sharp({ create: { width, height, channels: 3, background: color } });
}

/** A small picture of a picture, to compare two by. */
function gist(bytes: Buffer): Promise<Buffer> {
	return sharp(bytes).resize(36, 24, { fit: "fill" }).removeAlpha().raw().toBuffer();
}

function meanDifference(left: Buffer, right: Buffer): number {
	let sum = 0;
	for (const [index, value] of left.entries()) sum += Math.abs(value - (right[index] ?? 0));
	return sum / left.length;
}

describe.skipIf(!hasPhotos)("every file of data/photos is shown upright or refused", () => {
	test.each(photoFiles())("%s", async (file) => {
		const refusal = refusalOf(file);
		const work = sizesOfFile(join(photoFolder, file));
		if (refusal !== null) return expect(work).rejects.toMatchObject({ code: refusal });
		const { made, full, thumb } = await work;
		for (const bytes of [full, thumb]) {
			const metadata = await sharp(bytes).metadata();
			expect(metadata.exif).toBeUndefined();
			expect(metadata.icc).toBeUndefined();
			expect(metadata.xmp).toBeUndefined();
			expect(metadata.iptc).toBeUndefined();
			expect(metadata.orientation).toBeUndefined();
		}
		const { width, height, pageHeight } = await sharp(full).metadata();
		expect(made).toMatchObject({ width, height: pageHeight ?? height, bytes: full.length });
	});

	test("a landscape looks the same whichever way its camera was held", async () => {
		const upright = await gist((await sizesOfFile(landscape(1))).full);
		for (let orientation = 0; orientation <= 8; orientation++) {
			const { made, full, thumb } = await sizesOfFile(landscape(orientation));
			expect(made).toMatchObject({ width: 1800, height: 1200 });
			expect(meanDifference(await gist(full), upright)).toBeLessThan(8);
			expect(meanDifference(await gist(thumb), upright)).toBeLessThan(8);
		}
		const turned = await sharp(upright, { raw: { width: 36, height: 24, channels: 3 } })
			.rotate(180)
			.raw()
			.toBuffer();
		expect(meanDifference(turned, upright)).toBeGreaterThan(24);
	});

	test("no bytes of a place or a camera are left", async () => {
		const source = await readFile(join(photoFolder, "gps/DSCN0010.jpg"));
		expect(source.includes("COOLPIX")).toBe(true);
		const { full, thumb } = await sizesOf(source);
		for (const bytes of [full, thumb]) {
			expect(bytes.includes("COOLPIX")).toBe(false);
			expect(bytes.includes("Exif")).toBe(false);
		}
	});
});

function landscape(orientation: number): string {
	return join(photoFolder, `orientation/Landscape_${orientation}.jpg`);
}

test("a large photo is brought to 4,096 pixels, its thumb to 640", async () => {
	const { made, thumb } = await sizesOf(await canvas(5000, 2500).jpeg().toBuffer());
	expect(made).toMatchObject({ type: "image/jpeg", width: 4096, height: 2048 });
	expect(await sharp(thumb).metadata()).toMatchObject({
		format: "webp",
		width: 640,
		height: 320,
	});
});

test("a small picture is not blown up", async () => {
	const { made, thumb } = await sizesOf(await canvas(30, 20).png().toBuffer());
	expect(made).toMatchObject({ type: "image/png", width: 30, height: 20 });
	expect(await sharp(thumb).metadata()).toMatchObject({ width: 30, height: 20 });
});

test("colours of a wide profile become those of sRGB", async () => {
	const wide = await canvas(8, 8, "#ff0000").withIccProfile("p3").png().toBuffer();
	expect((await sharp(wide).metadata()).icc).toBeDefined();
	const { full } = await sizesOf(wide);
	expect((await sharp(full).metadata()).icc).toBeUndefined();
	const [red = 0, green = 255] = await sharp(full).raw().toBuffer();
	expect(red).toBeGreaterThan(250);
	expect(green).toBeLessThan(6);
});

test("WebP, AVIF and a large PNG become WebP; what is clear stays clear", async () => {
	const clear = sharp({
		create: { width: 60, height: 40, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
	});
	for (const bytes of [
		await clear.clone().webp().toBuffer(),
		await clear.clone().avif({ effort: 0 }).toBuffer(),
	]) {
		const { made, full } = await sizesOf(bytes);
		expect(made).toMatchObject({ type: "image/webp", width: 60, height: 40 });
		expect((await sharp(full).metadata()).hasAlpha).toBe(true);
	}
	const large = await sizesOf(await canvas(4000, 3000).png().toBuffer());
	expect(large.made.type).toBe("image/webp");
});

/** A GIF of grey frames, each brighter than the one before. */
function animation(frameCount: number, edge: number): Promise<Buffer> {
	const pixels = Buffer.alloc(frameCount * edge * edge * 3, 0);
	for (let frame = 0; frame < frameCount; frame++) {
		const start = frame * edge * edge * 3;
		pixels.fill(Math.floor((255 * frame) / frameCount), start, start + edge * edge * 3);
	}
	const raw = { width: edge, height: frameCount * edge, channels: 3, pageHeight: edge } as const;
	return sharp(pixels, { raw, limitInputPixels: false }).gif({ effort: 1 }).toBuffer();
}

test("a short animation stays one, its thumb stands still", async () => {
	const { made, full, thumb } = await sizesOf(await animation(4, 50));
	expect(made).toMatchObject({ type: "image/webp", width: 50, height: 50 });
	expect((await sharp(full).metadata()).pages).toBe(4);
	expect((await sharp(thumb).metadata()).pages ?? 1).toBe(1);
});

test("a large animation is made smaller, a huge one becomes its first frame", async () => {
	const smaller = await sizesOf(await animation(3, 1500));
	expect(smaller.made).toMatchObject({ width: animationEdgeMax, height: animationEdgeMax });
	const still = await sizesOf(await animation(12, 1500));
	expect(still.made).toMatchObject({ type: "image/png", width: 1500, height: 1500 });
});

test("more than 50 megapixels are refused by the head alone", async () => {
	const bomb = await canvas(8000, 6300).png().toBuffer();
	await expect(sizesOf(bomb)).rejects.toMatchObject({ code: "photo_too_many_pixels" });
});

test("a photo that was cut anywhere is refused, not half shown", async () => {
	const whole = await canvas(300, 200).jpeg().toBuffer();
	for (const share of [0.2, 0.6, 0.95]) {
		const cut = whole.subarray(0, Math.floor(whole.length * share));
		await expect(sizesOf(cut)).rejects.toMatchObject({ code: "photo_broken" });
	}
});

test("markup behind a photo's head is not in what is served", async () => {
	const jpeg = await canvas(20, 20).jpeg().toBuffer();
	const polyglot = Buffer.concat([jpeg, Buffer.from("<script>alert(1)</script>")]);
	const { full, thumb } = await sizesOf(polyglot);
	expect(full.includes("<script>")).toBe(false);
	expect(thumb.includes("<script>")).toBe(false);
});

test("libvips reads no SVG here, whatever comes before it", async () => {
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
	await expect(sharp(svg).png().toBuffer()).rejects.toThrow();
});
