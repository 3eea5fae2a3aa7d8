/** What stands around the drawing besides the tools: the hint, the words, the place to drop. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";

/** The board in words. */
export interface Outline {
	/** "3 items: 2 strokes, 1 photo". */
	readonly summary: string;
	/** "Ann: 2 strokes, 1 photo". */
	readonly authors: readonly string[];
	/** The newest first: "Red stroke by Ann", with the scene's id. */
	readonly items: readonly { readonly id: number; readonly words: string }[];
}

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

/**
 * The board in words, for screen readers, and a way to an item for who has no pointer: it is seen
 * while the focus is in it. Arrow keys lead through the items; `pick` gets the id of one.
 */
export function renderOutline(
	{ summary, authors, items }: Outline,
	pick: (id: number) => void,
): TemplateResult {
	return html`<section class="weft-board__outline" aria-label=${t("board.outline")}>
		<p>${summary}</p>
		<ul>
			${authors.map((author) => html`<li>${author}</li>`)}
		</ul>
		<ol aria-label=${t("board.outline.newest")} @keydown=${onArrow}>
			${items.map(
				({ id, words }, index) => html`<li>
					<button type="button" tabindex=${index === 0 ? 0 : -1} @click=${() => pick(id)}>
						${words}
					</button>
				</li>`,
			)}
		</ol>
	</section>`;
}

function onArrow(event: KeyboardEvent): void {
	const list = event.currentTarget as HTMLElement;
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined || !(event.target instanceof HTMLElement)) return;
	event.preventDefault();
	const buttons = [...list.querySelectorAll<HTMLElement>("button")];
	buttons[buttons.indexOf(event.target) + step]?.focus();
}

/** Shown while files are held over the board. */
export function renderDrop(): TemplateResult {
	return html`<div class="weft-board__drop">${icon("image")} ${t("board.dropHere")}</div>`;
}
