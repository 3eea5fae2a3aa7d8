/** The laser pointer: light where the hand points, for all to see, and nothing left behind. */
import { encodeLaser, laserPointsMax } from "../../../shared/surfaces/ink/laser.ts";
import { freeViewOf, type Point } from "../camera.ts";
import type { BoardClient } from "../people/client.ts";
import type { Stage } from "../stage.ts";
import type { Press, Sample, Tool } from "../tools/tool.ts";
import { Trails, trailMs } from "./trails.ts";

/** Between two messages: 20 a second, half of what the server passes on. */
const sendMs = 50;
/** A light that rests is told again before it fades. */
const restMs = trailMs / 4;
/** Reports that lie nearer to the last one, in CSS pixels, tell nothing. */
const stepPixelsMin = 2;
/** How far an arrow key moves the light for each unit of a nudge, in CSS pixels. */
const nudgePixels = 8;

/** What the laser works on. */
export interface LaserPorts {
	readonly client: Pick<BoardClient, "me" | "sendInk">;
	readonly stage: Stage;
	/** The pointer is there now, in board units; null where it left. */
	readonly pointed: (at: Point | null) => void;
}

/** Trails of this page: what is late of one never joins another. */
let trailCount = 0;

/** Points; with the arrow keys, too. */
export class LaserTool implements Tool {
	readonly cursor = "crosshair";
	readonly #ports: LaserPorts;
	readonly #trails: Trails;
	/** Where the light is while it is on, and under which name; null while it is off. */
	#light: { readonly trail: number; at: Point } | null = null;
	/** Where keys put the light out last. */
	#lastByKeys: Point | null = null;
	#unsent: Point[] = [];
	#sendTimer: number | undefined;
	#restTimer: number | undefined;
	#keysTimer: number | undefined;

	constructor(ports: LaserPorts) {
		this.#ports = ports;
		this.#trails = new Trails(() => ports.stage.layer.painter.theme);
		ports.stage.addOverlay(this.#trails);
	}

	down({ sample }: Press): void {
		this.#endKeys();
		this.#lightUp(sample.at);
	}

	move(samples: readonly Sample[]): void {
		if (this.#light === null) return;
		const stepMin = stepPixelsMin / this.#ports.stage.camera.zoom;
		for (const { at } of samples) {
			const before = this.#light.at;
			if (Math.hypot(at.x - before.x, at.y - before.y) >= stepMin) this.#shine(at);
		}
	}

	up(): void {
		this.#send();
		this.#putOut();
	}

	/** What was seen of it fades. */
	cancel(): void {
		this.#unsent = [];
		this.#putOut();
	}

	leave(): void {
		this.#endKeys();
		this.cancel();
	}

	/** Lights up for a moment: in the middle of the view, or where keys left it. */
	enter(): boolean {
		return this.nudge({ x: 0, y: 0 });
	}

	nudge(by: Point): boolean {
		const { stage, pointed } = this.#ports;
		const { minX, minY, maxX, maxY } = freeViewOf(stage.camera, stage.size);
		const from = this.#light?.at ??
			this.#lastByKeys ?? { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
		const step = nudgePixels / stage.camera.zoom;
		const at = {
			x: Math.min(maxX, Math.max(minX, from.x + by.x * step)),
			y: Math.min(maxY, Math.max(minY, from.y + by.y * step)),
		};
		if (this.#light === null) this.#lightUp(at);
		else this.#shine(at);
		pointed(at);
		window.clearTimeout(this.#keysTimer);
		this.#keysTimer = window.setTimeout(() => {
			this.#endKeys();
			this.up();
		}, trailMs);
		return true;
	}

	escape(): boolean {
		if (this.#light === null) return false;
		this.leave();
		return true;
	}

	#lightUp(at: Point): void {
		this.#putOut();
		trailCount++;
		this.#light = { trail: trailCount, at };
		this.#shine(at);
		this.#restTimer = window.setInterval(() => {
			if (this.#light !== null) this.#shine(this.#light.at);
		}, restMs);
	}

	#shine(at: Point): void {
		if (this.#light === null) return;
		this.#light.at = at;
		const { client, stage } = this.#ports;
		const name = String(this.#light.trail);
		this.#trails.add(name, client.me.color, [{ ...at, bornMs: performance.now() }]);
		stage.requestFrame();
		this.#unsent.push(at);
		if (this.#sendTimer !== undefined) return;
		this.#send();
		this.#sendTimer = window.setTimeout(() => {
			this.#sendTimer = undefined;
			this.#send();
		}, sendMs);
	}

	/** Of more than a message holds the newest are sent. */
	#send(): void {
		const points = this.#unsent.splice(0).slice(-laserPointsMax);
		if (this.#light === null || points.length === 0) return;
		this.#ports.client.sendInk(encodeLaser({ trail: this.#light.trail, points }));
	}

	#putOut(): void {
		window.clearInterval(this.#restTimer);
		this.#light = null;
	}

	/** Keys no longer hold the light: the place where they did is told to nobody. */
	#endKeys(): void {
		if (this.#keysTimer === undefined) return;
		window.clearTimeout(this.#keysTimer);
		this.#keysTimer = undefined;
		this.#lastByKeys = this.#light?.at ?? null;
		this.#ports.pointed(null);
	}
}
