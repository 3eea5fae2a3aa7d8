/** Tiles and the way to their painter: fetched when there is something to paint on them. */
import { untilItComes } from "../../sync/later.ts";
import type { FromTilePainter, TilePort, TilePortEvents, ToTilePainter } from "./tile-messages.ts";
import type { Sheet, TilePainter } from "./tile-painter.ts";

export { TileView } from "./tile-view.ts";

/** In a worker where the browser can, else here, between frames. */
export function openPainter(events: TilePortEvents): TilePort {
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
		// Without words its script did not come: of that the network speaks.
		if (event instanceof ErrorEvent) {
			console.warn(`The board is painted without its worker: ${event.message}`);
		} else console.info("The board is painted without its worker, which did not come.");
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
	const painterComes = untilItComes(
		() => import("./tile-painter.ts"),
		() => isClosed,
	);
	void painterComes.then((module) => {
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
