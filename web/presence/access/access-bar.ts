/** `<weft-access-bar>`: why one cannot write, and what who manages the room must know. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import type { Named } from "../../../shared/room-access.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { orSay } from "../../ui/toast.ts";
import "../../ui/messages/rights.ts";
import { changeAccess, changeMember, letIn, setBinned } from "./access-api.ts";
import { accessOf } from "./room-access.ts";
import { type Why, whyOf } from "./why.ts";

const icons: Readonly<Record<Why["why"], IconName>> = {
	binned: "trash",
	waits: moreIcons.people,
	presenting: "eye",
	presented: "eye",
	presentedTalk: "eye",
	viewer: "eye",
	commenter: "chat",
	muted: "chat",
	narrowed: "lock",
};

/** Property: `client`. One strip, one sentence, at most two things to do about it. */
export class WeftAccessBar extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		isRefused: { state: true },
	};
	declare client: RoomClient | null;
	declare isRefused: boolean;
	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.client = null;
		this.isRefused = false;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) this.#follow();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unfollow();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#follow();
	}

	#follow(): void {
		this.#unfollow();
		const { client } = this;
		if (client === null) return;
		const draw = (): void => this.requestUpdate();
		this.#cancels = [
			accessOf(client).onChange(draw),
			client.rights.onChange(draw),
			client.on("status", ({ phase }) => {
				this.isRefused = phase === "refused"; // Each key changes the status twice.
			}),
		];
		this.isRefused = client.status.phase === "refused";
		draw();
	}

	#unfollow(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
	}

	protected override render(): TemplateResult | typeof nothing {
		const { client } = this;
		if (client === null || client.isViewing || this.isRefused) return nothing;
		const { role } = client.rights;
		const standing = { role, may: client.may.bind(client) };
		const why = whyOf(standing, accessOf(client).now, client.me);
		if (why === null) return nothing;
		return html`<div class="weft-room__notice weft-room__notice--calm" role="status">
			${icon(icons[why.why])}
			<p>${words(why)}</p>
			${this.#actions(why, client)}
		</div>`;
	}

	#actions(why: Why, client: RoomClient): TemplateResult | typeof nothing {
		switch (why.why) {
			case "binned":
				return button(t("rights.bar.restore"), () => restore(client));
			case "presented":
			case "presentedTalk":
				if (!client.may("manage")) return nothing;
				return button(t("rights.bar.presentingEnd"), () => endPresenting(client));
			case "presenting":
				return button(t("rights.bar.presentingEnd"), () => endPresenting(client));
			case "waits":
				return this.#letIn(why.waiting, client);
			default:
				return nothing;
		}
	}

	#letIn(waiting: readonly [Named, ...Named[]], client: RoomClient): TemplateResult {
		const [first] = waiting;
		const all = waiting.length > 1;
		return html`
			${all ? nothing : button(t("rights.bar.letIn"), () => admit(client, first))}
			${button(t(all ? "rights.bar.showWaiting" : "rights.people.open"), () => openPanel(client))}
		`;
	}
}

function words(why: Why): string {
	switch (why.why) {
		case "waits": {
			const { length: count, 0: first } = why.waiting;
			const key = count === 1 ? "rights.bar.waits.one" : "rights.bar.waits.other";
			return t(key, { name: first.name, count });
		}
		case "presented":
		case "presentedTalk":
			return t(`rights.bar.${why.why}`, { name: why.name });
		case "narrowed": {
			const surfaces = why.surfaces.map((surface) => t(`rights.surface.${surface}`)).join(", ");
			return t("rights.bar.narrowed", { surfaces });
		}
		default:
			return t(`rights.bar.${why.why}`);
	}
}

function button(label: string, run: () => unknown): TemplateResult {
	return html`<button class="weft-button" @click=${run}>${label}</button>`;
}

function admit(client: RoomClient, { id }: Named): Promise<boolean> {
	return accessOf(client).change(() => changeMember(client.room, id, letIn));
}

function endPresenting(client: RoomClient): Promise<boolean> {
	return accessOf(client).change(() => changeAccess(client.room, { presenter: null }));
}

async function restore(client: RoomClient): Promise<void> {
	const access = accessOf(client);
	await access.act(() => setBinned(client.room, false));
	await access.ask();
}

function openPanel(client: RoomClient): Promise<void> {
	return orSay(async () => {
		const { openRights } = await import("./people-rights.ts");
		openRights(client);
	});
}

customElements.define("weft-access-bar", WeftAccessBar);
