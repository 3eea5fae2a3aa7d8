/** Undo of one's own edits: Quill's history module, with Yjs doing the work. */
import type Quill from "quill/core";
import { type Delta, Module } from "quill/core";
import { getLastChangeIndex } from "quill/modules/history";
import * as Y from "yjs";
import type { TextBinding } from "../binding.ts";

/** Edits that follow each other within this time are undone together. */
const groupMs = 500;

/**
 * What Quill calls `history`. It does nothing until `start`, and undoes only what the binding
 * wrote, so never what others did.
 */
export class RoomHistory extends Module {
	#manager: Y.UndoManager | null = null;
	#binding: TextBinding | null = null;

	constructor(quill: Quill, options: object) {
		super(quill, options);
		quill.root.addEventListener("beforeinput", (event) => {
			if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
			event.preventDefault();
			if (event.inputType === "historyUndo") this.undo();
			else this.redo();
		});
	}

	/** Remembers what the binding writes from now on; `listen` is called when there is news. */
	start(text: Y.Text, binding: TextBinding, listen: () => void): void {
		this.#binding = binding;
		this.#manager = new Y.UndoManager(text, {
			trackedOrigins: new Set([binding]),
			captureTimeout: groupMs,
		});
		this.#manager.on("stack-item-added", listen);
		this.#manager.on("stack-item-popped", listen);
	}

	/** Forgets everything; safe to call twice. */
	stop(): void {
		this.#manager?.destroy();
		this.#manager = null;
	}

	/** True where `undo` would do something. */
	get canUndo(): boolean {
		return this.#manager?.canUndo() ?? false;
	}

	/** True where `redo` would do something. */
	get canRedo(): boolean {
		return this.#manager?.canRedo() ?? false;
	}

	/** Takes the last own group of edits back. */
	undo(): void {
		this.#andShow(() => this.#manager?.undo());
	}

	/**
	 * Makes of the newest group one of its own; the answer takes it back, and what came after it,
	 * where this person may still write.
	 */
	mark(): () => void {
		this.cutoff();
		const depth = this.#manager?.undoStack.length ?? 0;
		return () => {
			if (!this.quill.isEnabled()) return;
			while ((this.#manager?.undoStack.length ?? 0) >= Math.max(1, depth)) this.undo();
		};
	}

	/** Does again what was undone last. */
	redo(): void {
		this.#andShow(() => this.#manager?.redo());
	}

	/** The next edit begins a group of its own. Quill calls it too. */
	cutoff(): void {
		this.#manager?.stopCapturing();
	}

	/** Quill calls it once it is made. */
	clear(): void {
		this.#manager?.clear();
	}

	/** Puts the caret where the change ends that it made on the screen. */
	#andShow(change: () => void): void {
		const { quill } = this;
		this.#binding?.screen.show();
		let shown: Delta | null = null;
		const listen = (name: string, delta: unknown) => {
			if (name === "text-change") shown = shown?.compose(delta as Delta) ?? (delta as Delta);
		};
		quill.on("editor-change", listen);
		change();
		this.#binding?.screen.show();
		quill.off("editor-change", listen);
		if (shown === null || !quill.hasFocus()) return;
		quill.setSelection(getLastChangeIndex(quill.scroll, shown), 0, "user");
	}
}
