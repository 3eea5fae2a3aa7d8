/** What the keys mean while something is chosen. Pure: a key in, the name of an act out. */
import type { Order } from "../../../shared/surfaces/arrange/reorder.ts";
import type { Key } from "../tools/keys.ts";

/** An act on what is chosen that a key asks for. */
export type ChosenKey =
	| { readonly act: "lay"; readonly order: Order }
	| { readonly act: "size"; readonly x: number; readonly y: number }
	| { readonly act: "turn"; readonly degrees: number }
	| { readonly act: "walk"; readonly step: 1 | -1 }
	| { readonly act: "connect"; readonly end: 0 | 1 }
	| { readonly act: "lock" | "duplicate" | "group" | "ungroup" | "copyStyle" | "pasteStyle" };

const arrows: Readonly<Record<string, readonly [number, number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};
/** Units of a step, and of one with Shift. */
const step = 1;
const stepFar = 10;
/** Degrees of a turn: brackets that point turn far. */
const turns: Readonly<Record<string, number>> = { ",": -1, ".": 1, "<": -15, ">": 15 };

/** What a key means; null where it means nothing here. */
export function readChosenKey(key: Key): ChosenKey | null {
	const isCtrl = key.ctrlKey || key.metaKey;
	if (isCtrl) return readBracket(key) ?? (key.altKey ? readStyle(key) : readLetter(key));
	if (key.key === "Tab" && !key.altKey) return { act: "walk", step: key.shiftKey ? -1 : 1 };
	if (key.altKey) {
		const arrow = arrows[key.key];
		const far = key.shiftKey ? stepFar : step;
		return arrow === undefined ? null : { act: "size", x: arrow[0] * far, y: arrow[1] * far };
	}
	return readConnect(key) ?? readTurn(key);
}

function readConnect({ key, shiftKey }: Key): ChosenKey | null {
	return key.toLowerCase() === "c" ? { act: "connect", end: shiftKey ? 0 : 1 } : null;
}

function readTurn({ key }: Key): ChosenKey | null {
	const degrees = turns[key];
	return degrees === undefined ? null : { act: "turn", degrees };
}

/**
 * By the sign, also where it takes AltGr to write it; else by the place, where that writes a
 * letter: `Ctrl++` zooms on a German keyboard.
 */
function readBracket({ key, code, shiftKey, altKey }: Key): ChosenKey | null {
	const isUp = "]}".includes(key) || (code === "BracketRight" && isLetter(key));
	const isDown = "[{".includes(key) || (code === "BracketLeft" && isLetter(key));
	if (!isUp && !isDown) return null;
	// AltGr and Shift write braces where brackets take AltGr.
	const isFar = shiftKey || (altKey && "{}".includes(key));
	if (isUp) return { act: "lay", order: isFar ? "front" : "forward" };
	return { act: "lay", order: isFar ? "back" : "backward" };
}

function readLetter({ key, shiftKey }: Key): ChosenKey | null {
	switch (key.toLowerCase()) {
		case "d":
			return shiftKey ? null : { act: "duplicate" };
		case "g":
			return { act: shiftKey ? "ungroup" : "group" };
		case "l":
			return shiftKey ? { act: "lock" } : null;
		default:
			return null;
	}
}

/** By its place: with Alt, some keyboards write another letter there. */
function readStyle({ code, shiftKey }: Key): ChosenKey | null {
	if (shiftKey) return null;
	if (code === "KeyC") return { act: "copyStyle" };
	return code === "KeyV" ? { act: "pasteStyle" } : null;
}

function isLetter(key: string): boolean {
	return /^\p{L}$/u.test(key);
}
