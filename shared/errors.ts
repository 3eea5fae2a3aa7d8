/** One thing that can go wrong in a way that a client sees. */
export interface Failure<Status extends number = number> {
	/** HTTP status of an answer that carries this failure. */
	readonly status: Status;
	/** The sentence a person reads. */
	readonly say: string;
	/**
	 * WebSocket close code. 4400 to 4499 mean "do not come back", which y-websocket 3 obeys;
	 * 1012, 1013 and 45xx mean "try again".
	 */
	readonly close: number;
}

function failure<Status extends number>(
	status: Status,
	say: string,
	close: number = 4_000 + status,
): Failure<Status> {
	return { status, say, close };
}

/** Every failure a client can see. A code is for ever; its sentence may improve. */
export const failures = {
	bad_request: failure(400, "The server did not understand this request."),
	bad_room_name: failure(
		400,
		"A room name has 1 to 128 bytes and none of / ? # % \\ or control characters.",
	),
	bad_frame: failure(400, "The server could not read this message."),
	not_signed_in: failure(401, "Please sign in first."),
	not_allowed: failure(403, "You may read this room but not change it."),
	bad_origin: failure(403, "This page may not talk to this server."),
	not_found: failure(404, "There is nothing here."),
	photo_not_found: failure(404, "This photo is not in the room."),
	photo_conflict: failure(409, "Another photo was uploaded under this id before."),
	room_full: failure(409, "This room is full: no more people can come in."),
	server_full: failure(503, "The server is busy. Trying again soon.", 1013),
	update_too_big: failure(413, "This change is too big for one room."),
	frame_too_big: failure(413, "This message is too big."),
	room_too_big: failure(413, "This room is full: it has reached its size."),
	message_too_long: failure(413, "A message may have at most 4,000 characters."),
	photo_too_big: failure(413, "A photo may have at most 20 MB."),
	photo_too_many_pixels: failure(413, "A photo may have at most 50 megapixels."),
	photo_unsupported: failure(415, "Only JPEG, PNG, WebP, GIF and AVIF pictures can be shared."),
	photo_heic: failure(415, "HEIC pictures cannot be read here. Please share it as JPEG."),
	photo_broken: failure(422, "This picture is damaged and cannot be shown."),
	photo_timeout: failure(422, "This picture took too long to read."),
	photos_full: failure(413, "This room is full of photos: it takes no more."),
	photos_full_yours: failure(413, "You have shared as many photos here as one person may."),
	photo_unsent: failure(503, "The photo did not reach the server. Trying again soon.", 1013),
	photos_busy: failure(503, "Many photos are waiting. Please try again.", 1013),
	bad_item: failure(422, "This item of the board cannot be read."),
	refused_update: failure(422, "The server refused this change."),
	foreign_client: failure(
		422,
		"The server refused this change: part of it stands under somebody else's name.",
	),
	room_purged: failure(
		410,
		"This room was purged: what this copy holds is no longer in it. Please open it again.",
		4422,
	),
	app_too_old: failure(426, "This page is too old. Please reload it."),
	too_many_requests: failure(429, "Too fast. Please wait a moment.", 1013),
	too_many_rooms: failure(
		429,
		"Too many new rooms were started from here. Please wait a moment.",
		1013,
	),
	slow_reader: failure(503, "The connection is too slow to keep up.", 1013),
	signed_out: failure(401, "You are signed out. Please sign in again."),
	wrong_login: failure(401, "This name and this password do not match."),
	token_over: failure(
		401,
		"This way in has expired. Please open the page again from where you came.",
	),
	no_entry: failure(403, "This room is not open to you."),
	put_out: failure(403, "You were put out of this room."),
	must_knock: failure(403, "Somebody in this room must let you in."),
	link_over: failure(403, "This link is no longer valid."),
	room_closed: failure(409, "Whoever runs this server closed this room for now."),
	room_binned: failure(404, "This room is in the bin."),
	login_too_often: failure(429, "Too many tries. Please wait a moment.", 1013),
	signup_off: failure(403, "Whoever runs this server makes its accounts."),
	bad_invitation: failure(403, "This invitation has already been used, or is too old."),
	name_taken: failure(409, "This is the name of somebody who signs in here."),
	name_fixed: failure(403, "Whoever signs in has the name of their account."),
	bad_password: failure(400, "A password has 8 to 256 characters."),
	disk_full: failure(507, "Not saved: the server's disk is full."),
	store_failed: failure(503, "Not saved: the server cannot write now."),
	room_damaged: failure(
		500,
		"What is stored of this room is damaged. Please tell whoever runs this server.",
	),
	room_failed: failure(500, "The room had to be loaded again."),
	stopping: failure(503, "The server is restarting.", 1012),
	internal: failure(500, "Something went wrong on the server."),
};

/** The code of a failure: a key of the table above. */
export type FailureCode = keyof typeof failures;

/** True where a string, say from the wire, is a code of the table. */
export function isFailureCode(value: unknown): value is FailureCode {
	return typeof value === "string" && Object.hasOwn(failures, value);
}

/** What caused a failure, and by which id a server told of it. */
export interface FaultOptions extends ErrorOptions {
	readonly id?: string | null;
}

/** What is thrown for every expected failure. The code decides status, close code and sentence. */
export class WeftError extends Error {
	override readonly name = "WeftError";
	readonly code: FailureCode;
	/** By which the server's log knows this very failure; null where it logged none. */
	readonly id: string | null;

	/** `detail` is for logs and developers; people read the sentence of the code. */
	constructor(code: FailureCode, detail?: string, options: FaultOptions = {}) {
		super(detail === undefined ? failures[code].say : `${failures[code].say} (${detail})`, options);
		this.code = code;
		this.id = options.id ?? null;
	}
}

/** The same failure for what is not one yet: `fallback` where `error` has no code. */
export function toWeftError(error: unknown, fallback: FailureCode = "internal"): WeftError {
	if (error instanceof WeftError) return error;
	const detail = error instanceof Error ? error.message : String(error);
	return new WeftError(fallback, detail, { cause: error });
}
