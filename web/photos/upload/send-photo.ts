/** One upload: PUT with progress. XMLHttpRequest, because fetch tells nothing while it sends. */
import { type FailureCode, isFailureCode, WeftError } from "../../../shared/errors.ts";
import { parseBlobId } from "../../../shared/ids.ts";
import type { ReceivedPhoto } from "../../../shared/surfaces/photos.ts";

/** What to send where, and who wants to know how far it is. */
export interface PhotoSending {
	readonly url: string;
	readonly file: Blob;
	/** From 0 to 1; 1 means that all bytes left and the server is at work. */
	readonly onProgress: (share: number) => void;
	readonly signal: AbortSignal;
}

/** Longest silence while bytes leave or the server works; then it is tried again. */
const silenceMsMax = 60_000;

/**
 * Sends a photo. Sending the same once more is harmless: the server answers what it stored.
 *
 * @throws WeftError with the server's code; `photo_unsent` where there was no answer
 */
export function sendPhoto(sending: PhotoSending): Promise<ReceivedPhoto> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		let silence: ReturnType<typeof setTimeout>;
		const heard = () => {
			clearTimeout(silence);
			silence = setTimeout(() => request.abort(), silenceMsMax);
		};
		const abort = () => request.abort();
		request.upload.onprogress = ({ loaded, total }) => {
			heard();
			sending.onProgress(total > 0 ? loaded / total : 0);
		};
		request.upload.onload = () => sending.onProgress(1);
		request.onloadend = () => {
			clearTimeout(silence);
			sending.signal.removeEventListener("abort", abort);
			const answer = readAnswer(request.status, request.responseText);
			if (answer instanceof WeftError) reject(answer);
			else resolve(answer);
		};
		sending.signal.addEventListener("abort", abort);
		request.open("PUT", sending.url);
		request.setRequestHeader("Content-Type", "application/octet-stream");
		heard();
		request.send(sending.file);
	});
}

/** True for failures that waiting may heal; all others are about the photo itself. */
export function mayTryAgain(code: FailureCode): boolean {
	return !finalCodes.has(code);
}

const finalCodes: ReadonlySet<FailureCode> = new Set<FailureCode>([
	"bad_request",
	"bad_room_name",
	"not_found",
	"photo_broken",
	"photo_conflict",
	"photo_heic",
	"photo_timeout",
	"photo_too_big",
	"photo_too_many_pixels",
	"photo_unsupported",
	"photos_full",
	"photos_full_yours",
]);

/** What an answer says: the photo, or the failure. Status 0 means that there was none. */
export function readAnswer(status: number, body: string): ReceivedPhoto | WeftError {
	const value = parseJson(body);
	if (status === 200 || status === 201) {
		return readReceived(value) ?? new WeftError("photo_unsent", "a strange answer");
	}
	const code = (value as { error?: { code?: unknown } } | null)?.error?.code;
	if (isFailureCode(code)) return new WeftError(code);
	// A proxy in between says it without our code.
	return new WeftError(status === 413 ? "photo_too_big" : "photo_unsent", `status ${status}`);
}

function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return null; // Not ours: a proxy's page, or nothing at all.
	}
}

type Loose = Readonly<Partial<Record<keyof ReceivedPhoto, unknown>>>;

function readReceived(value: unknown): ReceivedPhoto | null {
	const { blob, type, width, height, bytes, receivedAtMs, originalBytes } = (value ?? {}) as Loose;
	const blobId = parseBlobId(String(blob));
	if (blobId === null || typeof type !== "string") return null;
	if (typeof width !== "number" || typeof height !== "number") return null;
	if (typeof bytes !== "number" || typeof receivedAtMs !== "number") return null;
	const facts = { blob: blobId, type, width, height, bytes, receivedAtMs };
	return typeof originalBytes === "number" ? { ...facts, originalBytes } : facts;
}
