/** The honest light in the top bar: quiet while all is well, in words on trouble or on tap. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import * as Y from "yjs";
import "./light.css";
import type { Cancel } from "../../shared/clock.ts";
import { copyName, forgetCopy } from "../sync/offline.ts";
import type { RoomClient } from "../sync/room-client.ts";
import type { RoomStatus } from "../sync/status.ts";
import { confirmDialog } from "../ui/dialog.ts";
import { icon } from "../ui/icons.ts";
import { t, tCount } from "../ui/messages.ts";
import { placeOnToggle } from "../ui/popover.ts";
import { isSettled, isUrgent, type LightView, lightOf, quietMs } from "./light-view.ts";

/** `<weft-light .client=${client}>` */
export class WeftLight extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		shown: { state: true },
	};
	declare client: RoomClient | null;
	/** What is shown: lags behind the client's status for what may end by itself. */
	declare shown: RoomStatus | null;
	#unlisten: Cancel = () => undefined;
	#unsettledTimer = 0;

	constructor() {
		super();
		this.client = null;
		this.shown = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#follow();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unlisten();
		clearTimeout(this.#unsettledTimer);
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#follow();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	#follow(): void {
		this.#unlisten();
		if (this.client === null) return;
		this.#unlisten = this.client.on("status", (status) => this.#take(status));
		this.#take(this.client.status);
	}

	#take(status: RoomStatus): void {
		const wait = !isSettled(status) && !isUrgent(status);
		if (wait && this.#isQuiet()) {
			if (this.#unsettledTimer === 0) this.#unsettledTimer = window.setTimeout(this.#tell, quietMs);
			return;
		}
		this.#tell();
	}

	/** Nothing has been told yet but that all is well. */
	#isQuiet(): boolean {
		return this.shown === null || isSettled(this.shown);
	}

	readonly #tell = (): void => {
		clearTimeout(this.#unsettledTimer);
		this.#unsettledTimer = 0;
		this.shown = this.client?.status ?? null;
	};

	protected override render(): TemplateResult {
		const view = this.shown === null ? null : lightOf(this.shown, Date.now());
		return html`
			<button
				class="weft-light weft-light--${view?.tone ?? "quiet"}"
				popovertarget="weft-light-details"
				aria-label="${t("frame.light.name")}: ${view?.label ?? t("frame.light.loading")}"
			>
				${icon(view?.icon ?? "cloud")}
				<span class="weft-light__label">${view?.label ?? ""}</span>
			</button>
			<div
				id="weft-light-details"
				class="weft-popover weft-light__details"
				popover
				@toggle=${(event: Event) => placeOnToggle(event, () => this.querySelector("button"))}
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
			<p>${view.detail}</p>
			${this.#waitingLine()}
			<p class="weft-light__copy">${icon("device")} ${this.#copyWords()}</p>
			${this.#actions(view)}
		`;
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

	#actions(view: LightView): TemplateResult | typeof nothing {
		switch (view.action) {
			case "none":
				return nothing;
			case "tryNow":
				return this.#actionRow(t("frame.light.tryNow"), () => this.client?.wake());
			case "tryAgain":
				return this.#actionRow(t("frame.tryAgain"), () => this.client?.retry());
			case "reload":
				return this.#actionRow(t("frame.light.reload"), () => location.reload());
			case "startAgain":
				return html`
					${this.#actionRow(t("frame.light.keepFile"), () => this.#keepAsFile())}
					${this.#actionRow(t("frame.light.startAgain"), () => this.#startAgain())}
				`;
		}
	}

	#actionRow(label: string, run: () => void): TemplateResult {
		return html`<button class="weft-button" @click=${run}>${label}</button>`;
	}

	/** All of the doc as one update: any Yjs program reads it. */
	#keepAsFile(): void {
		const { client } = this;
		if (client === null) return;
		const state = Y.encodeStateAsUpdate(client.doc);
		const link = document.createElement("a");
		link.href = URL.createObjectURL(new Blob([state as BlobPart]));
		link.download = "weft-room.ydoc";
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
	}

	async #startAgain(): Promise<void> {
		const { client } = this;
		const isSure = await confirmDialog({
			title: t("frame.light.startAgain"),
			text: t("frame.light.startAgainText"),
			yes: t("frame.light.startAgain"),
			isDangerous: true,
		});
		if (!isSure || client === null) return;
		client.close();
		await forgetCopy(copyName(client.me.id, client.room));
		location.reload();
	}
}

customElements.define("weft-light", WeftLight);
