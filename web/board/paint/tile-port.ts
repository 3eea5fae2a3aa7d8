/** Opens a painter of tiles: in a worker where the browser can, else here, between frames. */
import { whenIdle } from "../../ui/idle.ts";
import type { FromTilePainter, ToTilePainter } from "./tile-messages.ts";
import type { Sheet, TilePainter } from "./tile-painter.ts";

/** How long after it did not come the painter is asked for again. */
const painterRetryMs = 2_000;

/** A painter of tiles, wherever it works. */
export interface TilePort {
	send(message: ToTilePainter, transfer?: Transferable[]): void;
	close(): void;
}

/** What the owner of a port is told. */
export interface TilePortEvents {
	answer(answer: FromTilePainter): void;
	/** The worker could not start or died: `instead` has taken its place and knows nothing yet. */
	replaced(instead: TilePort): void;
}

/** New items that the page draws above the tiles; of more, the tiles alone are waited for. */
export const recentMax = 64;

/**
 * A painter of tiles; the fastest there is. It is fetched when it has something to paint that the
 * page does not: who comes to an empty board draws before that.
 */
export function openTilePort(events: TilePortEvents): TilePort {
	let isClosed = false;
	let port: TilePort | null = null;
	let isAwaited = false;
	const waiting: (readonly [ToTilePainter, Transferable[]])[] = [];
	const open = (): void => {
		if (isClosed || port !== null) return;
		port = openNow(events);
		for (const [message, transfer] of waiting.splice(0)) port.send(message, transfer);
	};
	return {
		send: (message, transfer = []) => {
			if (port !== null) return port.send(message, transfer);
			// Each list of wanted tiles stands for all before it.
			if (message.type === "wanted" && waiting.at(-1)?.[0].type === "wanted") waiting.pop();
			waiting.push([message, transfer]);
			if (isUrgent(message)) return open();
			if (isAwaited || message.type !== "items" || message.put.items.length === 0) return;
			isAwaited = true;
			whenIdle(open);
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

function openNow(events: TilePortEvents): TilePort {
	if (typeof Worker === "undefined" || !hasOffscreenCanvas()) return openHere(events);
	return openWorker(events);
}

function hasOffscreenCanvas(): boolean {
	return (
		typeof OffscreenCanvas !== "undefined" && new OffscreenCanvas(1, 1).getContext("2d") !== null
	);
}

function openWorker(events: TilePortEvents): TilePort {
	const worker = new Worker(new URL("./tile-worker.ts", import.meta.url), { type: "module" });
	worker.addEventListener("message", (event: MessageEvent<FromTilePainter>) => {
		events.answer(event.data);
	});
	worker.addEventListener("error", (event) => {
		console.warn("The board is painted without its worker:", event.message);
		worker.terminate();
		events.replaced(openHere(events));
	});
	return {
		send: (message, transfer = []) => worker.postMessage(message, transfer),
		close: () => worker.terminate(),
	};
}

/** Fetched only where it is needed; what is said before waits. */
function openHere(events: TilePortEvents): TilePort {
	let isClosed = false;
	let painter: TilePainter | null = null;
	const waiting: ToTilePainter[] = [];
	void fetchPainter(() => isClosed).then((module) => {
		if (module === null) return;
		painter = new module.TilePainter({
			post: (answer) => {
				// Never inside the call that asked: the worker's answers come later, too.
				queueMicrotask(() => {
					if (!isClosed) events.answer(answer);
				});
			},
			schedule: (run) => {
				setTimeout(() => {
					if (!isClosed) run();
				}, 4);
			},
			openSheet,
		});
		for (const message of waiting.splice(0)) painter.receive(message);
	});
	return {
		send: (message) => {
			if (painter === null) waiting.push(message);
			else painter.receive(message);
		},
		close: () => {
			isClosed = true;
		},
	};
}

/** Tried again where it does not come: the server may be away. Null when nobody waits any more. */
async function fetchPainter(
	isClosed: () => boolean,
): Promise<typeof import("./tile-painter.ts") | null> {
	while (!isClosed()) {
		try {
			return await import("./tile-painter.ts");
		} catch (error) {
			console.warn("The board's painter did not come; it is asked for again:", error);
			await new Promise((resolve) => setTimeout(resolve, painterRetryMs));
		}
	}
	return null;
}

function openSheet(width: number, height: number): Sheet {
	const canvas = document.createElement("canvas");
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this browser has no 2d canvas");
	return {
		context,
		toImage: () => canvas,
		toBlob: () => new Promise((resolve) => canvas.toBlob(resolve, "image/png")),
	};
}
