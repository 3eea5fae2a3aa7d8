/**
 * Three canvases on top of each other, and the frames that fill them: the finished board, what
 * moves above it (others' ink, selection), and the own ink, which its tool draws without waiting.
 */
import type { Cancel } from "../../shared/clock.ts";
import type { Theme } from "../ui/colors/palette.ts";
import { type Camera, homeCamera, type Size } from "./camera.ts";
import type { PaintContext } from "./paint/painter.ts";
import { Paper, type PaperColors } from "./paint/paper.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import { TileLayer } from "./paint/tile-layer.ts";
import type { Frame } from "./paint/tile-view.ts";

/** More device pixels a CSS pixel are not told apart, and cost memory. */
const pixelRatioMax = 3;
/** So long after the last step of a zoom the exact scale is painted. */
const zoomRestMs = 120;

/** Something that is drawn above the finished board at every frame. */
export interface Overlay {
	/** True where there is nothing to draw. */
	readonly isEmpty: boolean;
	/** The context's unit is the board's. Returns true where the next frame will differ. */
	draw(context: PaintContext, frame: Frame): boolean;
}

/** What the stage asks its owner, and tells it. */
export interface StagePorts {
	readonly items: () => readonly SceneItem[];
	readonly resized: () => void;
}

/** Owns the canvases in `host`. `close()` it when the board goes. */
export class Stage {
	readonly layer: TileLayer;
	readonly #host: HTMLElement;
	readonly #board = makeCanvas("board");
	readonly #above = makeCanvas("above");
	readonly #ink = makeCanvas("ink");
	readonly #boardContext: CanvasRenderingContext2D;
	readonly #aboveContext: CanvasRenderingContext2D;
	readonly #inkContext: CanvasRenderingContext2D;
	readonly #paper = new Paper();
	readonly #overlays: Overlay[] = [];
	readonly #listeners = new Set<(camera: Camera) => void>();
	readonly #sizes: ResizeObserver;
	readonly #afterFrame: (() => void)[] = [];
	#camera: Camera = homeCamera;
	#size: Size = { width: 0, height: 0 };
	#pixelRatio = 1;
	#zoomingUntilMs = 0;
	#frameRequest = 0;
	#restTimer = 0;
	#colors: PaperColors = { paper: "white", dots: "silver" };
	#hasAbove = false;
	#isClosed = false;

	constructor(host: HTMLElement, ports: StagePorts) {
		this.#host = host;
		this.#boardContext = contextOf(this.#board, { alpha: false });
		this.#aboveContext = contextOf(this.#above, {});
		this.#inkContext = contextOf(this.#ink, { desynchronized: true });
		host.replaceChildren(this.#board, this.#above, this.#ink);
		this.layer = new TileLayer({
			items: ports.items,
			requestFrame: () => this.requestFrame(),
		});
		this.#sizes = new ResizeObserver(() => {
			this.#measure();
			ports.resized();
		});
		this.#sizes.observe(host);
		this.readTheme();
		this.#measure();
	}

	/** Where one looks. */
	get camera(): Camera {
		return this.#camera;
	}

	/** The view, in CSS pixels. */
	get size(): Size {
		return this.#size;
	}

	/** What one frame shows, now. */
	get frame(): Frame {
		return {
			camera: this.#camera,
			size: this.#size,
			pixelRatio: this.#pixelRatio,
			isZooming: performance.now() < this.#zoomingUntilMs,
		};
	}

	/** The paper's colour, for pictures of the board. */
	get paperColor(): string {
		return this.#colors.paper;
	}

	/** Looks elsewhere. */
	setCamera(camera: Camera): void {
		if (camera.zoom !== this.#camera.zoom) {
			this.#zoomingUntilMs = performance.now() + zoomRestMs;
			clearTimeout(this.#restTimer);
			this.#restTimer = window.setTimeout(() => this.requestFrame(), zoomRestMs + 8);
		}
		this.#camera = camera;
		for (const listen of this.#listeners) listen(camera);
		this.requestFrame();
	}

	/** Calls back whenever one looks elsewhere. */
	onCamera(listen: (camera: Camera) => void): Cancel {
		this.#listeners.add(listen);
		return () => this.#listeners.delete(listen);
	}

	/** Adds something that is drawn above the board; the last one is uppermost. */
	addOverlay(overlay: Overlay): void {
		this.#overlays.push(overlay);
	}

	/** Draws once more, with the screen's next frame. */
	requestFrame(): void {
		if (this.#frameRequest !== 0 || this.#isClosed) return;
		this.#frameRequest = requestAnimationFrame(() => {
			this.#frameRequest = 0;
			this.#drawFrame();
		});
	}

	/** Calls back when the next frame has been drawn: the board then shows what it holds now. */
	afterFrame(run: () => void): void {
		this.#afterFrame.push(run);
		this.requestFrame();
	}

	/** Draws the own ink at once, in board units; what was there before is wiped away. */
	drawInk(draw: (context: CanvasRenderingContext2D) => void): void {
		const context = this.#inkContext;
		this.clearInk();
		applyCamera(context, this.frame);
		draw(context);
		context.globalAlpha = 1;
		context.setTransform(1, 0, 0, 1, 0, 0);
	}

	/** Wipes the own ink away. */
	clearInk(): void {
		this.#inkContext.clearRect(0, 0, this.#ink.width, this.#ink.height);
	}

	/** Reads the theme's colours from the style sheet again. */
	readTheme(): void {
		const style = getComputedStyle(this.#host);
		this.#colors = { paper: style.backgroundColor, dots: style.color };
		this.layer.setTheme(themeOf(style.backgroundColor));
		this.requestFrame();
	}

	/** Ends frames, worker and observers. Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		cancelAnimationFrame(this.#frameRequest);
		clearTimeout(this.#restTimer);
		this.#sizes.disconnect();
		this.#listeners.clear();
		this.layer.close();
		this.#host.replaceChildren();
	}

	#measure(): void {
		const { clientWidth: width, clientHeight: height } = this.#host;
		this.#size = { width, height };
		this.#pixelRatio = Math.min(pixelRatioMax, window.devicePixelRatio || 1);
		for (const canvas of [this.#board, this.#above, this.#ink]) {
			canvas.width = Math.max(1, Math.round(width * this.#pixelRatio));
			canvas.height = Math.max(1, Math.round(height * this.#pixelRatio));
		}
		// At once, not with the next frame: a canvas that was resized is empty.
		this.#drawFrame();
	}

	#drawFrame(): void {
		const { width, height } = this.#size;
		if (width === 0 || height === 0 || this.#isClosed) return;
		if (Math.min(pixelRatioMax, window.devicePixelRatio || 1) !== this.#pixelRatio) {
			this.#measure();
			return;
		}
		const { frame } = this;
		this.#paper.draw(this.#boardContext, frame, this.#colors);
		this.layer.draw(this.#boardContext, frame);
		this.#drawAbove(frame);
		for (const run of this.#afterFrame.splice(0)) run();
	}

	#drawAbove(frame: Frame): void {
		const context = this.#aboveContext;
		const overlays = this.#overlays.filter((overlay) => !overlay.isEmpty);
		// A canvas that is empty and stays so costs nothing, not even a clearing.
		if (this.#hasAbove) context.clearRect(0, 0, this.#above.width, this.#above.height);
		this.#hasAbove = overlays.length > 0;
		applyCamera(context, frame);
		const moving = overlays.filter((overlay) => overlay.draw(context, frame));
		context.setTransform(1, 0, 0, 1, 0, 0);
		if (moving.length > 0) this.requestFrame();
	}
}

function applyCamera(context: CanvasRenderingContext2D, { camera, pixelRatio }: Frame): void {
	const scale = camera.zoom * pixelRatio;
	context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
}

function makeCanvas(name: string): HTMLCanvasElement {
	const canvas = document.createElement("canvas");
	canvas.className = `weft-board__canvas weft-board__canvas--${name}`;
	canvas.setAttribute("aria-hidden", "true");
	return canvas;
}

function contextOf(
	canvas: HTMLCanvasElement,
	settings: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
	const context = canvas.getContext("2d", settings);
	if (context === null) throw new Error("this browser has no 2d canvas");
	return context;
}

/** Dark paper or light, by how it looks and not by what was asked for. */
function themeOf(color: string): Theme {
	const [red = 255, green = 255, blue = 255] = (color.match(/[\d.]+/g) ?? []).map(Number);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? "dark" : "light";
}
