/** Faces of who is here, where they are, and our own name. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./people.css";
import type { Cancel } from "../../shared/clock.ts";
import { FollowRights } from "../sync/access/follow-rights.ts";
import type { Me } from "../sync/me.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import { orSay } from "../ui/toast.ts";
import "../ui/messages/people.ts";
import { placeOnToggle } from "../ui/popover.ts";
import { avatar, memberMark } from "./avatar.ts";
import { callEverybody, comeAlong } from "./follow/calling.ts";
import { followingOf } from "./follow/following.ts";
import { hereOf } from "./here.ts";
import type { PersonHere } from "./roster.ts";

/**
 * `<weft-people .client>`: a person who is tapped is followed. Sends `weft-share` where nobody else
 * is here and somebody is to be asked in.
 */
export class WeftPeople extends LitElement {
	static override readonly properties = {
		client: { attribute: false },
		facesMax: { attribute: false },
		isNarrow: { attribute: false },
		here: { state: true },
		isHandUp: { state: true },
		leaderId: { state: true },
	};
	declare client: RoomClient | null;
	/** More faces than these are a number. */
	declare facesMax: number;
	/** The title needs the place beside the faces: the hand is in the list only. */
	declare isNarrow: boolean;
	declare here: readonly PersonHere[];
	declare isHandUp: boolean;
	/** Whom we follow. */
	declare leaderId: string | null;
	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.client = null;
		this.facesMax = 4;
		this.isNarrow = false;
		this.here = [];
		this.isHandUp = false;
		this.leaderId = null;
		new FollowRights(this);
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#listen();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unlisten();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("client")) this.#listen();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	#listen(): void {
		this.#unlisten();
		const { client } = this;
		if (client === null) return;
		const here = hereOf(client);
		const following = followingOf(client);
		const look = (): void => {
			this.here = here.people;
			this.isHandUp = here.isHandUp;
			this.leaderId = following.leader?.person.id ?? null;
		};
		this.#cancels = [
			here.onChange(look),
			following.on("leader", look),
			client.on("me", () => this.requestUpdate()),
		];
		look();
	}

	#unlisten(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
	}

	protected override render(): TemplateResult | typeof nothing {
		const { client } = this;
		if (client === null) return nothing;
		const { me } = client;
		return html`
			${this.#faces()} ${this.#hasHand() ? this.#handButton() : nothing}
			<button
				class="weft-people__me"
				title=${t("frame.me.edit", { name: me.name })}
				aria-label=${t("frame.me.edit", { name: me.name })}
				aria-haspopup="dialog"
				@click=${() => this.#editMe(client.mine)}
			>
				${avatar(me, { isHandUp: this.isHandUp })}
			</button>
		`;
	}

	#editMe(me: Me): Promise<void> {
		return orSay(async () => {
			const { editMe } = await import("./me/edit-me.ts");
			editMe(me);
		});
	}

	#hasHand(): boolean {
		return !this.isNarrow && (this.isHandUp || this.here.length > 0);
	}

	#handButton(): TemplateResult {
		const label = handWords(this.isHandUp);
		return html`<button
			class="weft-icon-button weft-people__hand"
			?data-up=${this.isHandUp}
			aria-keyshortcuts="Alt+Shift+H"
			aria-label=${label}
			title=${label}
			@click=${this.#toggleHand}
		>
			${icon("hand")}
		</button>`;
	}

	readonly #toggleHand = (): void => {
		if (this.client !== null) hereOf(this.client).toggleHand();
	};

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
				${this.here.length === 0 ? icon(moreIcons.people) : nothing}
				${repeat(
					this.here.slice(0, shownCount),
					({ person }) => person.id,
					({ person, isIdle, hand }) => avatar(person, { isIdle, isHandUp: hand !== null }),
				)}
				${
					shownCount < this.here.length
						? html`<span class="weft-people__more" aria-hidden="true">
								+${this.here.length - shownCount}${this.#handBehind(shownCount)}
							</span>`
						: nothing
				}
			</button>
			<div
				id="weft-people-list"
				class="weft-popover weft-people__list"
				popover
				@toggle=${placeOnToggle}
			>
				${this.here.length === 0 ? this.#alone() : this.#rows()} ${this.#rightsButton()}
			</div>
		`;
	}

	/** A hand is seen though its face has no place. */
	#handBehind(shownCount: number): TemplateResult | typeof nothing {
		const isUp = this.here.slice(shownCount).some(({ hand }) => hand !== null);
		return isUp ? html`<span class="weft-avatar__hand">${icon("hand")}</span>` : nothing;
	}

	#rows(): TemplateResult {
		return html`
			<div class="weft-people__head">
				<h2>${t("frame.people")}</h2>
				<button
					class="weft-button weft-people__hand"
					?data-up=${this.isHandUp}
					@click=${this.#toggleHand}
				>
					${icon("hand")} ${handWords(this.isHandUp)}
				</button>
			</div>
			<ul>
				${repeat(
					this.here,
					({ person }) => person.id,
					(person) => this.#row(person),
				)}
			</ul>
			${this.#callButton()}
		`;
	}

	#callButton(): TemplateResult | typeof nothing {
		const { client } = this;
		if (client?.may("title") !== true) return nothing;
		const call = (): void => {
			this.querySelector<HTMLElement>("#weft-people-list")?.hidePopover();
			callEverybody(client);
		};
		return html`<button class="weft-button weft-button--ghost weft-people__call" @click=${call}>
			${icon("eye")} ${t("frame.call")}
		</button>`;
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

	#rightsButton(): TemplateResult | typeof nothing {
		if (this.client?.may("manage") !== true) return nothing;
		return html`<button
			class="weft-button weft-button--ghost weft-people__rights"
			aria-haspopup="dialog"
			@click=${this.#openRights}
		>
			${icon("lock")} ${t("frame.people.rights")}
		</button>`;
	}

	readonly #openRights = (): Promise<void> => {
		this.querySelector<HTMLElement>("#weft-people-list")?.hidePopover();
		return orSay(async () => {
			const { openRights } = await import("./access/people-rights.ts");
			if (this.client !== null) openRights(this.client);
		});
	};

	#row(here: PersonHere): TemplateResult {
		const { person, isIdle, hand } = here;
		const isLeader = person.id === this.leaderId;
		return html`
			<li>
				<button
					class="weft-people__row"
					title=${t(isLeader ? "frame.follow.stop" : "frame.follow.start", { name: person.name })}
					aria-pressed=${isLeader}
					@click=${() => this.#follow(here)}
				>
					${avatar(person, { isIdle, isHandUp: hand !== null })}
					<span class="weft-people__name">
						<span>${person.name}${memberMark(person.id)}</span>
						<small>${whereabouts(here)}</small>
					</span>
					${icon("eye")}
				</button>
			</li>
		`;
	}

	#follow({ person }: PersonHere): void {
		const { client } = this;
		this.querySelector<HTMLElement>("#weft-people-list")?.hidePopover();
		if (client === null) return;
		const following = followingOf(client);
		if (following.leader?.person.id === person.id) {
			following.stop();
			return;
		}
		void orSay(() => comeAlong(client, person));
	}
}

function handWords(isUp: boolean): string {
	return t(isUp ? "frame.hand.lower" : "frame.hand.raise");
}

/** Where somebody is, and what else is to be known of them, in a few words. */
function whereabouts({ role, surface, isIdle, hand, isFollower }: PersonHere): string {
	const place = surface === null ? t("frame.people.here") : t(`frame.people.on.${surface}`);
	const words = [isIdle ? t("frame.people.idle") : place];
	if (hand !== null) words.unshift(t("frame.hand.up"));
	if (role !== "editor") words.push(t(`frame.people.role.${role}`));
	if (isFollower) words.push(t("frame.follow.you"));
	return words.join(" · ");
}

customElements.define("weft-people", WeftPeople);
