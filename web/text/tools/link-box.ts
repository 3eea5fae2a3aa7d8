/** A small box at a link: where it leads, and the form that changes it. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type Quill from "quill/core";
import { Delta } from "quill/core";
import { moreIcons } from "../../ui/icons/more.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/text-words/link.ts";
import { linkAt, linkOfTyped } from "./link-range.ts";
import "./link-box.css";

/** A piece of the text, in Quill's indexes. */
export interface LinkRange {
	readonly index: number;
	readonly length: number;
}

type Shown =
	| { readonly phase: "hidden" }
	| { readonly phase: "preview"; readonly range: LinkRange; readonly link: string }
	| {
			readonly phase: "edit";
			readonly range: LinkRange;
			readonly link: string;
			readonly isRefused: boolean;
	  };

/** `<weft-link-box>` beside Quill's container; `close()` it with the editor. */
export class WeftLinkBox extends LitElement {
	static override readonly properties = { shown: { state: true } };

	declare shown: Shown;
	readonly #quill: Quill;

	constructor(quill: Quill) {
		super();
		this.#quill = quill;
		this.shown = { phase: "hidden" };
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Follows the caret: a preview while it is in a link. */
	follow(range: LinkRange | null): void {
		if (this.shown.phase === "edit") return;
		const link = range === null || range.length > 0 ? null : linkAt(this.#quill, range.index);
		if (link !== null) this.shown = { phase: "preview", ...link };
		else if (this.shown.phase !== "hidden") this.shown = { phase: "hidden" };
	}

	/** Opens the form for the selection, or for the link that the caret is in. */
	edit(): void {
		const range = this.#quill.getSelection(true);
		const link = linkAt(this.#quill, range.index);
		this.shown =
			link !== null && range.length <= link.range.length
				? { phase: "edit", ...link, isRefused: false }
				: { phase: "edit", range, link: "", isRefused: false };
		this.updateComplete.then(() => this.querySelector("input")?.select(), reportError);
	}

	/** Keeps its place while others write. */
	shift(change: Delta): void {
		if (this.shown.phase === "hidden") return;
		const start = change.transformPosition(this.shown.range.index);
		const end = change.transformPosition(this.shown.range.index + this.shown.range.length);
		this.shown = { ...this.shown, range: { index: start, length: end - start } };
	}

	/** Takes it off the page. Safe to call twice. */
	close(): void {
		this.remove();
	}

	protected override render(): TemplateResult | typeof nothing {
		switch (this.shown.phase) {
			case "hidden":
				return nothing;
			case "preview":
				return this.#preview(this.shown.link);
			case "edit":
				return this.#form(this.shown);
		}
	}

	protected override updated(): void {
		const box = this.querySelector<HTMLElement>(".weft-link-box");
		if (box === null || this.shown.phase === "hidden") return;
		const bounds = this.#quill.getBounds(this.shown.range.index, this.shown.range.length);
		if (bounds === null) return;
		const room = this.#quill.container.clientWidth - box.offsetWidth;
		const left = Math.max(0, Math.min(bounds.left, room));
		box.style.transform = `translate(${left}px, ${bounds.bottom + 6}px)`;
	}

	#preview(link: string): TemplateResult {
		return html`<div class="weft-link-box" @mousedown=${stay}>
			<a
				href=${link}
				target="_blank"
				rel="noopener noreferrer"
				title=${t("text.linkOpen", { link })}
			>
				${link.replace(/^(https?:\/\/|mailto:|tel:)/i, "")}
			</a>
			${linkButton(moreIcons.pencil, t("text.linkEdit"), () => this.edit())}
			${linkButton("close", t("text.linkRemove"), () => this.#apply(false))}
		</div>`;
	}

	#form(edit: { readonly link: string; readonly isRefused: boolean }): TemplateResult {
		return html`<form
			class="weft-link-box"
			novalidate
			@submit=${this.#onSubmit}
			@keydown=${this.#onKey}
			@focusout=${this.#onFocusOut}
		>
			<input
				class="weft-input"
				type="url"
				inputmode="url"
				autocomplete="off"
				autocapitalize="none"
				spellcheck="false"
				aria-label=${t("text.linkAddress")}
				aria-invalid=${edit.isRefused ? "true" : nothing}
				placeholder=${t("text.linkPlaceholder")}
				.value=${edit.link}
			/>
			<button type="submit" class="weft-button weft-button--primary">${t("text.linkApply")}</button>
			${edit.isRefused ? html`<p role="alert">${t("text.linkRefused")}</p>` : nothing}
		</form>`;
	}

	readonly #onSubmit = (event: SubmitEvent): void => {
		event.preventDefault();
		const typed = this.querySelector("input")?.value ?? "";
		const link = linkOfTyped(typed);
		if (typed.trim() === "") this.#apply(false);
		else if (link !== null) this.#apply(link);
		else if (this.shown.phase === "edit") this.shown = { ...this.shown, isRefused: true };
	};

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		event.stopPropagation();
		this.#leave();
	};

	readonly #onFocusOut = (event: FocusEvent): void => {
		if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
		if (this.shown.phase === "edit") this.shown = { phase: "hidden" };
	};

	#apply(link: string | false): void {
		const quill = this.#quill;
		const { shown } = this;
		if (shown.phase === "hidden") return;
		const { index, length } = shown.range;
		quill.history.cutoff();
		if (length > 0) quill.formatText(index, length, { link }, "user");
		else if (link !== false) {
			quill.updateContents(new Delta().retain(index).insert(link, { link }), "user");
		}
		quill.history.cutoff();
		const end = length > 0 || link === false ? index + length : index + link.length;
		this.#leave(end);
	}

	#leave(index?: number): void {
		const range = this.shown.phase === "hidden" ? null : this.shown.range;
		this.shown = { phase: "hidden" };
		if (range === null) return;
		this.#quill.focus({ preventScroll: true });
		this.#quill.setSelection(index ?? range.index, index === undefined ? range.length : 0, "user");
	}
}

function linkButton(face: IconName, name: string, press: () => void): TemplateResult {
	return html`<button
		type="button"
		class="weft-icon-button"
		aria-label=${name}
		title=${name}
		@click=${press}
	>
		${icon(face)}
	</button>`;
}

/** The caret stays in the text while the preview's buttons are pressed. */
function stay(event: MouseEvent): void {
	event.preventDefault();
}

customElements.define("weft-link-box", WeftLinkBox);
