/** `<weft-admin-rooms>`: all rooms of the server, a page at a time. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Millis } from "../../../shared/clock.ts";
import {
	type OperatedRoom,
	type RoomPage,
	type RoomQuery,
	roomChoices,
	roomOrders,
} from "../../../shared/operator.ts";
import { appUrl, roomPath } from "../../sync/base.ts";
import { choice } from "../../ui/forms/choice.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import { sayBytes } from "../../ui/size.ts";
import { fullTime, timeAgo } from "../../ui/time.ts";
import { fetchRooms } from "./admin-api.ts";
import { listSection } from "./list-parts.ts";
import { listingOf } from "./listing.ts";
import { openRoomDialog } from "./room-dialog.ts";
import { titleOf } from "./room-title.ts";

/** What is asked for at first. */
const newest: RoomQuery = {
	words: "",
	from: 0,
	order: "changed",
	isReversed: false,
	choice: "all",
};

const empty = {
	all: "admin.rooms.empty",
	open: "admin.rooms.emptyOpen",
	binned: "admin.rooms.emptyBin",
} as const;

/** See the head of this file. */
export class WeftAdminRooms extends LitElement {
	readonly #listing = listingOf<RoomQuery, RoomPage>(this, { fetch: fetchRooms, query: newest });

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		const { page, query } = this.#listing;
		const rows = page?.rows ?? [];
		const unmeasuredCount = page?.unmeasuredCount ?? 0;
		const note = html`<p class="weft-admin__note">
			${tCount("admin.rooms.unmeasured", unmeasuredCount)}
		</p>`;
		return listSection(this.#listing, {
			title: t("admin.rooms"),
			search: t("admin.rooms.search"),
			empty: t(empty[query.choice]),
			tools: this.#tools(),
			rows: html`${rows.length === 0 ? nothing : this.#table(rows)}
				${unmeasuredCount === 0 ? nothing : note}`,
		});
	}

	#tools(): TemplateResult {
		const { order, isReversed, choice: chosen } = this.#listing.query;
		const label = t("admin.rooms.reverse");
		return html`
			${choice({
				label: t("admin.rooms.choice"),
				value: chosen,
				options: roomChoices.map((value) => ({ value, words: t(`admin.rooms.choice.${value}`) })),
				change: (value) => this.#listing.ask({ choice: value }),
			})}
			${choice({
				label: t("admin.rooms.order"),
				value: order,
				options: roomOrders.map((value) => ({ value, words: t(`admin.rooms.order.${value}`) })),
				change: (value) => this.#listing.ask({ order: value }),
			})}
			<button
				class="weft-icon-button"
				aria-label=${label}
				title=${label}
				aria-pressed=${isReversed}
				@click=${() => this.#listing.ask({ isReversed: !isReversed })}
			>
				${icon(isReversed ? moreIcons.arrowUp : moreIcons.arrowDown)}
			</button>
		`;
	}

	#table(rows: readonly OperatedRoom[]): TemplateResult {
		const nowMs = Date.now();
		const heads = ["name", "people", "size", "changed", "owner"] as const;
		return html`<table class="weft-admin__table">
			<thead>
				<tr>
					${heads.map(
						(head) => html`<th scope="col" data-cell=${head}>${t(`admin.rooms.${head}`)}</th>`,
					)}
					<th scope="col"><span class="weft-hidden">${t("admin.rooms.acts")}</span></th>
				</tr>
			</thead>
			<tbody>
				${repeat(
					rows,
					({ name }) => name,
					(room) => this.#row(room, nowMs),
				)}
			</tbody>
		</table>`;
	}

	#row(room: OperatedRoom, nowMs: Millis): TemplateResult {
		const title = titleOf(room);
		const manage = (): void => {
			openRoomDialog(room, this.#listing.again);
		};
		const changed = changedWords(room, nowMs);
		const size = room.sizeBytes === null ? "–" : sayBytes(room.sizeBytes);
		const owner = room.owner?.name || t("admin.rooms.nobody");
		const changedAt = room.changedAtMs === null ? nothing : fullTime(room.changedAtMs);
		return html`<tr>
			<th scope="row" data-cell="name">
				<a href=${appUrl(roomPath(room.name))} dir="auto">${title}</a>
				${chips(room)}
				<span class="weft-admin__brief">${size} · ${changed} · ${owner}</span>
			</th>
			<td data-cell="people">${room.people === 0 ? "–" : room.people}</td>
			<td data-cell="size">${size}</td>
			<td data-cell="changed" title=${changedAt}>${changed}</td>
			<td data-cell="owner" dir="auto">${owner}</td>
			<td>
				<button
					class="weft-button"
					aria-haspopup="dialog"
					aria-label=${t("admin.rooms.manageOne", { title })}
					@click=${manage}
				>
					${t("admin.manage")}
				</button>
			</td>
		</tr>`;
	}
}

function changedWords({ changedAtMs }: OperatedRoom, nowMs: Millis): string {
	return changedAtMs === null ? t("admin.rooms.never") : timeAgo(changedAtMs, nowMs);
}

/** What is special about a room; most have none. */
function chips({ people, isOpen, binnedAtMs, kind, changedAtMs }: OperatedRoom) {
	const words = [
		...(people > 0 ? [["here", tCount("admin.rooms.here", people)]] : []),
		...(people === 0 && isOpen ? [["open", t("admin.rooms.inMemory")]] : []),
		...(binnedAtMs === null ? [] : [["binned", t("admin.rooms.binned")]]),
		...(kind === "open" && changedAtMs !== null ? [["stranger", t("admin.rooms.stranger")]] : []),
	];
	if (words.length === 0) return nothing;
	return html`<span class="weft-admin__chips">
		${words.map(
			([name, text]) => html`<span class="weft-admin__chip" data-chip=${name}>${text}</span>`,
		)}
	</span>`;
}

customElements.define("weft-admin-rooms", WeftAdminRooms);
