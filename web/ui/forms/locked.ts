/** What stands in the place of a surface's tools where somebody may not use them. */
import { html, type TemplateResult } from "lit";
import type { Role } from "../../../shared/roles.ts";
import { icon } from "../icons.ts";
import { t } from "../messages.ts";

/** What is needed of a room. */
interface Place {
	readonly rights: { readonly role: Role };
}

/** One short sentence; the bar above all surfaces says more. */
export function lockedWords({ rights: { role } }: Place): string {
	const why = role === "viewer" || role === "commenter" ? role : "now";
	return t(`frame.locked.${why}`);
}

/** The same with its icon. */
export function lockedNote(place: Place): TemplateResult {
	return html`<p class="weft-locked">${icon("lock")} <span>${lockedWords(place)}</span></p>`;
}
