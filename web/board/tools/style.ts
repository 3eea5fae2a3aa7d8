/** What the next item will look like. */
import type { ItemStyle } from "../../../shared/surfaces/arrange/edits.ts";
import { plainLook } from "../../../shared/surfaces/item-look.ts";
import type { ToolName } from "./tool.ts";

/** Colour and width by index, and the rest by its name. */
export type BoardStyle = ItemStyle;

/** What everybody begins with. */
export const firstStyle: BoardStyle = { color: 0, width: 1, ...plainLook };

/** Tools that leave nothing of colour and width. */
const plain: readonly ToolName[] = ["select", "hand", "eraser", "laser"];

/** True where a tool makes something that looks so. An eraser of parts is as wide as one says. */
export function leaves(tool: ToolName, { width, ...more }: Partial<BoardStyle>): boolean {
	if (tool === "partEraser") return width !== undefined && Object.keys(more).length === 0;
	return !plain.includes(tool);
}
