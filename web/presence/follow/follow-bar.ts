/** Says whom one follows, for as long as one does, and ends it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import "./follow-bar.css";
import type { Cancel } from "../../../shared/clock.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/people.ts";
import { avatar } from "../avatar.ts";
import { followingOf, type Leader } from "./following.ts";
import { watchOwnActs } from "./own-acts.ts";

/** `<weft-follow-bar .client>`: empty while nobody is followed. */
export class WeftFollowBar extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		leader: { state: true },
	};
	declare client: RoomClient | null;
	declare leader: Leader | null;
	#cancels: Cancel[] = [];
	#cancelActs: Cancel = () => undefined;

	constructor() {
		super();
		this.client = null;
		this.leader = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#listen();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unlisten();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#listen();
	}

	protected override updated(): void {
		const room = this.closest<HTMLElement>("weft-room");
		const color = this.leader?.person.color;
		room?.toggleAttribute("data-following", color !== undefined);
		if (color !== undefined) room?.style.setProperty("--leader", color);
	}

	#listen(): void {
		this.#unlisten();
		const { client } = this;
		if (client === null || !this.isConnected) return;
		const following = followingOf(client);
		const look = (): void => {
			const wasFollowing = this.leader !== null;
			this.leader = following.leader;
			if (wasFollowing === (this.leader !== null)) return;
			this.#cancelActs();
			this.#cancelActs = wasFollowing ? () => undefined : watchOwnActs(() => following.stop());
		};
		this.#cancels = [following.on("leader", look), () => this.#cancelActs()];
		look();
	}

	#unlisten(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.leader = null;
	}

	protected override render(): TemplateResult {
		const { leader } = this;
		return html`<div role="status">${leader === null ? nothing : this.#bar(leader)}</div>`;
	}

	#bar({ person, tab }: Leader): TemplateResult {
		const { name } = person;
		return html`<div class="weft-follow">
			${avatar(person)}
			<p>
				<strong>${t("frame.follow.now", { name })}</strong>
				<small>${t(tab === null ? "frame.follow.gone" : "frame.follow.ends", { name })}</small>
			</p>
			<button
				class="weft-button"
				aria-keyshortcuts="Escape"
				title=${t("frame.follow.stop")}
				@click=${this.#stop}
			>
				${icon("close")} ${t("frame.follow.end")}
			</button>
		</div>`;
	}

	readonly #stop = (): void => {
		if (this.client !== null) followingOf(this.client).stop();
	};
}

customElements.define("weft-follow-bar", WeftFollowBar);
