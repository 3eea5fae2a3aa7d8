/** Undo of one's own edits: Quill's history module, with Yjs doing the work. */
import type Quill from "quill/core";
import { Module, Range } from "quill/core";
import * as Y from "yjs";
import type { TextBinding } from "../binding.ts";

/** Edits that follow each other within this time are undone together. */
const groupMs = 500;

const caretKey = "caret";

/** The caret in terms that survive other people's edits. */
interface Caret {
	readonly anchor: Y.RelativePosition;
	readonly head: Y.RelativePosition;
}

type StackEvent = { readonly stackItem: { readonly meta: Map<unknown, unknown> } };

/**
 * What Quill calls `history`. It does nothing until `start`, and undoes only what the binding
 * wrote, so never what others did.
 */
export class RoomHistory extends Module {
	#manager: Y.UndoManager | null = null;
	#text: Y.Text | null = null;
	#binding: TextBinding | null = null;
	/** Where the caret was before the change that is being made. */
	#caret: Caret | null = null;
	#listen: () => void = () => undefined;

	constructor(quill: Quill, options: object) {
		super(quill, options);
		quill.root.addEventListener("beforeinput", (event) => {
			if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
			event.preventDefault();
			if (event.inputType === "historyUndo") this.undo();
			else this.redo();
		});
	}

	/** Remembers what the binding writes from now on; `listen` is called when the stacks change. */
	start(text: Y.Text, binding: TextBinding, listen: () => void): void {
		this.#text = text;
		this.#binding = binding;
		this.#listen = listen;
		const manager = new Y.UndoManager(text, {
			trackedOrigins: new Set([binding]),
			captureTimeout: groupMs,
		});
		this.#manager = manager;
		manager.on("stack-item-added", (event: StackEvent) => {
			event.stackItem.meta.set(caretKey, this.#caret);
			this.#listen();
		});
		manager.on("stack-item-popped", (event: StackEvent) => {
			this.#showCaret(event.stackItem.meta.get(caretKey) as Caret | null);
			this.#listen();
		});
		this.quill.on("editor-change", this.#rememberCaret);
	}

	/** Forgets everything; safe to call twice. */
	stop(): void {
		this.quill.off("editor-change", this.#rememberCaret);
		this.#manager?.destroy();
		this.#manager = null;
	}

	get canUndo(): boolean {
		return this.#manager?.canUndo() ?? false;
	}

	get canRedo(): boolean {
		return this.#manager?.canRedo() ?? false;
	}

	/** Takes the last own group of edits back. */
	undo(): void {
		this.#manager?.undo();
	}

	/** Does again what was undone last. */
	redo(): void {
		this.#manager?.redo();
	}

	/** The next edit begins a group of its own. Quill calls it too. */
	cutoff(): void {
		this.#manager?.stopCapturing();
	}

	/** Quill calls it once it is made. */
	clear(): void {
		this.#manager?.clear();
	}

	readonly #rememberCaret = (): void => {
		const range = this.quill.selection.lastRange;
		if (range === null || this.#text === null || this.#binding === null) return;
		const { screen } = this.#binding;
		const at = (index: number) =>
			Y.createRelativePositionFromTypeIndex(this.#text as Y.Text, screen.toDocIndex(index));
		this.#caret = { anchor: at(range.index), head: at(range.index + range.length) };
	};

	#showCaret(caret: Caret | null): void {
		const doc = this.#text?.doc;
		if (caret === null || !doc || !this.quill.hasFocus()) return;
		const anchor = Y.createAbsolutePositionFromRelativePosition(caret.anchor, doc);
		const head = Y.createAbsolutePositionFromRelativePosition(caret.head, doc);
		if (anchor === null || head === null) return;
		const start = Math.min(anchor.index, head.index);
		const range = new Range(start, Math.max(anchor.index, head.index) - start);
		this.quill.setSelection(range, "user");
	}
}
