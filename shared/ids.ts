import { utf8ByteLength } from "lib0/string";
import { roomNameBytesMax } from "./limits.ts";

declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** A checked name of a room: NFC, 1 to 128 bytes of UTF-8, nothing that could be a path. */
export type RoomName = Brand<"RoomName">;
/**
 * Who somebody is, for ever: `g_` (a guest), `u_` (an account) or `h_` (somebody of a host
 * application) and 22 characters, or `anyone`.
 */
export type UserId = Brand<"UserId">;
/** What names a photo inside its room; its client mints it. */
export type PhotoId = Brand<"PhotoId">;
/** The SHA-256 of a photo's bytes, as 64 lower-case hexadecimal digits. */
export type BlobId = Brand<"BlobId">;

/** What names a link into a room, and is all that its holder knows: 128 random bits. */
export type LinkId = Brand<"LinkId">;

/** Makes `size` random bytes; handed in, so that a simulation can own chance. */
export type RandomBytes = (size: number) => Uint8Array;

/** Who writes without any sign of who they are: stock clients without a cookie. */
export const anyone = "anyone" as UserId;

/**
 * Under whom the client ids of a purged room stand, those of before and those that the server made:
 * nobody writes under them.
 */
export const nobody = "nobody" as UserId;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses.
const forbiddenInRoomName = /[\u0000-\u001f\u007f-\u009f/?#%\\]/u;
const loneSurrogate = /\p{Surrogate}/u;

/** A room's name from text that was decoded once; null where it is not one. */
export function parseRoomName(text: string): RoomName | null {
	const name = text.normalize("NFC");
	if (name === "" || forbiddenInRoomName.test(name) || loneSurrogate.test(name)) return null;
	if (name === "." || name === "..") return null;
	if (utf8ByteLength(name) > roomNameBytesMax) return null;
	return name as RoomName;
}

/** Where pages measure how long a change takes: a letter comes and goes, and nobody lists it. */
export const probeRoom = "weft-probe" as RoomName;

/** A room's name from one segment of a URL's path; null where it is not one. */
export function parseRoomSegment(segment: string): RoomName | null {
	try {
		return parseRoomName(decodeURIComponent(segment));
	} catch {
		return null; // Not UTF-8 behind the percent signs: not a name.
	}
}

/** Names that nobody can guess: 128 random bits, 22 characters. */
export function mintRoomName(random: RandomBytes): RoomName {
	return base64url(random(16)) as RoomName;
}

/** True for names as `mintRoomName` makes them. */
export function isUnguessable(name: RoomName): boolean {
	return /^[A-Za-z0-9_-]{22}$/.test(name);
}

/** A new guest's id. */
export function mintGuestId(random: RandomBytes): UserId {
	return `g_${base64url(random(16))}` as UserId;
}

/** A new account's id. */
export function mintAccountId(random: RandomBytes): UserId {
	return `u_${base64url(random(16))}` as UserId;
}

/** True for the id of somebody who signs in. */
export function isAccountId(id: string): boolean {
	return id.startsWith("u_");
}

/** A user's id from a cookie or a record; null where it is not one. */
export function parseUserId(text: string): UserId | null {
	return /^(anyone|[ghu]_[A-Za-z0-9_-]{1,64})$/.test(text) ? (text as UserId) : null;
}

/** A new photo's, message's or item's id: 96 random bits, 16 characters. */
export function mintEntryId(random: RandomBytes): string {
	return base64url(random(12));
}

/** A new link's id: nobody can guess it. */
export function mintLinkId(random: RandomBytes): LinkId {
	return base64url(random(16)) as LinkId;
}

/** A link's id from a URL or a record; null where it is not one. */
export function parseLinkId(text: string): LinkId | null {
	return /^[A-Za-z0-9_-]{22}$/.test(text) ? (text as LinkId) : null;
}

/** A photo's id from a URL or a doc; null where it is not one. */
export function parsePhotoId(text: string): PhotoId | null {
	return /^[A-Za-z0-9_-]{8,64}$/.test(text) ? (text as PhotoId) : null;
}

/** A blob's id from a URL or a doc; null where it is not one. */
export function parseBlobId(text: string): BlobId | null {
	return /^[0-9a-f]{64}$/.test(text) ? (text as BlobId) : null;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64 for URLs, without padding (RFC 4648 section 5). */
function base64url(bytes: Uint8Array): string {
	let text = "";
	let bits = 0;
	let held = 0;
	for (const byte of bytes) {
		held = (held << 8) | byte;
		bits += 8;
		while (bits >= 6) {
			bits -= 6;
			text += alphabet.charAt((held >> bits) & 63);
		}
		held &= (1 << bits) - 1;
	}
	return bits === 0 ? text : text + alphabet.charAt((held << (6 - bits)) & 63);
}
