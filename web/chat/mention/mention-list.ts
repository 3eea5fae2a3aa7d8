/** Who may be meant by the `@` that is being written: a list above the box. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import "./mention.css";
import type { RoomClient } from "../../sync/room-client.ts";
import { t, tCount } from "../../ui/messages.ts";
import type { ChatLog } from "../chat-log.ts";
import { begunAt, namesFor, namesIn } from "./mentions.ts";

const listId = "weft-chat-mentions";

/** `<weft-chat-mentions>`: set `client` and `log`, and show it what happens to the box. */
export class WeftChatMentions extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		log: { attribute: false },
		names: { state: true },
		chosen: { state: true },
	};

	declare client: RoomClient;
	declare log: ChatLog;
	/** What is offered. */
	declare names: readonly string[];
	/** Index of the name that Enter takes. */
	declare chosen: number;
	#box: HTMLTextAreaElement | null = null;
	/** Who was picked with an arrow. */
	#picked: string | null = null;

	constructor() {
		super();
		this.names = [];
		this.chosen = 0;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Offers whoever may be meant where the caret stands; nobody is taken unasked. */
	look(box: HTMLTextAreaElement): void {
		this.#box = box;
		const begun = begunAt(box.value, box.selectionEnd);
		this.names = begun === null ? [] : namesFor(begun.written, this.#others());
		// Who was picked with an arrow stays picked while further letters still mean them.
		this.chosen = Math.max(0, this.names.indexOf(this.#picked ?? ""));
		if (this.names.length === 0) this.#picked = null;
	}

	/** Offers nobody. */
	close(): void {
		this.names = [];
		this.#picked = null;
	}

	/** True for a key that was meant for the list, and did what it means there. */
	take(event: KeyboardEvent): boolean {
		if (this.names.length === 0 || event.isComposing || !this.#press(event)) return false;
		event.preventDefault();
		event.stopPropagation();
		return true;
	}

	#press({ key, shiftKey }: KeyboardEvent): boolean {
		const count = this.names.length;
		if (key === "ArrowDown") this.#pick((this.chosen + 1) % count);
		else if (key === "ArrowUp") this.#pick((this.chosen + count - 1) % count);
		else if ((key === "Enter" || key === "Tab") && !shiftKey) this.#write(this.names[this.chosen]);
		else if (key === "Escape") this.close();
		else return false;
		return true;
	}

	#pick(index: number): void {
		this.chosen = index;
		this.#picked = this.names[index] ?? null;
	}

	/** Puts the name into the words; the box tells of it as if it had been typed. */
	#write(name: string | undefined): void {
		const box = this.#box;
		const begun = box === null ? null : begunAt(box.value, box.selectionEnd);
		if (box === null || begun === null || name === undefined) return;
		box.setRangeText(`@${name} `, begun.from, box.selectionEnd, "end");
		box.dispatchEvent(new Event("input", { bubbles: true }));
		this.close();
	}

	#others(): readonly string[] {
		const { all, mine } = namesIn(this.log.messages, this.client.people(), this.client.me);
		return all.filter((name) => !mine.includes(name));
	}

	protected override updated(changed: PropertyValues<this>): void {
		if (!changed.has("names") && !changed.has("chosen")) return;
		const isOpen = this.names.length > 0;
		this.#box?.setAttribute("aria-autocomplete", "list");
		for (const [name, value] of [
			["aria-controls", listId],
			["aria-activedescendant", `${listId}-${this.chosen}`],
		] as const) {
			if (isOpen) this.#box?.setAttribute(name, value);
			else this.#box?.removeAttribute(name);
		}
	}

	protected override render(): TemplateResult {
		const { names } = this;
		const words = names.length === 0 ? "" : tCount("chat.mention.found", names.length);
		return html`
			<span class="weft-hidden" role="status">${words}</span>
			${names.length === 0 ? nothing : this.#list()}
		`;
	}

	#list(): TemplateResult {
		return html`<ul
			id=${listId}
			class="weft-chat-mentions"
			role="listbox"
			aria-label=${t("chat.mention")}
		>
			${this.names.map(
				(name, index) => html`<li
					id="${listId}-${index}"
					role="option"
					aria-selected=${index === this.chosen}
					@pointermove=${() => this.#pick(index)}
					@pointerdown=${keepFocus}
					@mousedown=${keepFocus}
					@click=${() => this.#write(name)}
				>
					<bdi>@${name}</bdi>
				</li>`,
			)}
		</ul>`;
	}
}

/** The box keeps the focus, and a phone its keyboard. */
function keepFocus(event: Event): void {
	event.preventDefault();
}

customElements.define("weft-chat-mentions", WeftChatMentions);
