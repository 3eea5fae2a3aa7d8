/** What the next item will look like. */
import { type ItemLook, plainLook } from "../../../shared/surfaces/item-look.ts";

/** Colour and width by index, and the rest by its name. */
export interface BoardStyle extends ItemLook {
	readonly color: number;
	readonly width: number;
}

/** What everybody begins with. */
export const firstStyle: BoardStyle = { color: 0, width: 1, ...plainLook };
