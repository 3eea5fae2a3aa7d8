/** Other people's ink while they draw it: smooth between messages, gone when the stroke came. */
import * as Y from "yjs";
import type { Cancel } from "../../../shared/clock.ts";
import { widthOf } from "../../../shared/surfaces/board.ts";
import {
	decodeInkPayload,
	type Ink,
	type InkKind,
	type InkPoint,
} from "../../../shared/surfaces/ink/ink.ts";
import { plainLook } from "../../../shared/surfaces/item-look.ts";
import { itemPointsMax } from "../../../shared/surfaces/stroke-codec.ts";
import type { RoomClientEvents } from "../../sync/room-client.ts";
import { colorOf } from "../../ui/colors/palette.ts";
import { alphaOf, type PaintContext } from "../paint/painter.ts";
import { outlinePath } from "../paint/stroke-path.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { BoardClient } from "./client.ts";

/** Ink of somebody who went silent is wiped away. */
const silenceMsMax = 10_000;
/** Lines that are shown at once; a room of forty people draws forty. */
const linesMax = 100;
/** With more lines at once each is drawn plainly: forty outlines a frame would cost the frame. */
const outlinesMax = 6;
/** Points appear over this time, a little more than passes between two messages. */
const revealMs = 45;

interface Line {
	readonly clientId: number;
	readonly kind: InkKind;
	readonly color: number;
	/** In units. */
	readonly width: number;
	readonly points: InkPoint[];
	/** Points that are drawn by now; not whole while they appear. */
	shownCount: number;
	/** As it was drawn last, of so many points: from frame to frame most lines do not change. */
	outline: { readonly pointCount: number; readonly path: Path2D } | null;
	heardMs: number;
	/** The sender's clock in the doc when the stroke went in; null while it is drawn. */
	endClock: number | null;
}

/** Draws what others draw. `close()` it when the board goes. */
export class RemoteInk implements Overlay {
	readonly #doc: Y.Doc;
	readonly #stage: Stage;
	readonly #changed: () => void;
	readonly #lines = new Map<string, Line>();
	readonly #unlisten: Cancel;
	#drawnMs = 0;
	#silenceTimer = 0;

	/** `changed` is called when the first line comes and when the last one goes. */
	constructor(client: BoardClient, stage: Stage, changed: () => void) {
		this.#changed = changed;
		this.#doc = client.doc;
		this.#stage = stage;
		this.#unlisten = client.on("ink", (ink) => this.receive(ink));
		this.#doc.on("afterTransaction", this.#dropArrived);
	}

	get isEmpty(): boolean {
		return this.#lines.size === 0;
	}

	/** Stops listening. Safe to call twice. */
	close(): void {
		this.#unlisten();
		this.#doc.off("afterTransaction", this.#dropArrived);
		clearTimeout(this.#silenceTimer);
	}

	draw(context: PaintContext): boolean {
		const nowMs = performance.now();
		const share = Math.min(1, (nowMs - this.#drawnMs) / revealMs);
		this.#drawnMs = nowMs;
		let isMoving = false;
		for (const line of this.#lines.values()) {
			const missing = line.points.length - line.shownCount;
			line.shownCount = missing < 0.5 ? line.points.length : line.shownCount + missing * share;
			isMoving ||= line.shownCount < line.points.length;
			const color = colorOf(line.color, this.#stage.layer.painter.theme);
			context.globalAlpha = alphaOf({ kind: line.kind, look: plainLook });
			if (this.#lines.size <= outlinesMax) {
				context.fillStyle = color;
				context.fill(outlineOf(line));
			} else drawPlain(context, line, color);
		}
		context.globalAlpha = 1;
		return isMoving;
	}

	/** Somebody sent it. */
	receive({ clientId, ink: bytes }: RoomClientEvents["ink"]): void {
		let ink: Ink;
		try {
			ink = decodeInkPayload(bytes);
		} catch {
			return; // A newer app's ink, or nonsense: the stroke itself comes by the doc.
		}
		const name = `${clientId}:${ink.ink}`;
		switch (ink.type) {
			case "points":
				this.#append(name, clientId, ink);
				break;
			case "end": {
				const line = this.#lines.get(name);
				if (line !== undefined) line.endClock = ink.clock;
				this.#dropArrived();
				break;
			}
			case "cancel":
				this.#lines.delete(name);
		}
		this.#watchSilence();
		this.#show();
	}

	#show(): void {
		this.#changed();
		this.#stage.requestFrame();
	}

	#append(name: string, clientId: number, ink: Extract<Ink, { type: "points" }>): void {
		const known = this.#lines.get(name);
		if (known === undefined && this.#lines.size >= linesMax) return;
		const line: Line = known ?? {
			clientId,
			kind: ink.kind,
			color: ink.color,
			width: widthOf(ink.kind, ink.width),
			points: [],
			shownCount: 0,
			outline: null,
			heardMs: 0,
			endClock: null,
		};
		if (line.points.length + ink.points.length > itemPointsMax) return;
		line.points.push(...ink.points);
		line.heardMs = performance.now();
		this.#lines.set(name, line);
	}

	/** The doc has the stroke: the board draws it from the next frame on. */
	readonly #dropArrived = (): void => {
		for (const [name, { clientId, endClock }] of this.#lines) {
			if (endClock === null || Y.getState(this.#doc.store, clientId) < endClock) continue;
			this.#lines.delete(name);
			this.#show();
		}
	};

	#watchSilence(): void {
		if (this.#silenceTimer !== 0) return;
		this.#silenceTimer = window.setTimeout(() => {
			this.#silenceTimer = 0;
			const heardMsMin = performance.now() - silenceMsMax;
			for (const [name, { heardMs }] of this.#lines) {
				if (heardMs <= heardMsMin) this.#lines.delete(name);
			}
			this.#show();
			if (this.#lines.size > 0) this.#watchSilence();
		}, silenceMsMax / 4);
	}
}

function drawPlain(context: PaintContext, line: Line, color: string): void {
	context.strokeStyle = color;
	context.lineWidth = line.width;
	context.lineCap = "round";
	context.lineJoin = "round";
	context.beginPath();
	for (const { x, y } of shownOf(line)) context.lineTo(x, y);
	context.stroke();
}

function outlineOf(line: Line): Path2D {
	const shown = shownOf(line);
	if (line.outline?.pointCount === shown.length) return line.outline.path;
	const isPressed = shown.some(({ pressure }) => Math.abs(pressure - 0.5) > 0.01);
	const path = outlinePath({
		points: shown.flatMap(({ x, y }) => [x, y]),
		pressures: isPressed ? shown.map(({ pressure }) => pressure) : null,
		width: line.width,
		isEven: line.kind === "highlighter",
		isFinished: false,
	});
	line.outline = { pointCount: shown.length, path };
	return path;
}

function shownOf({ points, shownCount }: Line): InkPoint[] {
	return points.slice(0, Math.max(1, Math.ceil(shownCount)));
}
