/** The HTTP side of photos: upload by the client's id, pictures by blob. */
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { type Context, Hono } from "hono";
import type { Person } from "../../shared/awareness.ts";
import { WeftError } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import { anyone, parseBlobId, parsePhotoId, parseUserId } from "../../shared/ids.ts";
import type { BlobSize } from "../blobs/blob-store.ts";
import type { PhotoRecord } from "../store/records.ts";
import type { PhotoParts, PhotoUploads } from "./photo-uploads.ts";

/** What the app's middleware has found out before these routes run. */
export interface PhotoEnv {
	Variables: {
		person: Person;
		room: RoomName;
		/** Throws where they may not share photos any more. */
		askAgain?: () => Promise<void>;
	};
}

/**
 * `PUT /api/rooms/:room/photos/:id`, with `?original` for a photo that is to be kept as it was
 * sent too, and `GET /api/rooms/:room/blobs/:blob/{full,thumb,original}`. Failures are thrown as
 * WeftError: the app that mounts these routes answers them.
 */
export function photoRoutes(
	parts: Pick<PhotoParts, "blobs">,
	uploads: PhotoUploads,
): Hono<PhotoEnv> {
	const routes = new Hono<PhotoEnv>();
	routes.put("/api/rooms/:room/photos/:id", (c) => putPhoto(c, uploads));
	routes.get("/api/rooms/:room/blobs/:blob/:size{full|thumb|original}", async (c) => {
		const room = c.get("room");
		const blob = parseBlobId(c.req.param("blob"));
		const photo = blob === null ? null : await uploads.find(room, blob);
		if (photo === null) throw new WeftError("photo_not_found");
		const size = c.req.param("size") as BlobSize;
		return answerBlob(c, parts, { photo, size });
	});
	return routes;
}

async function putPhoto(c: Context<PhotoEnv>, uploads: PhotoUploads): Promise<Response> {
	const room = c.get("room");
	const photoId = parsePhotoId(c.req.param("id") ?? "");
	if (photoId === null) throw new WeftError("bad_request", "a photo's id");
	const { record, isNew } = await uploads.receive({
		room,
		id: photoId,
		by: parseUserId(c.get("person").id) ?? anyone,
		declaredBytes: readLength(c.req.header("content-length")),
		body: c.req.raw.body as ReadableStream | null,
		askAgain: c.get("askAgain"),
		keepsOriginal: c.req.query("original") !== undefined,
	});
	const { id, blob, type, width, height, bytes, receivedAtMs, original } = record;
	const kept = original === undefined ? {} : { originalBytes: original.bytes };
	const answer = { id, blob, type, width, height, bytes, receivedAtMs, ...kept };
	return c.json(answer, isNew ? 201 : 200);
}

function readLength(header: string | undefined): number | null {
	return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

interface Asked {
	readonly photo: PhotoRecord;
	readonly size: BlobSize;
}

async function answerBlob(
	c: Context<PhotoEnv>,
	parts: Pick<PhotoParts, "blobs">,
	asked: Asked,
): Promise<Response> {
	const { photo, size } = asked;
	if (size === "original" && photo.original === undefined) throw new WeftError("photo_not_found");
	const headers = blobHeaders(photo, size);
	const wanted = c.req.header("if-none-match") ?? "";
	if (wanted.split(/\s*,\s*/).includes(headers.ETag)) return c.body(null, 304, headers);
	const opened = await parts.blobs.open(photo.blob, size);
	if (opened === null) throw new WeftError("photo_not_found", "its file is gone");
	const sized = { ...headers, "Content-Length": String(opened.bytes) };
	if (c.req.method === "HEAD") {
		opened.stream.destroy();
		return c.body(null, 200, sized);
	}
	return c.body(Readable.toWeb(opened.stream) as globalThis.ReadableStream, 200, sized);
}

/** A picture is never anything else: fixed type, no sniffing, and a sandbox if opened as a page. */
function blobHeaders(photo: PhotoRecord, size: BlobSize) {
	const type = typeOf(photo, size);
	// An original is for keeping; no page shows it.
	const way = size === "original" ? "attachment" : "inline";
	return {
		"Content-Type": type,
		"Content-Disposition": `${way}; filename="photo.${type.slice("image/".length)}"`,
		"Content-Security-Policy": "sandbox; default-src 'none'",
		"X-Content-Type-Options": "nosniff",
		"Cache-Control": "private, max-age=31536000, immutable",
		ETag: `"${photo.blob}-${size}"`,
	};
}

function typeOf(photo: PhotoRecord, size: BlobSize): string {
	if (size === "thumb") return "image/webp";
	return size === "original" ? (photo.original?.type ?? photo.type) : photo.type;
}
