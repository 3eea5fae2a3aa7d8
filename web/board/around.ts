/** What stands on the paper where nothing is drawn. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../ui/messages.ts";

/** What an empty board says, also to who only looks; it goes away with the first stroke. */
export function renderEmpty(isViewing: boolean): TemplateResult {
	return html`<div class="weft-empty weft-board__empty">
		<svg class="weft-board__scribble" viewBox="0 0 120 40" aria-hidden="true">
			<path d="M6 28c10-22 20-24 23-10s8 12 15-2 13-14 16-1 9 10 15-1 13-12 17 0 10 8 22-8" />
		</svg>
		<h2>${t(isViewing ? "board.empty.viewing" : "board.empty.title")}</h2>
		${isViewing ? nothing : html`<p>${t("board.empty.hint")}</p>`}
	</div>`;
}
