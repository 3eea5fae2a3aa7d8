/** Every key that does something, and what. */
import type { MessageKey } from "../../ui/messages.ts";
import "../../ui/board-words/board.ts";
import "../../ui/messages/chat.ts";
import "../../ui/board-words/carry.ts";
import "../../ui/board-words/choose.ts";
import "../../ui/messages/help.ts";
import "../../ui/messages/photos.ts";
import "../../ui/board-words/shapes.ts";
import "../../ui/messages/text.ts";

/** What is done, and the chords that do it: `Ctrl+Shift+1`. */
export type KeyRow = readonly [does: MessageKey, ...chords: string[]];

/** Keys that work in one place. */
export interface KeyGroup {
	readonly place: MessageKey;
	readonly rows: readonly KeyRow[];
}

/** All of them, in the order in which they are read. */
export const keyGroups: readonly KeyGroup[] = [
	{
		place: "frame.help.everywhere",
		rows: [
			["frame.help.surfaces", "Alt+Shift+1", "Alt+Shift+2", "Alt+Shift+3", "Alt+Shift+4"],
			["frame.help.panes", "F6", "Shift+F6"],
			["frame.help.chat", "Alt+C"],
			["frame.help.hand", "Alt+Shift+H"],
			["frame.light.name", "Ctrl+S"],
			["frame.help.undo", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"],
			["frame.help.close", "Escape"],
			["frame.help.this", "?"],
		],
	},
	{
		place: "frame.room.document",
		rows: [
			["text.find", "Ctrl+F"],
			["text.replace", "Ctrl+H"],
			["frame.help.findNext", "F3", "Shift+F3", "Ctrl+G", "Ctrl+Shift+G"],
			["frame.help.style", "Ctrl+B", "Ctrl+I", "Ctrl+U"],
			["text.strike", "Ctrl+Shift+X", "Alt+Shift+5"],
			["text.code", "Ctrl+E"],
			["text.plain", "Ctrl+\\", "Ctrl+#"],
			["text.link", "Ctrl+K"],
			[
				"frame.help.headings",
				"Ctrl+Shift+1",
				"Ctrl+Shift+2",
				"Ctrl+Shift+3",
				"Ctrl+Alt+1",
				"Ctrl+Alt+2",
				"Ctrl+Alt+3",
			],
			["frame.help.paragraph", "Ctrl+Shift+0", "Ctrl+Alt+0"],
			["frame.help.lists", "Ctrl+Shift+7", "Ctrl+Shift+8", "Ctrl+Shift+9"],
			["frame.help.tick", "Ctrl+Enter"],
			["frame.help.indent", "Ctrl+]", "Ctrl+[", "Ctrl+.", "Ctrl+,"],
			["frame.help.indentList", "Tab", "Shift+Tab"],
			["text.talk", "Ctrl+Alt+M"],
			["frame.help.toolbar", "Alt+F10"],
		],
	},
	{
		place: "frame.room.board",
		rows: [
			["board.select", "V", "1", "Escape"],
			["board.hand", "H"],
			["board.pen", "P", "7", "D", "B"],
			["shapes.highlighter", "Shift+P", "Shift+D"],
			["board.eraser", "E", "0"],
			["shapes.erase.parts", "Shift+E"],
			["shapes.rectangle", "R", "2"],
			["shapes.ellipse", "O", "4"],
			["shapes.diamond", "3"],
			["shapes.arrow", "A", "5"],
			["shapes.line", "L", "6"],
			["board.text", "T", "8"],
			["board.note", "N"],
			["shapes.laser", "K"],
			["words.edit", "Enter"],
			["shapes.place", "Enter"],
			["shapes.keep", "Q"],
			["board.photo", "9", "Ctrl+U"],
			["board.talk", "Ctrl+Alt+M"],
			["board.say", "/"],
			["board.who", "W"],
			["choose.grid", "Ctrl+'"],
			["frame.help.space", "Space"],
			["frame.help.zoom", "Ctrl++", "Ctrl+-"],
			["frame.help.fit", "Ctrl+0", "Shift+1"],
			["frame.help.fitChosen", "Shift+2"],
			["frame.help.page", "PageUp", "PageDown"],
			["frame.help.all", "Ctrl+A"],
			["frame.help.nudge", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"],
			[
				"frame.help.nudgeFar",
				"Shift+ArrowLeft",
				"Shift+ArrowUp",
				"Shift+ArrowRight",
				"Shift+ArrowDown",
			],
			["choose.size", "Alt+ArrowRight", "Alt+ArrowLeft", "Alt+ArrowDown", "Alt+ArrowUp"],
			[
				"frame.help.nudgeFar",
				"Alt+Shift+ArrowRight",
				"Alt+Shift+ArrowLeft",
				"Alt+Shift+ArrowDown",
				"Alt+Shift+ArrowUp",
			],
			["choose.turn", ">", "<", ".", ","],
			["choose.walk", "Tab", "Shift+Tab"],
			["choose.open", "Enter"],
			["choose.connect", "C", "Shift+C"],
			["frame.help.clipboard", "Ctrl+C", "Ctrl+X", "Ctrl+V"],
			["choose.duplicate", "Ctrl+D"],
			["choose.group", "Ctrl+G"],
			["choose.ungroup", "Ctrl+Shift+G"],
			["choose.forward", "Ctrl+]"],
			["choose.backward", "Ctrl+["],
			["choose.front", "Ctrl+Shift+]"],
			["choose.back", "Ctrl+Shift+["],
			["choose.lock", "Ctrl+Shift+L"],
			["choose.copyStyle", "Ctrl+Alt+C"],
			["choose.pasteStyle", "Ctrl+Alt+V"],
			["frame.help.delete", "Delete", "Backspace"],
		],
	},
	{
		place: "words.text",
		rows: [
			["words.done", "Escape", "Ctrl+Enter"],
			["words.next", "Tab"],
		],
	},
	{
		place: "frame.room.chat",
		rows: [
			["chat.send", "Enter"],
			["frame.help.newLine", "Shift+Enter"],
			["frame.help.mention", "@"],
			["frame.help.correct", "ArrowUp"],
			["frame.help.messages", "Shift+Tab"],
			["chat.search", "Ctrl+F"],
		],
	},
	{
		place: "frame.room.photos",
		rows: [
			["frame.help.nextPhoto", "ArrowLeft", "ArrowRight"],
			["photos.show", "Space"],
			["photos.caption", "E"],
			["photos.remove", "Delete"],
		],
	},
];
