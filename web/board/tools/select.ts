/** The pointer: choose items by a click or a box, move, size and turn them. */
import type * as Y from "yjs";
import { chosenTellMax } from "../../../shared/awareness.ts";
import { moveItems, type Stand, standItems } from "../../../shared/surfaces/arrange/edits.ts";
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { MessageKey } from "../../ui/messages.ts";
import type { Point } from "../camera.ts";
import { Acts, valuesOf } from "../choose/acts.ts";
import { renderChosenBar } from "../choose/bar.ts";
import { Chosen, type ChosenSummary } from "../choose/chosen.ts";
import { boxBetween, cursorOf, drawBox, drawFrame, type Hold, holdAt } from "../choose/grips.ts";
import { readChosenKey } from "../choose/keys.ts";
import { pullTo } from "../choose/pull.ts";
import { frameAround, stood } from "../choose/stretch.ts";
import { ToldChoice } from "../choose/tell.ts";
import { itemAt } from "../hit.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { BoardClient } from "../people/client.ts";
import type { Scene } from "../scene.ts";
import { Snapping } from "../snap/snapping.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { BarActs, BarState } from "../toolbar.ts";
import type { Key } from "./keys.ts";
import type { Press, Sample, Tool } from "./tool.ts";

/** How near a click must come, in CSS pixels. */
const reachPixels = 6;
/** A hand that trembles does not drag. */
const dragPixelsMin = 3;
/** Between two steps of a drag that the others see: 33 bytes each. */
const shareMs = 120;
/** Items that are drawn while they are dragged; the box shows the others. */
const draggedMax = 300;
/** Items that are drawn while they are sized or turned; the others follow at each step. */
const pulledMax = 60;

/** What the pointer works on. */
export interface SelectPorts {
	readonly client: BoardClient;
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly act: (run: () => void) => void;
	readonly began: () => void;
	/** Other items are chosen now. */
	readonly chose: () => void;
	/** CSS colour of what is chosen. */
	readonly color: () => string;
	/** Brings a box into view. */
	readonly show: (box: Bounds) => void;
	/** Somebody wants to see more of an item. */
	readonly opened: (item: SceneItem) => void;
	/** Tells the person something. */
	readonly say: (key: MessageKey) => void;
}

/** What the pointer is doing. */
type Phase =
	| { readonly phase: "idle" }
	/** Down on an item, not moved yet. */
	| { readonly phase: "pressed"; readonly from: Sample }
	/** `by`: not in the doc yet; `done`: already there, for everybody to see. */
	| {
			readonly phase: "dragging";
			readonly from: Point;
			readonly by: Point;
			readonly done: Point;
	  }
	/** Sizes or turns; `shown` is the frame as it is now. */
	| {
			readonly phase: "pulling";
			readonly hold: Hold;
			readonly from: Point;
			readonly items: readonly SceneItem[];
			readonly frame: ItemFrame;
			readonly shown: ItemFrame;
			readonly stands: ReadonlyMap<number, Stand>;
	  }
	| { readonly phase: "boxing"; readonly from: Point; readonly to: Point };

type Grasp = Pick<Pulling, "hold" | "frame">;
type Dragging = Extract<Phase, { phase: "dragging" }>;
type Pulling = Extract<Phase, { phase: "pulling" }>;

/** Chooses and changes items. Also draws what is chosen. */
export class SelectTool implements Tool, Overlay {
	cursor = "default";
	/** What is done by keys and buttons. */
	readonly acts: Acts;
	readonly #ports: SelectPorts;
	readonly #chosen: Chosen;
	readonly #told: ToldChoice;
	readonly #snapping: Snapping;
	#state: Phase = { phase: "idle" };
	#shareTimer: number | undefined;

	constructor(ports: SelectPorts) {
		this.#ports = ports;
		this.#snapping = new Snapping(ports);
		this.#told = new ToldChoice(ports.client, ports.scene);
		this.#chosen = new Chosen(ports.scene, () => {
			ports.chose();
			ports.stage.requestFrame();
			this.#told.tellSoon(() => this.#chosen.items);
		});
		this.acts = new Acts({ ...ports, chosen: this.#chosen });
		ports.stage.addOverlay(this);
	}

	get isEmpty(): boolean {
		return this.#chosen.ids.size === 0 && this.#state.phase !== "boxing";
	}

	/** Ids of what is chosen and still there. */
	get chosen(): ReadonlySet<number> {
		return this.#chosen.ids;
	}

	/** What the bar must know of it. */
	get summary(): ChosenSummary {
		return this.#chosen.summary;
	}

	/** The bar of what can be done with it. */
	bar(state: BarState, acts: BarActs): unknown {
		return renderChosenBar(state, acts, this);
	}

	/** Chooses these items and no others. */
	choose(ids: Iterable<number>): void {
		this.#chosen.set(ids);
	}

	/** Forgets what is no longer on the board. */
	refresh(): void {
		this.#chosen.refresh();
		if (this.#chosen.ids.size > chosenTellMax) this.#told.tellSoon(() => this.#chosen.items);
	}

	hover(press: Press): void {
		const grip = this.#chosen.ids.size > draggedMax ? null : this.#gripUnder(press);
		this.cursor = grip === null ? "default" : cursorOf(grip.hold, grip.frame.turn);
	}

	down(press: Press): void {
		const { screen, isShift, isCtrl, at } = press.sample;
		const grip = this.#gripUnder(press);
		if (grip !== null) {
			this.#startPull(grip, at);
			return;
		}
		const hit = itemAt(this.#ports, screen, reachPixels);
		if (hit === null) {
			if (!isShift) this.choose([]);
			this.#state = { phase: "boxing", from: at, to: at };
			return;
		}
		const meant = isCtrl ? [hit.id] : this.#chosen.groupOf(hit);
		if (isShift) this.#chosen.toggle(meant);
		else if (isCtrl || !this.#chosen.ids.has(hit.id)) this.choose(meant);
		this.#state = { phase: "pressed", from: press.sample };
	}

	move(samples: readonly Sample[]): void {
		const sample = samples.at(-1);
		if (sample === undefined) return;
		switch (this.#state.phase) {
			case "idle":
				return;
			case "boxing":
				this.#state = { ...this.#state, to: sample.at };
				break;
			case "pressed":
				this.#startDrag(this.#state.from, sample);
				break;
			case "dragging":
				this.#state = { ...this.#state, by: this.#wayTo(sample, this.#state) };
				this.#shareSoon();
				break;
			case "pulling": {
				const hand = this.#snapping.atGrip(this.#state, sample);
				this.#state = { ...this.#state, ...pullTo(this.#state, hand) };
				this.#shareSoon();
			}
		}
		this.#ports.stage.requestFrame();
	}

	up(): void {
		const state = this.#state;
		this.#state = { phase: "idle" };
		if (state.phase === "boxing") {
			this.choose([...this.#chosen.ids, ...this.#chosen.withGroups(this.#inBox(state))]);
		}
		if (state.phase === "dragging") this.#endDrag(state.by);
		if (state.phase === "pulling") this.#endPull(state, state.stands);
	}

	cancel(): void {
		const state = this.#state;
		this.#state = { phase: "idle" };
		if (state.phase === "dragging") this.#endDrag({ x: -state.done.x, y: -state.done.y });
		if (state.phase === "pulling") {
			this.#endPull(state, new Map(state.items.map(({ id, item }) => [id, item])));
		}
		this.#ports.stage.requestFrame();
	}

	leave(): void {
		this.cancel();
		this.choose([]);
	}

	/** Moves what is chosen by so many units, as one step of undo. True where something is. */
	nudge(by: Point): boolean {
		return this.acts.move(by);
	}

	/** Forgets what is chosen. True where something was. */
	escape(): boolean {
		if (this.#chosen.ids.size === 0) return false;
		this.choose([]);
		return true;
	}

	/** Chooses the first item, or opens the one that is chosen. */
	enter(): boolean {
		if (this.#chosen.ids.size === 0) return this.#walk(1);
		const [only] = this.#chosen.items;
		if (only !== undefined) this.#ports.opened(only);
		return true;
	}

	/** Does what a key means for what is chosen. True where it means something. */
	press(key: Key): boolean {
		const meant = this.#chosen.ids.size === 0 ? null : readChosenKey(key);
		if (meant === null) return false;
		switch (meant.act) {
			case "walk":
				return this.#walk(meant.step);
			case "lay":
				return this.acts.lay(meant.order);
			case "size":
				return this.acts.size(meant);
			case "turn":
				return this.acts.turn(meant.degrees);
			default:
				return this.acts[meant.act]();
		}
	}

	/** The uppermost item under a point of the screen. */
	itemUnder(screen: Point): SceneItem | null {
		return itemAt(this.#ports, screen, 0);
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		window.clearTimeout(this.#shareTimer);
		this.#told.close();
	}

	draw(context: PaintContext, { camera, pixelRatio }: Frame): boolean {
		const { zoom } = camera;
		const state = this.#state;
		if (state.phase === "boxing") {
			drawBox(context, boxBetween(state.from, state.to), { zoom, color: this.#ports.color() });
		}
		const { items } = this.#chosen;
		if (items.length === 0) return false;
		context.save();
		if (state.phase === "dragging") context.translate(state.by.x, state.by.y);
		const moving = this.#moving(items);
		this.#ports.stage.layer.painter.paint(context, moving, zoom * pixelRatio);
		const frame = state.phase === "pulling" ? state.shown : frameAround(items);
		const isLocked = items.every(({ item }) => item.isLocked);
		if (frame !== null) {
			const hasGrips = !isLocked && state.phase !== "dragging";
			const [color, paper] = [this.#ports.color(), this.#ports.stage.paperColor];
			drawFrame(context, frame, { zoom, color, paper, hasGrips, isLocked });
		}
		context.restore();
		this.#snapping.draw(context);
		return false;
	}

	/** What is drawn here, because it is not where the tiles have it. */
	#moving(items: readonly SceneItem[]): readonly SceneItem[] {
		const state = this.#state;
		if (state.phase === "dragging") {
			return items.filter(({ item }) => !item.isLocked).slice(0, draggedMax);
		}
		if (state.phase !== "pulling") return [];
		const { painter } = this.#ports.stage.layer;
		return state.items.slice(0, pulledMax).map((scene) => {
			painter.forget(scene.id); // Its outline is of before.
			return this.#ports.scene.laid(stood(scene, state.stands.get(scene.id)));
		});
	}

	/** To the next item, or the one before. False at the end: Tab leaves the paper then. */
	#walk(step: 1 | -1): boolean {
		const next = this.#chosen.next(step);
		this.choose(next === null ? [] : this.#chosen.groupOf(next));
		if (next !== null) this.#ports.show(next.box);
		return next !== null;
	}

	#startDrag(from: Sample, sample: Sample): void {
		const moved = Math.hypot(sample.screen.x - from.screen.x, sample.screen.y - from.screen.y);
		if (moved < dragPixelsMin) return;
		if (!from.isAlt && this.#chosen.free.length === 0) {
			this.#state = { phase: "idle" };
			this.#ports.say("choose.isLocked");
			return;
		}
		this.#ports.began();
		if (from.isAlt) this.acts.copy({ x: 0, y: 0 });
		this.#ports.stage.layer.hide(this.#chosen.free);
		this.#snapping.begin(this.#chosen.free);
		const start = { from: from.at, done: { x: 0, y: 0 } };
		this.#state = { phase: "dragging", ...start, by: this.#wayTo(sample, start) };
	}

	/** What of a drag is not in the doc yet. */
	#wayTo(sample: Sample, { from, done }: Pick<Dragging, "from" | "done">): Point {
		const { x, y } = this.#snapping.way(from, sample);
		return { x: x - done.x, y: y - done.y };
	}

	#gripUnder({ sample: { screen }, pointerType }: Press): Grasp | null {
		const frame = frameAround(this.#chosen.free);
		if (frame === null) return null;
		const hold = holdAt(frame, this.#ports.stage.camera, { screen, pointerType });
		return hold === null ? null : { hold, frame };
	}

	#startPull({ hold, frame }: Grasp, at: Point): void {
		const items = this.#chosen.free;
		this.#ports.began();
		this.#snapping.begin(items);
		this.#ports.stage.layer.hide(items.slice(0, pulledMax));
		const stands = new Map(items.map(({ id, item }) => [id, item]));
		this.#state = { phase: "pulling", hold, from: at, items, frame, shown: frame, stands };
	}

	/** The others see a drag on its way, and undo takes it back as one. */
	#shareSoon(): void {
		this.#shareTimer ??= window.setTimeout(() => {
			this.#shareTimer = undefined;
			if (this.#state.phase === "pulling") this.#stand(this.#state.stands);
			if (this.#state.phase === "dragging") this.#shareMove(this.#state);
		}, shareMs);
	}

	#shareMove(state: Dragging): void {
		const { by, done } = state;
		this.#state = { ...state, by: { x: 0, y: 0 }, done: { x: done.x + by.x, y: done.y + by.y } };
		this.#move(by);
	}

	#endDrag(by: Point): void {
		this.#endSharing();
		this.#move(by);
		this.#ports.stage.layer.show(this.#chosen.items);
	}

	#endPull({ items }: Pulling, stands: ReadonlyMap<number, Stand>): void {
		this.#endSharing();
		this.#stand(stands);
		const { scene, stage } = this.#ports;
		stage.layer.show(items.flatMap(({ id }) => scene.get(id) ?? []));
	}

	#endSharing(): void {
		this.#snapping.end();
		window.clearTimeout(this.#shareTimer);
		this.#shareTimer = undefined;
	}

	#move(by: Point): void {
		const { board, act } = this.#ports;
		if (by.x === 0 && by.y === 0) return;
		act(() => moveItems(board, this.#chosen.values, by));
	}

	#stand(stands: ReadonlyMap<number, Stand>): void {
		const { board, scene, act } = this.#ports;
		act(() => standItems(board, valuesOf(scene, stands)));
	}

	/** What is locked is meant by a click alone. */
	#inBox({ from, to }: { readonly from: Point; readonly to: Point }): number[] {
		const inside = this.#ports.scene.inside(boxBetween(from, to));
		return inside.filter(({ item }) => !item.isLocked).map(({ id }) => id);
	}
}
