/** What the pointer works on, and what it is doing. */
import type * as Y from "yjs";
import type { Stand } from "../../../shared/surfaces/arrange/edits.ts";
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { MessageKey } from "../../ui/messages.ts";
import type { Point } from "../camera.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { BoardClient } from "../people/client.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";
import type { BoardStyle } from "../tools/style.ts";
import type { Sample } from "../tools/tool.ts";
import type { View } from "../view.ts";
import type { Hold } from "./grips.ts";

/** What the pointer works on. */
export interface SelectPorts {
	readonly client: BoardClient;
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly act: (run: () => void) => void;
	readonly began: () => void;
	/** How an arrow will look that keys make. */
	readonly style: () => BoardStyle;
	/** Other items are chosen now. */
	readonly changed: () => void;
	/** CSS colour of what is chosen. */
	readonly accent: () => string;
	readonly view: Pick<View, "show">;
	/** Somebody wants to see more of an item. */
	readonly opened: (item: SceneItem) => void;
	/** Tells the person something. */
	readonly say: (key: MessageKey) => void;
}

/** What the pointer is doing. */
export type Phase =
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

/** A grip that a hand is over. */
export type Grasp = Pick<Pulling, "hold" | "frame">;
/** Something is being sized or turned. */
export type Pulling = Extract<Phase, { phase: "pulling" }>;
