/** What can be done with a message: react, answer, and with an own one correct and take back. */
import { html, LitElement, nothing } from "lit";
import type { ShownMessage } from "../../shared/surfaces/chat.ts";
import { confirmDialog } from "../ui/dialog.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { type IconName, icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import { placeOnToggle } from "../ui/popover.ts";
import type { ChatLog } from "./chat-log.ts";
import { excerptOf } from "./message-words.ts";

/** One tap away. */
const emojis = ["\u{1f44d}", "\u2764\ufe0f", "\u{1f602}", "\u{1f389}", "\u{1f914}", "\u{1f440}"];

/**
 * `<weft-chat-menu>`: set `log`, call `open`. Fires `weft-chat-answer` and `weft-chat-edit`, each
 * with the message as its detail.
 */
export class WeftChatMenu extends LitElement {
	static override readonly properties = {
		log: { attribute: false },
		shown: { state: true },
	};

	declare log: ChatLog;
	/** The message it is about. */
	declare shown: ShownMessage | null;
	#anchor: Element | null = null;

	constructor() {
		super();
		this.shown = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Opens beside `anchor`, which has the focus again when it closes. */
	async open(shown: ShownMessage, anchor: HTMLElement): Promise<void> {
		this.#anchor = anchor;
		this.shown = shown;
		await this.updateComplete;
		anchor.focus({ preventScroll: true });
		this.#panel()?.showPopover();
	}

	protected override render() {
		const { shown } = this;
		return html`<div
			class="weft-popover weft-chat-menu"
			popover
			role="dialog"
			aria-label=${shown === null ? nothing : t("chat.menu", { excerpt: excerptOf(shown) })}
			@toggle=${(event: Event) => placeOnToggle(event, this.#anchor)}
			@keydown=${this.#onKey}
		>
			${shown === null ? nothing : this.#renderActs(shown)}
		</div>`;
	}

	#renderActs(shown: ShownMessage) {
		const isOwn = this.log.isOwn(shown);
		const mayEdit = isOwn && shown.message.id !== "";
		return html`
			<div class="weft-chat-emojis" role="group" aria-label=${t("chat.react")}>
				${emojis.map((emoji, index) => this.#renderEmoji(shown, emoji, index === 0))}
			</div>
			${act(moreIcons.reply, t("chat.answer"), () => this.#tell("weft-chat-answer", shown))}
			${mayEdit ? this.#renderOwn(shown) : nothing}
		`;
	}

	#renderOwn(shown: ShownMessage) {
		return html`
			${act(moreIcons.pencil, t("chat.edit"), () => this.#tell("weft-chat-edit", shown))}
			${act("trash", t("chat.remove"), () => void this.#remove(shown))}
		`;
	}

	#renderEmoji(shown: ShownMessage, emoji: string, isFirst: boolean) {
		const given = shown.reactions.find((reaction) => reaction.emoji === emoji)?.from ?? [];
		const isGiven = given.some((reaction) => this.log.isMine(reaction));
		return html`<button
			type="button"
			class="weft-icon-button"
			?autofocus=${isFirst}
			aria-pressed=${isGiven}
			aria-label=${t("chat.reactWith", { emoji })}
			@click=${() => {
				this.#close();
				this.log.react(shown, emoji);
			}}
		>
			${emoji}
		</button>`;
	}

	#tell(name: string, detail: ShownMessage): void {
		this.#close();
		this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
	}

	async #remove(shown: ShownMessage): Promise<void> {
		this.#close();
		const isSure = await confirmDialog({
			title: t("chat.remove.title"),
			text: t("chat.remove.text"),
			yes: t("chat.remove"),
			isDangerous: true,
		});
		if (isSure) this.log.remove(shown);
	}

	readonly #onKey = (event: KeyboardEvent): void => {
		const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		const buttons: Element[] = [...this.querySelectorAll("button")];
		const current = buttons.indexOf(event.target as Element);
		const next = buttons[(current + step + buttons.length) % buttons.length];
		if (next instanceof HTMLElement) next.focus();
	};

	#close(): void {
		this.#panel()?.hidePopover();
	}

	#panel(): HTMLElement | null {
		return this.querySelector("[popover]");
	}
}

function act(name: IconName, label: string, run: () => void) {
	return html`<button type="button" class="weft-button weft-button--ghost" @click=${run}>
		${icon(name)} ${label}
	</button>`;
}

customElements.define("weft-chat-menu", WeftChatMenu);
