/** The bar that finds words in the document and replaces them. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type Quill from "quill/core";
import { findIcons } from "../../ui/icons/find.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/text-words/find.ts";
import { keyName } from "../../ui/shortcuts.ts";
import { Finder, type Found } from "./finder.ts";
import "./find.css";

const nothingFound: Found = { count: 0, current: -1, isMore: false };

/** `<weft-find-bar .quill .close>`: it looks for what is typed as long as it is on the page. */
export class WeftFindBar extends LitElement {
	static override readonly properties = {
		isReplacing: { type: Boolean },
		readOnly: { type: Boolean },
		query: { state: true },
		isExact: { state: true },
		found: { state: true },
		note: { state: true },
	};

	declare isReplacing: boolean;
	/** True for people who may only read: nothing is replaced then. */
	declare readOnly: boolean;
	declare query: string;
	declare isExact: boolean;
	declare found: Found;
	declare note: string;
	quill: Quill | null = null;
	/** Takes the bar away; the person goes on in the text. */
	close: () => void = () => undefined;
	#finder: Finder | null = null;

	constructor() {
		super();
		this.isReplacing = false;
		this.readOnly = false;
		this.query = "";
		this.isExact = false;
		this.found = nothingFound;
		this.note = "";
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.quill === null) return;
		this.#finder = new Finder(this.quill, (found) => {
			this.found = found;
		});
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#finder?.close();
		this.#finder = null;
	}

	/** Begins with what is selected, or with what was looked for before. */
	enter(selected: string): void {
		if (selected !== "" && !selected.includes("\n")) this.query = selected;
		this.updateComplete
			.then(() => this.querySelector<HTMLInputElement>("input[name=find]")?.select())
			.catch(reportError);
	}

	/** Goes to the next one, or the one before. */
	step(by: 1 | -1): void {
		this.#finder?.step(by);
	}

	/** Selects in the text what is looked at. */
	select(): void {
		this.#finder?.select();
	}

	protected override updated(changed: PropertyValues<this>): void {
		if (changed.has("query") || changed.has("isExact")) {
			this.note = "";
			this.#finder?.look(this.query, this.isExact);
		}
	}

	protected override render(): TemplateResult {
		const isEmpty = this.found.count === 0;
		return html`<form
			class="weft-find"
			role="search"
			aria-label=${t("text.find")}
			@submit=${this.#onSubmit}
			@keydown=${this.#onKey}
		>
			<div class="weft-find-row">
				<input
					class="weft-input"
					name="find"
					type="text"
					enterkeyhint="search"
					autocomplete="off"
					autocapitalize="none"
					spellcheck="false"
					aria-label=${t("text.find")}
					placeholder=${t("text.find")}
					.value=${this.query}
					@input=${this.#onInput}
				/>
				<output class="weft-find-count" ?data-none=${isEmpty && this.query !== ""}>
					${this.#count()}
				</output>
				${this.#button(findIcons.chevronUp, t("text.findPrevious"), () => this.step(-1), isEmpty)}
				${this.#button(findIcons.chevronDown, t("text.findNext"), () => this.step(1), isEmpty)}
				<button
					type="button"
					class="weft-icon-button weft-find-exact"
					aria-pressed=${this.isExact}
					title=${t("text.findExact")}
					@click=${this.#toggleExact}
				>
					<b aria-hidden="true">${t("text.findExactSign")}</b
					><span class="weft-hidden">${t("text.findExact")}</span>
				</button>
				${this.readOnly ? nothing : this.#replaceSwitch()}
				${this.#button("close", t("frame.close"), () => this.close(), false)}
			</div>
			${this.isReplacing && !this.readOnly ? this.#replaceRow(isEmpty) : nothing}
		</form>`;
	}

	#count(): string {
		if (this.note !== "") return this.note;
		if (this.query === "") return "";
		const { count, current, isMore } = this.found;
		if (count === 0) return t("text.findNone");
		return t(isMore ? "text.findMore" : "text.findCount", { current: current + 1, count });
	}

	#button(face: IconName, name: string, press: () => void, isOff: boolean): TemplateResult {
		return html`<button
			type="button"
			class="weft-icon-button"
			aria-label=${name}
			title=${name}
			aria-disabled=${isOff ? "true" : nothing}
			@click=${press}
		>
			${icon(face)}
		</button>`;
	}

	#replaceSwitch(): TemplateResult {
		const name = t("text.replace");
		return html`<button
			type="button"
			class="weft-icon-button"
			aria-label=${name}
			title=${name}
			aria-expanded=${this.isReplacing}
			@click=${() => this.#toggleReplacing()}
		>
			${icon(findIcons.replace)}
		</button>`;
	}

	#replaceRow(isEmpty: boolean): TemplateResult {
		const off = isEmpty ? "true" : nothing;
		return html`<div class="weft-find-row">
			<input
				class="weft-input"
				name="replace"
				type="text"
				autocomplete="off"
				aria-label=${t("text.replaceWith")}
				placeholder=${t("text.replaceWith")}
			/>
			<button type="button" class="weft-button" aria-disabled=${off} @click=${this.#replace}>
				${t("text.replaceOne")}
			</button>
			<button type="button" class="weft-button" aria-disabled=${off} @click=${this.#replaceAll}>
				${t("text.replaceAll")}
			</button>
		</div>`;
	}

	#toggleReplacing(): void {
		this.isReplacing = !this.isReplacing;
	}

	readonly #toggleExact = (): void => {
		this.isExact = !this.isExact;
	};

	readonly #onInput = (event: InputEvent): void => {
		this.query = (event.target as HTMLInputElement).value;
	};

	readonly #onSubmit = (event: SubmitEvent): void => {
		event.preventDefault();
		const isInReplace = this.querySelector("input[name=replace]") === document.activeElement;
		if (isInReplace) this.#replace();
		else this.step(1);
	};

	readonly #replace = (): void => this.#finder?.replace(this.#newWords);
	readonly #replaceAll = (): void => {
		const count = this.#finder?.replaceAll(this.#newWords) ?? 0;
		if (count > 0) this.note = tCount("text.replaced", count);
	};

	get #newWords(): string {
		return this.querySelector<HTMLInputElement>("input[name=replace]")?.value ?? "";
	}

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.isComposing) return;
		const steps: Record<string, 1 | -1> = { "Shift+Enter": -1, ArrowDown: 1, ArrowUp: -1 };
		const name = keyName(event);
		const isField = event.target instanceof HTMLInputElement;
		if (event.key === "Escape") this.close();
		else if (isField && steps[name] !== undefined) this.step(steps[name]);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
}

customElements.define("weft-find-bar", WeftFindBar);
