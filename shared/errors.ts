/** One thing that can go wrong in a way that a client sees. */
export interface Failure {
	/** HTTP status of an answer that carries this failure. */
	readonly status: number;
	/**
	 * WebSocket close code. 4400 to 4499 mean "do not come back", which y-websocket 3 obeys;
	 * 1012, 1013 and 45xx mean "try again".
	 */
	readonly close: number;
	/** The sentence a person reads. */
	readonly say: string;
}

/** Every failure a client can see. A code is for ever; its sentence may improve. */
export const failures = {
	bad_request: { status: 400, close: 4400, say: "The server did not understand this request." },
	bad_room_name: {
		status: 400,
		close: 4400,
		say: "A room name has 1 to 128 bytes and none of / ? # % \\ or control characters.",
	},
	bad_frame: { status: 400, close: 4400, say: "The server could not read this message." },
	not_signed_in: { status: 401, close: 4401, say: "Please sign in first." },
	not_allowed: { status: 403, close: 4403, say: "You may read this room but not change it." },
	bad_origin: { status: 403, close: 4403, say: "This page may not talk to this server." },
	not_found: { status: 404, close: 4404, say: "There is nothing here." },
	photo_not_found: { status: 404, close: 4404, say: "This photo is not in the room." },
	photo_conflict: {
		status: 409,
		close: 4409,
		say: "Another photo was uploaded under this id before.",
	},
	room_full: { status: 409, close: 4409, say: "This room is full: no more people can come in." },
	server_full: { status: 503, close: 1013, say: "The server is busy. Trying again soon." },
	update_too_big: { status: 413, close: 4413, say: "This change is too big for one room." },
	frame_too_big: { status: 413, close: 4413, say: "This message is too big." },
	room_too_big: { status: 413, close: 4413, say: "This room is full: it has reached its size." },
	message_too_long: {
		status: 413,
		close: 4413,
		say: "A message may have at most 4,000 characters.",
	},
	photo_too_big: { status: 413, close: 4413, say: "A photo may have at most 20 MB." },
	photo_too_many_pixels: {
		status: 413,
		close: 4413,
		say: "A photo may have at most 50 megapixels.",
	},
	photo_unsupported: {
		status: 415,
		close: 4415,
		say: "Only JPEG, PNG, WebP, GIF and AVIF pictures can be shared.",
	},
	photo_heic: {
		status: 415,
		close: 4415,
		say: "HEIC pictures cannot be read here. Please share it as JPEG.",
	},
	photo_broken: { status: 422, close: 4422, say: "This picture is damaged and cannot be shown." },
	photo_timeout: { status: 422, close: 4422, say: "This picture took too long to read." },
	photos_full: {
		status: 413,
		close: 4413,
		say: "This room is full of photos: it takes no more.",
	},
	photos_full_yours: {
		status: 413,
		close: 4413,
		say: "You have shared as many photos here as one person may.",
	},
	photo_unsent: {
		status: 503,
		close: 1013,
		say: "The photo did not reach the server. Trying again soon.",
	},
	photos_busy: { status: 503, close: 1013, say: "Many photos are waiting. Please try again." },
	bad_item: { status: 422, close: 4422, say: "This item of the board cannot be read." },
	refused_update: { status: 422, close: 4422, say: "The server refused this change." },
	foreign_client: {
		status: 422,
		close: 4422,
		say: "The server refused this change: part of it stands under somebody else's name.",
	},
	room_purged: {
		status: 410,
		close: 4422,
		say: "This room was purged: what this copy holds is no longer in it. Please open it again.",
	},
	app_too_old: { status: 426, close: 4426, say: "This page is too old. Please reload it." },
	too_many_requests: { status: 429, close: 1013, say: "Too fast. Please wait a moment." },
	too_many_rooms: {
		status: 429,
		close: 1013,
		say: "Too many new rooms were started from here. Please wait a moment.",
	},
	slow_reader: { status: 503, close: 1013, say: "The connection is too slow to keep up." },
	signed_out: { status: 401, close: 4401, say: "You are signed out. Please sign in again." },
	wrong_login: {
		status: 401,
		close: 4401,
		say: "This name and this password do not match.",
	},
	token_over: {
		status: 401,
		close: 4401,
		say: "This way in has expired. Please open the page again from where you came.",
	},
	no_entry: { status: 403, close: 4403, say: "This room is not open to you." },
	put_out: { status: 403, close: 4403, say: "You were put out of this room." },
	must_knock: { status: 403, close: 4403, say: "Somebody in this room must let you in." },
	link_over: { status: 403, close: 4403, say: "This link is no longer valid." },
	room_closed: {
		status: 409,
		close: 4409,
		say: "Whoever runs this server closed this room for now.",
	},
	room_binned: { status: 404, close: 4404, say: "This room is in the bin." },
	login_too_often: { status: 429, close: 1013, say: "Too many tries. Please wait a moment." },
	signup_off: { status: 403, close: 4403, say: "Whoever runs this server makes its accounts." },
	bad_invitation: {
		status: 403,
		close: 4403,
		say: "This invitation has already been used, or is too old.",
	},
	name_taken: { status: 409, close: 4409, say: "This is the name of somebody who signs in here." },
	name_fixed: { status: 403, close: 4403, say: "Whoever signs in has the name of their account." },
	bad_password: { status: 400, close: 4400, say: "A password has 8 to 256 characters." },
	disk_full: { status: 507, close: 4507, say: "Not saved: the server's disk is full." },
	store_failed: { status: 503, close: 4503, say: "Not saved: the server cannot write now." },
	room_damaged: {
		status: 500,
		close: 4500,
		say: "What is stored of this room is damaged. Please tell whoever runs this server.",
	},
	room_failed: { status: 500, close: 4500, say: "The room had to be loaded again." },
	stopping: { status: 503, close: 1012, say: "The server is restarting." },
	internal: { status: 500, close: 4500, say: "Something went wrong on the server." },
} as const satisfies Record<string, Failure>;

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
