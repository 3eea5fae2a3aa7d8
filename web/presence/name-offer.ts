/** `<weft-chat-name-offer>`: who writes for the first time may say who they are, right there. */
import { html, LitElement, nothing } from "lit";
import type { Cancel } from "../../shared/clock.ts";
import { isFriendlyName } from "../../shared/friendly-name.ts";
import { personNameLengthMax } from "../../shared/limits.ts";
import { deviceMemory } from "../sync/me.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/chat.ts";
import { avatar } from "./avatar.ts";
import { saveMe } from "./me/save-me.ts";

/** Remembers that somebody would rather stay a Quiet Otter. */
const declinedKey = "weft:name-declined";

/**
 * Set `client` before `isWriting`. It asks for nothing: who goes on writing is not held up. Fires
 * `weft-named` when it is done with.
 */
export class WeftChatNameOffer extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		isWriting: { attribute: false },
		trouble: { state: true },
	};

	declare client: RoomClient;
	/** Somebody has begun to write here. */
	declare isWriting: boolean;
	declare trouble: string;
	#cancel: Cancel = () => undefined;

	constructor() {
		super();
		this.isWriting = false;
		this.trouble = "";
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#cancel = this.client.on("me", () => this.requestUpdate());
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#cancel();
	}

	protected override render() {
		const { me } = this.client;
		const isDeclined = deviceMemory()?.getItem(declinedKey) === "yes";
		const isNamed = me.isSignedIn === true || !isFriendlyName(me.name);
		if (!this.isWriting || isDeclined || isNamed) return nothing;
		return html`
			<p id="weft-chat-called" role="status">
				${this.trouble || t("chat.name.now", { name: me.name })}
			</p>
			<form @submit=${this.#onSubmit}>
				${avatar(me)}
				<input
					class="weft-input"
					name="name"
					maxlength=${personNameLengthMax}
					autocomplete="nickname"
					enterkeyhint="done"
					aria-label=${t("frame.me.name")}
					aria-describedby="weft-chat-called"
					placeholder=${t("frame.me.name")}
				/>
				<button class="weft-button">${t("frame.me.save")}</button>
				<button
					type="button"
					class="weft-icon-button weft-chat-close"
					aria-label=${t("chat.name.decline", { name: me.name })}
					title=${t("chat.name.decline", { name: me.name })}
					@click=${this.#decline}
				>
					${icon("close")}
				</button>
			</form>
		`;
	}

	readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
		event.preventDefault();
		const name = this.querySelector("input")?.value ?? "";
		this.trouble = await saveMe(this.client.mine, { ...this.client.me, name });
		if (this.trouble === "") this.dispatchEvent(new CustomEvent("weft-named"));
	};

	readonly #decline = (): void => {
		deviceMemory()?.setItem(declinedKey, "yes");
		this.requestUpdate();
		this.dispatchEvent(new CustomEvent("weft-named"));
	};
}

customElements.define("weft-chat-name-offer", WeftChatNameOffer);
