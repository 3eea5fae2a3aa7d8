/** `<weft-chat>`: the chat of a room, as a whole surface or as a panel beside another. */
import "./chat.css";
import "./acts.css";
import "./composer.ts";
import "./list.ts";
import "../presence/name-offer.ts";
import "../photos/photo-image.ts";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import type { Cancel } from "../../shared/clock.ts";
import type { Anchor } from "../../shared/surfaces/about.ts";
import type { ShownMessage } from "../../shared/surfaces/chat.ts";
import { FollowRights } from "../sync/access/follow-rights.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { lockedWords } from "../ui/forms/locked.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/chat.ts";
import { listenToKeys } from "../ui/shortcuts.ts";
import { type ChatLog, chatLogOf, watchUnread } from "./chat-log.ts";
import type { WeftChatComposer } from "./composer.ts";
import type { WeftChatList } from "./list.ts";
import { sayTyping } from "./typing.ts";

/** A space that pressed nothing, and an Enter that sent nothing, before this was here. */
const outerSpace = /^\s+|\n\s*$/g;

/**
 * Set `client`. Fires `weft-unread` { count } whenever the number of unread messages changes,
 * `weft-open-photo` { photo } when somebody taps a photo, `weft-show-passage` { passage } for a
 * passage of the document and `weft-show-item` { item } for an item of the board.
 */
export class WeftChat extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		early: { attribute: false },
		typing: { state: true },
		isDropping: { state: true },
		isWriting: { state: true },
		isSearching: { state: true },
	};

	declare client: RoomClient;
	/** What was typed before this was here: it stands in the box. */
	declare early: { readonly words: string; readonly isInHand: boolean } | null;
	/** The sentence about who is typing. */
	declare typing: string;
	declare isDropping: boolean;
	/** Somebody has been at the box. */
	declare isWriting: boolean;
	declare isSearching: boolean;

	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.early = null;
		this.typing = "";
		this.isDropping = false;
		this.isWriting = false;
		this.isSearching = false;
		// Most of a long chat is not on the page, where the browser's own search would look.
		listenToKeys(this, { "Ctrl+F": () => void this.search() });
		this.addEventListener("dragover", this.#onDragOver);
		this.addEventListener("dragleave", this.#onDragLeave);
		this.addEventListener("drop", this.#onDrop);
		new FollowRights(this, () => void this.#keepKeys());
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.classList.add("weft-chat");
		if (this.hasUpdated) this.#listen();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unlisten();
	}

	override focus(options?: FocusOptions): void {
		this.#composer()?.focus(options);
	}

	/** Opens the bar that finds messages; its code comes with its first use. */
	async search(): Promise<void> {
		try {
			await import("./search/search.ts");
		} catch (error) {
			console.info("The search cannot be fetched now:", error);
			const detail = { text: t("frame.room.surfaceMissing") };
			this.dispatchEvent(new CustomEvent("weft-toast", { detail, bubbles: true }));
			return;
		}
		this.isSearching = true;
		await this.updateComplete;
		this.querySelector<HTMLElement>("weft-chat-search")?.focus();
	}

	/** What is said next speaks of that. */
	talkAbout(anchor: Anchor): void {
		this.#composer()?.talkAbout(anchor);
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("early") && this.early) {
			chatLogOf(this.client).draft += this.early.words.replace(outerSpace, "");
		}
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("client")) this.#listen();
		if (changed.has("early") && this.early?.isInHand) {
			void this.#composer()?.updateComplete.then(() => this.focus());
		}
	}

	protected override render() {
		if (this.client === undefined) return nothing;
		const log = chatLogOf(this.client);
		return html`
			${this.isSearching ? this.#renderSearch(log) : this.#renderFind()}
			<weft-chat-list
				class="weft-chat-list"
				.client=${this.client}
				.log=${log}
				@weft-chat-answer=${this.#onAnswer}
				@weft-chat-edit=${this.#onEdit}
			></weft-chat-list>
			<p class="weft-chat-typing" aria-live="off">${this.typing}</p>
			${this.client.may("chat") ? nothing : this.#renderLocked()} ${this.#renderComposer(log)}
			${this.isDropping ? html`<div class="weft-chat-drop">${t("chat.drop")}</div>` : nothing}
		`;
	}

	/** A panel beside another surface has a head of its own with this button. */
	#renderFind() {
		const label = t("chat.search");
		return html`<button
			type="button"
			class="weft-icon-button weft-chat-find"
			aria-label=${label}
			title=${label}
			@click=${() => this.search()}
		>
			${icon("search")}
		</button>`;
	}

	#renderSearch(log: ChatLog) {
		return html`<weft-chat-search
			.log=${log}
			.rows=${this.querySelector<HTMLElement>("weft-chat-list")}
			@weft-chat-seek=${({ detail }: CustomEvent<ShownMessage>) => this.#list()?.goTo(detail)}
			@weft-chat-search-end=${this.#endSearch}
		></weft-chat-search>`;
	}

	get #mayAttach(): boolean {
		return this.client.may("chat") && this.client.may("photos");
	}

	#renderLocked() {
		return html`<p class="weft-chat-locked" tabindex="-1">
			${icon("lock")} ${lockedWords(this.client)}
		</p>`;
	}

	/** When the box goes, or comes back, its keys stay here: the board beside it would take them. */
	async #keepKeys(): Promise<void> {
		const { activeElement } = document;
		const isWriting = this.#composer()?.contains(activeElement) === true;
		const isLockedOut = activeElement?.matches(".weft-chat-locked") === true;
		if (!isWriting && !(isLockedOut && this.contains(activeElement))) return;
		await this.updateComplete;
		const locked = this.querySelector<HTMLElement>(".weft-chat-locked");
		(locked ?? this).focus();
	}

	/** Hidden where nobody may write: the draft stays for when they may again. */
	#renderComposer(log: ChatLog) {
		const offerName = (): void => {
			this.isWriting = true;
		};
		return html`<weft-chat-name-offer
			class="weft-chat-offer"
			?hidden=${!this.client.may("chat")}
			.client=${this.client}
			.isWriting=${this.isWriting}
			@weft-named=${() => this.focus()}
		></weft-chat-name-offer>
		<weft-chat-composer
			class="weft-chat-composer"
			?hidden=${!this.client.may("chat")}
			.client=${this.client}
			.log=${log}
			@focusin=${offerName}
			@weft-said=${this.#onSaid}
		></weft-chat-composer>`;
	}

	#listen(): void {
		this.#unlisten();
		const { client } = this;
		if (client === undefined) return;
		const onAwareness = () => {
			this.typing = sayTyping(client.people());
		};
		onAwareness();
		client.awareness.on("change", onAwareness);
		this.#cancels = [
			() => client.awareness.off("change", onAwareness),
			watchUnread(client, (count) => {
				const detail = { count };
				this.dispatchEvent(new CustomEvent("weft-unread", { detail, bubbles: true }));
			}),
		];
	}

	#unlisten(): void {
		for (const cancel of this.#cancels) cancel();
		this.#cancels = [];
	}

	readonly #onSaid = (): void => {
		const list = this.#list();
		list?.forgetUnreadLine();
		list?.toNewest();
	};

	readonly #onAnswer = ({ detail }: CustomEvent<ShownMessage>): void => {
		this.#composer()?.answer(detail);
	};

	readonly #onEdit = ({ detail }: CustomEvent<ShownMessage>): void => {
		this.#composer()?.edit(detail);
	};

	readonly #onDragOver = (event: DragEvent): void => {
		if (!this.#mayAttach || !event.dataTransfer?.types.includes("Files")) return;
		event.preventDefault();
		this.isDropping = true;
	};

	readonly #onDragLeave = (event: DragEvent): void => {
		if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
		this.isDropping = false;
	};

	readonly #onDrop = (event: DragEvent): void => {
		this.isDropping = false;
		const files = [...(event.dataTransfer?.files ?? [])];
		if (files.length === 0 || !this.#mayAttach) return;
		event.preventDefault();
		this.#composer()?.attachFiles(files);
	};

	readonly #endSearch = async (): Promise<void> => {
		this.isSearching = false;
		await this.updateComplete;
		this.querySelector<HTMLElement>(".weft-chat-find")?.focus();
	};

	#list(): WeftChatList | null {
		return this.querySelector<WeftChatList>("weft-chat-list");
	}

	#composer(): WeftChatComposer | null {
		return this.querySelector<WeftChatComposer>("weft-chat-composer");
	}
}

customElements.define("weft-chat", WeftChat);
