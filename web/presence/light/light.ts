/** The honest light in the top bar: quiet while all is well, in words on trouble or on tap. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import "./light.css";
import "./tones.css";
import "./light-details.css";
import type { Cancel, Millis } from "../../../shared/clock.ts";
import { appUrl } from "../../sync/base.ts";
import { byItself, Later, type Part } from "../../sync/later.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { isUrgent, type RoomStatus } from "../../sync/status.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/messages/light.ts";
import { placeOnToggle } from "../../ui/popover.ts";
import { listenToKeys } from "../../ui/shortcuts.ts";
import { showToast } from "../../ui/toast.ts";
import { type Refusal, refusalOf } from "../refusal.ts";
import { isSettled, type LightView, lightOf, quietMs } from "./light-view.ts";

type Outbox = typeof import("../../photos/outbox.ts");

/** `<weft-light .client=${client}>` */
export class WeftLight extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		shown: { state: true, hasChanged: looksOtherwise },
		shownPhotoCount: { state: true },
		outbox: { state: true },
	};
	declare client: RoomClient | null;
	/** What is shown: lags behind the client's status for what may end by itself. */
	declare shown: RoomStatus | null;
	/** Photos that are not on the server, as they were when `shown` was. */
	declare shownPhotoCount: number;
	/** The list of what waits, once its code is here. */
	declare outbox: Outbox | null;
	#photoCount = 0;
	#unfollow: Cancel = () => undefined;
	#unsettledTimer = 0;
	#unlistenKeys: Cancel = () => undefined;
	#sayTimer = 0;

	constructor() {
		super();
		this.client = null;
		this.shown = null;
		this.shownPhotoCount = 0;
		this.outbox = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#follow();
		this.#unlistenKeys = listenToKeys(document, { "Ctrl+S": this.#saySoon });
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unfollow();
		this.#unlistenKeys();
		clearTimeout(this.#sayTimer);
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#follow();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	#follow(): void {
		this.#unfollow();
		const { client } = this;
		if (client === null) return;
		const photos = new Later(client, () => this.#fetchPhotos(client)).begin();
		const unlisten = client.on("status", (status) => this.#take(status));
		this.#unfollow = () => {
			unlisten();
			photos.close();
			clearTimeout(this.#unsettledTimer);
			this.#unsettledTimer = 0;
			this.#photoCount = 0;
		};
		this.#take(client.status);
	}

	/** Those that wait: their code comes with the photos', when the room itself is there. */
	async #fetchPhotos(client: RoomClient): Promise<() => Part> {
		const outbox = await import("../../photos/outbox.ts");
		return () => {
			if (client.doc.isDestroyed) return byItself(); // The next room is on its way.
			this.outbox = outbox;
			const told = (count: number): void => {
				this.#photoCount = count;
				this.#take(client.status);
				this.requestUpdate();
			};
			return { close: outbox.watchOutbox(client, told) };
		};
	}

	#take(status: RoomStatus): void {
		const wait = !isSettled(status, this.#photoCount) && !isUrgent(status);
		if (wait && this.#isQuiet()) {
			if (this.#unsettledTimer === 0) this.#unsettledTimer = window.setTimeout(this.#tell, quietMs);
			return;
		}
		this.#tell();
	}

	/** Nothing has been told yet but that all is well. */
	#isQuiet(): boolean {
		return this.shown === null || isSettled(this.shown, this.shownPhotoCount);
	}

	readonly #tell = (): void => {
		clearTimeout(this.#unsettledTimer);
		this.#unsettledTimer = 0;
		this.shown = this.client?.status ?? null;
		this.shownPhotoCount = this.#photoCount;
	};

	/**
	 * Who saves by hand, as elsewhere, is told where their work is; the browser would offer them the
	 * page as a file. What was just typed is on its way for a moment: that is waited for.
	 */
	readonly #saySoon = (): void => {
		const { client } = this;
		if (client === null) return;
		clearTimeout(this.#sayTimer);
		const waitMs = isSettled(client.status, this.#photoCount) ? 0 : quietMs;
		this.#sayTimer = window.setTimeout(() => this.#say(client), waitMs);
	};

	#say({ status }: RoomClient): void {
		const { label, detail } = lightOf(status, Date.now(), this.#photoCount);
		showToast({ text: `${label}. ${detail}` });
	}

	protected override render(): TemplateResult {
		const view = this.shown === null ? null : lightOf(this.shown, Date.now(), this.shownPhotoCount);
		return html`
			<button
				class="weft-light weft-light--${view?.tone ?? "quiet"}"
				popovertarget="weft-light-details"
				aria-label="${t("frame.light.name")}: ${view?.label ?? t("frame.light.loading")}"
			>
				${icon(view?.icon ?? moreIcons.cloud)}
				<span class="weft-light__label">${view?.label ?? ""}</span>
			</button>
			<div
				id="weft-light-details"
				class="weft-popover weft-light__details"
				popover
				@toggle=${placeOnToggle}
			>
				${view === null ? nothing : this.#details(view)}
			</div>
			<span class="weft-hidden" role="status">
				${view === null || view.tone === "quiet" ? "" : view.label}
			</span>
		`;
	}

	#details(view: LightView): TemplateResult {
		return html`
			<h2>${view.label}</h2>
			<p>${this.#refusal()?.say ?? view.detail}</p>
			${this.#waitingLine()} ${this.#photoLines(view)}
			<p class="weft-light__copy">${icon(moreIcons.device)} ${this.#copyWords()}</p>
			${isSecureContext ? nothing : noTlsLine()}
			${this.#actions(view)}
			<p class="weft-light__links">
				<a href=${appUrl("device")}>${t("frame.deviceLink")}</a>
				<a href=${appUrl("connection")}>${t("frame.connectionLink")}</a>
			</p>
		`;
	}

	#photoLines(view: LightView): TemplateResult | typeof nothing {
		const { client, outbox } = this;
		if (client === null || outbox === null || this.#photoCount === 0) return nothing;
		const isSaid = view.icon === moreIcons.upload; // In the sentence above.
		const words = tCount("frame.light.photosWait", this.#photoCount);
		return html`${isSaid ? nothing : html`<p>${words}</p>`} ${outbox.outboxLines(client)}`;
	}

	#waitingLine(): TemplateResult | typeof nothing {
		const status = this.shown;
		if (status === null || !("waiting" in status) || status.waiting === 0) return nothing;
		return html`<p>${tCount("frame.light.waiting", status.waiting)}</p>`;
	}

	#copyWords(): string {
		switch (this.shown?.copy) {
			case "kept":
				return t("frame.light.copyKept");
			case "off":
				return t("frame.light.copyOff");
			default:
				return t("frame.light.copyOpening");
		}
	}

	#refusal(): Refusal | null {
		return this.client === null ? null : refusalOf(this.client);
	}

	#actions(view: LightView): TemplateResult | typeof nothing {
		if (this.client === null) return nothing;
		if (!view.canTryNow) return this.#refusal()?.actions ?? nothing;
		return html`<button class="weft-button" @click=${() => this.client?.wake()}>
			${t("frame.light.tryNow")}
		</button>`;
	}
}

/** False where the words are the same: with every key all is saved once more. */
function looksOtherwise(now: RoomStatus | null, before: RoomStatus | null | undefined): boolean {
	if (now?.phase !== "saved" || before?.phase !== "saved") return now !== before;
	return now.copy !== before.copy || minuteOf(now.atMs) !== minuteOf(before.atMs);
}

function minuteOf(atMs: Millis): number {
	return Math.floor(atMs / 60_000);
}

/** Without TLS browsers keep no app for the time without a network. */
function noTlsLine(): TemplateResult {
	return html`<p class="weft-light__copy">${icon(moreIcons.info)} ${t("frame.light.noTls")}</p>`;
}

customElements.define("weft-light", WeftLight);
