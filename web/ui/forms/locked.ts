/** What stands in the place of a surface's tools where somebody may not use them. */
import { html, type TemplateResult } from "lit";
import type { RoomClient } from "../../sync/room-client.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";

/** What is needed of a room. */
type Place = Pick<RoomClient, "rights">;

/** One short sentence; the bar above all surfaces says more. */
export function lockedWords({ rights: { role } }: Place): string {
	const why = role === "viewer" || role === "commenter" ? role : "now";
	return t(`frame.locked.${why}`);
}

/** The same with its icon. */
export function lockedNote(place: Place): TemplateResult {
	return html`<p class="weft-locked">${icon("lock")} <span>${lockedWords(place)}</span></p>`;
}
