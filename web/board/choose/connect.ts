/**
 * Arrows by keys alone: from what is chosen to what is chosen next, or an end of the line that is
 * chosen to something else.
 */
import type * as Y from "yjs";
import { hasEnds, putEnd } from "../../../shared/surfaces/arrange/joins.ts";
import { readItem } from "../../../shared/surfaces/board.ts";
import { addShape, shapeKeys } from "../../../shared/surfaces/shapes.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { type Aim, aimedLine, aimOf, drawAim } from "./aim.ts";
import type { Chosen } from "./chosen.ts";
import type { SelectPorts } from "./phase.ts";

type ConnectPorts = Omit<SelectPorts, "client" | "changed" | "view" | "opened">;

/** Connects on one board. */
export class Connector {
	readonly #ports: ConnectPorts;
	readonly #chosen: Chosen;
	/** The item it began at, and which end of it is led elsewhere where it is a line. */
	#from: { readonly id: number; readonly end: 0 | 1 } | null = null;

	constructor(ports: ConnectPorts, chosen: Chosen) {
		this.#ports = ports;
		this.#chosen = chosen;
	}

	/** True while the other thing is being chosen. */
	get isOn(): boolean {
		return this.#from !== null && this.#ports.scene.get(this.#from.id) !== null;
	}

	/** Begins at the one thing that is chosen; of two, leads from the first to the second. */
	begin(end: 0 | 1): boolean {
		const [from, to, ...more] = this.#chosen.items;
		if (from === undefined || more.length > 0) return from !== undefined;
		if (to !== undefined) return this.#lead(from, to, end);
		if (from.item.isLocked && hasEnds(from.item.kind)) {
			this.#ports.say("choose.isLocked");
			return true;
		}
		this.#from = { id: from.id, end };
		this.#ports.say("choose.connect.to");
		return true;
	}

	/** Leads to what is chosen by now. False where nothing was begun. */
	finish(): boolean {
		const from = this.#from === null ? null : this.#ports.scene.get(this.#from.id);
		if (this.#from === null || from === null) return false;
		const [to] = this.#chosen.items;
		if (to === undefined || to.id === from.id) return true; // Nothing else is chosen yet.
		const { end } = this.#from;
		this.#from = null;
		return this.#lead(from, to, end);
	}

	/** Gives it up. True where it was under way. */
	cancel(): boolean {
		const from = this.#from;
		this.#from = null;
		if (from === null) return false;
		this.#chosen.set(this.#ports.scene.get(from.id) === null ? [] : [from.id]);
		return true;
	}

	/** Draws where it would lead; the context's unit is the board's. */
	draw(context: PaintContext, scale: number): void {
		const { scene, stage, accent } = this.#ports;
		const from = this.#from === null ? null : scene.get(this.#from.id);
		const [to] = this.#chosen.items;
		if (from === null || to === undefined || to.id === from.id) return;
		const [begin, end] = [aimOf(scene, from), aimOf(scene, to)];
		const look = { color: accent(), zoom: stage.camera.zoom };
		for (const aim of [begin, end]) if (aim !== null) drawAim(context, aim, look);
		if (begin === null || end === null) return;
		const plain = readItem(Object.fromEntries(shapeKeys(this.#arrow(begin, end))));
		if (plain === null) return;
		const item = aimedLine(plain, [aimed(begin), aimed(end)]);
		const shown: SceneItem = { id: 0, order: 0, lifted: null, item, box: from.box };
		stage.layer.painter.paint(context, [shown], scale, 0.6);
	}

	#lead(from: SceneItem, to: SceneItem, end: 0 | 1): boolean {
		const { scene, board, act, began, say } = this.#ports;
		const [begin, target] = [aimOf(scene, from), aimOf(scene, to)];
		if (target === null || (begin === null && !hasEnds(from.item.kind))) {
			say("choose.connect.not");
			return true;
		}
		began();
		let arrow: Y.Map<unknown> | undefined;
		act(() => {
			if (begin === null) [arrow] = scene.valuesOf([from.id]) as Set<Y.Map<unknown>>;
			else arrow = addShape(board, this.#arrow(begin, target));
			if (arrow === undefined) return;
			if (begin !== null) putEnd(arrow, 0, { at: begin.pointed.frame, on: begin });
			putEnd(arrow, begin === null ? end : 1, { at: target.pointed.frame, on: target });
		});
		const made = scene.itemOf(arrow);
		this.#chosen.set(made === null ? [] : [made.id]);
		say("choose.connect.done");
		return true;
	}

	/** Between the middles of two things, as it would be drawn by hand. */
	#arrow({ pointed: { frame: from } }: Aim, { pointed: { frame: to } }: Aim) {
		const { color, width, dash, opacity } = this.#ports.style();
		const look = { fill: "none", dash, opacity } as const;
		const points = [from.x, from.y, to.x, to.y] as const;
		return { kind: "arrow", color, width, look, points } as const;
	}
}

function aimed(aim: Aim) {
	const { x, y } = aim.pointed.frame;
	return { at: { x, y }, aim };
}
