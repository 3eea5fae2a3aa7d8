/** The paper under the drawing: its colour and a grid of dots, kept as one picture for panning. */
import type { Frame } from "./tile-view.ts";

/** Distance of two dots in units at 100 %; doubled or halved with the zoom. */
const dotGap = 24;
/** Dots stand at least so many CSS pixels apart. */
const dotGapPixelsMin = 17;

/** How the paper looks in the theme. */
export interface PaperColors {
	readonly paper: string;
	readonly dots: string;
}

/** Draws the paper; makes its picture anew only where zoom, size or colours changed. */
export class Paper {
	readonly #canvas = document.createElement("canvas");
	#made = "";

	/** Fills the whole context; nothing needs to be cleared before. */
	draw(context: CanvasRenderingContext2D, frame: Frame, colors: PaperColors): void {
		const { camera, pixelRatio } = frame;
		const gap = gapOf(camera.zoom) * pixelRatio;
		const scale = camera.zoom * pixelRatio;
		// From a whole pixel on, as the tiles lie.
		const left = Math.round(modulo(Math.round(-camera.x * scale), gap) - gap);
		const top = Math.round(modulo(Math.round(-camera.y * scale), gap) - gap);
		if (frame.isZooming) {
			// Every frame has another grid then: a picture of it would be used once.
			drawPaper(context, { left, top, gap, pixelRatio }, colors);
			return;
		}
		const { width, height } = context.canvas;
		const name = [width, height, gap, colors.paper, colors.dots].join();
		if (name !== this.#made) {
			this.#make({ width, height, gap, pixelRatio }, colors);
			this.#made = name;
		}
		context.drawImage(this.#canvas, left, top);
	}

	#make(
		size: {
			readonly width: number;
			readonly height: number;
			readonly gap: number;
			readonly pixelRatio: number;
		},
		colors: PaperColors,
	): void {
		const { gap, pixelRatio } = size;
		this.#canvas.width = Math.ceil(size.width + gap * 2);
		this.#canvas.height = Math.ceil(size.height + gap * 2);
		const context = this.#canvas.getContext("2d", { alpha: false });
		if (context !== null) drawPaper(context, { left: 0, top: 0, gap, pixelRatio }, colors);
	}
}

/** Fills a canvas; `left` and `top` are the place of one dot, others follow every `gap` pixels. */
function drawPaper(
	context: CanvasRenderingContext2D,
	grid: {
		readonly left: number;
		readonly top: number;
		readonly gap: number;
		readonly pixelRatio: number;
	},
	colors: PaperColors,
): void {
	const { width, height } = context.canvas;
	context.fillStyle = colors.paper;
	context.fillRect(0, 0, width, height);
	context.fillStyle = colors.dots;
	const dot = Math.max(1, Math.round(1.25 * grid.pixelRatio));
	context.beginPath();
	for (let y = grid.top; y < height; y += grid.gap) {
		for (let x = grid.left; x < width; x += grid.gap) {
			context.rect(Math.round(x), Math.round(y), dot, dot);
		}
	}
	context.fill();
}

/** Units between two dots at a zoom; one of them stands at 0, 0. */
export function dotGapAt(zoom: number): number {
	return gapOf(zoom) / zoom;
}

/** CSS pixels between two dots: never so near that they become grey, never lost from sight. */
function gapOf(zoom: number): number {
	let gap = dotGap * zoom;
	while (gap < dotGapPixelsMin) gap *= 2;
	while (gap >= dotGapPixelsMin * 2) gap /= 2;
	return gap;
}

function modulo(value: number, by: number): number {
	return ((value % by) + by) % by;
}
