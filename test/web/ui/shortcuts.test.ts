import { expect, test } from "vitest";
import { keyName } from "../../../web/ui/shortcuts.ts";

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
	[{ key: "⁄", code: "Digit1", altKey: true, shiftKey: true }, "Alt+Shift+1"],
])("%o is called %s", (event, name) => {
	expect(keyName(key(event))).toBe(name);
});
