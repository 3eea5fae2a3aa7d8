/** Finds items by where they are: O(log n) for what a tile or a finger touches. */
import RBush from "rbush";
import type { SceneItem } from "./scene-item.ts";

/** An R-tree of items by their boxes. */
export class ItemTree extends RBush<SceneItem> {
	override toBBox(scene: SceneItem) {
		return scene.box;
	}
	override compareMinX(a: SceneItem, b: SceneItem): number {
		return a.box.minX - b.box.minX;
	}
	override compareMinY(a: SceneItem, b: SceneItem): number {
		return a.box.minY - b.box.minY;
	}
}
