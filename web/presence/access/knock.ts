/** `<weft-knock>`: asks to be let in until somebody lets in or refuses. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import { knockEveryMs } from "../../../shared/room-access.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { editMe } from "../me/edit-me.ts";
import { knock } from "./access-api.ts";
import "./knock.css";

/** Property: `client`. */
export class WeftKnock extends LitElement {
	static override readonly properties = { client: { attribute: false } };
	declare client: RoomClient | null;
	#timer: ReturnType<typeof setInterval> | undefined;
	#unlisten: Cancel = () => undefined;

	constructor() {
		super();
		this.client = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#timer = setInterval(() => void this.#ask(), knockEveryMs);
		void this.updateComplete.then(() => this.#ask());
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.#timer);
		this.#unlisten();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override firstUpdated(): void {
		this.#unlisten = this.client?.on("me", () => this.requestUpdate()) ?? this.#unlisten;
	}

	/** Who was refused is told so by the door itself. */
	async #ask(): Promise<void> {
		const { client } = this;
		if (client === null) return;
		try {
			const { state } = await knock(client.room);
			if (state !== "waiting" && this.isConnected) client.retry();
		} catch (error) {
			console.info("Not heard:", error); // It is tried again.
		}
	}

	protected override render(): TemplateResult | typeof nothing {
		const { client } = this;
		if (client === null) return nothing;
		return html`
			<p>${t("rights.knock.wait", { name: client.me.name })}</p>
			<button class="weft-button" @click=${() => editMe(client.mine)}>
				${t("rights.knock.name")}
			</button>
		`;
	}
}

customElements.define("weft-knock", WeftKnock);
