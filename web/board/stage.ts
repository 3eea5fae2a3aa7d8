/**
 * Three canvases on top of each other, and the frames that fill them: the finished board, what
 * moves above it (others' ink, selection), and the own ink, which its tool draws without waiting.
 *
 * The finished board is painted where it looks different, with a margin around the view. While the
 * view stays within that, panning only moves the canvas; what moves above it costs it nothing.
 */
import type { Cancel } from "../../shared/clock.ts";
import type { Theme } from "../ui/colors/palette.ts";
import { type Camera, homeCamera, type Point, type Size } from "./camera.ts";
import type { PaintContext } from "./paint/painter.ts";
import { Paper, type PaperColors } from "./paint/paper.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import { TileLayer } from "./paint/tile-layer.ts";
import type { Frame } from "./paint/tile-view.ts";

/** More device pixels a CSS pixel are not told apart, and cost memory. */
const pixelRatioMax = 3;
/** The board is painted so far beyond each side of the view, in CSS pixels. */
const marginPixels = 64;
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
	/** What the board's canvas shows, margin and all; null where it is to be painted anew. */
	#painted: Frame | null = null;
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
		this.clearInk();
		this.layer = new TileLayer({
			items: ports.items,
			requestFrame: () => this.#paintAgain(),
		});
		this.#board.addEventListener("contextrestored", () => this.#paintAgain());
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
		context.clearRect(0, 0, this.#ink.width, this.#ink.height);
		this.#ink.hidden = false;
		applyCamera(context, this.frame);
		draw(context);
		context.globalAlpha = 1;
		context.setTransform(1, 0, 0, 1, 0, 0);
	}

	/** Wipes the own ink away. */
	clearInk(): void {
		this.#inkContext.clearRect(0, 0, this.#ink.width, this.#ink.height);
		this.#ink.hidden = true;
	}

	/** Reads the theme's colours from the style sheet again. */
	readTheme(): void {
		const style = getComputedStyle(this.#host);
		this.#colors = { paper: style.backgroundColor, dots: style.color };
		this.layer.setTheme(themeOf(style.backgroundColor));
		this.#paintAgain();
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
		const wide = Math.round(width * this.#pixelRatio);
		const high = Math.round(height * this.#pixelRatio);
		for (const canvas of [this.#above, this.#ink]) sizeCanvas(canvas, wide, high);
		const margin = this.#margin;
		sizeCanvas(this.#board, wide + 2 * margin, high + 2 * margin);
		// Whole device pixels, or all of it would be blurred.
		const { style, width: boardWide, height: boardHigh } = this.#board;
		style.width = `${boardWide / this.#pixelRatio}px`;
		style.height = `${boardHigh / this.#pixelRatio}px`;
		style.left = style.top = `${-margin / this.#pixelRatio}px`;
		this.#painted = null;
		// At once, not with the next frame: a canvas that was resized is empty.
		this.#drawFrame();
	}

	/** The board's margin in device pixels. */
	get #margin(): number {
		return Math.round(marginPixels * this.#pixelRatio);
	}

	#paintAgain(): void {
		this.#painted = null;
		this.requestFrame();
	}

	#drawFrame(): void {
		const { width, height } = this.#size;
		if (width === 0 || height === 0 || this.#isClosed) return;
		if (Math.min(pixelRatioMax, window.devicePixelRatio || 1) !== this.#pixelRatio) {
			this.#measure();
			return;
		}
		const { frame } = this;
		this.#showBoard(frame);
		this.#drawAbove(frame);
		for (const run of this.#afterFrame.splice(0)) run();
	}

	#showBoard(frame: Frame): void {
		const margin = this.#margin;
		let slide = this.#painted && slideBetween(this.#painted, frame, margin);
		if (slide === null) {
			this.#painted = withMargin(frame, margin);
			this.#paper.draw(this.#boardContext, this.#painted, this.#colors);
			this.layer.draw(this.#boardContext, this.#painted);
			slide = { x: 0, y: 0 };
		}
		const { x, y } = slide;
		this.#board.style.translate = `${x / this.#pixelRatio}px ${y / this.#pixelRatio}px`;
	}

	#drawAbove(frame: Frame): void {
		const context = this.#aboveContext;
		const overlays = this.#overlays.filter((overlay) => !overlay.isEmpty);
		// A canvas that is empty costs nothing: it is not even laid over the board.
		if (this.#hasAbove) context.clearRect(0, 0, this.#above.width, this.#above.height);
		this.#hasAbove = overlays.length > 0;
		this.#above.hidden = !this.#hasAbove;
		applyCamera(context, frame);
		const moving = overlays.filter((overlay) => overlay.draw(context, frame));
		context.setTransform(1, 0, 0, 1, 0, 0);
		if (moving.length > 0) this.requestFrame();
	}
}

/** A frame that shows so many device pixels more on each side. */
function withMargin(frame: Frame, margin: number): Frame {
	const { camera, size, pixelRatio } = frame;
	const units = margin / (camera.zoom * pixelRatio);
	const more = (2 * margin) / pixelRatio;
	return {
		...frame,
		camera: { ...camera, x: camera.x - units, y: camera.y - units },
		size: { width: size.width + more, height: size.height + more },
	};
}

/**
 * So many device pixels what was painted with a margin is moved to be what a frame shows: the same
 * whole ones that it would be painted at. Null where it is too far away, or of another scale.
 */
function slideBetween(painted: Frame, frame: Frame, margin: number): Point | null {
	const { camera, pixelRatio, isZooming } = frame;
	if (isZooming || painted.isZooming || painted.camera.zoom !== camera.zoom) return null;
	const scale = camera.zoom * pixelRatio;
	const along = (from: number, to: number) =>
		Math.round(-to * scale) - Math.round(-from * scale) + margin;
	const x = along(painted.camera.x, camera.x);
	const y = along(painted.camera.y, camera.y);
	return Math.max(Math.abs(x), Math.abs(y)) > margin ? null : { x, y };
}

function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
	canvas.width = Math.max(1, width);
	canvas.height = Math.max(1, height);
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
