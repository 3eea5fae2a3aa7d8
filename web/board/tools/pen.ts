/** The pen: ink under the hand at once, to the others as it flows, into the doc when lifted. */
import * as Y from "yjs";
import { addStroke, growStroke, widthOf } from "../../../shared/surfaces/board.ts";
import {
	encodeInkPayload,
	type InkKind,
	type InkPoint,
	inkPointsMax,
} from "../../../shared/surfaces/ink/ink.ts";
import { type ItemLook, plainLook } from "../../../shared/surfaces/item-look.ts";
import type { Stroke } from "../../../shared/surfaces/stroke-codec.ts";
import { colorOf } from "../../ui/colors/palette.ts";
import { alphaOf } from "../paint/painter.ts";
import { outlinePath } from "../paint/stroke-path.ts";
import type { BoardClient } from "../people/client.ts";
import type { Stage } from "../stage.ts";
import type { BoardStyle } from "./style.ts";
import type { Press, Sample, Tool } from "./tool.ts";

/** A stroke enters the doc in parts, so that a crash costs no more than that. */
const partMs = 2_000;
/** Between two messages of ink: 30 a second. */
const sendMs = 1_000 / 30;
/** Reports that lie nearer to the last one, in CSS pixels, tell nothing. */
const stepPixelsMin = 0.8;
/** How far a point follows the pen, of 1: takes the tremble out, and lags less than a pixel. */
const follow = 0.72;
/** After so many points a line goes on as the next item: each report makes its outline anew. */
const linePointsMax = 1_500;

/** What the pen works on. */
export interface PenPorts {
	readonly client: BoardClient;
	readonly board: Y.Array<unknown>;
	readonly stage: Stage;
	/** Changes the doc as this board's own doing. */
	readonly act: (run: () => void) => void;
	readonly style: () => BoardStyle;
	/** A stroke begins: what follows is one step of undo. */
	readonly began: () => void;
}

/** Lines of this page, whatever tool drew them: what is late of one never joins another. */
let inkCount = 0;

/** One line from its first point on; long strokes are several. */
interface Line {
	readonly color: number;
	readonly width: number;
	readonly look: ItemLook;
	readonly points: InkPoint[];
	readonly isPressed: boolean;
	/** Names it among our own ink. */
	readonly ink: number;
	/** Points that the others have. */
	sentCount: number;
	/** Points that are in the doc. */
	keptCount: number;
	item: Y.Map<unknown> | null;
}

/** Draws lines, as a pen or as a highlighter. */
export class PenTool implements Tool {
	readonly cursor = "crosshair";
	readonly #kind: InkKind;
	readonly #ports: PenPorts;
	#line: Line | null = null;
	/** The last report as it came, before it was smoothed. */
	#last: Sample | null = null;
	#sendTimer = 0;
	#partTimer = 0;

	constructor(kind: InkKind, ports: PenPorts) {
		this.#kind = kind;
		this.#ports = ports;
		// Whoever zooms while they draw sees the ink where it is.
		ports.stage.onCamera(() => this.#draw());
	}

	down({ sample }: Press): void {
		this.#ports.began();
		this.#line = this.#begin(sample.pressure !== null, pointOf(sample));
		this.#last = sample;
		this.#partTimer = window.setInterval(() => this.#keep(), partMs);
		this.#draw();
	}

	move(samples: readonly Sample[]): void {
		if (this.#line === null) return;
		for (const sample of samples) this.#append(sample);
		this.#draw();
		if (this.#sendTimer === 0) {
			this.#send();
			this.#sendTimer = window.setTimeout(() => {
				this.#sendTimer = 0;
				this.#send();
			}, sendMs);
		}
	}

	up(): void {
		const line = this.#line;
		if (line === null) return;
		const last = line.points.at(-1);
		if (this.#last !== null && last !== undefined && isAway(this.#last, last)) {
			line.points.push(pointOf(this.#last)); // The end is where the pen was lifted.
		}
		this.#finish(line);
		this.#stop();
	}

	cancel(): void {
		const line = this.#line;
		if (line === null) return;
		const { client, board, act } = this.#ports;
		if (line.item !== null) {
			const index = board.toArray().indexOf(line.item);
			if (index !== -1) act(() => board.delete(index));
		}
		client.sendInk(encodeInkPayload({ type: "cancel", ink: line.ink }));
		this.#stop();
		this.#ports.stage.clearInk();
	}

	#begin(isPressed: boolean, first: InkPoint): Line {
		inkCount++;
		const { color, width, opacity } = this.#ports.style();
		return {
			color,
			width,
			look: { ...plainLook, opacity },
			isPressed: isPressed && this.#kind === "pen",
			points: [first],
			ink: inkCount,
			sentCount: 0,
			keptCount: 0,
			item: null,
		};
	}

	#append(sample: Sample): void {
		const line = this.#line;
		const before = line?.points.at(-1);
		if (line === null || before === undefined || this.#last === null) return;
		const moved = Math.hypot(
			sample.screen.x - this.#last.screen.x,
			sample.screen.y - this.#last.screen.y,
		);
		if (moved < stepPixelsMin) return;
		this.#last = sample;
		const next = pointOf(sample);
		const point = {
			x: before.x + (next.x - before.x) * follow,
			y: before.y + (next.y - before.y) * follow,
			pressure: before.pressure + (next.pressure - before.pressure) * follow,
		};
		line.points.push(point);
		if (line.points.length < linePointsMax) return;
		this.#finish(line);
		this.#line = this.#begin(line.isPressed, point);
	}

	#draw(): void {
		const line = this.#line;
		if (line === null) return;
		const { stage } = this.#ports;
		const outline = outlinePath({
			points: line.points.flatMap(({ x, y }) => [x, y]),
			pressures: line.isPressed ? line.points.map(({ pressure }) => pressure) : null,
			width: widthOf(this.#kind, line.width),
			isEven: this.#kind === "highlighter",
			isFinished: false,
		});
		stage.drawInk((context) => {
			context.globalAlpha = alphaOf({ kind: this.#kind, look: line.look });
			context.fillStyle = colorOf(line.color, stage.layer.painter.theme);
			context.fill(outline);
		});
	}

	/** Shows the others the points that they do not have. */
	#send(): void {
		const line = this.#line;
		if (line === null) return;
		while (line.sentCount < line.points.length) {
			const points = line.points.slice(line.sentCount, line.sentCount + inkPointsMax);
			const { ink, color, width, sentCount: from } = line;
			const kind = this.#kind;
			const payload = { type: "points", kind, ink, color, width, from, points } as const;
			this.#ports.client.sendInk(encodeInkPayload(payload));
			line.sentCount += points.length;
		}
	}

	/** Puts the points into the doc that are not yet there. */
	#keep(): void {
		const line = this.#line;
		if (line === null || line.keptCount >= line.points.length) return;
		const { act, board } = this.#ports;
		const part = strokeOf(this.#kind, line, line.points.slice(line.keptCount));
		const item = line.item;
		act(() => {
			// Where somebody erased what was there, the rest is a line of its own.
			if (item === null || !growStroke(item, part)) line.item = addStroke(board, part, line.look);
		});
		line.keptCount = line.points.length;
	}

	#finish(line: Line): void {
		this.#send();
		this.#keep();
		const { client, stage } = this.#ports;
		const clock = Y.getState(client.doc.store, client.doc.clientID);
		client.sendInk(encodeInkPayload({ type: "end", ink: line.ink, clock }));
		// The board shows the stroke from the next frame on: the ink goes then, so nothing blinks.
		stage.afterFrame(() => {
			if (this.#line === null) stage.clearInk();
		});
	}

	#stop(): void {
		clearTimeout(this.#sendTimer);
		clearInterval(this.#partTimer);
		this.#sendTimer = 0;
		this.#line = null;
		this.#last = null;
	}
}

function strokeOf(kind: InkKind, line: Line, points: readonly InkPoint[]): Stroke {
	return {
		kind,
		color: line.color,
		width: line.width,
		points: Float64Array.from(points.flatMap(({ x, y }) => [x, y])),
		pressures: line.isPressed ? Float32Array.from(points, ({ pressure }) => pressure) : null,
		times: null,
	};
}

function pointOf({ at, pressure }: Sample): InkPoint {
	return { x: at.x, y: at.y, pressure: pressure ?? 0.5 };
}

function isAway({ at }: Sample, point: InkPoint): boolean {
	return Math.hypot(at.x - point.x, at.y - point.y) > 1 / 16;
}
