/** The room's title, edited where it stands. */
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import "./title.css";
import type { Cancel } from "../../../shared/clock.ts";
import { roomTitleLengthMax } from "../../../shared/limits.ts";
import { metaOf, titleOf } from "../../../shared/surfaces/root.ts";
import { fallbackTitle } from "../../sync/access/fallback-title.ts";
import { FollowRights } from "../../sync/access/follow-rights.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import { cleanTitle } from "./clean-title.ts";

/** `<weft-title .client>`: Enter and leaving save, Escape puts the old title back. */
export class WeftTitle extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		text: { state: true },
	};
	declare client: RoomClient | null;
	declare text: string;
	#cancel: Cancel = () => undefined;

	constructor() {
		super();
		this.client = null;
		this.text = "";
		new FollowRights(this);
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#follow();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#cancel();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#follow();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	#follow(): void {
		this.#cancel();
		const { client } = this;
		if (client === null) return;
		const meta = metaOf(client.doc);
		const read = (): void => {
			if (!this.#isEdited()) this.text = titleOf(client.doc);
		};
		meta.observe(read);
		this.#cancel = () => meta.unobserve(read);
		read();
	}

	/** Somebody else's title must not replace what is being typed. */
	#isEdited(): boolean {
		return this.contains(document.activeElement);
	}

	protected override render(): TemplateResult {
		const placeholder = this.client ? fallbackTitle(this.client.room, null) : "";
		return html`
			<h1 class="weft-title">
				<span aria-hidden="true" .textContent=${this.text || placeholder}></span>
				<input
					aria-label=${t("frame.room.title")}
					title=${t("frame.room.title")}
					placeholder=${placeholder}
					?readonly=${this.client?.may("title") !== true}
					maxlength=${roomTitleLengthMax}
					autocomplete="off"
					enterkeyhint="done"
					dir="auto"
					.value=${this.text}
					@input=${this.#onInput}
					@keydown=${this.#onKey}
					@blur=${this.#onBlur}
				/>
			</h1>
		`;
	}

	/** The copy behind the field gives it its width. */
	#onInput(event: Event): void {
		const field = event.currentTarget as HTMLInputElement;
		const copy = field.previousElementSibling;
		if (copy !== null) copy.textContent = field.value || field.placeholder;
	}

	#onKey(event: KeyboardEvent): void {
		const field = event.currentTarget as HTMLInputElement;
		if (event.isComposing) return;
		if (event.key === "Escape") field.value = this.client ? titleOf(this.client.doc) : "";
		if (event.key === "Enter" || event.key === "Escape") field.blur();
	}

	#onBlur(event: Event): void {
		const field = event.currentTarget as HTMLInputElement;
		const { client } = this;
		if (client === null) return;
		// Who may not name it any more sees what it is called.
		const title = client.may("title") ? cleanTitle(field.value) : titleOf(client.doc);
		field.value = title;
		field.scrollLeft = 0;
		this.#onInput(event);
		if (title !== titleOf(client.doc)) metaOf(client.doc).set("title", title);
		this.text = title;
	}
}

customElements.define("weft-title", WeftTitle);
