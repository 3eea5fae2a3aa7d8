/** The WebSocket that y-websocket is handed: it counts writes and keeps echoes at home. */
import * as decoding from "lib0/decoding";
import { countsAsWrite, messageType } from "../../../shared/protocol.ts";

/** What a socket tells its client. */
export interface SocketReports {
	/** A frame that counts for `saved` is about to leave. */
	sent(): void;
	/** Something came in, whatever it was. */
	heard(): void;
}

/** The constructor that y-websocket wants as `WebSocketPolyfill`. */
export type SocketClass = typeof WebSocket;

/**
 * A class of sockets for one client.
 *
 * y-websocket tells the server about every awareness state that changed, those included that the
 * server itself just sent. The server throws them away; with 100 cursors at 30 Hz that is most of
 * what a client sends. So such a frame stays here.
 */
export function reportingSocket(
	base: SocketClass,
	ownClientId: number,
	reports: SocketReports,
): SocketClass {
	return class extends base {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			this.addEventListener("message", () => reports.heard());
		}

		override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
			if (data instanceof Uint8Array) {
				if (isEcho(data, ownClientId)) return;
				if (countsAsWrite(data)) reports.sent();
			}
			super.send(data as ArrayBufferView<ArrayBuffer>);
		}
	};
}

/** True for an awareness frame that speaks of others only. */
export function isEcho(frame: Uint8Array, ownClientId: number): boolean {
	if (frame[0] !== messageType.awareness) return false;
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	decoding.readVarUint(decoder); // The length of what follows.
	const count = decoding.readVarUint(decoder);
	for (let entryIndex = 0; entryIndex < count; entryIndex++) {
		if (decoding.readVarUint(decoder) === ownClientId) return false;
		decoding.readVarUint(decoder);
		decoding.readVarUint8Array(decoder);
	}
	return true;
}
