/** What a tool of the board is. */
import type { Point } from "../camera.ts";

/** A tool, by the name that its buttons and keys use. */
export type ToolName =
	| "select"
	| "hand"
	| "pen"
	| "eraser"
	| "partEraser"
	| "highlighter"
	| "rectangle"
	| "ellipse"
	| "diamond"
	| "line"
	| "arrow"
	| "text"
	| "note"
	| "laser";

/** Those that take away. */
export type EraserName = "eraser" | "partEraser";

/** True for an eraser. */
export function isEraser(tool: ToolName): tool is EraserName {
	return tool === "eraser" || tool === "partEraser";
}

/** One report of a pointer. */
export interface Sample {
	/** In board units. */
	readonly at: Point;
	/** In CSS pixels from the board's corner. */
	readonly screen: Point;
	/** 0 to 1; null where the device feels none. */
	readonly pressure: number | null;
	/** Keys that are held down. */
	readonly isShift: boolean;
	readonly isAlt: boolean;
	/** Ctrl, or Cmd on a Mac. */
	readonly isCtrl: boolean;
}

/** How a pointer went down. */
export interface Press {
	readonly sample: Sample;
	readonly pointerType: string;
}

/** A tool lives as long as the board; between `down` and `up` or `cancel` it is at work. */
export interface Tool {
	/** The CSS cursor over the paper, where the pointer is now. */
	readonly cursor: string;
	/** While deeds wait for its code: whether that came, once they are done. Else null. */
	readonly arriving?: Promise<boolean> | null;
	/** A pointer that could go down here is over the paper. */
	hover?(press: Press): void;
	down(press: Press): void;
	/** All reports since the last call, the display's and those in between. */
	move(samples: readonly Sample[]): void;
	/** The pointer left, or was taken away by the system: what was done stays. */
	up(): void;
	/** It was never meant: a second finger came down. */
	cancel(): void;
	/** Another tool was chosen. */
	leave?(): void;
	/** Enter: begins or ends without a pointer. True where it did something. */
	enter?(): boolean;
	/** An arrow key, in units. True where it did something. */
	nudge?(by: Point): boolean;
	/** Escape, with no pointer down. True where something was given up. */
	escape?(): boolean;
}
