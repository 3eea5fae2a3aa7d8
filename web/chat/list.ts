/** The list of messages: a window of a few hundred rows over a chat of any length. */
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Person } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import type { ShownMessage } from "../../shared/surfaces/chat.ts";
import { FollowRights } from "../sync/access/follow-rights.ts";
import { browserClock } from "../sync/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import type { ChatLog } from "./chat-log.ts";
import type { Delivery } from "./delivery.ts";
import type { WeftChatMenu } from "./message-menu.ts";
import "./message-menu.ts";
import { isMentioned, namesIn } from "./mention/mentions.ts";
import { dayOf, type MessageRow, type RowContext, renderRow } from "./message-row.ts";
import { rowsOf } from "./rows.ts";
import { endOf, grownAtEnd, grownAtStart, type Span, startAt, stillAt } from "./span.ts";

/** Within this distance of the newest message the list follows it. */
const nearEndPx = 48;
/** Within this distance of the end of what is drawn, more is drawn. */
const nearEdgePx = 800;
/** A message that somebody went to is marked for so long. */
const soughtMs = 1_600;
/** Most messages that are read out to those who listen. */
const heardMax = 5;

/** `<weft-chat-list>`: set `client` and `log`. */
export class WeftChatList extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		log: { attribute: false },
		heard: { state: true },
	};

	declare client: RoomClient;
	declare log: ChatLog;
	declare heard: readonly string[];

	#span: Span = { from: 0, to: 0, firstKey: "" };
	#unreadKey: string | null = null;
	#lastOwnKey: string | null = null;
	/** The row that arrow keys came to; the last one where it is not drawn. */
	#currentKey: string | null = null;
	#soughtKey: string | null = null;
	#soughtTimer = 0;
	#isFollowing = true;
	#isSeen = false;
	#isOpen = false;
	/** Whoever was here keeps name and colour when they leave, or the network does. */
	readonly #met = new Map<string, Person>();
	readonly #opened = new Set<string>();
	#keep: { key: string; top: number } | null = null;
	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.heard = [];
		new FollowRights(this);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		const seen = new IntersectionObserver((entries) => {
			this.#onSeen(entries.at(-1)?.isIntersecting === true);
		});
		seen.observe(this);
		const onVisibility = () => this.#onSeen(this.checkVisibility());
		document.addEventListener("visibilitychange", onVisibility);
		this.#cancels = [
			() => seen.disconnect(),
			() => document.removeEventListener("visibilitychange", onVisibility),
		];
		if (this.hasUpdated) this.#listen();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#onSeen(false);
		for (const cancel of this.#cancels) cancel();
	}

	protected override firstUpdated(): void {
		this.#listen();
		const scroller = this.#scroller();
		const list = this.querySelector(".weft-chat-rows");
		const resized = new ResizeObserver(() => this.#settle());
		if (scroller !== null) resized.observe(scroller);
		if (list !== null) resized.observe(list);
		this.#cancels.push(() => resized.disconnect());
	}

	/** Shows the newest message and follows from there. */
	toNewest(): void {
		this.#isFollowing = true;
		this.#span = endOf(this.log.messages);
		this.requestUpdate();
	}

	/** Hides the line above what was new: its reader has answered. */
	forgetUnreadLine(): void {
		this.#unreadKey = null;
		this.requestUpdate();
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("log") || !this.#isOpen) this.#open();
		const { messages } = this.log;
		this.#lastOwnKey = messages.findLast((shown) => this.log.isOwn(shown))?.key ?? null;
		this.#span = this.#isFollowing ? endOf(messages) : stillAt(this.#span, messages);
	}

	protected override render() {
		const { messages, unread, isReady } = this.log;
		const rows = rowsOf(messages, this.#span, this.#unreadKey, dayOf);
		const context = this.#context(rows.findLast(({ type }) => type === "message")?.key ?? null);
		return html`
			<div
				class="weft-chat-scroll"
				tabindex="0"
				role="region"
				aria-label=${t("chat.messages")}
				@scroll=${this.#onScroll}
			>
				${messages.length === 0 ? this.#renderEmpty(isReady) : nothing}
				<ol class="weft-chat-rows" role="list" @keydown=${this.#onRowKey}>
					${repeat(
						rows,
						(row) => row.key,
						(row) => renderRow(row, context),
					)}
				</ol>
			</div>
			<div class="weft-hidden" role="log" aria-live="polite" aria-label=${t("chat.name")}>
				${this.heard.map((line) => html`<p>${line}</p>`)}
			</div>
			${this.#isFollowing || messages.length === 0 ? nothing : this.#renderJump(unread.count)}
			<weft-chat-menu .log=${this.log}></weft-chat-menu>
		`;
	}

	protected override updated(): void {
		this.#settle();
		if (this.#isFollowing) queueMicrotask(() => this.#markRead());
	}

	#renderEmpty(isReady: boolean) {
		if (!isReady) return html`<p class="weft-empty">${t("chat.loading")}</p>`;
		return html`<div class="weft-empty">
			${icon("chat")}
			<h2>${t("chat.empty.title")}</h2>
			${this.client?.may("chat") ? html`<p>${t("chat.empty.hint")}</p>` : nothing}
		</div>`;
	}

	#renderJump(count: number) {
		return html`<button
			type="button"
			class="weft-button weft-chat-jump"
			aria-label=${t("chat.newest")}
			@click=${this.toNewest}
		>
			${icon(moreIcons.arrowDown)}
			${count > 0 ? html`<span>${t("chat.newest.count", { count })}</span>` : nothing}
		</button>`;
	}

	#context(lastKey: string | null): RowContext {
		const { messages } = this.log;
		const isDrawn = messages
			.slice(this.#span.from, this.#span.to)
			.some(({ key, removed }) => key === this.#currentKey && !removed);
		const currentKey = isDrawn ? this.#currentKey : lastKey;
		for (const { state } of this.client.people()) {
			if (state.user !== undefined) this.#met.set(state.user.id, state.user);
		}
		return {
			client: this.client,
			people: this.#met,
			names: namesIn(messages, this.client.people(), this.client.me),
			now: browserClock.now(),
			deliveryOf: (row) => this.#deliveryOf(row),
			isOpened: (key) => this.#opened.has(key),
			open: (key) => {
				this.#opened.add(key);
				this.#remember();
				this.requestUpdate();
			},
			openPhoto: (photo) => this.#tell("weft-open-photo", { photo }),
			showPassage: (passage) => this.#tell("weft-show-passage", { passage }),
			showItem: (item) => this.#tell("weft-show-item", { item }),
			quotedBy: ({ shown }) => this.log.find(shown.message.replyTo ?? ""),
			goTo: (shown) => this.goTo(shown),
			isCurrent: (key) => key === currentKey,
			isSought: (key) => key === this.#soughtKey,
			openMenu: ({ shown }, anchor) => {
				this.#currentKey = shown.key;
				void this.querySelector<WeftChatMenu>("weft-chat-menu")?.open(shown, anchor);
			},
			react: ({ shown }, emoji) => {
				this.log.react(shown, emoji);
			},
		};
	}

	/** Arrows lead from message to message. */
	readonly #onRowKey = (event: KeyboardEvent): void => {
		if (!(event.target instanceof Element) || !event.target.matches(".weft-chat-more")) return;
		const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		const buttons = [...this.querySelectorAll<HTMLElement>(".weft-chat-more")];
		const next = buttons[buttons.indexOf(event.target as HTMLElement) + step];
		const row = next?.closest<HTMLElement>("li");
		if (next === undefined || row == null) return;
		this.#currentKey = keyOf(row);
		next.focus();
		this.requestUpdate();
	};

	/** Shows a message in the middle of what is above and below it, and marks it for a moment. */
	goTo({ key }: ShownMessage): void {
		const { messages } = this.log;
		const messageIndex = messages.findIndex((shown) => shown.key === key);
		if (messageIndex < 0) return;
		const { from, to } = this.#span;
		if (messageIndex < from || messageIndex >= to) this.#span = startAt(messages, messageIndex);
		this.#isFollowing = false;
		const height = this.#scroller()?.clientHeight ?? 0;
		this.#keep = { key, top: height / 3 };
		this.#soughtKey = key;
		clearTimeout(this.#soughtTimer);
		this.#soughtTimer = window.setTimeout(() => {
			this.#soughtKey = null;
			this.requestUpdate();
		}, soughtMs);
		this.requestUpdate();
	}

	/** What is saved is said under the last own message only; what is not, under each. */
	#deliveryOf(row: MessageRow): Delivery | null {
		const delivery = this.log.deliveryOf(row.shown);
		return delivery?.where !== "saved" || row.key === this.#lastOwnKey ? delivery : null;
	}

	#tell(name: string, detail: unknown): void {
		this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
	}

	#listen(): void {
		this.#cancels.push(
			this.log.on("change", () => {
				if (!this.#isFollowing) this.#remember();
				this.requestUpdate();
			}),
			this.log.on("heard", (messages) => this.#hear(messages)),
		);
		let drawn = "";
		const onAwareness = () => {
			// Pointers move many times a second; rows show only who somebody is.
			const users = JSON.stringify(this.client.people().map(({ state }) => state.user));
			if (users !== drawn) this.requestUpdate();
			drawn = users;
		};
		this.client.awareness.on("change", onAwareness);
		this.#cancels.push(() => this.client.awareness.off("change", onAwareness));
	}

	#hear(messages: readonly ShownMessage[]): void {
		if (!this.#isSeen) return;
		const { mine } = namesIn(this.log.messages, [], this.client.me);
		const lines = messages.slice(-heardMax).map(({ message, body }) => {
			const name = message.name || t("chat.somebody");
			if (isMentioned(body, mine)) return t("chat.heard.mention", { name, body });
			return body.trim() === "" ? t("chat.heard.photo", { name }) : t("chat.heard", { name, body });
		});
		this.heard = [...this.heard, ...lines].slice(-heardMax);
	}

	/** Draws the unread line, and begins there where there is one. */
	#open(): void {
		if (!this.log.isReady) return;
		this.#isOpen = true;
		this.#unreadKey = this.log.unread.firstKey;
		const { messages } = this.log;
		const unreadIndex = messages.findIndex((shown) => shown.key === this.#unreadKey);
		this.#isFollowing = unreadIndex < 0;
		if (unreadIndex < 0) return;
		this.#span = startAt(messages, unreadIndex);
		this.#keep = { key: "unread", top: nearEndPx };
	}

	#onSeen(isSeen: boolean): void {
		const isSeenNow = isSeen && document.visibilityState === "visible";
		if (isSeenNow === this.#isSeen) return;
		this.#isSeen = isSeenNow;
		if (!isSeenNow || !this.hasUpdated) return;
		if (this.log.unread.count > 0) this.#open();
		this.requestUpdate();
	}

	#markRead(): void {
		if (this.#isSeen && this.#isOpen) this.log.readAll();
	}

	readonly #onScroll = (): void => {
		const scroller = this.#scroller();
		if (scroller === null || this.#keep !== null) return;
		const { messages } = this.log;
		const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
		const wasFollowing = this.#isFollowing;
		this.#isFollowing = below < nearEndPx && this.#span.to === messages.length;
		if (!this.#isFollowing && scroller.scrollTop < nearEdgePx && this.#span.from > 0) {
			this.#remember();
			this.#span = grownAtStart(this.#span, messages);
			this.requestUpdate();
		} else if (below < nearEdgePx && this.#span.to < messages.length) {
			this.#remember();
			this.#span = grownAtEnd(this.#span, messages);
			this.requestUpdate();
		} else if (wasFollowing !== this.#isFollowing) {
			this.requestUpdate();
		}
	};

	/** Notes the topmost row in sight, so that it stays where it is when rows come and go. */
	#remember(): void {
		const scroller = this.#scroller();
		if (scroller === null || this.#keep !== null) return;
		const edge = scroller.getBoundingClientRect().top;
		for (const row of this.#rows()) {
			const box = row.getBoundingClientRect();
			if (box.bottom <= edge) continue;
			this.#keep = { key: keyOf(row), top: box.top - edge };
			return;
		}
	}

	/** Puts the remembered row back, or follows the newest. */
	#settle(): void {
		const scroller = this.#scroller();
		if (scroller === null) return;
		const keep = this.#keep;
		this.#keep = null;
		if (this.#isFollowing) {
			scroller.scrollTop = scroller.scrollHeight;
			return;
		}
		const row = this.#rows().find((one) => keyOf(one) === keep?.key);
		if (keep === null || row === undefined) return;
		const edge = scroller.getBoundingClientRect().top;
		scroller.scrollTop += row.getBoundingClientRect().top - edge - keep.top;
		// A chat that fits on the screen never scrolls: its end is in sight all the same.
		this.#onScroll();
	}

	#rows(): HTMLElement[] {
		return [...this.querySelectorAll<HTMLElement>(".weft-chat-rows > li")];
	}

	#scroller(): HTMLElement | null {
		return this.querySelector(".weft-chat-scroll");
	}
}

function keyOf(row: HTMLElement): string {
	return row.getAttribute("data-key") ?? "";
}

customElements.define("weft-chat-list", WeftChatList);
