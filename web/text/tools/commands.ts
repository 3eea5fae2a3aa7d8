/** What keys and toolbar do to the text; each command is one step of undo. */
import type Quill from "quill/core";

/** Everything that can be asked for. */
export type Command =
	| { readonly kind: "mark"; readonly mark: Mark }
	| { readonly kind: "header"; readonly level: 0 | 1 | 2 | 3 }
	| { readonly kind: "list"; readonly list: ListKind }
	| { readonly kind: "line"; readonly line: "blockquote" | "code-block" }
	| { readonly kind: "align"; readonly align: "center" | "right" }
	| { readonly kind: "direction" }
	| { readonly kind: "indent"; readonly by: 1 | -1 }
	| { readonly kind: "plain" | "undo" | "redo" | "link" | "talk" | "photo" | "tick" | "toolbar" };

/** Formats of words. */
export type Mark = "bold" | "italic" | "underline" | "strike" | "code";
/** Lists that a button makes. A task starts without its tick. */
export type ListKind = "bullet" | "ordered" | "unchecked";

/** The formats at the caret, as `Quill.getFormat` tells them. */
export type ActiveFormats = Readonly<Record<string, unknown>>;

/** True where the command's format holds at the caret. */
export function isActive(command: Command, formats: ActiveFormats): boolean {
	switch (command.kind) {
		case "mark":
			return formats[command.mark] === true;
		case "header":
			return (formats["header"] ?? 0) === command.level;
		case "list":
			return listOf(formats) === command.list;
		case "line":
			return Boolean(formats[command.line]);
		case "align":
			return formats["align"] === command.align;
		case "direction":
			return formats["direction"] === "rtl";
		case "link":
			return formats["link"] !== undefined;
		default:
			return false;
	}
}

function listOf(formats: ActiveFormats): unknown {
	const list = formats["list"];
	return list === "checked" ? "unchecked" : list;
}

/** Does what changes formats only; the rest (undo, link, photo, toolbar) is the editor's. */
export function applyFormat(quill: Quill, command: Command): void {
	quill.history.cutoff();
	const formats = quill.getFormat();
	const isOn = isActive(command, formats);
	switch (command.kind) {
		case "mark":
			quill.format(command.mark, !isOn, "user");
			break;
		case "header":
			quill.format("header", isOn || command.level === 0 ? false : command.level, "user");
			break;
		case "list":
			quill.format("list", isOn ? false : command.list, "user");
			break;
		case "line":
			quill.format(command.line, !isOn, "user");
			break;
		case "align":
			quill.format("align", isOn ? false : command.align, "user");
			break;
		case "direction":
			toggleDirection(quill, isOn);
			break;
		case "indent":
			quill.format("indent", command.by === 1 ? "+1" : "-1", "user");
			break;
		case "plain":
			clearFormats(quill);
			break;
		case "tick":
			tick(quill, formats);
			break;
		default:
			break;
	}
	quill.history.cutoff();
}

function toggleDirection(quill: Quill, isOn: boolean): void {
	quill.format("direction", isOn ? false : "rtl", "user");
	quill.format("align", isOn ? false : "right", "user");
}

function clearFormats(quill: Quill): void {
	const range = quill.getSelection();
	if (range === null) return;
	if (range.length > 0) {
		quill.removeFormat(range.index, range.length, "user");
		return;
	}
	for (const name of Object.keys(quill.getFormat(range))) quill.format(name, false, "user");
}

function tick(quill: Quill, formats: ActiveFormats): void {
	if (formats["list"] === "checked") quill.format("list", "unchecked", "user");
	else if (formats["list"] === "unchecked") quill.format("list", "checked", "user");
}
