/** What the others have chosen: a frame in their colour around each item, with their name. */
import "./others-chosen.css";
import { chosenTellMax, type PresenceState } from "../../../shared/awareness.ts";
import { placeOf } from "../../../shared/surfaces/arrange/places.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { grow, toScreen, union } from "../camera.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import { airOf, type Scene } from "../scene.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { BoardClient } from "./client.ts";

/** People whose choice is shown; a crowd's frames would hide the drawing. */
const peopleMax = 20;
/** Air between item and frame, and the frame's line, in CSS pixels. */
const airPixels = 3;
const linePixels = 2;

interface Choice {
	readonly color: string;
	readonly name: string;
	/** Ids in the scene, or a box where they are many. */
	readonly what: readonly number[] | Bounds;
}

interface Shown extends Choice {
	readonly label: HTMLElement;
}

/** What it works on. */
export interface OthersChosenPorts {
	readonly client: BoardClient;
	readonly scene: Scene;
	readonly stage: Stage;
	/** Holds the names. */
	readonly host: HTMLElement;
}

/** Draws above the board. `close()` it when the board goes. */
export class OthersChosen implements Overlay {
	readonly #ports: OthersChosenPorts;
	#shown: readonly Shown[] = [];
	/** What is shown, as JSON: pointers move many times a second, what is chosen does not. */
	#told = "[]";

	constructor(ports: OthersChosenPorts) {
		this.#ports = ports;
		ports.client.awareness.on("change", this.#read);
		ports.stage.addOverlay(this);
		this.#read();
	}

	get isEmpty(): boolean {
		return this.#shown.length === 0;
	}

	/** Safe to call twice. */
	close(): void {
		this.#ports.client.awareness.off("change", this.#read);
		for (const { label } of this.#shown) label.remove();
		this.#shown = [];
	}

	draw(context: PaintContext, { camera }: Frame): boolean {
		const { scene } = this.#ports;
		context.lineWidth = linePixels / camera.zoom;
		for (const { color, label, what } of this.#shown) {
			const boxes = "minX" in what ? [what] : what.flatMap((id) => drawnBox(scene.get(id)) ?? []);
			context.strokeStyle = color;
			for (const box of boxes) {
				const { minX, minY, maxX, maxY } = grow(box, airPixels / camera.zoom);
				context.strokeRect(minX, minY, maxX - minX, maxY - minY);
			}
			const [first, ...more] = boxes;
			label.hidden = first === undefined;
			if (first === undefined) continue;
			const all = more.reduce(union, first);
			const { x, y } = toScreen(camera, { x: all.minX, y: all.minY });
			label.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
		}
		return false;
	}

	readonly #read = (): void => {
		const { client, host, stage } = this.#ports;
		const choices = client
			.people()
			.flatMap(({ state }) => this.#readOne(state))
			.slice(0, peopleMax);
		const told = JSON.stringify(choices);
		if (told === this.#told) return;
		this.#told = told;
		for (const { label } of this.#shown) label.remove();
		this.#shown = choices.map((choice) => ({ ...choice, label: labelOf(choice) }));
		host.append(...this.#shown.map(({ label }) => label));
		stage.requestFrame();
	};

	#readOne({ chosen, user }: PresenceState): Choice[] {
		const what = this.#whatOf(chosen);
		return what === null || user === undefined
			? []
			: [{ color: user.color, name: user.name, what }];
	}

	/** A stranger's state may hold anything. */
	#whatOf(chosen: PresenceState["chosen"]): Shown["what"] | null {
		if (typeof chosen !== "object" || chosen === null) return null;
		if ("x" in chosen) return boxOf(chosen);
		if (!Array.isArray(chosen)) return null;
		const { client, scene } = this.#ports;
		const board = strokesOf(client.doc);
		const ids = chosen.slice(0, chosenTellMax).flatMap((name: unknown) => {
			if (!Array.isArray(name) || !name.every(Number.isSafeInteger)) return [];
			const place = placeOf(board, [name[0], name[1], 0]);
			return place?.goneCount === 0 ? (scene.itemOf(place.value)?.id ?? []) : [];
		});
		return ids.length === 0 ? null : ids;
	}
}

/** What is seen of an item; its own box has room for all that may be painted. */
function drawnBox(scene: SceneItem | null): Bounds | null {
	if (scene === null) return null;
	const { item, box } = scene;
	const air = airOf(item);
	return air === 0 ? box : grow(box, item.width / 2 - air);
}

function boxOf({ x, y, width, height }: Exclude<PresenceState["view"], null | undefined>) {
	const isBox = [x, y, width, height].every((units) => Number.isFinite(units));
	return isBox ? { minX: x, minY: y, maxX: x + width, maxY: y + height } : null;
}

function labelOf({ color, name }: Choice): HTMLElement {
	const label = document.createElement("span");
	label.className = "weft-board__chosen-by";
	label.textContent = name;
	label.style.setProperty("--person", color);
	return label;
}
