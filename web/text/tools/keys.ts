/** Keys in the text: shortcuts, and the places where Quill's own habits are not ours. */
import type Quill from "quill/core";
import { Delta } from "quill/core";
import type { Command } from "./commands.ts";
import { commandOfKey } from "./shortcuts.ts";

/** Listens on the text; `run` does what a shortcut asks for. */
export function listenToKeys(quill: Quill, run: (command: Command) => void): void {
	// Before Quill's own listener, which stands on the same element and stops at what is prevented.
	quill.root.parentElement?.addEventListener(
		"keydown",
		(event) => {
			if (event.isComposing || event.defaultPrevented) return;
			const command = commandOfKey(event);
			const isTaken = command === null ? editKey(quill, event) : tryRun(quill, command, run);
			if (isTaken) event.preventDefault();
		},
		{ capture: true },
	);
}

function tryRun(quill: Quill, command: Command, run: (command: Command) => void): boolean {
	// Enter with Ctrl is a new line like any other where there is nothing to tick.
	if (command.kind === "tick" && !String(quill.getFormat()["list"]).endsWith("checked"))
		return false;
	run(command);
	return true;
}

/** @returns true where the key is done with */
function editKey(quill: Quill, event: KeyboardEvent): boolean {
	const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
	if (!isPlain) return false;
	if (event.key === "Tab") return indentList(quill, event.shiftKey);
	if (event.key === "Backspace") return deleteAll(quill) || plainLine(quill);
	if (event.key === "Delete") return deleteAll(quill);
	return false;
}

/** Tab belongs to lists; elsewhere it leaves the text, so that it is no trap. */
function indentList(quill: Quill, isBack: boolean): boolean {
	const range = quill.getSelection();
	if (range === null || quill.getFormat(range)["list"] === undefined) return false;
	quill.format("indent", isBack ? "-1" : "+1", "user");
	return true;
}

/** Everything selected and deleted leaves an empty page, not an empty heading. */
function deleteAll(quill: Quill): boolean {
	const range = quill.getSelection();
	const length = quill.getLength();
	if (range === null || range.index > 0 || range.length < length - 1 || length === 1) return false;
	quill.history.cutoff();
	quill.updateContents(new Delta().insert("\n").delete(length), "user");
	quill.setSelection(0, 0, "silent");
	quill.history.cutoff();
	return true;
}

/** At its beginning, Backspace first makes a heading, quote or code line a paragraph. */
function plainLine(quill: Quill): boolean {
	const range = quill.getSelection();
	if (range === null || range.length > 0) return false;
	const [line, offset] = quill.getLine(range.index);
	if (line === null || offset !== 0) return false;
	const formats = quill.getFormat(range);
	const name = ["header", "blockquote", "code-block"].find((kind) => formats[kind] !== undefined);
	if (name === undefined) return false;
	quill.format(name, false, "user");
	return true;
}
