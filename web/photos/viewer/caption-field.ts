/** `<weft-caption-field>`: a photo's caption, which everybody types into at once. */
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import * as Y from "yjs";
import type { PhotoId } from "../../../shared/ids.ts";
import { captionLengthMax } from "../../../shared/limits.ts";
import { captionOf } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { FollowRights } from "../../sync/access/follow-rights.ts";
import { SharedField } from "../../sync/field/shared-field.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";

/** Properties: `client` and `photo`. Enter ends typing, Shift+Enter begins a line. */
export class WeftCaptionField extends LitElement {
	static override properties = {
		client: { attribute: false },
		photo: { type: String },
	};

	declare client: RoomClient | null;
	declare photo: PhotoId | null;
	#undo: Y.UndoManager | null = null;
	#shared: SharedField | null = null;

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
			@beforeinput=${(event: InputEvent) => this.#onBeforeInput(event)}
			@keydown=${(event: KeyboardEvent) => this.#onKey(event)}
		></textarea>`;
	}

	get #field(): HTMLTextAreaElement | null {
		return this.querySelector("textarea");
	}

	#bind(): void {
		this.#unbind();
		const field = this.#field;
		if (field === null) return;
		const { client, photo } = this;
		const text = client && photo ? captionOf(photosOf(client.doc), photo) : null;
		field.disabled = text === null;
		field.value = text?.toString() ?? "";
		this.#fit(field);
		if (text === null) return;
		this.#shared = new SharedField(
			{
				field,
				mayWrite: () => this.client?.may("captions") === true,
				act: (run) => text.doc?.transact(run, this),
				shown: () => this.#fit(field),
			},
			text,
		);
		this.#undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
	}

	#unbind(): void {
		this.#shared?.close();
		this.#undo?.destroy();
		this.#shared = null;
		this.#undo = null;
	}

	/** As high as its lines, where the browser cannot do that by itself. */
	#fit(field: HTMLTextAreaElement): void {
		if (CSS.supports("field-sizing", "content")) return;
		field.style.height = "auto";
		field.style.height = `${field.scrollHeight}px`;
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
