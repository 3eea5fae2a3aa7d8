/** Binds Quill to the room's text by y-quill, with the screen's rules between the two. */
import type Quill from "quill/core";
import { QuillBinding } from "y-quill";
import type * as Y from "yjs";
import { Screen } from "./screen.ts";

/**
 * y-quill's binding over a `Screen` instead of a bare Quill. It is the origin of the person's own
 * transactions. Carets are not its business: it is given no awareness.
 */
export class TextBinding extends QuillBinding {
	readonly screen: Screen;
	readonly #quill: Quill;

	constructor(text: Y.Text, quill: Quill) {
		const screen = new Screen(quill, text);
		super(text, screen);
		this.screen = screen;
		this.#quill = quill;
		quill.on("composition-start", this.#onCompositionStart);
		quill.on("composition-end", this.#onCompositionEnd);
	}

	/** Leaves text and editor; safe to call twice. */
	override destroy(): void {
		this.#quill.off("composition-start", this.#onCompositionStart);
		this.#quill.off("composition-end", this.#onCompositionEnd);
		super.destroy();
	}

	readonly #onCompositionStart = (): void => this.screen.hold();
	readonly #onCompositionEnd = (): void => this.screen.release();
}
