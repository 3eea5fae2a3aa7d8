import type { WebSocket } from "ws";

/**
 * The echo service: text comes back as `Received: <text>`, binary comes back as it is. The app
 * measures the network with it.
 */
export function echo(socket: WebSocket): void {
	socket.on("message", (data: Buffer, isBinary: boolean) => {
		if (socket.bufferedAmount > echoWaitingBytesMax) socket.terminate();
		else socket.send(isBinary ? data : `Received: ${data.toString()}`);
	});
	// ws has answered a malformed frame with its close code; nothing is left to do.
	socket.on("error", () => socket.terminate());
}

/** Largest message that is echoed. */
export const echoBytesMax = 1024 * 1024;

/** Echoes that may wait for a client that does not read. */
const echoWaitingBytesMax = 4 * 1024 * 1024;
