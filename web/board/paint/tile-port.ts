/** The way to tiles and their painter, whose code comes on idle, or when there is much to paint. */
import { untilItComes } from "../../sync/later.ts";
import { whenIdle } from "../../ui/idle.ts";
import type { TilePort, TilePortEvents, ToTilePainter } from "./tile-messages.ts";

/** New items that the page draws above the tiles; of more, the tiles alone are waited for. */
export const recentMax = 64;

/**
 * A painter of tiles; the fastest there is. Who comes to an empty board draws before it is here; it
 * does not wait for the first stroke, though: the network may be gone by then. `begun` is told of
 * the code.
 */
export function openTilePort(
	events: TilePortEvents,
	begun: (code: typeof import("./tiles.ts")) => void,
): TilePort {
	let isClosed = false;
	let port: TilePort | null = null;
	let isComing = false;
	const waiting: (readonly [ToTilePainter, Transferable[]])[] = [];
	const open = (): void => {
		if (isComing || isClosed) return;
		isComing = true;
		const tilesCome = untilItComes(
			() => import("./tiles.ts"),
			() => isClosed,
		);
		void tilesCome.then((tiles) => {
			if (tiles === null) return;
			port = tiles.openPainter(events);
			begun(tiles);
			for (const [message, transfer] of waiting.splice(0)) port.send(message, transfer);
		});
	};
	whenIdle(open);
	return {
		send: (message, transfer = []) => {
			if (port !== null) return port.send(message, transfer);
			waiting.push([message, transfer]);
			if (isUrgent(message)) open();
		},
		close: () => {
			isClosed = true;
			port?.close();
		},
	};
}

/** True for what only the painter can show. */
function isUrgent(message: ToTilePainter): boolean {
	if (message.type === "picture" || message.type === "photo") return true;
	if (message.type !== "items") return false;
	return message.put.items.length > (message.revision === 0 ? 0 : recentMax);
}
