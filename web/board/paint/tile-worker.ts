/** The worker in which tiles are painted, so that no drawing ever holds up the hand. */
import type { ToTilePainter } from "./tile-messages.ts";
import { type Sheet, TilePainter } from "./tile-painter.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

const painter = new TilePainter({
	post: (answer) => {
		const transfer = answer.type === "tile" && answer.image !== null ? [answer.image] : [];
		scope.postMessage(answer, transfer as Transferable[]);
	},
	schedule: (run) => {
		// A message to itself lets newer wishes of the page in between two tiles.
		waiting.push(run);
		turns.port2.postMessage(null);
	},
	openSheet,
});

scope.addEventListener("message", (event: MessageEvent<ToTilePainter>) => {
	painter.receive(event.data);
});

function openSheet(width: number, height: number): Sheet {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this worker has no 2d canvas");
	return {
		context,
		toImage: () => canvas.transferToImageBitmap(),
		toBlob: () => canvas.convertToBlob({ type: "image/png" }),
	};
}
