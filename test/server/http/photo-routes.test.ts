import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { DiskBlobs } from "../../../server/blobs/disk-blobs.ts";
import { type ImageMaker, ImageProcess } from "../../../server/blobs/image.ts";
import { makeSizes } from "../../../server/blobs/make-sizes.ts";
import type { PhotoLimits } from "../../../server/blobs/photo-limits.ts";
import { type PhotoEnv, photoRoutes } from "../../../server/http/photo-routes.ts";
import { PhotoUploads } from "../../../server/http/photo-uploads.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import { failures, toWeftError } from "../../../shared/errors.ts";
import { photoBytesMax } from "../../../shared/limits.ts";
import { roomNamed } from "../../fixtures/stored.ts";
import { buildServer } from "../blobs/built-server.ts";
import { hasPhotos, photoFiles, photoFolder, refusalOf } from "../blobs/photo-data.ts";
import { realClock } from "../blobs/real-clock.ts";

let folder = "";
let blobs: DiskBlobs;
let records: MemoryRecords;
let images: ImageMaker;
let app: Hono<PhotoEnv>;
/** Whose requests these are; a test may change it. */
let personId = "g_ann";
let jpeg: Buffer;

beforeAll(async () => {
	buildServer();
	jpeg = await picture(60, 40);
});

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "weft-photo-routes-"));
	blobs = await DiskBlobs.open(folder);
	records = new MemoryRecords(new MemoryRecordsDisk());
	images = { make: vi.fn(makeSizes), close: async () => undefined };
	personId = "g_ann";
	app = makeApp();
});

afterEach(async () => {
	await images.close();
	await rm(folder, { recursive: true, force: true });
});

function makeApp(limits: Partial<PhotoLimits> = {}): Hono<PhotoEnv> {
	const made = new Hono<PhotoEnv>();
	made.onError((error, c) => {
		const { code } = toWeftError(error);
		return c.json({ error: { code, message: failures[code].say } }, failures[code].status);
	});
	made.use(async (c, next) => {
		c.set("person", { id: personId, name: "Ann", color: "#aa3300" });
		c.set("room", roomNamed(c.req.path.split("/")[3] ?? ""));
		await next();
	});
	const uploads = new PhotoUploads({ records, blobs, images, clock: realClock, limits });
	made.route("/", photoRoutes({ blobs }, uploads));
	return made;
}

function picture(width: number, height: number, color = "#236699"): Promise<Buffer> {
	return sharp({ create: { width, height, channels: 3, background: color } })
		.jpeg()
		.toBuffer();
}

async function put(path: string, body: Uint8Array, headers: Record<string, string> = {}) {
	const init = { method: "PUT", body: body as Uint8Array<ArrayBuffer>, headers };
	const response = await app.request(path, init);
	return { status: response.status, body: (await response.json()) as { blob?: string } };
}

/** Temp files that are left. */
function leftOver(): Promise<string[]> {
	return readdir(join(folder, "tmp"));
}

const refused = (code: keyof typeof failures) => ({
	status: failures[code].status,
	body: { error: { code, message: failures[code].say } },
});

test("a photo is stored, answered, and shown in both sizes", async () => {
	const stored = await put("/api/rooms/garden/photos/photo-01", jpeg);
	expect(stored).toMatchObject({
		status: 201,
		body: { id: "photo-01", type: "image/jpeg", width: 60, height: 40 },
	});
	expect(Object.keys(stored.body).sort()).toEqual(
		["blob", "bytes", "height", "id", "receivedAtMs", "type", "width"].sort(),
	);
	for (const [size, type] of [
		["full", "image/jpeg"],
		["thumb", "image/webp"],
	]) {
		const path = `/api/rooms/garden/blobs/${stored.body.blob}/${size}`;
		const shown = await app.request(path);
		const bytes = Buffer.from(await shown.arrayBuffer());
		expect(await sharp(bytes).metadata()).toMatchObject({ width: 60, height: 40 });
		expect(Object.fromEntries(shown.headers)).toEqual({
			"content-type": type,
			"content-length": String(bytes.length),
			"content-disposition": `inline; filename="photo.${type?.slice(6)}"`,
			"content-security-policy": "sandbox; default-src 'none'",
			"x-content-type-options": "nosniff",
			"cache-control": "private, max-age=31536000, immutable",
			etag: `"${stored.body.blob}-${size}"`,
		});
		const etag = shown.headers.get("etag") ?? "";
		const again = await app.request(path, { headers: { "If-None-Match": etag } });
		expect([again.status, await again.text()]).toEqual([304, ""]);
		const head = await app.request(path, { method: "HEAD" });
		expect([head.status, await head.text()]).toEqual([200, ""]);
	}
	expect(await leftOver()).toEqual([]);
});

test("the same photo under the same id is answered without any work", async () => {
	const first = await put("/api/rooms/garden/photos/photo-01", jpeg);
	const second = await put("/api/rooms/garden/photos/photo-01", jpeg);
	expect(second).toEqual({ status: 200, body: first.body });
	expect(images.make).toHaveBeenCalledTimes(1);
});

test("two uploads of one id at once are one photo", async () => {
	const path = "/api/rooms/garden/photos/photo-01";
	const results = await Promise.all([put(path, jpeg), put(path, jpeg)]);
	expect(results.map((result) => result.status).sort()).toEqual([200, 201]);
	expect(results[0]?.body).toEqual(results[1]?.body);
	expect(images.make).toHaveBeenCalledTimes(1);
});

test("another photo under the same id is refused", async () => {
	const path = "/api/rooms/garden/photos/photo-01";
	await put(path, jpeg);
	expect(await put(path, await picture(20, 20))).toEqual(refused("photo_conflict"));
	expect(await leftOver()).toEqual([]);
});

test("one picture under two ids is made once", async () => {
	const first = await put("/api/rooms/garden/photos/photo-01", jpeg);
	const second = await put("/api/rooms/garden/photos/photo-02", jpeg);
	expect(second).toMatchObject({ status: 201, body: { blob: first.body.blob } });
	expect(images.make).toHaveBeenCalledTimes(1);
});

describe("an original that is to be kept", () => {
	const place = "/api/rooms/garden/photos";
	let taken: Buffer;

	beforeAll(async () => {
		const exif = { IFD0: { Model: "Camera of Ann" }, IFD3: { GPSLatitude: "52/1 31/1 0/1" } };
		const image = sharp({ create: { width: 30, height: 20, channels: 3, background: "#aa3300" } });
		taken = await image.jpeg({ quality: 97 }).withExif(exif).toBuffer();
		expect(taken.toString("latin1")).toContain("Camera of Ann");
	});

	const open = (blob: string | undefined, room = "garden") =>
		app.request(`/api/rooms/${room}/blobs/${blob}/original`);

	test("is handed out as a file, without what the camera wrote", async () => {
		const { status, body } = await put(`${place}/photo-01?original`, taken);
		const answer = await open(body.blob);
		const bytes = Buffer.from(await answer.arrayBuffer());
		expect([status, body]).toMatchObject([201, { originalBytes: bytes.length }]);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			"content-type": "image/jpeg",
			"content-length": String(bytes.length),
			"content-disposition": 'attachment; filename="photo.jpeg"',
			"content-security-policy": "sandbox; default-src 'none'",
			"x-content-type-options": "nosniff",
		});
		expect((await sharp(bytes).metadata()).exif).toBeUndefined();
		const pixels = (file: Buffer) => sharp(file).raw().toBuffer();
		expect(await pixels(bytes)).toEqual(await pixels(taken));
		expect((await open(body.blob, "kitchen")).status).toBe(404);
		expect(await leftOver()).toEqual([]);
	});

	test("is kept where it is asked for, also when the same photo came without before", async () => {
		const { body } = await put(`${place}/photo-01`, taken);
		expect(body).not.toHaveProperty("originalBytes");
		expect((await open(body.blob)).status).toBe(404);
		const again = await put(`${place}/photo-02?original`, taken);
		expect(again.body).toMatchObject({ blob: body.blob, originalBytes: expect.any(Number) });
		expect((await open(body.blob)).status).toBe(200);
		app = makeApp(); // The records are read anew, in whatever order.
		expect((await open(body.blob)).status).toBe(200);
	});

	test("counts among the bytes of its room", async () => {
		const { body } = await put(`${place}/photo-01?original`, taken);
		const { bytes } = body as { bytes?: number };
		app = makeApp({ roomBytesMax: (bytes ?? 0) + 1 });
		expect(await put(`${place}/photo-02`, jpeg)).toEqual(refused("photos_full"));
	});

	test("is not kept of a kind that we cannot rid of its place", async () => {
		const webp = await sharp(taken).webp().toBuffer();
		const { status, body } = await put(`${place}/photo-01?original`, webp);
		expect(status).toBe(201);
		expect(body).not.toHaveProperty("originalBytes");
		expect((await open(body.blob)).status).toBe(404);
		expect(await leftOver()).toEqual([]);
	});
});

test("a room shows only its own photos", async () => {
	const { body } = await put("/api/rooms/garden/photos/photo-01", jpeg);
	const path = (room: string) => `/api/rooms/${room}/blobs/${body.blob}/full`;
	expect((await app.request(path("garden"))).status).toBe(200);
	expect((await app.request(path("kitchen"))).status).toBe(404);
	expect((await app.request("/api/rooms/garden/blobs/..%2f..%2fetc/full")).status).toBe(404);
	expect((await app.request(path("garden").replace("/full", "/huge"))).status).toBe(404);
});

test("strange names of rooms and photos are refused", async () => {
	expect(await put("/api/rooms/garden/photos/no", jpeg)).toEqual(refused("bad_request"));
	const room = encodeURIComponent("Gärten & Höfe");
	expect((await put(`/api/rooms/${room}/photos/photo-01`, jpeg)).status).toBe(201);
});

test("nothing is kept of what is no photo", async () => {
	const page = Buffer.from("<html><script>alert(1)</script></html>");
	const path = "/api/rooms/garden/photos/photo-01";
	const asJpeg = { "Content-Type": "image/jpeg" };
	expect(await put(path, page, asJpeg)).toEqual(refused("photo_unsupported"));
	expect(await put(path, new Uint8Array())).toEqual(refused("photo_unsupported"));
	expect(await put(path, jpeg.subarray(0, 200))).toEqual(refused("photo_broken"));
	expect(await leftOver()).toEqual([]);
	expect((await put(path, jpeg)).status).toBe(201);
});

test("more than 20 MB are refused, by what is declared and by what comes", async () => {
	const path = "/api/rooms/garden/photos/photo-01";
	const declared = { "Content-Length": String(photoBytesMax + 1) };
	expect(await put(path, jpeg, declared)).toEqual(refused("photo_too_big"));
	const huge = new Uint8Array(photoBytesMax + 1);
	huge.set(jpeg);
	expect(await put(path, huge)).toEqual(refused("photo_too_big"));
	expect(await leftOver()).toEqual([]);
});

test("a room and a person have so many photos and no more", async () => {
	app = makeApp({ roomPhotosMax: 3, userPhotosMax: 2 });
	for (const id of ["photo-01", "photo-02"]) await put(`/api/rooms/garden/photos/${id}`, jpeg);
	const third = "/api/rooms/garden/photos/photo-03";
	expect(await put(third, jpeg)).toEqual(refused("photos_full_yours"));
	personId = "g_ben";
	expect((await put(third, jpeg)).status).toBe(201);
	expect(await put("/api/rooms/garden/photos/photo-04", jpeg)).toEqual(refused("photos_full"));
	expect((await put(third, jpeg)).status).toBe(200);
	expect((await put("/api/rooms/kitchen/photos/photo-01", jpeg)).status).toBe(201);
});

test("a room has so many bytes, also those stored before the server started", async () => {
	await put("/api/rooms/garden/photos/photo-01", jpeg);
	app = makeApp({ roomBytesMax: 1 });
	expect(await put("/api/rooms/garden/photos/photo-02", jpeg)).toEqual(refused("photos_full"));
});

test("too many uploads at once are told to come back", async () => {
	app = makeApp({ userUploadsMax: 1 });
	const paths = ["photo-01", "photo-02"].map((id) => `/api/rooms/garden/photos/${id}`);
	const results = await Promise.all(paths.map((path) => put(path, jpeg)));
	expect(results[1]).toEqual(refused("photos_busy"));
	expect((await put("/api/rooms/garden/photos/photo-02", jpeg)).status).toBe(201);
});

test("a photo is shown also where its room was forgotten while it was made", async () => {
	const look = (room: string) => app.request(`/api/rooms/${room}/blobs/${"0".repeat(64)}/full`);
	images.make = vi.fn(async (job) => {
		await look("kitchen"); // Pushes the garden out of the only place there is,
		await look("garden"); // which is read again before the photo is stored.
		return makeSizes(job);
	});
	app = makeApp({ indexedRoomsMax: 1 });
	const stored = await put("/api/rooms/garden/photos/photo-01", jpeg);
	const shown = await app.request(`/api/rooms/garden/blobs/${stored.body.blob}/full`);
	expect(shown.status).toBe(200);
});

test("a disk that is nearly full takes no photos", async () => {
	blobs = await DiskBlobs.open(folder, 2 ** 60);
	app = makeApp();
	expect(await put("/api/rooms/garden/photos/photo-01", jpeg)).toEqual(refused("disk_full"));
});

/** The app behind a real socket. */
async function listen() {
	const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
	if (!server.listening) await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** A machine with much to do takes its time to see that a socket is gone. */
const patience = { timeout: 60_000 };

test("an upload that breaks off leaves nothing", async () => {
	const server = await listen();
	const socket = connect(server.port, "127.0.0.1");
	const head = "PUT /api/rooms/garden/photos/photo-01 HTTP/1.1\r\nHost: localhost\r\n";
	socket.write(`${head}Content-Length: ${jpeg.length}\r\n\r\n`);
	socket.write(jpeg.subarray(0, 100));
	await vi.waitFor(async () => expect(await leftOver()).toHaveLength(1), patience);
	socket.destroy();
	await vi.waitFor(async () => expect(await leftOver()).toEqual([]), patience);
	expect(images.make).not.toHaveBeenCalled();
	await server.close();
});

test("who sends too much reads why, and the server goes on", async () => {
	const server = await listen();
	const url = `http://127.0.0.1:${server.port}/api/rooms/garden/photos/photo-01`;
	const answer = await fetch(url, { method: "PUT", body: new Uint8Array(photoBytesMax + 1) });
	expect([answer.status, await answer.json()]).toEqual([413, refused("photo_too_big").body]);
	const next = await fetch(url, { method: "PUT", body: new Uint8Array(jpeg) });
	expect(next.status).toBe(201);
	await server.close();
});

describe.skipIf(!hasPhotos)("every file of data/photos over HTTP", () => {
	let process: ImageProcess;
	beforeAll(() => {
		process = new ImageProcess({ clock: realClock });
	});
	afterAll(() => process.close());

	test.each(photoFiles())("%s is stored and shown, or refused in words", async (file) => {
		images = { make: (job) => process.make(job), close: async () => undefined };
		app = makeApp();
		const bytes = await readFile(join(photoFolder, file));
		const answer = await put("/api/rooms/garden/photos/photo-100", bytes);
		const refusal = refusalOf(file);
		if (refusal === null) expect(answer.status).toBe(201);
		else expect(answer).toEqual(refused(refusal));
		expect(await leftOver()).toEqual([]);
	});
});
