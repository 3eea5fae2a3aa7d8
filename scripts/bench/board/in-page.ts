/**
 * What is done and noted inside of a board's page. Each of these functions is sent to the browser
 * as its text: it may use nothing but what it is handed.
 */
import type { Frames } from "./frames.ts";
import type { Camera } from "./strokes.ts";
import type { Way } from "./ways.ts";

/** A board as the benchmark uses it, whoever's it is. The peers' pages bring their own. */
export interface PageBoard {
	/** True once it can be drawn on. */
	isReady(): boolean;
	/** Where wheels are turned. */
	target(): Element;
	camera(): Camera;
	/** Jumps there, as no hand does. */
	look(camera: Camera): void;
	/** Turns of the wheel with Ctrl, at most a few, that lead from one zoom towards another. */
	turns(from: number, to: number): number[];
	takePen(): void;
	/** How many strokes are on it. */
	count(): number;
	/** True where there is ink at all places: in CSS pixels from the board's corner. */
	isPainted(places: readonly (readonly [number, number])[]): boolean;
	/** Makes the strokes of `/strokes.bin` ready; null where they come over the network. */
	readonly hold: (() => Promise<void>) | null;
	/** Puts them on the board. */
	show(): void;
	/** Bytes that others are sent of a stroke, and of one that was moved; null: not known here. */
	sizes(): { stroke: number; move: number } | null;
}

interface Notes {
	/** When the first message with strokes came; NaN before. */
	dataMs: number;
	/** When ink was last drawn. */
	drawnMs: number;
	frames: number[];
	latencies: number[];
	ups: number[];
	/** Reports of the pen that no frame has shown yet. */
	waiting: number[];
	isWatching: boolean;
}

declare const benchNotes: Notes;
declare const benchBoard: PageBoard;

/** Before the page's own code: tells when data comes and when ink is drawn. */
export function install(): void {
	const notes: Notes = {
		dataMs: Number.NaN,
		drawnMs: 0,
		frames: [],
		latencies: [],
		ups: [],
		waiting: [],
		isWatching: false,
	};
	Object.assign(globalThis, { benchNotes: notes });
	globalThis.WebSocket = class extends WebSocket {
		constructor(address: string | URL, protocols?: string | string[]) {
			super(address, protocols);
			this.addEventListener("message", ({ data }) => {
				// A server that is slow says what it was sent at once in pieces, of a few strokes each.
				const isData = data instanceof ArrayBuffer && data.byteLength > 1_000;
				if (isData && Number.isNaN(notes.dataMs)) notes.dataMs = performance.now();
			});
		}
	};
	// Weft's own ink has a canvas for itself; what peers draw anywhere counts as theirs.
	const draws = ["fill", "stroke", "drawImage"] as const;
	for (const name of draws) {
		const { prototype } = CanvasRenderingContext2D;
		const draw = prototype[name] as (...how: unknown[]) => void;
		const noted = function (this: CanvasRenderingContext2D, ...how: unknown[]) {
			const { className } = this.canvas;
			const isOther = className.includes("weft-board__canvas") && !className.endsWith("--ink");
			if (!isOther) notes.drawnMs = performance.now();
			draw.apply(this, how);
		};
		Object.assign(prototype, { [name]: noted });
	}
}

/** Weft's board behind the same words as the peers'. Returns once it is there. */
export async function installWeft(): Promise<void> {
	interface Stage {
		camera: Camera;
		setCamera(camera: Camera): void;
	}
	interface Easel {
		readonly stage: Stage;
		readonly scene: { items(): unknown[] };
		tools: { take(tool: string): void };
	}
	type WeftElement = HTMLElement & { easel: Easel | null };
	const element = () => document.querySelector<WeftElement>("weft-board");
	const easel = (): Easel => {
		const here = element()?.easel;
		if (!here) throw new Error("there is no easel");
		return here;
	};
	const paper = () => document.querySelector(".weft-board__paper") as HTMLElement;
	const board: PageBoard = {
		isReady: () => Boolean(element()?.easel),
		target: paper,
		camera: () => easel().stage.camera,
		look: (camera) => easel().stage.setCamera(camera),
		turns: (from, to) => {
			const way = -Math.log(to / from) * 100;
			const count = Math.min(8, Math.ceil(Math.abs(way) / 28));
			return Array.from({ length: count }, () => way / count);
		},
		takePen: () => easel().tools.take("pen"),
		count: () => easel().scene.items().length,
		isPainted: (places) => {
			const canvas = document.querySelector<HTMLCanvasElement>(".weft-board__canvas--board");
			const context = canvas?.getContext("2d");
			if (!canvas || !context) return false;
			// The canvas is larger than the board.
			const shown = paper().getBoundingClientRect();
			const whole = canvas.getBoundingClientRect();
			const [left, top] = [shown.left - whole.left, shown.top - whole.top];
			// Ink, not paper and not the dots on it.
			return places.every(([x, y]) => {
				const { data } = context.getImageData(left + x - 1, top + y - 1, 3, 3);
				return data.some((value, at) => at % 4 === 0 && value < 190);
			});
		},
		hold: null,
		show: () => undefined,
		sizes: () => null,
	};
	Object.assign(globalThis, { benchBoard: board });
	for (const endMs = performance.now() + 60_000; !board.isReady(); ) {
		if (performance.now() > endMs) throw new Error("the board did not come");
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	// Who turns the wheel looks where they want: the board no longer brings what arrives into view.
	paper().dispatchEvent(new WheelEvent("wheel", { deltaX: 1, bubbles: true, cancelable: true }));
}

/** Makes peers' strokes ready; nothing is shown yet. */
export async function hold(): Promise<void> {
	await benchBoard.hold?.();
}

/** Looks somewhere, and gives the page time to paint. */
export async function look([camera, restMs]: readonly [Camera, number]): Promise<void> {
	benchBoard.look(camera);
	await new Promise((resolve) => setTimeout(resolve, restMs));
}

/** How many strokes are on the board. */
export function strokeCount(): number {
	return benchBoard.count();
}

/** See `PageBoard.sizes`. */
export function sizesOf(): { stroke: number; move: number } | null {
	return benchBoard.sizes();
}

/** What there is to be seen after loading. */
export interface Expected {
	readonly count: number;
	readonly places: readonly (readonly [number, number])[];
	readonly msMax: number;
}

/**
 * Shows what peers hold, or waits for what comes over the network; resolves with the milliseconds
 * from the data being there until all places are painted and a frame has passed.
 */
export async function load({ count, places, msMax }: Expected): Promise<number> {
	const frame = () => new Promise(requestAnimationFrame);
	let fromMs = performance.now();
	const giveUpMs = fromMs + msMax;
	benchBoard.show();
	const isThere = () => benchBoard.count() >= count && benchBoard.isPainted(places);
	while (!isThere()) {
		if (performance.now() > giveUpMs) {
			throw new Error(`${benchBoard.count()} of ${count} strokes, not painted in ${msMax} ms`);
		}
		await frame();
	}
	await frame();
	await new Promise((resolve) => setTimeout(resolve, 0));
	if (benchBoard.hold === null) fromMs = benchNotes.dataMs;
	return performance.now() - fromMs;
}

/** Follows a way with the wheel, and watches the frames, also of what is put off. */
export async function follow([way, restMs]: readonly [Way, number]): Promise<
	Frames & { readonly zoomMin: number }
> {
	const target = benchBoard.target();
	const { left, top, width, height } = target.getBoundingClientRect();
	const middle = { clientX: left + width / 2, clientY: top + height / 2 };
	const turn = (deltaX: number, deltaY: number, ctrlKey: boolean) =>
		target.dispatchEvent(
			new WheelEvent("wheel", {
				...{ deltaX, deltaY, ctrlKey, ...middle, view: window },
				...{ bubbles: true, cancelable: true, composed: true },
			}),
		);
	const step = (wanted: Camera) => {
		const { x, y, zoom } = benchBoard.camera();
		if (!way.isZoom) return turn((wanted.x - x) * zoom, (wanted.y - y) * zoom, false);
		for (const each of benchBoard.turns(zoom, wanted.zoom)) turn(0, each, true);
		return true;
	};
	const atMs: number[] = [];
	let zoomMin = Number.POSITIVE_INFINITY;
	const beganMs: number = await new Promise(requestAnimationFrame);
	const endMs = beganMs + way.seconds * 1_000;
	let nowMs = beganMs;
	while (nowMs < endMs) {
		atMs.push(nowMs);
		const index = Math.round(((way.cameras.length - 1) * (nowMs - beganMs)) / (endMs - beganMs));
		const wanted = way.cameras[index];
		if (wanted !== undefined) step(wanted);
		zoomMin = Math.min(zoomMin, benchBoard.camera().zoom);
		nowMs = await new Promise(requestAnimationFrame);
	}
	for (const untilMs = nowMs + restMs; nowMs < untilMs; ) {
		atMs.push(nowMs);
		nowMs = await new Promise(requestAnimationFrame);
	}
	return { atMs, beganMs, endedMs: endMs, zoomMin };
}

/** From here on notes frames, and how late ink is. */
export function beginInk(): void {
	benchBoard.takePen();
	const notes = benchNotes;
	Object.assign(notes, { frames: [], latencies: [], ups: [], waiting: [], isWatching: true });
	// tldraw's ink is no canvas.
	const changes = new MutationObserver(() => {
		notes.drawnMs = performance.now();
	});
	if (document.querySelector(".tl-container") !== null) {
		changes.observe(document.body, { attributes: true, childList: true, subtree: true });
	}
	let eventMs = 0;
	let isDown = false;
	addEventListener(
		"pointerdown",
		() => {
			isDown = true;
		},
		true,
	);
	addEventListener(
		"pointermove",
		(event) => {
			if (!isDown || !notes.isWatching) return;
			eventMs = performance.now();
			const all = event.getCoalescedEvents();
			for (const { timeStamp } of all.length > 0 ? all : [event]) notes.waiting.push(timeStamp);
		},
		true,
	);
	addEventListener(
		"pointerup",
		() => {
			isDown = false;
			if (notes.isWatching) notes.ups.push(performance.now());
		},
		true,
	);
	// A message comes after the frame was painted.
	const { port1, port2 } = new MessageChannel();
	port1.onmessage = () => {
		if (notes.waiting.length === 0 || notes.drawnMs < eventMs) return;
		const nowMs = performance.now();
		for (const sinceMs of notes.waiting.splice(0)) notes.latencies.push(nowMs - sinceMs);
	};
	const each = (nowMs: number) => {
		if (!notes.isWatching) return;
		notes.frames.push(nowMs);
		requestAnimationFrame(each);
		port2.postMessage(null);
	};
	requestAnimationFrame(each);
}

/** What was noted since `beginInk`. */
export function endInk(): Pick<Notes, "frames" | "latencies" | "ups"> {
	benchNotes.isWatching = false;
	const { frames, latencies, ups } = benchNotes;
	return { frames, latencies, ups };
}

/** Watches frames for so long, while nobody does anything here. */
export async function watch(ms: number): Promise<Frames> {
	const atMs: number[] = [];
	const beganMs: number = await new Promise(requestAnimationFrame);
	let nowMs = beganMs;
	while (nowMs < beganMs + ms) {
		atMs.push(nowMs);
		nowMs = await new Promise(requestAnimationFrame);
	}
	return { atMs, beganMs, endedMs: nowMs };
}
