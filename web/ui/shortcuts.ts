/** Keys that do something wherever the focus is. */
import type { Cancel } from "../../shared/clock.ts";

/**
 * What a key event is called in a table: modifiers in the order Ctrl, Alt, Shift, then the key.
 * Command counts as Ctrl on a Mac. With Alt a digit is known by its place, because the layout
 * turns it into another sign.
 */
export function keyName(event: KeyboardEvent): string {
	const digit = /^Digit(\d)$/.exec(event.code)?.[1];
	const key = event.altKey && digit !== undefined ? digit : event.key;
	const isCtrl = event.ctrlKey || event.metaKey;
	const isShift = event.shiftKey && (key.length > 1 || event.altKey || isCtrl);
	const modifiers = [isCtrl ? "Ctrl+" : "", event.altKey ? "Alt+" : "", isShift ? "Shift+" : ""];
	return modifiers.join("") + (key.length === 1 ? key.toUpperCase() : key);
}

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
		if (run === undefined || (name.length === 1 && isTyping(event.target))) return;
		event.preventDefault();
		run(event);
	};
	target.addEventListener("keydown", listen);
	return () => target.removeEventListener("keydown", listen);
}
