/** `<weft-admin-here>`: who is in a room now, guests too. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Asked, HerePerson, Page } from "../../../shared/operator.ts";
import { avatar, memberMark } from "../../presence/avatar.ts";
import { appUrl, roomPath } from "../../sync/base.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import { fetchHere } from "./admin-api.ts";
import { noRows, pager, searchField, troubleLine } from "./list-parts.ts";
import { Listing } from "./listing.ts";
import { standingOf } from "./room-dialog.ts";
import { titleOf } from "./room-title.ts";

/** Rooms of one person that are named; more are counted. */
const roomsShownMax = 3;

/** See the head of this file. */
export class WeftAdminHere extends LitElement {
	readonly #listing = new Listing<Asked, Page<HerePerson>>({
		fetch: fetchHere,
		query: { words: "", from: 0 },
		changed: () => this.requestUpdate(),
	});

	override connectedCallback(): void {
		super.connectedCallback();
		this.#listing.open();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#listing.close();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const listing = this.#listing;
		const again = (): Promise<void> => listing.again();
		return html`<section class="weft-admin__list" aria-label=${t("admin.here")}>
			<h2>${t("admin.here")}</h2>
			<div class="weft-admin__tools">${searchField(listing, t("admin.here.search"))}</div>
			${troubleLine({ trouble: listing.trouble, again })}
			${noRows(listing, t("admin.here.empty"))}
			<ul class="weft-admin__rows">
				${repeat(
					listing.page?.rows ?? [],
					({ id }) => id,
					(person) => personRow(person),
				)}
			</ul>
			${pager(listing)}
		</section>`;
	}
}

function personRow(person: HerePerson): TemplateResult {
	const name = person.name || t("admin.here.unnamed");
	const moreCount = person.rooms.length - roomsShownMax;
	const facts = `${standingOf(person)} · ${tCount("admin.here.sockets", person.socketCount)}`;
	return html`<li>
		${avatar({ ...person, name })}
		<div class="weft-admin__who">
			<strong dir="auto">${name} ${memberMark(person.id)}</strong>
			<span>${facts}</span>
		</div>
		<ul class="weft-admin__places" aria-label=${t("admin.here.rooms", { name })}>
			${person.rooms.slice(0, roomsShownMax).map(
				(room) => html`<li>
					<a href=${appUrl(roomPath(room))} dir="auto">${titleOf({ name: room, title: "" })}</a>
				</li>`,
			)}
			${moreCount > 0 ? html`<li>${tCount("admin.here.more", moreCount)}</li>` : nothing}
		</ul>
	</li>`;
}

customElements.define("weft-admin-here", WeftAdminHere);
