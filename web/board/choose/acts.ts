/** What is done with what is chosen, by a key or a button: each act is one step of undo. */
import * as Y from "yjs";
import { idOf } from "../../../shared/surfaces/about-item.ts";
import {
	copyItems,
	eraseItems,
	groupItems,
	type ItemStyle,
	liftItems,
	lockItems,
	moveItems,
	restyleItems,
	type Stand,
	standItems,
} from "../../../shared/surfaces/arrange/edits.ts";
import type { Lift } from "../../../shared/surfaces/arrange/heights.ts";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import { endPlaces, putEnd } from "../../../shared/surfaces/arrange/joins.ts";
import { type Order, type Piled, reorder } from "../../../shared/surfaces/arrange/reorder.ts";
import { lineWidths, widthOf } from "../../../shared/surfaces/board.ts";
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import { overlaps, type Point } from "../camera.ts";
import { byHeight, type SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import { comesAway, letGo } from "./away.ts";
import type { Chosen } from "./chosen.ts";
import { groupsAnew, mintGroup } from "./groups.ts";
import type { SelectPorts } from "./phase.ts";
import { areRigid, frameAround, pulled, turned, turnedBy } from "./stretch.ts";

/** What the acts work on. */
export interface ActPorts extends Pick<SelectPorts, "board" | "scene" | "act" | "began" | "say"> {
	readonly chosen: Chosen;
}

/** A copy lies so far from what it was made of, in units. */
const copyStep = 16;

/** All acts of one board. Each tells whether something was chosen. */
export class Acts {
	readonly #ports: ActPorts;
	#copied: ItemStyle | null = null;

	constructor(ports: ActPorts) {
		this.#ports = ports;
	}

	/** Moves by so many units. */
	move(by: Point): boolean {
		return this.#change(() => this.carry(by));
	}

	/**
	 * The same as a part of the current step, in a transaction.
	 *
	 * @returns puts lines back on what they came away from; null where none did
	 */
	carry(by: Point): (() => void) | null {
		const { board, scene, chosen } = this.#ports;
		const back = letGo(
			scene,
			chosen.free.filter((line) => comesAway(line, chosen.ids)),
		);
		moveItems(board, chosen.values, by);
		return back;
	}

	/** Makes the frame so many units wider and higher; its upper left corner stays. */
	size(by: Point): boolean {
		return this.#stand((items, frame) => {
			const grip = { x: by.x === 0 ? 0 : 1, y: by.y === 0 ? 0 : 1 } as const;
			const isEven = areRigid(items, frame);
			const way = turned(by, frame.turn);
			const lay = this.#ports.scene.lay;
			return pulled(items, frame, { grip, by: way, isEven, isMiddle: false, lay });
		});
	}

	/** Turns around the middle, clockwise. */
	turn(degrees: number): boolean {
		return this.#stand((items, frame) => turnedBy(items, frame, degrees));
	}

	/** Lays what is chosen above or below others. */
	lay(order: Order): boolean {
		const { board, scene, chosen } = this.#ports;
		return this.#change(() => {
			const lifts = new Map<unknown, Lift>();
			for (const [id, lift] of reorder(allOf(board, scene), new Set(freeIds(chosen)), order)) {
				for (const value of scene.valuesOf([id])) lifts.set(value, lift);
			}
			liftItems(board, lifts);
		});
	}

	/** Locks all, or unlocks them where all are locked. */
	lock(): boolean {
		const { board, chosen, act, began } = this.#ports;
		if (chosen.ids.size === 0) return false;
		const isLocked = chosen.free.length > 0;
		began();
		act(() => lockItems(board, chosen.values, isLocked));
		this.#ports.say(isLocked ? "choose.locked" : "choose.unlocked");
		return true;
	}

	/** Makes one group of what is chosen. */
	group(): boolean {
		const { board, chosen } = this.#ports;
		if (chosen.ids.size === 1) return true; // One item is no group.
		return this.#change((values) => groupItems(board, values, mintGroup()));
	}

	/** What is chosen is in no group any more. */
	ungroup(): boolean {
		return this.#change((values) => groupItems(this.#ports.board, values, null));
	}

	/** Puts a copy of each beside it, and chooses the copies. */
	duplicate(by: Point = { x: copyStep, y: copyStep }): boolean {
		if (this.#ports.chosen.ids.size === 0) return false;
		this.#ports.began();
		this.copy(by);
		return true;
	}

	/** The same as a part of the current step. */
	copy(by: Point): void {
		const { board, scene, chosen, act } = this.#ports;
		const pile = chosen.items.sort(byHeight).map(({ id }) => id);
		let copies: readonly unknown[] = [];
		act(() => {
			copies = copyItems(board, scene.valuesOf(pile), { by, groupOf: groupsAnew() });
		});
		chosen.set(copies.flatMap((copy) => scene.itemOf(copy)?.id ?? []));
	}

	/** Takes them off the board. */
	erase(): boolean {
		return this.#change((values) => {
			this.#ports.scene.settle(this.#ports.chosen.freeValues);
			eraseItems(this.#ports.board, values);
		});
	}

	/** Changes how they look. */
	restyle(style: Partial<ItemStyle>): boolean {
		return this.#change((values) => restyleItems(this.#ports.board, values, style));
	}

	/** How the uppermost of them looks; null where nothing is chosen. */
	style(): ItemStyle | null {
		const [first, ...others] = this.#ports.chosen.items;
		if (first === undefined) return null;
		const { item } = others.reduce((top, one) => (byHeight(top, one) > 0 ? top : one), first);
		const width = lineWidths.findIndex((_, index) => widthOf(item.kind, index) >= item.width);
		return {
			...item.look,
			color: typeof item.color === "number" ? item.color : -1,
			width: width < 0 ? lineWidths.length - 1 : width,
		};
	}

	/** Remembers how the uppermost looks. */
	copyStyle(): boolean {
		this.#copied = this.style() ?? this.#copied;
		return this.#ports.chosen.ids.size > 0;
	}

	/** Makes all look like what was remembered. */
	pasteStyle(): boolean {
		if (this.#copied === null) return this.#ports.chosen.ids.size > 0;
		const { color, ...style } = this.#copied;
		// A stranger's colour has no number.
		return this.restyle(color < 0 ? style : this.#copied);
	}

	#stand(work: (items: readonly SceneItem[], frame: ItemFrame) => Map<number, Stand>): boolean {
		const { board, chosen, scene } = this.#ports;
		return this.#change(() => {
			const frame = frameAround(chosen.free);
			if (frame !== null) standAll({ board, scene }, chosen.free, work(chosen.free, frame));
		});
	}

	/** One step of undo, unless all is locked: then the person is told so. */
	#change(run: (values: Set<unknown>) => void): boolean {
		const { chosen, began, act, say } = this.#ports;
		if (chosen.ids.size === 0) return false;
		if (chosen.free.length === 0) {
			say("choose.isLocked");
			return true;
		}
		began();
		act(() => run(chosen.values));
		return true;
	}
}

/**
 * Puts items where they are told, as they were when they were told so. Of lines whose ends were put
 * elsewhere the free ends go there: what stays on something stays.
 */
export function standAll(
	{ board, scene }: Pick<ActPorts, "board" | "scene">,
	items: readonly SceneItem[],
	stands: ReadonlyMap<number, Stand>,
): void {
	const plain = new Map<unknown, Stand>();
	for (const { id, item, joins } of items) {
		const [entry] = scene.valuesOf([id]);
		const stand = stands.get(id);
		if (stand === undefined || entry === undefined) continue;
		if (joins === undefined || !(entry instanceof Y.Map)) {
			plain.set(entry, stand);
			continue;
		}
		const [from, to] = endPlaces(itemPoints({ ...item, ...stand }).points);
		if (joins[0] === null) putEnd(entry, 0, { at: from, on: null });
		if (joins[1] === null) putEnd(entry, 1, { at: to, on: null });
	}
	standItems(board, plain);
}

function freeIds(chosen: Chosen): number[] {
	return chosen.free.map(({ id }) => id);
}

/** Everything on the board, back to front. */
function allOf(board: Y.Array<unknown>, scene: Scene): Piled[] {
	const nameOf = (id: number): Lift => {
		const [entry] = scene.valuesOf([id]);
		const name = idOf(board, entry);
		return [name?.client ?? 0, name?.clock ?? 0, 0];
	};
	const pile = scene.items().sort(byHeight);
	return pile.map((one) => ({
		id: one.id,
		lift: () => (one.lifted === null ? nameOf(one.id) : (one.item.lift ?? nameOf(one.id))),
		isNear: (others) =>
			[...others].some((id) => {
				const other = scene.get(id);
				return other !== null && overlaps(other.box, one.box);
			}),
	}));
}
