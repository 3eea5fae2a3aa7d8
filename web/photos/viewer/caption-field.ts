/** `<weft-caption-field>`: a photo's caption, which everybody types into at once. */
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import * as Y from "yjs";
import type { PhotoId } from "../../../shared/ids.ts";
import { captionLengthMax } from "../../../shared/limits.ts";
import { captionOf } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { FollowRights } from "../../sync/access/follow-rights.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import { type DeltaStep, editBetween, movePosition } from "./caption-edits.ts";

/** Properties: `client` and `photo`. Enter ends typing, Shift+Enter begins a line. */
export class WeftCaptionField extends LitElement {
	static override properties = {
		client: { attribute: false },
		photo: { type: String },
	};

	declare client: RoomClient | null;
	declare photo: PhotoId | null;
	#text: Y.Text | null = null;
	#undo: Y.UndoManager | null = null;
	/** What the field showed when it and the text last agreed. */
	#agreed = "";
	/** What others did while a character is being composed. */
	#unseen: DeltaStep[][] = [];
	#isComposing = false;

	constructor() {
		super();
		this.client = null;
		this.photo = null;
		new FollowRights(this);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) this.#bind();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unbind();
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("client") || changed.has("photo")) this.#bind();
	}

	protected override render(): TemplateResult {
		return html`<textarea
			class="weft-caption"
			rows="1"
			?readonly=${this.client?.may("captions") !== true}
			maxlength=${captionLengthMax}
			aria-label=${t("photos.caption")}
			placeholder=${t("photos.caption.hint")}
			enterkeyhint="done"
			@input=${() => this.#onInput()}
			@beforeinput=${(event: InputEvent) => this.#onBeforeInput(event)}
			@keydown=${(event: KeyboardEvent) => this.#onKey(event)}
			@compositionstart=${() => this.#onComposing(true)}
			@compositionend=${() => this.#onComposing(false)}
		></textarea>`;
	}

	get #field(): HTMLTextAreaElement | null {
		return this.querySelector("textarea");
	}

	#bind(): void {
		this.#unbind();
		const { client, photo } = this;
		this.#text = client && photo ? captionOf(photosOf(client.doc), photo) : null;
		if (this.#field !== null) this.#field.disabled = this.#text === null;
		this.#show(this.#text?.toString() ?? "");
		if (this.#text === null) return;
		this.#text.observe(this.#onRemote);
		this.#undo = new Y.UndoManager(this.#text, { trackedOrigins: new Set([this]) });
	}

	#unbind(): void {
		this.#text?.unobserve(this.#onRemote);
		this.#undo?.destroy();
		this.#text = null;
		this.#undo = null;
		this.#unseen = [];
		this.#isComposing = false;
	}

	readonly #onRemote = (event: Y.YTextEvent): void => {
		if (event.transaction.origin === this) return;
		const delta = event.delta as DeltaStep[];
		if (this.#isComposing) this.#unseen.push(delta);
		else this.#follow([delta]);
	};

	/** Shows the text, the caret where it was among the letters. */
	#follow(deltas: readonly DeltaStep[][]): void {
		const field = this.#field;
		if (field === null || this.#text === null) return;
		const isFocused = document.activeElement === field;
		let [start, end] = [field.selectionStart, field.selectionEnd];
		for (const delta of deltas) {
			start = movePosition(start, delta);
			end = movePosition(end, delta);
		}
		this.#show(this.#text.toString());
		if (isFocused) field.setSelectionRange(start, end);
	}

	#show(text: string): void {
		this.#agreed = text;
		const field = this.#field;
		if (field === null) return;
		if (field.value !== text) field.value = text;
		this.#fit(field);
	}

	/** As high as its lines, where the browser cannot do that by itself. */
	#fit(field: HTMLTextAreaElement): void {
		if (CSS.supports("field-sizing", "content")) return;
		field.style.height = "auto";
		field.style.height = `${field.scrollHeight}px`;
	}

	#onInput(): void {
		const field = this.#field;
		if (field === null) return;
		this.#fit(field);
		if (!this.#isComposing) this.#write(field);
	}

	#write(field: HTMLTextAreaElement): void {
		const text = this.client?.may("captions") === true ? this.#text : null;
		const edit = editBetween(this.#agreed, field.value, field.selectionEnd);
		if (text === null || edit === null) return;
		// Others may have typed while a character was composed: the edit moves with the letters.
		const unseen = this.#unseen.splice(0);
		let [start, end] = [edit.index, edit.index + edit.removed];
		for (const delta of unseen) {
			start = movePosition(start, delta);
			end = Math.max(start, movePosition(end, delta));
		}
		text.doc?.transact(() => {
			if (end > start) text.delete(start, end - start);
			if (edit.inserted !== "") text.insert(start, edit.inserted);
		}, this);
		this.#agreed = text.toString();
		if (unseen.length > 0) this.#follow(unseen);
	}

	#onComposing(isComposing: boolean): void {
		this.#isComposing = isComposing;
		const field = this.#field;
		if (isComposing || field === null) return;
		this.#write(field);
		if (this.#unseen.length > 0) this.#follow(this.#unseen.splice(0));
	}

	/** The browser's own undo would bring back what others have changed since. */
	#onBeforeInput(event: InputEvent): void {
		if (event.inputType === "historyUndo") this.#step(event, "undo");
		if (event.inputType === "historyRedo") this.#step(event, "redo");
	}

	#onKey(event: KeyboardEvent): void {
		event.stopPropagation(); // Arrows move the caret here, not the photos.
		if (event.isComposing) return;
		const key = event.key.toLowerCase();
		if (key === "escape" || (key === "enter" && !event.shiftKey)) {
			event.preventDefault();
			this.#field?.blur();
		}
		if (!event.ctrlKey && !event.metaKey) return;
		if (key === "z") this.#step(event, event.shiftKey ? "redo" : "undo");
		if (key === "y") this.#step(event, "redo");
	}

	#step(event: Event, way: "undo" | "redo"): void {
		event.preventDefault();
		if (this.client?.may("captions") === true) this.#undo?.[way]();
	}
}

customElements.define("weft-caption-field", WeftCaptionField);

declare global {
	interface HTMLElementTagNameMap {
		"weft-caption-field": WeftCaptionField;
	}
}
