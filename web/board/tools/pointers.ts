/**
 * Which hand does what: one pointer works the tool, two fingers move the paper, and once a pen was
 * seen, fingers only move the paper.
 */
import { type Camera, type Point, panBy, pinch, toBoard, zoomAt } from "../camera.ts";
import { isOn } from "../device-switch.ts";
import type { InTurn } from "./later-tool.ts";
import type { Press, Sample, Tool } from "./tool.ts";

/** A second finger within this time means that the first one was no stroke. */
const secondFingerMs = 150;
/** A notch of a wheel zooms by no more than this. */
const wheelZoomMax = 1.33;
/** Pixels of a line, where a wheel counts lines. */
const wheelLinePixels = 32;

/** So near to the side of the window a swipe is the browser's, unless it is told otherwise. */
const sidePixels = 30;

/** What the pointers work on. */
export interface PointerPorts {
	readonly element: HTMLElement;
	readonly tool: () => Tool;
	readonly hand: Tool;
	readonly eraser: () => Tool;
	readonly camera: () => Camera;
	readonly setCamera: (camera: Camera) => void;
	/** No tool is at work, and a pointer that could go down is over the paper. */
	readonly hovered: (press: Press) => void;
	/** The pointer is there now, in board units; null where it left. */
	readonly pointed: (at: Point | null) => void;
	/** True while the space bar is held. */
	readonly isSpaceHeld: () => boolean;
	/** A pen was seen for the first time, and is up again. */
	readonly penSeen: () => void;
	/** What is done behind keys that were pressed before. */
	readonly turn: Pick<InTurn, "holds">;
	/** A tool went to work or came to rest. */
	readonly changed: (isBusy: boolean) => void;
}

/** What the pointers are doing. */
type Phase =
	| { readonly phase: "idle" }
	| {
			readonly phase: "working";
			readonly pointerId: number;
			readonly pointerType: string;
			readonly tool: Tool;
			readonly sinceMs: number;
	  }
	| { readonly phase: "pinching"; readonly fingers: Map<number, Point> };

/** Listens to a board's pointers. `close()` it when the board goes. */
export class Pointers {
	readonly #ports: PointerPorts;
	readonly #listening = new AbortController();
	#state: Phase = { phase: "idle" };
	/** "asked": the person wants to draw with fingers although there is a pen. */
	#penMode: "unseen" | "on" | "asked" = "unseen";
	/** Told once the pen is lifted: words on the screen would hold up its first line. */
	#isPenNews = false;
	/** Where the finger of the current work is, for a pinch that may come of it. */
	#lastScreen: Point = { x: 0, y: 0 };
	#gestureZoom = 1;

	constructor(ports: PointerPorts) {
		this.#ports = ports;
		const { element } = ports;
		const { signal } = this.#listening;
		const follow = (type: `pointer${string}`, work: (event: PointerEvent) => void): void => {
			const inTurn = (event: Event): void => {
				const deed = () => work(event as PointerEvent);
				if (!ports.turn.holds(deed)) deed();
			};
			element.addEventListener(type, inTurn, { signal });
		};
		follow("pointerdown", (event) => this.#down(event));
		follow("pointermove", (event) => this.#move(event));
		follow("pointerup", (event) => this.#up(event));
		// The system took the pointer: what it drew stays.
		follow("pointercancel", (event) => this.#up(event));
		element.addEventListener("pointerleave", () => ports.pointed(null), { signal });
		// Over the buttons, too: the page must not zoom in place of the paper.
		const around = element.parentElement ?? element;
		around.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
		// A pen may take its tool first: fingers draw no more behind that, either.
		const seePen = (event: PointerEvent): void => this.#seePen(event);
		around.addEventListener("pointerdown", seePen, { signal, capture: true });
		// The middle button would scroll the page by itself.
		const stay = (event: MouseEvent) => {
			if (event.button === 1) event.preventDefault();
		};
		element.addEventListener("mousedown", stay, { signal });
		// Safari leaves the page where a finger comes in from the side of the screen.
		const draw = (event: TouchEvent) => {
			if (isAtSide(event)) event.preventDefault();
		};
		element.addEventListener("touchstart", draw, { signal, passive: false });
		element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
		this.#listenToSafari(element, signal);
	}

	/** Lifts whatever is down, and keeps what it did: the page is leaving. */
	lift(): void {
		if (this.#state.phase === "working") this.#state.tool.up();
		this.#rest();
	}

	/** Gives up what is being done: Escape. True where there was something. */
	giveUp(): boolean {
		if (this.#state.phase !== "working") return false;
		this.#state.tool.cancel();
		this.#rest();
		return true;
	}

	/** True where fingers only move the paper. */
	get isPenMode(): boolean {
		return this.#penMode === "on";
	}

	/** Fingers draw again, until the page is loaded anew. */
	endPenMode(): void {
		this.#penMode = "asked";
	}

	/** Stops listening. Safe to call twice. */
	close(): void {
		this.lift();
		this.#listening.abort();
	}

	#seePen({ pointerType }: PointerEvent): void {
		if (pointerType !== "pen" || this.#penMode !== "unseen") return;
		this.#penMode = "on";
		this.#isPenNews = true;
	}

	#down(event: PointerEvent): void {
		const screen = this.#screenOf(event);
		switch (this.#state.phase) {
			case "idle":
				this.#begin(event, screen);
				return;
			case "working":
				if (this.#isAfterPalm(event)) this.#takeOver(event, screen);
				else if (this.#isSecondFinger(event)) this.#beginPinch(event, screen);
				return;
			case "pinching":
				if (this.#isAfterPalm(event)) this.#takeOver(event, screen);
				else if (this.#state.fingers.size < 2) this.#state.fingers.set(event.pointerId, screen);
		}
	}

	#begin(event: PointerEvent, screen: Point): void {
		const tool = this.#toolFor(event);
		if (tool === null) return;
		this.#capture(event.pointerId);
		this.#lastScreen = screen;
		this.#state = {
			phase: "working",
			pointerId: event.pointerId,
			pointerType: event.pointerType,
			tool,
			sinceMs: event.timeStamp,
		};
		const press: Press = {
			sample: this.#sampleOf(event),
			pointerType: event.pointerType,
		};
		tool.down(press);
		this.#ports.changed(true);
	}

	#capture(pointerId: number): void {
		try {
			this.#ports.element.setPointerCapture(pointerId);
		} catch (error) {
			// The pointer is gone already, or a script made it up: it draws without being held.
			console.debug("Weft draws without holding the pointer:", error);
		}
	}

	/** The tool that this pointer works; null where it does nothing here. */
	#toolFor({ button, pointerType }: PointerEvent): Tool | null {
		if (button === 1 || (button === 0 && this.#ports.isSpaceHeld())) return this.#ports.hand;
		if (button === 5) return this.#ports.eraser(); // The other end of a pen.
		if (button !== 0) return null;
		if (pointerType === "touch" && this.isPenMode) return this.#ports.hand;
		return this.#ports.tool();
	}

	/** The pen comes down after the hand that holds it did. */
	#isAfterPalm({ pointerType }: PointerEvent): boolean {
		if (pointerType !== "pen") return false;
		return this.#state.phase !== "working" || this.#state.pointerType === "touch";
	}

	#takeOver(event: PointerEvent, screen: Point): void {
		this.giveUp();
		this.#rest();
		this.#begin(event, screen);
	}

	#isSecondFinger({ pointerType, timeStamp }: PointerEvent): boolean {
		if (this.#state.phase !== "working" || pointerType !== "touch") return false;
		if (this.#state.pointerType !== "touch") return false;
		const isPanning = this.#state.tool === this.#ports.hand;
		return isPanning || timeStamp - this.#state.sinceMs <= secondFingerMs;
	}

	#beginPinch(event: PointerEvent, screen: Point): void {
		if (this.#state.phase !== "working") return;
		this.#state.tool.cancel();
		const fingers = new Map([
			[this.#state.pointerId, this.#lastScreen],
			[event.pointerId, screen],
		]);
		this.#capture(event.pointerId);
		this.#ports.pointed(null);
		this.#state = { phase: "pinching", fingers };
	}

	#move(event: PointerEvent): void {
		if (this.#state.phase === "pinching") {
			this.#pinchTo(event, this.#state.fingers);
			return;
		}
		const { pointerType } = event;
		const sample = this.#sampleOf(event);
		if (pointerType !== "touch" || this.#state.phase === "working") this.#ports.pointed(sample.at);
		if (this.#state.phase === "idle") this.#ports.hovered({ sample, pointerType });
		if (this.#state.phase !== "working" || this.#state.pointerId !== event.pointerId) return;
		const coalesced = event.getCoalescedEvents?.() ?? [];
		const events = coalesced.length > 0 ? coalesced : [event];
		this.#lastScreen = this.#screenOf(event);
		this.#state.tool.move(events.map((each) => this.#sampleOf(each)));
	}

	#pinchTo(event: PointerEvent, fingers: Map<number, Point>): void {
		const before = [...fingers.values()];
		if (!fingers.has(event.pointerId)) return;
		fingers.set(event.pointerId, this.#screenOf(event));
		const after = [...fingers.values()];
		const [a, b] = before;
		const [c, d] = after;
		if (a === undefined || c === undefined) return;
		const camera = this.#ports.camera();
		if (b === undefined || d === undefined) {
			this.#ports.setCamera(panBy(camera, { x: c.x - a.x, y: c.y - a.y }));
		} else this.#ports.setCamera(pinch(camera, [a, b], [c, d]));
	}

	#up(event: PointerEvent): void {
		switch (this.#state.phase) {
			case "idle":
				return;
			case "working":
				if (this.#state.pointerId !== event.pointerId) return;
				this.#state.tool.up();
				this.#rest();
				if (event.pointerType === "touch") this.#ports.pointed(null);
				return;
			case "pinching":
				this.#state.fingers.delete(event.pointerId);
				if (this.#state.fingers.size === 0) this.#rest();
		}
	}

	#rest(): void {
		this.#state = { phase: "idle" };
		this.#ports.changed(false);
		if (!this.#isPenNews) return;
		this.#isPenNews = false;
		this.#ports.penSeen();
	}

	#wheel(event: WheelEvent): void {
		event.preventDefault();
		const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? wheelLinePixels : 1;
		const camera = this.#ports.camera();
		if (event.ctrlKey || event.metaKey) {
			const factor = Math.exp(-event.deltaY * lines * 0.01);
			const bounded = Math.min(wheelZoomMax, Math.max(1 / wheelZoomMax, factor));
			this.#ports.setCamera(zoomAt(camera, this.#screenOf(event), camera.zoom * bounded));
			return;
		}
		const isSideways = event.shiftKey && event.deltaX === 0;
		const x = (isSideways ? event.deltaY : event.deltaX) * lines;
		const y = (isSideways ? 0 : event.deltaY) * lines;
		this.#ports.setCamera(panBy(camera, { x: -x, y: -y }));
	}

	/** Safari tells of a trackpad's pinch by events of its own. */
	#listenToSafari(element: HTMLElement, signal: AbortSignal): void {
		const start = (event: Event): void => {
			event.preventDefault();
			this.#gestureZoom = this.#ports.camera().zoom;
		};
		const change = (event: Event): void => {
			event.preventDefault();
			const gesture = event as Event & { scale: number; clientX: number; clientY: number };
			const screen = this.#screenOf(gesture);
			const zoom = this.#gestureZoom * gesture.scale;
			if (this.#state.phase !== "pinching") {
				this.#ports.setCamera(zoomAt(this.#ports.camera(), screen, zoom));
			}
		};
		element.addEventListener("gesturestart", start, { signal });
		element.addEventListener("gesturechange", change, { signal });
	}

	#sampleOf(event: PointerEvent): Sample {
		const screen = this.#screenOf(event);
		const isFelt = event.pointerType === "pen" && event.pressure > 0 && !isOn("even-lines");
		return {
			at: toBoard(this.#ports.camera(), screen),
			screen,
			pressure: isFelt ? event.pressure : null,
			isShift: event.shiftKey,
			isAlt: event.altKey,
			isCtrl: event.ctrlKey || event.metaKey,
		};
	}

	#screenOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
		const { left, top } = this.#ports.element.getBoundingClientRect();
		return { x: clientX - left, y: clientY - top };
	}
}

function isAtSide({ changedTouches }: TouchEvent): boolean {
	return [...changedTouches].some(
		({ clientX }) => clientX < sidePixels || clientX > innerWidth - sidePixels,
	);
}
