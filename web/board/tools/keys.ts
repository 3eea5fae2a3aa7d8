/** What the keys mean on the board. Pure: a key in, the name of an act out. */
import type { Act } from "../../../shared/roles.ts";
import type { ToolName } from "./tool.ts";

/** An act that a key asks for. */
export type KeyAct =
	| { readonly act: "tool"; readonly tool: ToolName }
	| { readonly act: "nudge"; readonly x: number; readonly y: number }
	| { readonly act: "page"; readonly step: 1 | -1 }
	| { readonly act: PlainAct };

type PlainAct =
	| "photo"
	| "keepTool"
	| "grid"
	| "enter"
	| "talk"
	| "say"
	| "who"
	| "undo"
	| "redo"
	| "erase"
	| "escape"
	| "chooseAll"
	| "zoomIn"
	| "zoomOut"
	| "zoomHome"
	| "fit"
	| "fitChosen";

/** The part of a keyboard event that matters. */
export interface Key {
	readonly key: string;
	/** The place of the key, which Shift does not change: `Digit1`. */
	readonly code: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly shiftKey: boolean;
	readonly altKey: boolean;
}

const tools: Readonly<Record<string, ToolName>> = {
	v: "select",
	1: "select",
	h: "hand",
	p: "pen",
	7: "pen",
	d: "pen",
	b: "pen",
	e: "eraser",
	0: "eraser",
	r: "rectangle",
	2: "rectangle",
	o: "ellipse",
	4: "ellipse",
	3: "diamond",
	a: "arrow",
	5: "arrow",
	l: "line",
	6: "line",
	t: "text",
	8: "text",
	n: "note",
	k: "laser",
};

const toolsWithShift: Readonly<Record<string, ToolName>> = {
	p: "highlighter",
	d: "highlighter",
	e: "partEraser",
};

const acts: Readonly<Record<string, PlainAct>> = {
	Escape: "escape",
	Delete: "erase",
	Backspace: "erase",
	Enter: "enter",
	9: "photo",
	q: "keepTool",
	w: "who",
};

const arrows: Readonly<Record<string, readonly [number, number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};

/** Units of a nudge, and of one with Shift. */
const nudge = 1;
const nudgeFar = 10;

/** Who draws nothing may look closer. */
const looking = /^(zoom|fit|page|who|escape|nudge)/;

/** True where somebody may do what a key asks for. */
export function mayDo({ act }: KeyAct, person: { may(act: Act): boolean }): boolean {
	if (act === "photo" && !person.may("photos")) return false;
	if (act === "talk" || act === "say") return person.may("chat");
	return person.may("board") || looking.test(act);
}

/** What a key means; null where it means nothing here. Letters act in capitals, too: Caps Lock. */
export function readKey(key: Key): KeyAct | null {
	if (key.altKey) return isTalk(key) ? { act: "talk" } : null;
	if (key.ctrlKey || key.metaKey) return readWithControl(key);
	const arrow = arrows[key.key];
	if (arrow !== undefined) {
		const step = key.shiftKey ? nudgeFar : nudge;
		return { act: "nudge", x: arrow[0] * step, y: arrow[1] * step };
	}
	return readView(key) ?? readPlain(key);
}

function readView({ key, code, shiftKey }: Key): KeyAct | null {
	if (shiftKey && code === "Digit1") return { act: "fit" };
	if (shiftKey && code === "Digit2") return { act: "fitChosen" };
	if (key === "PageUp" || key === "PageDown")
		return { act: "page", step: key === "PageUp" ? -1 : 1 };
	return null;
}

function readPlain(key: Key): KeyAct | null {
	if (key.key === "/") return { act: "say" }; // By the sign: some keyboards hold Shift for it.
	const name = key.key.length === 1 ? key.key.toLowerCase() : key.key;
	const act = key.shiftKey ? undefined : acts[name];
	if (act !== undefined) return { act };
	const tool = (key.shiftKey ? toolsWithShift : tools)[name];
	return tool === undefined ? null : { act: "tool", tool };
}

/** By its place: with Alt, some keyboards write another letter there. */
function isTalk({ code, ctrlKey, metaKey, shiftKey }: Key): boolean {
	return code === "KeyM" && (ctrlKey || metaKey) && !shiftKey;
}

function readWithControl({ key, shiftKey }: Key): KeyAct | null {
	switch (key.toLowerCase()) {
		case "z":
			return { act: shiftKey ? "redo" : "undo" };
		case "y":
			return { act: "redo" };
		case "a":
			return { act: "chooseAll" };
		case "u":
			return { act: "photo" };
		case "'":
			return { act: "grid" };
		case "0":
			return { act: "zoomHome" };
		case "+":
		case "=":
			return { act: "zoomIn" };
		case "-":
			return { act: "zoomOut" };
		default:
			return null;
	}
}
