/** What tools are handed. */
import type * as Y from "yjs";
import type { RoomClient } from "../../sync/room-client.ts";
import type { MessageKey } from "../../ui/messages.ts";
import type { Point } from "../camera.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";
import type { View } from "../view.ts";
import type { UndoSteps } from "./undo.ts";

/** What the tools work on, and whom they tell. */
export interface ToolBoxPorts {
	readonly client: RoomClient;
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly view: View;
	readonly undo: UndoSteps;
	/** Takes the pointers. */
	readonly paper: HTMLElement;
	/** Something that buttons show has changed. */
	readonly changed: () => void;
	/** The pointer is there now, in board units; null where it left. */
	readonly pointed: (at: Point | null) => void;
	readonly penSeen: () => void;
	/** CSS colour of what is chosen. */
	readonly accent: () => string;
	/** Somebody wants to see more of an item. */
	readonly opened: (item: SceneItem) => void;
	/** Tells the person something. */
	readonly say: (key: MessageKey) => void;
	/** A tool could not be fetched. */
	readonly missing: (error: unknown) => void;
}
