/**
 * How frames are wrapped on the way to a server.
 *
 * People of the harness speak the frames of shared/PROTOCOL.md: y-protocols' and Weft's own. A
 * conversation stands between a connection and its server, and says the same in the server's words.
 *
 * Hocuspocus' words (its `OutgoingMessage` and `MessageReceiver`, 4.x): every message begins with
 * the document's name, and nothing is heard before a token was sent.
 *
 *     message     string(name) uint(type) body
 *     auth        02 00 string(token) string(version)   client: first of all
 *                 02 01 string(reason)                  server: you may not
 *                 02 02 string(scope)                   server: welcome
 *     sync reply  04 …                                  as `sync`, asks for nothing back
 *     close       07 string(reason)                     server: this room ends, the socket stays
 *     sync status 08 uint(1 or 0)                       server: a write of yours was taken, or not
 *
 * Its sync status comes for every step 2 and update, in their order, and becomes Weft's `saved`:
 * its provider counts them, and says that this count, unlike "synced", tells of what is "persisted
 * to the backend".
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encodeSaved, messageType } from "../../../shared/protocol.ts";

/** The words a server understands. */
export type Dialect = "weft" | "y-websocket" | "hocuspocus";

/** What a message from the server comes to. */
export type Heard =
	| { readonly kind: "frame"; readonly frame: Uint8Array }
	/** The server is done with this connection: close the socket. */
	| { readonly kind: "ended"; readonly reason: string }
	/** Nothing that people of the harness know a word for. */
	| { readonly kind: "nothing" };

/** The words of one connection. */
export interface Conversation {
	/** Sent when the socket opens, before all else. */
	greeting(): readonly Uint8Array[];
	/** Bytes for a frame of ours; null where the server has no word for it. */
	wrap(frame: Uint8Array): Uint8Array | null;
	/**
	 * What a message of the server says.
	 *
	 * @throws Error where its bytes cannot be read
	 */
	unwrap(message: Uint8Array): Heard;
}

/** Begins a conversation in a room; `name` is the room's as the server sees it. */
export function beginConversation(dialect: Dialect, name: string): Conversation {
	switch (dialect) {
		case "weft":
			return plain(() => true);
		case "y-websocket":
			// Most ignore what they do not know. Some end the connection, and may.
			return plain((type) => type <= messageType.queryAwareness);
		case "hocuspocus":
			return new HocuspocusConversation(name);
	}
}

function plain(isKnown: (type: number) => boolean): Conversation {
	return {
		greeting: () => [],
		wrap: (frame) => (isKnown(frame[0] ?? 0) ? frame : null),
		unwrap: (frame) => ({ kind: "frame", frame }),
	};
}

/** First number of a message of Hocuspocus, where it differs from y-protocols. */
const hocuspocusType = { auth: 2, syncReply: 4, close: 7, syncStatus: 8 } as const;
/** What follows `auth`. */
const authType = { token: 0, denied: 1 } as const;
/** Hocuspocus takes any token where no `onAuthenticate` is set. */
const token = "anyone";
/** The version of its provider that behaves as we do. */
const providerVersion = "4.7.0";

class HocuspocusConversation implements Conversation {
	readonly #name: string;
	/** Writes of ours that were taken, none before being refused. */
	#takenCount = 0;
	#isRefused = false;

	constructor(name: string) {
		this.#name = name;
	}

	greeting(): readonly Uint8Array[] {
		const auth = this.#message((encoder) => {
			encoding.writeVarUint(encoder, hocuspocusType.auth);
			encoding.writeVarUint(encoder, authType.token);
			encoding.writeVarString(encoder, token);
			encoding.writeVarString(encoder, providerVersion);
		});
		return [auth];
	}

	wrap(frame: Uint8Array): Uint8Array | null {
		const type = frame[0] ?? 0;
		if (type > messageType.queryAwareness || type === messageType.auth) return null;
		return this.#message((encoder) => encoding.writeUint8Array(encoder, frame));
	}

	unwrap(message: Uint8Array): Heard {
		const decoder = decoding.createDecoder(message);
		const name = decoding.readVarString(decoder);
		if (name !== this.#name) return { kind: "nothing" };
		const start = decoder.pos;
		switch (decoding.readVarUint(decoder)) {
			case messageType.sync:
			case messageType.awareness:
			case messageType.queryAwareness:
				return { kind: "frame", frame: message.slice(start) };
			case hocuspocusType.syncReply: {
				const frame = message.slice(start);
				frame[0] = messageType.sync;
				return { kind: "frame", frame };
			}
			case hocuspocusType.auth:
				return readAuth(decoder);
			case hocuspocusType.close:
				return { kind: "ended", reason: decoding.readVarString(decoder) };
			case hocuspocusType.syncStatus:
				return this.#readStatus(decoding.readVarUint(decoder) === 1);
			default:
				return { kind: "nothing" };
		}
	}

	/** `saved` speaks of whole prefixes: after one that was refused nothing more is promised. */
	#readStatus(isTaken: boolean): Heard {
		if (!isTaken) this.#isRefused = true;
		if (this.#isRefused) return { kind: "nothing" };
		this.#takenCount += 1;
		return { kind: "frame", frame: encodeSaved({ count: this.#takenCount, atMs: 0 }) };
	}

	#message(write: (encoder: encoding.Encoder) => void): Uint8Array {
		return encoding.encode((encoder) => {
			encoding.writeVarString(encoder, this.#name);
			write(encoder);
		});
	}
}

function readAuth(decoder: decoding.Decoder): Heard {
	if (decoding.readVarUint(decoder) !== authType.denied) return { kind: "nothing" };
	return { kind: "ended", reason: decoding.readVarString(decoder) };
}
