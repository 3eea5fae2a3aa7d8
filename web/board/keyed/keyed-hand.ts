/**
 * A hand for those who have no pointer: arrow keys move it over the paper, Enter puts the tool down
 * and lifts it. What the tool does with it is what it does with a mouse.
 */
import "../../ui/board-words/shapes.ts";
import type { MessageKey } from "../../ui/messages.ts";
import { freeViewOf, type Point, toScreen } from "../camera.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { Press, Sample, Tool } from "../tools/tool.ts";
import type { View } from "../view.ts";
import { cameraFor } from "../words/place.ts";

/** How far an arrow key moves it for each unit of a nudge, in CSS pixels. */
const nudgePixels = 8;
/** A tool is told of its way in steps of so many CSS pixels, as by a mouse. */
const stepPixels = 4;
/** Half the cross that shows where it is, in CSS pixels. */
const crossPixels = 11;

/** What the hand works on. */
export interface KeyedHandPorts {
	/** The one in the hand. */
	readonly held: () => Tool;
	readonly stage: Stage;
	readonly view: Pick<View, "look">;
	readonly accent: () => string;
	/** The pointer is there now, in board units; null where it left. */
	readonly pointed: (at: Point | null) => void;
	/** Tells the person something. */
	readonly say: (key: MessageKey) => void;
}

/** The hand over one board; no pointer works it. Also draws where it is. */
export class KeyedHand implements Tool, Overlay {
	readonly cursor = "";
	readonly #ports: KeyedHandPorts;
	/** In board units; null before it was called for. */
	#at: Point | null = null;
	/** The tool that is down. */
	#down: Tool | null = null;

	constructor(ports: KeyedHandPorts) {
		this.#ports = ports;
		ports.stage.addOverlay(this);
	}

	get isEmpty(): boolean {
		return this.#at === null;
	}

	/** Shows the hand in the middle of the view; after that puts the tool down, and lifts it. */
	enter(): true {
		const { held, stage, say } = this.#ports;
		if (this.#at === null) {
			const { minX, minY, maxX, maxY } = freeViewOf(stage.camera, stage.size);
			say("keyed.how");
			this.#moveTo({ x: (minX + maxX) / 2, y: (minY + maxY) / 2 });
		} else if (this.#down === null) {
			this.#down = held();
			this.#down.down({ sample: this.#sampleAt(this.#at), pointerType: "keys" });
		} else this.up();
		return true;
	}

	/** An arrow key. False where the hand is not shown. */
	nudge(by: Point): boolean {
		const from = this.#at;
		if (from === null) return false;
		const step = nudgePixels / this.#ports.stage.camera.zoom;
		const count = Math.max(1, Math.ceil((Math.hypot(by.x, by.y) * nudgePixels) / stepPixels));
		const way = Array.from({ length: count }, (_, index) => {
			const share = ((index + 1) / count) * step;
			return { x: from.x + by.x * share, y: from.y + by.y * share };
		});
		this.#down?.move(way.map((at) => this.#sampleAt(at)));
		this.#moveTo(way.at(-1) ?? from);
		return true;
	}

	/** A pointer works the tool itself. */
	down(press: Press): void {
		this.#ports.held().down(press);
	}

	move(samples: readonly Sample[]): void {
		this.#ports.held().move(samples);
	}

	/** Gives up what is being done. */
	cancel(): void {
		const down = this.#down;
		this.#down = null;
		down?.cancel();
	}

	/** The same, else goes away. False where it is not shown. */
	escape(): boolean {
		const wasDown = this.#down !== null;
		const wasShown = !this.isEmpty;
		if (wasDown) this.cancel();
		else this.leave();
		return wasShown;
	}

	/** Lifts the tool; what it did stays. */
	up(): void {
		const down = this.#down;
		this.#down = null;
		down?.up();
	}

	/** Lifts the tool, and goes away. */
	leave(): void {
		this.up();
		if (this.#at === null) return;
		this.#at = null;
		this.#ports.pointed(null);
		this.#ports.stage.requestFrame();
	}

	draw(context: PaintContext, { camera: { zoom } }: Frame): boolean {
		if (this.#at === null) return false;
		const { x, y } = this.#at;
		const { accent, stage } = this.#ports;
		context.save();
		context.translate(x, y);
		context.scale(1 / zoom, 1 / zoom);
		context.beginPath();
		for (const [across, down] of [
			[1, 0],
			[0, 1],
			[-1, 0],
			[0, -1],
		] as const) {
			context.moveTo(across * 3, down * 3);
			context.lineTo(across * crossPixels, down * crossPixels);
		}
		for (const [width, color] of [
			[5, stage.paperColor],
			[this.#down === null ? 1.5 : 2.5, accent()],
		] as const) {
			context.lineWidth = width;
			context.strokeStyle = color;
			context.stroke();
		}
		context.restore();
		return false;
	}

	#moveTo(at: Point): void {
		const { view, stage, pointed } = this.#ports;
		this.#at = at;
		const spot = { minX: at.x, minY: at.y, maxX: at.x, maxY: at.y };
		const camera = cameraFor(spot, stage, 0);
		if (camera !== stage.camera) view.look(camera);
		pointed(at);
		stage.requestFrame();
	}

	#sampleAt(at: Point): Sample {
		const screen = toScreen(this.#ports.stage.camera, at);
		return { at, screen, pressure: null, isShift: false, isAlt: false, isCtrl: false };
	}
}
