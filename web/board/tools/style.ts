/** What the next item will look like. */
import type { ItemStyle } from "../../../shared/surfaces/arrange/edits.ts";
import { plainLook } from "../../../shared/surfaces/item-look.ts";

/** Colour and width by index, and the rest by its name. */
export type BoardStyle = ItemStyle;

/** What everybody begins with. */
export const firstStyle: BoardStyle = { color: 0, width: 1, ...plainLook };
