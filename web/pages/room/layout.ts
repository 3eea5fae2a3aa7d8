/** Which parts of a room are seen, by the window's width and what was chosen. Pure. */
import type { SurfaceName } from "../../../shared/awareness.ts";

/** Up to 700 px; up to 1,099 px; from 1,100 px. */
export type WindowSize = "phone" | "middle" | "wide";

/** What was chosen. */
export interface Choice {
	/** What was gone to last; on anything wider than a phone never the chat. */
	readonly surface: SurfaceName;
	readonly isChatOpen: boolean;
	/** Document and board stand side by side where there is room. */
	readonly isSplit: boolean;
}

/** What is seen, in the order of the page. The chat stands last, beside the others. */
export interface Layout {
	readonly panes: readonly SurfaceName[];
	readonly hasDivider: boolean;
}

/** The layout for a choice. */
export function layoutOf(size: WindowSize, choice: Choice): Layout {
	if (size === "phone") return { panes: [choice.surface], hasDivider: false };
	const main = choice.surface === "chat" ? "board" : choice.surface;
	const hasDivider = size === "wide" && choice.isSplit && main !== "photos";
	const panes: SurfaceName[] = hasDivider ? ["document", "board"] : [main];
	if (choice.isChatOpen) panes.push("chat");
	return { panes, hasDivider };
}

/** The choice after somebody goes to a surface, by tab, key or link. */
export function goTo(size: WindowSize, choice: Choice, surface: SurfaceName): Choice {
	if (surface !== "chat") return { ...choice, surface };
	return size === "phone" ? { ...choice, surface } : { ...choice, isChatOpen: true };
}

/** The choice after a tab was pressed: what stands beside another then has the stage to itself. */
export function press(size: WindowSize, choice: Choice, surface: SurfaceName): Choice {
	const { panes, hasDivider } = layoutOf(size, choice);
	const isBeside = hasDivider && surface !== "chat" && panes.includes(surface);
	return goTo(size, isBeside ? { ...choice, isSplit: false } : choice, surface);
}

/** The choice after the window changed: on a phone the chat is a tab, elsewhere a panel. */
export function resize(size: WindowSize, choice: Choice): Choice {
	if (size === "phone" || choice.surface !== "chat") return choice;
	return { ...choice, surface: "board", isChatOpen: true };
}

/** Where a room opens: as the address says, else on a phone where one was last, else the board. */
export function firstChoice(options: {
	readonly size: WindowSize;
	readonly asked: SurfaceName | null;
	readonly last: SurfaceName | null;
	readonly isSplit: boolean;
}): Choice {
	const { size, asked, last, isSplit } = options;
	const start: Choice = { surface: "board", isChatOpen: false, isSplit };
	return goTo(size, start, asked ?? (size === "phone" ? last : null) ?? "board");
}

/** The size for a width in CSS pixels. */
export function sizeOf(widthPx: number): WindowSize {
	if (widthPx <= 700) return "phone";
	return widthPx < 1_100 ? "middle" : "wide";
}
