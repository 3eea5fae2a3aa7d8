/** Servers that say wrong things on the wire. */
import type { Plants } from "../../scripts/converge/sim/server.ts";
import { decodeAwareness, encodeAwareness } from "../../shared/awareness.ts";
import { decodeClientFrame, encodeAwarenessFrame, messageType } from "../../shared/protocol.ts";
import { replace } from "./wrap.ts";

/** Never tells that somebody left. */
export function keepsTheDead(): Plants {
	return {
		wire: (wire) =>
			replace(wire, { send: (messages) => wire.send(messages.map((one) => withoutLeaving(one))) }),
	};
}

function withoutLeaving(message: Uint8Array): Uint8Array {
	if (message[0] !== messageType.awareness) return message;
	const frame = decodeClientFrame(message);
	if (frame.type !== "awareness") return message;
	const here = decodeAwareness(frame.update).filter(({ state }) => state !== "null");
	return encodeAwarenessFrame(encodeAwareness(here));
}
