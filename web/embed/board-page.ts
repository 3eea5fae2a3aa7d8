/** `<weft-board-page>`: a room's board and nothing beside it, for a frame in somebody's page. */
import "./board-page.css";
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import "../board/board.ts";
import type { Cancel } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";
import { followRoom } from "../pages/room/follow-room.ts";
import { isAway, Notices } from "../pages/room/notices.ts";
import { appUrl, roomPath } from "../sync/base.ts";
import { byItself, Later } from "../sync/later.ts";
import type { Me } from "../sync/me.ts";
import { RoomClient } from "../sync/room-client.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/board-words/embed.ts";
import { showToast } from "../ui/toast.ts";

/** What is seen of whom in which room. */
export interface BoardPageOptions {
	readonly me: Me;
	readonly room: RoomName;
	readonly isViewing: boolean;
}

/** The page for an address that asks for the board alone. */
export function boardPage({ me, room, isViewing }: BoardPageOptions): TemplateResult {
	return html`<weft-board-page .me=${me} .room=${room} .isViewing=${isViewing}></weft-board-page>`;
}

/** `<weft-board-page .me .room .isViewing>` */
export class WeftBoardPage extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		room: { attribute: false },
		isViewing: { attribute: false },
	};
	declare me: Me;
	declare room: RoomName;
	declare isViewing: boolean;
	#client: RoomClient | null = null;
	#cancels: Cancel[] = [];
	readonly #notices = new Notices(this);

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) this.#open();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#close();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("room")) this.#open();
	}

	protected override firstUpdated(): void {
		// It says nothing but that the page is here, so whoever is around it may hear it.
		if (window.parent !== window) window.parent.postMessage({ weft: "ready" }, "*");
	}

	protected override render(): TemplateResult | typeof nothing {
		const client = this.#client;
		if (client === null) return nothing;
		const open = t("embed.open");
		return html`
			<div class="weft-room__notices">
				${this.#notices.strip(client)}
				<weft-access-bar .client=${client}></weft-access-bar>
			</div>
			<main class="weft-alone__stage">
				${
					isAway(client)
						? this.#notices.away(client)
						: html`<weft-board .client=${client}></weft-board>
							<div class="weft-alone__corner">
								<weft-light .client=${client}></weft-light>
								<a
									class="weft-icon-button"
									href=${appUrl(roomPath(this.room, "board"))}
									target="_blank"
									rel="noopener"
									aria-label=${open}
									title=${open}
									>${icon("globe")}</a
								>
							</div>`
				}
			</main>
		`;
	}

	#open(): void {
		this.#close();
		const { room, me, isViewing } = this;
		const client = new RoomClient({ room, me, isViewing });
		this.#client = client;
		const later = [
			async () => {
				await import("../presence/people-and-light.ts");
				return byItself;
			},
			async () => {
				const { startPhotos } = await import("../photos/room-photos.ts");
				startPhotos(client, showToast);
				return byItself;
			},
		].map((fetch) => new Later(client, fetch).begin(client.ready));
		// There is no chat here to talk in.
		const talk = (): unknown => showToast({ text: t("embed.talk") });
		document.addEventListener("weft-talk", talk);
		this.#cancels = [
			() => document.removeEventListener("weft-talk", talk),
			...followRoom(client, () => this.#reopen(client)),
			this.#notices.follow(client),
			...later.map((part) => () => part.close()),
			() => client.close(),
		];
	}

	#reopen(client: RoomClient): void {
		if (!this.isConnected || this.#client !== client) return;
		this.#open();
		this.requestUpdate();
	}

	#close(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#client = null;
	}
}

customElements.define("weft-board-page", WeftBoardPage);
