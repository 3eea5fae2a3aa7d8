/** `<weft-chat-search>`: finds words in what was said, and leads from one message to the next. */
import { html, LitElement, type PropertyValues } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { ChatLog } from "../chat-log.ts";
import { findMessages } from "./find.ts";
import { Marks } from "./marks.ts";
import "./search.css";

/**
 * Set `log` and `rows`, the element whose words are marked. Fires `weft-chat-seek` with a message
 * to go to, and `weft-chat-search-end`.
 */
export class WeftChatSearch extends LitElement {
	static override readonly properties = {
		log: { attribute: false },
		rows: { attribute: false },
		query: { state: true },
		found: { state: true },
		currentKey: { state: true },
	};

	declare log: ChatLog;
	declare rows: HTMLElement | null;
	declare query: string;
	/** Messages that say it, oldest first. */
	declare found: readonly ShownMessage[];
	/** The one that was gone to. */
	declare currentKey: string;
	#marks: Marks | null = null;
	#cancel: Cancel = () => undefined;

	constructor() {
		super();
		this.rows = null;
		this.query = "";
		this.found = [];
		this.currentKey = "";
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#cancel();
		this.#marks?.close();
		this.#marks = null;
	}

	override focus(options?: FocusOptions): void {
		this.#input()?.focus(options);
		this.#input()?.select();
	}

	protected override firstUpdated(): void {
		this.#cancel = this.log.on("change", () => this.#look());
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("rows") && this.rows !== null) {
			this.#marks?.close();
			this.#marks = new Marks(this.rows);
		}
		this.#marks?.mark(this.query);
	}

	protected override render() {
		const hasMatches = this.found.length > 0;
		return html`<div class="weft-chat-search__bar" role="search" @keydown=${this.#onKey}>
			<input
				class="weft-input"
				type="text"
				role="searchbox"
				dir="auto"
				enterkeyhint="search"
				autocomplete="off"
				aria-label=${t("chat.search")}
				placeholder=${t("chat.search")}
				.value=${this.query}
				@input=${this.#onInput}
			/>
			<span class="weft-chat-search__count" role="status">${this.#sayCount()}</span>
			${this.#button(moreIcons.arrowUp, t("chat.search.older"), () => this.#step(-1), hasMatches)}
			${this.#button(moreIcons.arrowDown, t("chat.search.newer"), () => this.#step(1), hasMatches)}
			${this.#button("close", t("chat.search.end"), () => this.#end(), true)}
		</div>`;
	}

	#button(name: IconName, label: string, run: () => void, on: boolean) {
		return html`<button
			type="button"
			class="weft-icon-button"
			aria-label=${label}
			title=${label}
			?disabled=${!on}
			@click=${run}
		>
			${icon(name)}
		</button>`;
	}

	#sayCount(): string {
		if (this.query.trim() === "") return "";
		if (this.found.length === 0) return t("chat.search.nothing");
		const index = this.found.findIndex(({ key }) => key === this.currentKey) + 1;
		return t("chat.search.place", { index, count: this.found.length });
	}

	readonly #onInput = (): void => {
		this.query = this.#input()?.value ?? "";
		this.#look();
		// The newest first: what is looked for was mostly said not long ago.
		if (!this.found.some(({ key }) => key === this.currentKey)) this.#goTo(this.found.at(-1));
	};

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.isComposing) return;
		const isInField = event.target === this.#input();
		if (event.key === "Escape") this.#end();
		else if (isInField && event.key === "Enter") this.#step(event.shiftKey ? 1 : -1);
		else if (isInField && event.key === "ArrowUp") this.#step(-1);
		else if (isInField && event.key === "ArrowDown") this.#step(1);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};

	#look(): void {
		this.found = findMessages(this.log.messages, this.query);
	}

	/** After the last the first again. */
	#step(step: 1 | -1): void {
		const { length } = this.found;
		const current = this.found.findIndex(({ key }) => key === this.currentKey);
		const from = current < 0 && step === -1 ? 0 : current;
		this.#goTo(this.found[(from + step + length) % length]);
	}

	#goTo(shown: ShownMessage | undefined): void {
		this.currentKey = shown?.key ?? "";
		if (shown === undefined) return;
		this.dispatchEvent(new CustomEvent("weft-chat-seek", { detail: shown }));
	}

	#end(): void {
		this.dispatchEvent(new CustomEvent("weft-chat-search-end"));
	}

	#input(): HTMLInputElement | null {
		return this.querySelector("input");
	}
}

customElements.define("weft-chat-search", WeftChatSearch);
