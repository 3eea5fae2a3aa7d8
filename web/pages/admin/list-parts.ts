/** What all lists of the page have: a field to search in, trouble in words, and the way on. */
import { html, nothing, type TemplateResult } from "lit";
import type { Asked, Page } from "../../../shared/operator.ts";
import "../../ui/forms/search.css";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";
import type { Listing } from "./listing.ts";

type AnyListing = Pick<
	Listing<Asked, Page<unknown>>,
	"query" | "page" | "trouble" | "hasBefore" | "hasAfter" | "ask" | "turn" | "again"
>;

/** What one list has of its own. */
interface ListParts {
	readonly title: string;
	/** What the field to search in says. */
	readonly search: string;
	/** What stands there where there is nothing. */
	readonly empty: string;
	/** What else can be chosen or done above the list. */
	readonly tools?: TemplateResult;
	readonly rows: TemplateResult | typeof nothing;
}

/** A list as all of them look. */
export function listSection(listing: AnyListing, parts: ListParts): TemplateResult {
	const { title, search, empty, tools = nothing, rows } = parts;
	return html`<section class="weft-admin__list" aria-label=${title}>
		<h2>${title}</h2>
		<div class="weft-admin__tools">${searchField(listing, search)} ${tools}</div>
		${troubleLine(listing)} ${noRows(listing, empty)} ${rows} ${pager(listing)}
	</section>`;
}

/** The field to search in. */
export function searchField(listing: AnyListing, label: string): TemplateResult {
	const search = ({ currentTarget }: Event): void => {
		listing.ask({ words: (currentTarget as HTMLInputElement).value.trim() });
	};
	return html`<label class="weft-search weft-admin__search">
		${icon("search")}
		<input
			class="weft-input"
			type="search"
			maxlength="200"
			aria-label=${label}
			placeholder=${label}
			@input=${search}
		/>
	</label>`;
}

/** Why what is shown is not new, and how to ask again. */
export function troubleLine({ trouble, again }: Pick<AnyListing, "trouble" | "again">) {
	if (trouble === null) return nothing;
	return html`<p class="weft-admin__trouble" role="status">
		${icon("warning")} <span>${t(trouble)}</span>
		<button class="weft-button" @click=${again}>${t("frame.tryAgain")}</button>
	</p>`;
}

/** What stands in place of rows: that they are on their way, or that there are none. */
export function noRows(listing: AnyListing, empty: string): TemplateResult | typeof nothing {
	const { page, query, trouble } = listing;
	if (page === null && trouble !== null) return nothing;
	if (page === null) {
		return html`<p class="weft-admin__empty" aria-busy="true">${t("admin.loading")}</p>`;
	}
	if (page.rows.length > 0) return nothing;
	const words = query.words === "" ? empty : t("admin.noMatch", { words: query.words });
	return html`<p class="weft-admin__empty" role="status">${words}</p>`;
}

/** Which rows these are, and those before and after. */
function pager(listing: AnyListing): TemplateResult | typeof nothing {
	const { page, query } = listing;
	if (page === null || page.rows.length === 0) return nothing;
	const { matchCount, totalCount, rows } = page;
	const values = { from: query.from + 1, to: query.from + rows.length, count: matchCount };
	const words =
		matchCount === totalCount
			? t("admin.rows", values)
			: t("admin.rowsOf", { ...values, total: totalCount });
	const turn = (pages: number) => () => listing.turn(pages);
	const isWhole = !listing.hasBefore && !listing.hasAfter;
	return html`<div class="weft-admin__pager">
		<span role="status">${words}</span>
		${
			isWhole
				? nothing
				: html`${pagerButton("admin.before", listing.hasBefore, turn(-1))}
						${pagerButton("admin.after", listing.hasAfter, turn(1))}`
		}
	</div>`;
}

/** Drawn as those of the photos, which come with the photos. */
const arrows = { "admin.before": "M14.5 6l-6 6 6 6", "admin.after": "M9.5 6l6 6-6 6" } as const;

function pagerButton(key: "admin.before" | "admin.after", isUsable: boolean, run: () => void) {
	const label = t(key);
	return html`<button
		class="weft-icon-button"
		aria-label=${label}
		title=${label}
		?disabled=${!isUsable}
		@click=${run}
	>
		${icon(arrows[key])}
	</button>`;
}

/** One thing that can be done, in words. */
export interface Deed {
	readonly label: string;
	readonly text: string;
	readonly run: () => void;
	readonly isDangerous?: boolean;
	readonly isDisabled?: boolean;
}

/** Rows of a dialog: what can be done, and what comes of it. */
export function deedList(deeds: readonly Deed[]): TemplateResult {
	return html`<ul class="weft-admin__deeds">
		${deeds.map(
			({ label, text, run, isDangerous = false, isDisabled = false }) => html`<li>
				<p>${text}</p>
				<button
					class="weft-button ${isDangerous ? "weft-button--danger" : ""}"
					?disabled=${isDisabled}
					@click=${run}
				>
					${label}
				</button>
			</li>`,
		)}
	</ul>`;
}
