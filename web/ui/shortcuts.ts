/** Keys that do something wherever the focus is, and what keys are called. */
import type { Cancel } from "../../shared/clock.ts";
import { t } from "./messages.ts";

/**
 * What a key event is called in a table: modifiers in the order Ctrl, Alt, Shift, then the key.
 * Command counts as Ctrl on a Mac. With Alt a digit or letter is known by its place, because the
 * layout turns it into another sign.
 */
export function keyName(event: KeyboardEvent): string {
	const place = /^(?:Digit|Key)(\w)$/.exec(event.code)?.[1];
	const key = event.altKey && place !== undefined ? place : event.key;
	const isCtrl = event.ctrlKey || event.metaKey;
	const isShift = event.shiftKey && (key.length > 1 || event.altKey || isCtrl);
	const modifiers = [isCtrl ? "Ctrl+" : "", event.altKey ? "Alt+" : "", isShift ? "Shift+" : ""];
	return modifiers.join("") + (key.length === 1 ? key.toUpperCase() : key);
}

/** True on keyboards where Command does what Ctrl does elsewhere. */
const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const macSigns: Readonly<Record<string, string>> = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** Keys that another country prints other words on. */
const words = ["ctrl", "shift", "enter", "space", "delete", "backspace"] as const;

const signs: Readonly<Record<string, string>> = {
	ArrowLeft: "←",
	ArrowUp: "↑",
	ArrowRight: "→",
	ArrowDown: "↓",
	Escape: "Esc",
	"-": "−",
};

/** What stands on the keys of a chord (`Ctrl+Shift+Enter`), one after another. */
export function keyWords(chord: string, mac = isMac): string[] {
	const parts = /^((?:(?:Ctrl|Alt|Shift)\+)*)(.+)$/.exec(chord);
	const [, modifiers = "", key = chord] = parts ?? [];
	return [...modifiers.split("+").filter(Boolean), key].map((part) => {
		const word = words.find((name) => name === part.toLowerCase());
		const sign = (mac ? macSigns[part] : undefined) ?? signs[part];
		return sign ?? (word === undefined ? part : t(`frame.key.${word}`));
	});
}

/** A chord in the reader's words, for tooltips. */
export function sayKeys(chord: string, mac = isMac): string {
	return keyWords(chord, mac).join(mac ? "" : "+");
}

const singleKeys = "weft:single-keys";
let areOn = true;

/** False where this device's person wants no letter or sign to do anything by itself. */
export function areSingleKeysOn(): boolean {
	return areOn;
}

/** Reads what was chosen on this device (WCAG 2.2, 2.1.4: voices and tremor press single keys). */
export function recallSingleKeys(memory: Pick<Storage, "getItem"> | null): void {
	areOn = memory?.getItem(singleKeys) !== "off";
}

/** Switches them on or off, now and on this device from now on. */
export function switchSingleKeys(isOn: boolean, memory: Pick<Storage, "setItem"> | null): void {
	areOn = isOn;
	memory?.setItem(singleKeys, isOn ? "on" : "off");
}

/** True for a letter, digit or sign without a modifier while such keys are switched off. */
export function isSwitchedOff(event: Pick<KeyboardEvent, SingleKeyPart>): boolean {
	if (areOn || event.key.length !== 1 || event.key === " ") return false;
	return !event.ctrlKey && !event.metaKey && !event.altKey;
}

type SingleKeyPart = "key" | "ctrlKey" | "metaKey" | "altKey";

/** True where keys without a modifier are text: never take those. */
export function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
	);
}

/** Runs the entry of the table that a key names. Keys somebody has handled already are left. */
export function listenToKeys(
	target: EventTarget,
	table: Readonly<Record<string, (event: KeyboardEvent) => void>>,
): Cancel {
	const listen = (event: Event): void => {
		if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.isComposing) return;
		const name = keyName(event);
		const run = Object.hasOwn(table, name) ? table[name] : undefined;
		if (run === undefined || isSwitchedOff(event)) return;
		if (name.length === 1 && isTyping(event.target)) return;
		event.preventDefault();
		run(event);
	};
	target.addEventListener("keydown", listen);
	return () => target.removeEventListener("keydown", listen);
}
