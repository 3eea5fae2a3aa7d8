/** What was said of a thing, beside the thing: on hovering, or when somebody asks for it. */
import "./talk-card.css";
import { html, LitElement, nothing } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import { onDismiss, type Placed, placePopover } from "../../ui/popover.ts";
import { clockTime } from "../../ui/time.ts";
import { excerptOf, nameIn } from "../message-words.ts";
import { type Thread, threadsOf } from "./threads.ts";

/** A pointer that stays so long on a thing wants to know. */
const restMs = 350;
/** A pointer on its way to the card has so long. */
const graceMs = 350;
/** The newest messages that are shown; all are in the chat. */
const shownMax = 4;

/** A thing that is talked about, and where it is on the page. */
export interface Spot {
	readonly thread: Thread;
	readonly place: Placed;
}

/** `<weft-talk-card>`: set `client`. Fires `weft-talk` { anchor } on the document. */
export class WeftTalkCard extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		thread: { state: true },
	};

	declare client: RoomClient;
	/** What it shows; null while it is closed. */
	declare thread: Thread | null;

	#isHovering = false;
	#pointed: string | null = null;
	#restTimer = 0;
	#graceTimer = 0;
	/** Grows with each opening and closing, so that the last one counts. */
	#turn = 0;
	#cancels: Cancel[] = [];
	/** Has the focus again when the card closes. */
	#opener: HTMLElement | null = null;

	constructor() {
		super();
		this.thread = null;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.close();
	}

	/** A pointer or the focus is on a thing; null where it is on none. */
	point(spot: Spot | null): void {
		const key = spot?.thread.key ?? null;
		if (key === this.#pointed) return;
		this.#pointed = key;
		clearTimeout(this.#restTimer);
		if (spot === null) {
			this.#closeSoon();
			return;
		}
		clearTimeout(this.#graceTimer);
		if (key === this.thread?.key) return;
		this.#restTimer = window.setTimeout(() => {
			if (this.thread === null || this.#isHovering) void this.#show(spot, true);
		}, restMs);
	}

	/** Opens at once, and takes the focus. */
	async open(spot: Spot): Promise<void> {
		clearTimeout(this.#restTimer);
		clearTimeout(this.#graceTimer);
		const { activeElement } = document;
		const isInside = activeElement !== null && this.contains(activeElement);
		if (!isInside) this.#opener = activeElement instanceof HTMLElement ? activeElement : null;
		await this.#show(spot, false);
		this.#panel()?.querySelector("button")?.focus({ preventScroll: true });
	}

	/** Safe to call twice. */
	close(): void {
		clearTimeout(this.#restTimer);
		clearTimeout(this.#graceTimer);
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#turn++;
		if (this.thread === null) return;
		const hadFocus = this.contains(document.activeElement);
		const panel = this.#panel();
		if (panel?.matches(":popover-open")) panel.hidePopover();
		// The focus that comes back to the thing does not ask for what was just closed.
		if (hadFocus) this.#pointed = this.thread.key;
		this.thread = null;
		if (hadFocus) this.#opener?.focus({ preventScroll: true });
		this.#opener = null;
	}

	protected override render() {
		const { thread } = this;
		const words = thread === null ? nothing : tCount("chat.thread", thread.messages.length);
		return html`<div
			class="weft-popover weft-talk-card"
			popover="manual"
			role="dialog"
			aria-label=${words}
			@pointerenter=${() => clearTimeout(this.#graceTimer)}
			@pointerleave=${() => this.#closeSoon()}
		>
			${thread === null ? nothing : this.#renderThread(thread)}
		</div>`;
	}

	#renderThread({ messages, anchor }: Thread) {
		const answer = (): void => {
			this.#opener = null; // The focus goes to the chat.
			this.close();
			document.dispatchEvent(new CustomEvent("weft-talk", { detail: { anchor } }));
		};
		return html`
			<p class="weft-talk-card__count">${tCount("chat.thread", messages.length)}</p>
			<ul role="list">
				${messages.slice(-shownMax).map(renderMessage)}
			</ul>
			${
				this.client.may("chat")
					? html`<button type="button" class="weft-button" @click=${answer}>
							${icon(moreIcons.reply)} ${t("chat.answer")}
						</button>`
					: nothing
			}
		`;
	}

	async #show({ thread, place }: Spot, isHovering: boolean): Promise<void> {
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#turn++;
		const turn = this.#turn;
		this.#isHovering = isHovering;
		this.thread = thread;
		await this.updateComplete;
		const panel = this.#panel();
		if (panel === null || turn !== this.#turn) return;
		if (!panel.matches(":popover-open")) panel.showPopover();
		placePopover(panel, place);
		this.#cancels = [
			onDismiss(panel, () => this.close()),
			threadsOf(this.client).on(() => this.#renew(thread.key)),
		];
	}

	/** Somebody says more while it is open. */
	#renew(key: string): void {
		const { items, passages } = threadsOf(this.client);
		const thread = [...items, ...passages].find((one) => one.key === key);
		if (thread === undefined) this.close();
		else this.thread = thread;
	}

	#closeSoon(): void {
		clearTimeout(this.#graceTimer);
		if (!this.#isHovering || this.thread === null) return;
		this.#graceTimer = window.setTimeout(() => {
			if (this.#pointed !== this.thread?.key) this.close();
		}, graceMs);
	}

	#panel(): HTMLElement | null {
		return this.querySelector("[popover]");
	}
}

function renderMessage(shown: ShownMessage) {
	const { at } = shown.message;
	return html`<li>
		<bdi>${nameIn(shown)}</bdi>
		${at > 0 ? html`<time datetime=${new Date(at).toISOString()}>${clockTime(at)}</time>` : nothing}
		<p dir="auto">${shown.body.trim() === "" ? excerptOf(shown) : shown.body}</p>
	</li>`;
}

customElements.define("weft-talk-card", WeftTalkCard);
