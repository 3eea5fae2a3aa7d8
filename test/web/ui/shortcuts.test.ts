import { afterEach, expect, test } from "vitest";
import { speak } from "../../../web/ui/messages.ts";
import {
	areSingleKeysOn,
	isSwitchedOff,
	keyName,
	keyWords,
	recallSingleKeys,
	sayKeys,
	switchSingleKeys,
} from "../../../web/ui/shortcuts.ts";

function key(part: Partial<KeyboardEvent>): KeyboardEvent {
	return {
		code: "",
		key: "",
		ctrlKey: false,
		metaKey: false,
		altKey: false,
		shiftKey: false,
		...part,
	} as KeyboardEvent;
}

test.each([
	[{ key: "?", shiftKey: true }, "?"],
	[{ key: "a" }, "A"],
	[{ key: "F6" }, "F6"],
	[{ key: "F6", shiftKey: true }, "Shift+F6"],
	[{ key: "z", ctrlKey: true }, "Ctrl+Z"],
	[{ key: "Z", metaKey: true, shiftKey: true }, "Ctrl+Shift+Z"],
	[{ key: "!", code: "Digit1", altKey: true, shiftKey: true }, "Alt+Shift+1"],
	[{ key: "ç", code: "KeyC", altKey: true }, "Alt+C"],
	[{ key: "⁄", code: "Digit1", altKey: true, shiftKey: true }, "Alt+Shift+1"],
])("%o is called %s", (event, name) => {
	expect(keyName(key(event))).toBe(name);
});

afterEach(async () => {
	recallSingleKeys(null);
	await speak("en", []);
});

test("keys are written as the keyboard has them", () => {
	expect(sayKeys("Ctrl+Shift+8", false)).toBe("Ctrl+Shift+8");
	expect(sayKeys("Ctrl+Shift+8", true)).toBe("⌘⇧8");
	expect(keyWords("Ctrl++", false)).toEqual(["Ctrl", "+"]);
	expect(keyWords("Shift+ArrowUp", false)).toEqual(["Shift", "↑"]);
});

test("keys are called in German what a German keyboard has on them", async () => {
	await speak("de", []);
	expect(sayKeys("Ctrl+Shift+Enter", false)).toBe("Strg+Umschalt+Eingabe");
	expect(keyWords("Delete", false)).toEqual(["Entf"]);
	expect(sayKeys("Ctrl+Alt+M", true)).toBe("⌘⌥M");
});

test("single keys are switched off on this device, and those with a modifier never", () => {
	const memory = new Map<string, string>();
	const storage = {
		getItem: (name: string) => memory.get(name) ?? null,
		setItem: (name: string, value: string) => void memory.set(name, value),
	};
	expect(isSwitchedOff(key({ key: "p" }))).toBe(false);
	switchSingleKeys(false, storage);
	expect(isSwitchedOff(key({ key: "p" }))).toBe(true);
	expect(isSwitchedOff(key({ key: "?", shiftKey: true }))).toBe(true);
	expect(isSwitchedOff(key({ key: "z", ctrlKey: true }))).toBe(false);
	expect(isSwitchedOff(key({ key: "F6" }))).toBe(false);
	expect(isSwitchedOff(key({ key: " " }))).toBe(false);
	recallSingleKeys(null);
	expect(areSingleKeysOn()).toBe(true);
	recallSingleKeys(storage);
	expect(areSingleKeysOn()).toBe(false);
});
