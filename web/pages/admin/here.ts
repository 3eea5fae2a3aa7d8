/** `<weft-admin-here>`: who is in a room now, guests too. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Asked, HerePerson, Page } from "../../../shared/operator.ts";
import { avatar, memberMark } from "../../presence/avatar.ts";
import { appUrl, roomPath } from "../../sync/base.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import { fetchHere } from "./admin-api.ts";
import { listSection } from "./list-parts.ts";
import { listingOf } from "./listing.ts";
import { standingOf } from "./room-dialog.ts";
import { titleOf } from "./room-title.ts";

/** Rooms of one person that are named; more are counted. */
const roomsShownMax = 3;

/** See the head of this file. */
export class WeftAdminHere extends LitElement {
	readonly #listing = listingOf<Asked, Page<HerePerson>>(this, {
		fetch: fetchHere,
		query: { words: "", from: 0 },
	});

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		return listSection(this.#listing, {
			title: t("admin.here"),
			search: t("admin.here.search"),
			empty: t("admin.here.empty"),
			rows: html`<ul class="weft-admin__rows">
				${repeat(
					this.#listing.page?.rows ?? [],
					({ id }) => id,
					(person) => personRow(person),
				)}
			</ul>`,
		});
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
