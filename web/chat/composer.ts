/** Where a message is written: text, photos, and the correction of one's last message. */
import "./composer.css";
import { html, LitElement, nothing } from "lit";
import { WeftError } from "../../shared/errors.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { chatBodyLengthMax } from "../../shared/limits.ts";
import { type Anchor, aboutOf } from "../../shared/surfaces/about.ts";
import type { ChatDraft, ShownMessage } from "../../shared/surfaces/chat.ts";
import { pickPhoto } from "../photos/pick-photo.ts";
import { sharePhotos } from "../photos/share-photos.ts";
import { browserClock } from "../sync/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { icon } from "../ui/icons.ts";
import { sayFailure, t, tCount } from "../ui/messages.ts";
import type { ChatLog } from "./chat-log.ts";
import type { WeftChatMentions } from "./mention/mention-list.ts";
import "./mention/mention-list.ts";
import { excerptOf, nameIn, sayAbout } from "./message-words.ts";
import { TypingSignal } from "./typing.ts";

/** `<weft-chat-composer>`: set `client` and `log`. Fires `weft-said` when something was said. */
export class WeftChatComposer extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		log: { attribute: false },
		photos: { state: true },
		editing: { state: true },
		answering: { state: true },
		anchor: { state: true },
		problem: { state: true },
		length: { state: true },
	};

	declare client: RoomClient;
	declare log: ChatLog;
	/** Photos that go out with the next message. */
	declare photos: readonly PhotoId[];
	/** The own message that is being corrected. */
	declare editing: ShownMessage | null;
	/** The message that the next one answers. */
	declare answering: ShownMessage | null;
	/** What the next one speaks of. */
	declare anchor: Anchor | null;
	declare problem: string;
	declare length: number;

	readonly #typing = new TypingSignal(
		(typing) => this.client.setPresence({ typing }),
		browserClock,
	);

	constructor() {
		super();
		this.photos = [];
		this.editing = null;
		this.answering = null;
		this.anchor = null;
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

	/** Shares files that were dropped or pasted, and puts them beside the next message. */
	attachFiles(files: readonly File[]): void {
		if (files.length === 0) return;
		this.photos = [...this.photos, ...sharePhotos(this.client, files)];
		this.focus();
	}

	/** Corrects an own message: its words stand in the box. */
	edit(shown: ShownMessage): void {
		this.editing = shown;
		this.#fill(shown.body);
		this.focus();
	}

	/** What is said next answers that message. */
	answer(shown: ShownMessage): void {
		if (this.editing !== null) this.#stopEditing();
		this.#speakOf(null);
		this.#answer(shown);
		this.focus();
	}

	/** What is said next speaks of a thing on another surface. */
	talkAbout(anchor: Anchor): void {
		if (this.editing !== null) this.#stopEditing();
		this.#speakOf(anchor);
		this.focus();
	}

	protected override firstUpdated(): void {
		this.#fill(this.log.draft);
		this.anchor = this.log.anchor;
		this.answering = this.log.find(this.log.answered ?? "");
	}

	protected override render() {
		const isTooLong = this.length > chatBodyLengthMax;
		return html`
			${this.#renderBanner()}
			${this.photos.length === 0 ? nothing : this.#renderPhotos()}
			<weft-chat-mentions .client=${this.client} .log=${this.log}></weft-chat-mentions>
			<form class="weft-chat-form" @submit=${this.#onSubmit}>
				<button
					type="button"
					class="weft-icon-button weft-chat-round"
					aria-label=${t("chat.attach")}
					title=${t("chat.attach")}
					?disabled=${this.editing !== null}
					@click=${this.#pick}
				>
					${icon("image")}
				</button>
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
					@paste=${this.#onPaste}
					@blur=${this.#onBlur}
				></textarea>
				<button
					type="submit"
					class="weft-icon-button weft-chat-round is-send"
					@mousedown=${keepFocus}
					aria-label=${t("chat.send")}
					title=${t("chat.send")}
					?disabled=${!this.#hasWords() || isTooLong}
				>
					${icon(moreIcons.send)}
				</button>
			</form>
			<p class="weft-chat-problem" role="alert">
				${isTooLong ? tCount("chat.tooLong", this.length - chatBodyLengthMax) : this.problem}
			</p>
		`;
	}

	#renderBanner() {
		if (this.editing !== null) {
			return banner(t("chat.editing"), t("chat.editing.stop"), this.#stopEditing);
		}
		const about = aboutOf(this.anchor ?? undefined);
		if (about !== null) {
			return banner(sayAbout(about), t("chat.about.stop"), () => {
				this.#speakOf(null);
				this.focus();
			});
		}
		if (this.answering === null) return nothing;
		const words = t("chat.answering", {
			name: nameIn(this.answering),
			excerpt: excerptOf(this.answering),
		});
		return banner(words, t("chat.answering.stop"), () => {
			this.#answer(null);
			this.focus();
		});
	}

	#renderPhotos() {
		return html`<ul class="weft-chat-attached">
			${this.photos.map(
				(photo) => html`<li>
					<weft-photo-image .client=${this.client} .photo=${photo} size="thumb"></weft-photo-image>
					<button
						type="button"
						class="weft-icon-button weft-chat-close"
						aria-label=${t("chat.detach")}
						@click=${() => this.#detach(photo)}
					>
						${icon("close")}
					</button>
				</li>`,
			)}
		</ul>`;
	}

	readonly #onInput = (): void => {
		const box = this.#box();
		if (box === null) return;
		this.length = box.value.trim().length;
		this.problem = "";
		if (this.editing === null) this.log.draft = box.value;
		if (box.value.trim() === "") this.#typing.stop();
		else this.#typing.pressed();
		this.#mentions()?.look(box);
		this.#grow();
	};

	readonly #onBlur = (): void => {
		this.#typing.stop();
		this.#mentions()?.close();
	};

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.isComposing || this.#mentions()?.take(event)) return;
		if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
			event.preventDefault();
			this.#send();
		} else if (event.key === "ArrowUp" && this.#box()?.value === "" && this.editing === null) {
			if (this.#editLast()) event.preventDefault();
		} else if (event.key === "Escape" && this.#isAbout()) {
			event.preventDefault();
			event.stopPropagation();
			if (this.editing !== null) this.#stopEditing();
			else if (this.anchor !== null) this.#speakOf(null);
			else this.#answer(null);
		}
	};

	readonly #onPaste = (event: ClipboardEvent): void => {
		const files = [...(event.clipboardData?.files ?? [])];
		if (files.length === 0 || this.editing !== null) return;
		event.preventDefault();
		this.attachFiles(files);
	};

	readonly #onSubmit = (event: SubmitEvent): void => {
		event.preventDefault();
		this.#send();
		this.focus();
	};

	readonly #pick = async (): Promise<void> => {
		const photo = await pickPhoto(this.client);
		if (photo !== null && !this.photos.includes(photo)) this.photos = [...this.photos, photo];
		this.focus();
	};

	#detach(photo: PhotoId): void {
		this.photos = this.photos.filter((one) => one !== photo);
		this.focus();
	}

	#send(): void {
		const body = this.#box()?.value.trim() ?? "";
		if (!this.#hasWords()) return;
		try {
			const { message } = this.editing ?? {};
			if (message === undefined) this.#say(this.#drafts(body));
			else if (body !== this.editing?.body) this.#say([{ body, corrects: message.id }], message.by);
		} catch (error) {
			if (!(error instanceof WeftError)) throw error;
			this.problem = sayFailure(error.code);
			return;
		}
		if (this.editing !== null) {
			this.#stopEditing();
			return;
		}
		this.photos = [];
		this.log.draft = "";
		this.#answer(null);
		this.#speakOf(null);
		this.#fill("");
	}

	/** True where what stands in the box is more than a message of its own. */
	#isAbout(): boolean {
		return this.editing !== null || this.answering !== null || this.anchor !== null;
	}

	#speakOf(anchor: Anchor | null): void {
		this.anchor = anchor;
		this.log.anchor = anchor;
		if (anchor !== null) this.#answer(null);
	}

	#answer(shown: ShownMessage | null): void {
		this.answering = shown;
		this.log.answered = shown?.message.id ?? null;
	}

	/** The words go with the first photo; every further photo is a message of its own. */
	#drafts(body: string): ChatDraft[] {
		const [first, ...more] = this.photos;
		const answer = {
			...(this.answering === null ? {} : { replyTo: this.answering.message.id }),
			...(this.anchor === null ? {} : { anchor: this.anchor }),
		};
		if (first === undefined) return [{ body, ...answer }];
		return [{ body, photo: first, ...answer }, ...more.map((photo) => ({ photo }))];
	}

	#say(drafts: readonly ChatDraft[], by?: string): void {
		this.log.say(drafts, by);
		this.dispatchEvent(new CustomEvent("weft-said"));
	}

	#editLast(): boolean {
		const last = this.log.messages.findLast((shown) => this.log.isOwn(shown) && !shown.removed);
		if (last === undefined || last.message.id === "") return false;
		this.edit(last);
		return true;
	}

	readonly #stopEditing = (): void => {
		this.editing = null;
		this.#fill(this.log.draft);
		this.focus();
	};

	#hasWords(): boolean {
		if (this.length > 0) return true;
		return this.editing === null
			? this.photos.length > 0
			: this.editing.message.photo !== undefined;
	}

	#fill(text: string): void {
		const box = this.#box();
		if (box === null) return;
		box.value = text;
		box.setSelectionRange(text.length, text.length);
		this.length = text.trim().length;
		this.problem = "";
		this.#typing.stop();
		this.#mentions()?.close();
		this.#grow();
	}

	/** Browsers without `field-sizing` are told the height; CSS bounds it at six lines. */
	#grow(): void {
		const box = this.#box();
		if (box === null || CSS.supports("field-sizing", "content")) return;
		box.style.height = "auto";
		box.style.height = `${box.scrollHeight}px`;
	}

	#mentions(): WeftChatMentions | null {
		return this.querySelector<WeftChatMentions>("weft-chat-mentions");
	}

	#box(): HTMLTextAreaElement | null {
		return this.querySelector("textarea");
	}
}

/** The box keeps the focus, and a phone its keyboard: more is said most of the time. */
function keepFocus(event: Event): void {
	event.preventDefault();
}

function banner(words: string, stopLabel: string, stop: () => void) {
	return html`<div class="weft-chat-editing">
		<span>${words}</span>
		<button
			type="button"
			class="weft-icon-button weft-chat-close"
			aria-label=${stopLabel}
			@click=${stop}
		>
			${icon("close")}
		</button>
	</div>`;
}

customElements.define("weft-chat-composer", WeftChatComposer);
