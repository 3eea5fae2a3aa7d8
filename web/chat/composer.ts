/** Where a message is written: text, and the correction of one's last message. */
import "./composer.css";
import { html, LitElement, nothing } from "lit";
import { WeftError } from "../../shared/errors.ts";
import { chatBodyLengthMax } from "../../shared/limits.ts";
import { type ChatDraft, type ShownMessage, say } from "../../shared/surfaces/chat.ts";
import { chatOf } from "../../shared/surfaces/root.ts";
import { browserClock } from "../sync/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { icon } from "../ui/icons.ts";
import { sayFailure, t } from "../ui/messages.ts";
import type { ChatLog } from "./chat-log.ts";
import { TypingSignal } from "./typing.ts";

/** `<weft-chat-composer>`: set `client` and `log`. Fires `weft-said` when something was said. */
export class WeftChatComposer extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		log: { attribute: false },
		editing: { state: true },
		problem: { state: true },
		length: { state: true },
	};

	declare client: RoomClient;
	declare log: ChatLog;
	/** The own message that is being corrected. */
	declare editing: ShownMessage | null;
	declare problem: string;
	declare length: number;

	readonly #typing = new TypingSignal(
		(typing) => this.client.setPresence({ typing }),
		browserClock,
	);

	constructor() {
		super();
		this.editing = null;
		this.problem = "";
		this.length = 0;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#typing.stop();
	}

	override focus(options?: FocusOptions): void {
		this.#box()?.focus(options);
	}

	protected override firstUpdated(): void {
		this.#fill(this.log.draft);
	}

	protected override render() {
		const isTooLong = this.length > chatBodyLengthMax;
		return html`
			${this.editing === null ? nothing : this.#renderEditing()}
			<form class="weft-chat-form" @submit=${this.#onSubmit}>
				<textarea
					rows="1"
					dir="auto"
					enterkeyhint="send"
					autocomplete="off"
					aria-label=${t("chat.write")}
					placeholder=${t("chat.placeholder")}
					aria-invalid=${isTooLong ? "true" : "false"}
					@input=${this.#onInput}
					@keydown=${this.#onKey}
					@blur=${() => this.#typing.stop()}
				></textarea>
				<button
					type="submit"
					class="weft-icon-button weft-chat-round is-send"
					aria-label=${t("chat.send")}
					title=${t("chat.send")}
					?disabled=${!this.#hasWords() || isTooLong}
				>
					${icon("send")}
				</button>
			</form>
			<p class="weft-chat-problem" role="alert">
				${isTooLong ? t("chat.tooLong", { count: this.length - chatBodyLengthMax }) : this.problem}
			</p>
		`;
	}

	#renderEditing() {
		return html`<div class="weft-chat-editing">
			<span>${t("chat.editing")}</span>
			<button
				type="button"
				class="weft-icon-button weft-chat-close"
				aria-label=${t("chat.editing.stop")}
				@click=${this.#stopEditing}
			>
				${icon("close")}
			</button>
		</div>`;
	}

	readonly #onInput = (): void => {
		const box = this.#box();
		if (box === null) return;
		this.length = box.value.trim().length;
		this.problem = "";
		if (this.editing === null) this.log.draft = box.value;
		if (box.value.trim() === "") this.#typing.stop();
		else this.#typing.pressed();
		this.#grow();
	};

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.isComposing) return;
		if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
			event.preventDefault();
			this.#send();
		} else if (event.key === "ArrowUp" && this.#box()?.value === "" && this.editing === null) {
			if (this.#editLast()) event.preventDefault();
		} else if (event.key === "Escape" && this.editing !== null) {
			event.preventDefault();
			event.stopPropagation();
			this.#stopEditing();
		}
	};

	readonly #onSubmit = (event: SubmitEvent): void => {
		event.preventDefault();
		this.#send();
		this.focus();
	};

	#send(): void {
		const body = this.#box()?.value.trim() ?? "";
		if (!this.#hasWords()) return;
		try {
			if (this.editing === null) this.#say([{ body }]);
			else if (body !== this.editing.body) {
				this.#say([{ body, corrects: this.editing.message.id }]);
			}
		} catch (error) {
			if (!(error instanceof WeftError)) throw error;
			this.problem = sayFailure(error.code);
			return;
		}
		if (this.editing !== null) {
			this.#stopEditing();
			return;
		}
		this.log.draft = "";
		this.#fill("");
	}

	#say(drafts: readonly ChatDraft[]): void {
		const { doc, me: person } = this.client;
		const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
		const said = doc.transact(
			() =>
				drafts.map((draft) => say(chatOf(doc), draft, { person, at: browserClock.now(), random })),
			this,
		);
		for (const message of said) this.log.noteSaid(message.id);
		this.dispatchEvent(new CustomEvent("weft-said"));
	}

	#editLast(): boolean {
		const last = this.log.messages.findLast((shown) => this.log.isOwn(shown) && !shown.removed);
		if (last === undefined || last.message.id === "") return false;
		this.editing = last;
		this.#fill(last.body);
		return true;
	}

	readonly #stopEditing = (): void => {
		this.editing = null;
		this.#fill(this.log.draft);
		this.focus();
	};

	#hasWords(): boolean {
		return this.length > 0 || this.editing?.message.photo !== undefined;
	}

	#fill(text: string): void {
		const box = this.#box();
		if (box === null) return;
		box.value = text;
		box.setSelectionRange(text.length, text.length);
		this.length = text.trim().length;
		this.problem = "";
		this.#typing.stop();
		this.#grow();
	}

	/** Browsers without `field-sizing` are told the height; CSS bounds it at six lines. */
	#grow(): void {
		const box = this.#box();
		if (box === null || CSS.supports("field-sizing", "content")) return;
		box.style.height = "auto";
		box.style.height = `${box.scrollHeight}px`;
	}

	#box(): HTMLTextAreaElement | null {
		return this.querySelector("textarea");
	}
}

customElements.define("weft-chat-composer", WeftChatComposer);
