/** The pointer: choose items by a click or a box, move, size and turn them. */
import { chosenTellMax } from "../../../shared/awareness.ts";
import type { Stand } from "../../../shared/surfaces/arrange/edits.ts";
import type { Point } from "../camera.ts";
import { Acts, standAll } from "../choose/acts.ts";
import { rides } from "../choose/away.ts";
import { renderChosenBar } from "../choose/bar.ts";
import { Chosen, type ChosenSummary } from "../choose/chosen.ts";
import { Connector } from "../choose/connect.ts";
import { EndGrips, onlyLine } from "../choose/end-grips.ts";
import { boxBetween, cursorOf, drawBox, drawFrame, holdAt } from "../choose/grips.ts";
import { readChosenKey } from "../choose/keys.ts";
import type { Grasp, Phase, Pulling, SelectPorts } from "../choose/phase.ts";
import { pullTo } from "../choose/pull.ts";
import { frameAround, stood } from "../choose/stretch.ts";
import { ToldChoice } from "../choose/tell.ts";
import { itemAt, shapeAround } from "../hit.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import { Snapping } from "../snap/snapping.ts";
import type { Overlay } from "../stage.ts";
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

type Dragging = Extract<Phase, { phase: "dragging" }>;

/** Chooses and changes items. Also draws what is chosen. */
export class SelectTool implements Tool, Overlay {
	cursor = "default";
	/** What is done by keys and buttons. */
	readonly acts: Acts;
	readonly #ports: SelectPorts;
	readonly #chosen: Chosen;
	readonly #told: ToldChoice;
	readonly #snapping: Snapping;
	readonly #ends: EndGrips;
	readonly #connector: Connector;
	#state: Phase = { phase: "idle" };
	#shareTimer: number | undefined;
	/** Where a drag took lines off what they stay on: puts them back. */
	#putBack: (() => void) | null = null;

	constructor(ports: SelectPorts) {
		this.#ports = ports;
		this.#snapping = new Snapping(ports);
		this.#told = new ToldChoice(ports.client, ports.scene);
		this.#chosen = new Chosen(ports.scene, () => {
			ports.changed();
			ports.stage.requestFrame();
			this.#told.tellSoon(() => this.#chosen.items);
		});
		this.acts = new Acts({ ...ports, chosen: this.#chosen });
		this.#ends = new EndGrips(ports);
		this.#connector = new Connector(ports, this.#chosen);
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
		const line = onlyLine(this.#chosen.free);
		if (line !== null) {
			this.cursor = this.#ends.endAt(line, press) === null ? "default" : "move";
			return;
		}
		const grip = this.#chosen.ids.size > draggedMax ? null : this.#gripUnder(press);
		this.cursor = grip === null ? "default" : cursorOf(grip.hold, grip.frame.turn);
	}

	down(press: Press): void {
		const { screen, isShift, isCtrl, at } = press.sample;
		this.#connector.cancel();
		const line = onlyLine(this.#chosen.free);
		if (line !== null && this.#ends.down(line, press)) return;
		const grip = line === null ? this.#gripUnder(press) : null;
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
				if (!this.#ends.move(sample)) return;
				break;
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
				const { lay } = this.#ports.scene;
				this.#state = { ...this.#state, ...pullTo(this.#state, hand, lay) };
				this.#shareSoon();
			}
		}
		this.#ports.stage.requestFrame();
	}

	up(): void {
		this.#ends.up();
		const state = this.#state;
		this.#state = { phase: "idle" };
		if (state.phase === "boxing") {
			this.choose([...this.#chosen.ids, ...this.#chosen.withGroups(this.#inBox(state))]);
		}
		if (state.phase === "dragging") this.#endDrag(state.by);
		if (state.phase === "pulling") this.#endPull(state, state.stands);
	}

	cancel(): void {
		this.#ends.cancel();
		const state = this.#state;
		this.#state = { phase: "idle" };
		if (state.phase === "dragging") {
			this.#endDrag({ x: -state.done.x, y: -state.done.y });
			if (this.#putBack !== null) this.#ports.act(this.#putBack);
		}
		if (state.phase === "pulling") {
			this.#endPull(state, new Map(state.items.map(({ id, item }) => [id, item])));
		}
		this.#ports.stage.requestFrame();
	}

	leave(): void {
		this.cancel();
		this.#connector.cancel();
		this.choose([]);
	}

	/** Moves what is chosen by so many units, as one step of undo. True where something is. */
	nudge(by: Point): boolean {
		return this.acts.move(by);
	}

	/** Forgets what is chosen. True where something was. */
	escape(): boolean {
		if (this.#connector.cancel()) return true;
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

	/** Ends an arrow that keys began at what is chosen now. True where one was begun. */
	connect(): boolean {
		return this.#connector.finish();
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
			case "connect":
				return this.#connector.begin(meant.end);
			default:
				return this.acts[meant.act]();
		}
	}

	/** The uppermost item under a point of the screen. */
	itemUnder(screen: Point): SceneItem | null {
		return itemAt(this.#ports, screen, 0);
	}

	/** The shape that one types into at a point of the screen where no item is. */
	shapeAround(screen: Point): SceneItem | null {
		return shapeAround(this.#ports, screen);
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		window.clearTimeout(this.#shareTimer);
		this.#ends.close();
		this.#told.close();
	}

	draw(context: PaintContext, { camera, pixelRatio }: Frame): boolean {
		const { zoom } = camera;
		const state = this.#state;
		if (state.phase === "boxing") {
			drawBox(context, boxBetween(state.from, state.to), { zoom, color: this.#ports.accent() });
		}
		const { items } = this.#chosen;
		if (items.length === 0) return false;
		context.save();
		if (state.phase === "dragging") context.translate(state.by.x, state.by.y);
		const moving = this.#moving(items);
		this.#ports.stage.layer.painter.paint(context, moving, zoom * pixelRatio);
		this.#connector.draw(context, zoom * pixelRatio);
		const frame = state.phase === "pulling" ? state.shown : this.#chosen.frame;
		const isLocked = items.every(({ item }) => item.isLocked);
		const line = state.phase === "dragging" ? null : onlyLine(items);
		if (line !== null) this.#ends.draw(context, line, zoom * pixelRatio);
		else if (frame !== null) {
			const hasGrips = !isLocked && state.phase !== "dragging";
			const [color, paper] = [this.#ports.accent(), this.#ports.stage.paperColor];
			const { size } = this.#ports.stage;
			drawFrame(context, frame, { camera, size, color, paper, hasGrips, isLocked });
		}
		context.restore();
		this.#snapping.draw(context);
		return false;
	}

	/** What is drawn here, because it is not where the tiles have it. */
	#moving(items: readonly SceneItem[]): readonly SceneItem[] {
		const state = this.#state;
		if (state.phase === "dragging") {
			return items
				.filter((one) => !one.item.isLocked && rides(one, this.#chosen.ids))
				.slice(0, draggedMax);
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
		const next = this.#chosen.next(step) ?? (this.#connector.isOn ? this.#chosen.end(step) : null);
		this.choose(next === null ? [] : this.#chosen.groupOf(next));
		if (next !== null) this.#ports.view.show(next.box);
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
		this.#ports.stage.layer.hide(this.#chosen.free.filter((one) => rides(one, this.#chosen.ids)));
		this.#putBack = null;
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
		const hold = holdAt(frame, this.#ports.stage, { screen, pointerType });
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
			if (this.#state.phase === "pulling") this.#stand(this.#state);
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
		this.#stand({ items, stands });
		const { scene, stage } = this.#ports;
		stage.layer.show(items.flatMap(({ id }) => scene.get(id) ?? []));
	}

	#endSharing(): void {
		this.#snapping.end();
		window.clearTimeout(this.#shareTimer);
		this.#shareTimer = undefined;
	}

	#move(by: Point): void {
		if (by.x === 0 && by.y === 0) return;
		this.#ports.act(() => {
			this.#putBack = this.acts.carry(by) ?? this.#putBack;
		});
	}

	#stand({ items, stands }: Pick<Pulling, "items" | "stands">): void {
		this.#ports.act(() => standAll(this.#ports, items, stands));
	}

	/** What is locked is meant by a click alone. */
	#inBox({ from, to }: { readonly from: Point; readonly to: Point }): number[] {
		const inside = this.#ports.scene.inside(boxBetween(from, to));
		return inside.filter(({ item }) => !item.isLocked).map(({ id }) => id);
	}
}
