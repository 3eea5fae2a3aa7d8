/** Faces of who is here, where they are, and our own name. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./people.css";
import type { SurfaceName } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import { placeOnToggle } from "../ui/popover.ts";
import { avatar } from "./avatar.ts";
import { editMe } from "./me/edit-me.ts";
import { type PersonHere, rosterOf } from "./roster.ts";

/**
 * `<weft-people .client>`: sends `weft-go` when a person is tapped, and `weft-share` where
 * nobody else is here and somebody is to be asked in.
 */
export class WeftPeople extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		facesMax: { attribute: false },
		here: { state: true },
	};
	declare client: RoomClient | null;
	/** More faces than these are a number. */
	declare facesMax: number;
	declare here: readonly PersonHere[];
	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.client = null;
		this.facesMax = 4;
		this.here = [];
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#follow();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unfollow();
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
		const look = (): void => {
			const here = rosterOf(client.people(), client.me.id);
			// Cursors move 30 times a second; faces seldom do.
			if (JSON.stringify(here) !== JSON.stringify(this.here)) this.here = here;
		};
		client.awareness.on("change", look);
		this.#cancels = [
			() => client.awareness.off("change", look),
			client.on("me", () => this.requestUpdate()),
		];
		look();
	}

	#unfollow(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
	}

	protected override render(): TemplateResult | typeof nothing {
		const { client } = this;
		if (client === null) return nothing;
		const { me } = client;
		return html`
			${this.#faces()}
			<button
				class="weft-people__me"
				title=${t("frame.me.edit", { name: me.name })}
				aria-label=${t("frame.me.edit", { name: me.name })}
				aria-haspopup="dialog"
				@click=${() => editMe(client.mine)}
			>
				${avatar(me)}
			</button>
		`;
	}

	#faces(): TemplateResult {
		// "+1" would take the place of the face that it stands for.
		const shownCount = this.here.length > this.facesMax ? this.facesMax - 1 : this.facesMax;
		return html`
			<button
				class="weft-people__faces"
				popovertarget="weft-people-list"
				data-count=${this.here.length}
			>
				<span class="weft-hidden">${t("frame.people")}: ${this.here.length + 1}</span>
				${this.here.length === 0 ? icon("people") : nothing}
				${repeat(
					this.here.slice(0, shownCount),
					({ person }) => person.id,
					({ person, isIdle }) => avatar(person, isIdle),
				)}
				${
					shownCount < this.here.length
						? html`<span class="weft-people__more" aria-hidden="true">
								+${this.here.length - shownCount}
							</span>`
						: nothing
				}
			</button>
			<div
				id="weft-people-list"
				class="weft-popover weft-people__list"
				popover
				@toggle=${(event: Event) => placeOnToggle(event, () => this.querySelector("button"))}
			>
				${this.here.length === 0 ? this.#alone() : this.#rows()}
			</div>
		`;
	}

	#rows(): TemplateResult {
		return html`
			<h2>${t("frame.people")}</h2>
			<ul>
				${repeat(
					this.here,
					({ person }) => person.id,
					(person) => this.#row(person),
				)}
			</ul>
		`;
	}

	#alone(): TemplateResult {
		const share = (): void => {
			this.querySelector<HTMLElement>("#weft-people-list")?.hidePopover();
			this.dispatchEvent(new CustomEvent("weft-share", { bubbles: true }));
		};
		return html`<div class="weft-people__alone">
			<p>${t("frame.people.alone")}</p>
			<button class="weft-button weft-button--primary" @click=${share}>
				${icon("share")} ${t("frame.share")}
			</button>
		</div>`;
	}

	#row(here: PersonHere): TemplateResult {
		const { person, surface } = here;
		const row = html`
			${avatar(person, here.isIdle)}
			<span class="weft-people__name">
				${person.name}<small>${whereabouts(here)}</small>
			</span>
			${surface === null ? nothing : icon("chevronRight")}
		`;
		if (surface === null) return html`<li class="weft-people__row">${row}</li>`;
		return html`
			<li>
				<button
					class="weft-people__row"
					title=${t("frame.people.goTo", { name: person.name })}
					@click=${() => this.#goTo(surface)}
				>
					${row}
				</button>
			</li>
		`;
	}

	#goTo(surface: SurfaceName): void {
		this.querySelector<HTMLElement>("#weft-people-list")?.hidePopover();
		this.dispatchEvent(new CustomEvent("weft-go", { bubbles: true, detail: { surface } }));
	}
}

function whereabouts({ surface, isIdle }: PersonHere): string {
	if (isIdle) return t("frame.people.idle");
	return surface === null ? t("frame.people.here") : t(`frame.people.on.${surface}`);
}

customElements.define("weft-people", WeftPeople);
