/** The shape of an awareness state, and its bytes on the wire (y-protocols/awareness.js). */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeUtf8 } from "lib0/string";
import { WeftError } from "./errors.ts";
import { awarenessBytesMax, awarenessStatesMax, personNameLengthMax } from "./limits.ts";

/** Who a session is, as the server stamps it into `user` of an awareness state. */
export interface Person {
	readonly id: string;
	readonly name: string;
	/** `#` and six lower-case hexadecimal digits. */
	readonly color: string;
}

/** Who a session is, and what they are in the room. */
export interface StampedPerson extends Person {
	/** A `Role` of `roles.ts`; missing for an editor. */
	readonly role?: string;
}

/** The four parts of a room that people look at. */
export const surfaceNames = ["document", "board", "chat", "photos"] as const;
/** One of the four. */
export type SurfaceName = (typeof surfaceNames)[number];

/** What Weft's app tells about its person. Every field may be missing in a stranger's state. */
export interface PresenceState {
	/** Set by the server. */
	readonly user?: StampedPerson;
	/** The surface that is looked at, or typed in. */
	readonly surface?: SurfaceName;
	/** Caret in the text as y-quill keeps it: relative positions as JSON. */
	readonly cursor?: { readonly anchor: unknown; readonly head: unknown } | null;
	/** Pointer on the board, in board units. */
	readonly pointer?: { readonly x: number; readonly y: number } | null;
	/** True while a chat message is being typed. */
	readonly typing?: boolean;
	/** What is typed at the pointer, or was said there a moment ago; null where nothing is. */
	readonly saying?: string | null;
	/** True where nothing was done for a while, or the tab is hidden. */
	readonly idle?: boolean;
	/**
	 * Place in the line of raised hands: one more than the last that was up when it was raised, so
	 * that the line needs nobody's clock. Null where it is down.
	 */
	readonly hand?: number | null;
	/** How often this tab has asked everybody to come to where it is: it is news when it grows. */
	readonly calls?: number;
	/** Id of the person whose steps are followed; null where one goes one's own way. */
	readonly following?: string | null;
	/** What the board shows, told only while somebody follows; null where no board is shown. */
	readonly view?: BoardView | null;
	/**
	 * What is chosen on the board: Yjs's names of at most `chosenTellMax` entries; of more, the box
	 * around them. Null where nothing is.
	 */
	readonly chosen?: readonly (readonly [client: number, clock: number])[] | BoardView | null;
}

/** Longest words at a pointer, in UTF-16 code units: two lines, which others read in passing. */
export const sayingLengthMax = 140;

/** Items that are named one by one: 16 names take 400 bytes at most. */
export const chosenTellMax = 16;

/** A part of the board, in board units. */
export interface BoardView {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** One person's state on the wire; null says that they left. */
export interface AwarenessEntry {
	readonly clientId: number;
	readonly clock: number;
	/** JSON, an object or `null`. */
	readonly state: string;
}

/** An entry as it came: what it says is read only where somebody asks. */
class ReceivedEntry implements AwarenessEntry {
	readonly clientId: number;
	readonly clock: number;
	readonly #bytes: Uint8Array;

	constructor(clientId: number, clock: number, bytes: Uint8Array) {
		this.clientId = clientId;
		this.clock = clock;
		this.#bytes = bytes;
	}

	/** See `AwarenessEntry`. @throws WeftError `bad_frame` where it is too long */
	get state(): string {
		if (this.#bytes.length > stateBytesMax) throw new WeftError("bad_frame", "awareness too big");
		return decodeUtf8(this.#bytes);
	}
}

/** Longest state that is read, in bytes of UTF-8: one as long as may be, and its stamp. */
const stateBytesMax = 4 * awarenessBytesMax;

/**
 * Reads an awareness update. A client's may hold everybody's states: y-websocket echoes them. To
 * read what each says would cost more than all else, so that is done where it is asked for.
 *
 * @throws WeftError `bad_frame`
 */
export function decodeAwareness(update: Uint8Array): AwarenessEntry[] {
	try {
		const decoder = decoding.createDecoder(update);
		const count = decoding.readVarUint(decoder);
		if (count > awarenessStatesMax) throw new WeftError("bad_frame", "too many states");
		const entries: AwarenessEntry[] = [];
		for (let entryIndex = 0; entryIndex < count; entryIndex++) {
			const clientId = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			entries.push(new ReceivedEntry(clientId, clock, decoding.readVarUint8Array(decoder)));
		}
		if (decoding.hasContent(decoder)) throw new WeftError("bad_frame", "bytes left over");
		return entries;
	} catch (error) {
		if (error instanceof WeftError) throw error;
		throw new WeftError("bad_frame", "awareness cut short", { cause: error });
	}
}

/** Writes states as one awareness update, without the frame's type. */
export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, entries.length);
		for (const entry of entries) writeEntry(encoder, entry);
	});
}

/** Writes one state of an awareness update: behind their count they stand one after the other. */
export function encodeAwarenessEntry(entry: AwarenessEntry): Uint8Array {
	return encoding.encode((encoder) => writeEntry(encoder, entry));
}

function writeEntry(encoder: encoding.Encoder, { clientId, clock, state }: AwarenessEntry): void {
	encoding.writeVarUint(encoder, clientId);
	encoding.writeVarUint(encoder, clock);
	encoding.writeVarString(encoder, state);
}

/** Letters that show nothing: fillers of Hangul, vowels of Khmer, the empty cell of Braille. */
const blankLetters = /[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]+/gu;

/** A name as it may be shown: one line, trimmed, bounded; null where nothing is left. */
export function cleanPersonName(name: string): string | null {
	const clean = name
		.replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")
		.replace(blankLetters, " ")
		.replace(/\s+/g, " ")
		.trim();
	if (clean === "") return null;
	return Array.from(clean).slice(0, personNameLengthMax).join("").trim();
}

/** True for colours as `Person` has them. */
export function isPersonColor(color: unknown): color is string {
	return typeof color === "string" && /^#[0-9a-f]{6}$/.test(color);
}
