/** The keys of the document, as people know them from Google Docs, Outline and Etherpad. */
import type { Command } from "./commands.ts";

/** The part of a `KeyboardEvent` that decides. */
export interface Key {
	readonly key: string;
	readonly code: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly altKey: boolean;
	readonly shiftKey: boolean;
	getModifierState(name: string): boolean;
}

/** True on keyboards where Cmd does what Ctrl does elsewhere. */
const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const controlLetters: Readonly<Record<string, Command>> = {
	b: { kind: "mark", mark: "bold" },
	i: { kind: "mark", mark: "italic" },
	u: { kind: "mark", mark: "underline" },
	e: { kind: "mark", mark: "code" },
	k: { kind: "link" },
	z: { kind: "undo" },
	y: { kind: "redo" },
	"\\": { kind: "plain" },
	"]": { kind: "indent", by: 1 },
	"[": { kind: "indent", by: -1 },
	// Where those three need AltGr, which is Ctrl and Alt, nobody can type them: these anybody can.
	"#": { kind: "plain" },
	".": { kind: "indent", by: 1 },
	",": { kind: "indent", by: -1 },
	Enter: { kind: "tick" },
};

const controlShiftLetters: Readonly<Record<string, Command>> = {
	x: { kind: "mark", mark: "strike" },
	z: { kind: "redo" },
};

/** By `code`, because Shift changes what a digit's `key` is, differently in every country. */
const headings: Readonly<Record<string, Command>> = {
	Digit0: { kind: "header", level: 0 },
	Digit1: { kind: "header", level: 1 },
	Digit2: { kind: "header", level: 2 },
	Digit3: { kind: "header", level: 3 },
};

const lists: Readonly<Record<string, Command>> = {
	Digit7: { kind: "list", list: "ordered" },
	Digit8: { kind: "list", list: "bullet" },
	Digit9: { kind: "list", list: "unchecked" },
};

/** What a key asks for; null where it is just typed. `mac` says which key is the command key. */
export function commandOfKey(event: Key, mac = isMac): Command | null {
	const control = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
	if (!control) return withoutControl(event);
	// AltGr is Ctrl and Alt on Windows, and types characters such as @ and #.
	if (event.altKey)
		return event.getModifierState("AltGraph") ? null : withControlAndAlt(event.code);
	const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
	if (!event.shiftKey) return controlLetters[letter] ?? null;
	return headings[event.code] ?? lists[event.code] ?? controlShiftLetters[letter] ?? null;
}

function withControlAndAlt(code: string): Command | null {
	return code === "KeyM" ? { kind: "talk" } : (headings[code] ?? null);
}

function withoutControl(event: Key): Command | null {
	if (!event.altKey || event.ctrlKey || event.metaKey) return null;
	if (event.key === "F10" && !event.shiftKey) return { kind: "toolbar" };
	if (event.code === "Digit5" && event.shiftKey) return { kind: "mark", mark: "strike" };
	return null;
}
