/** The mark of Weft: four threads, over and under. */
import { html, type TemplateResult } from "lit";
import "./logo.css";

/** The mark, sized by `--logo`, coloured by the accent. */
export function logo(): TemplateResult {
	return html`<svg class="weft-logo" viewBox="0 0 32 32" aria-hidden="true">
		<path d="M11 4v4m0 6v14M21 4v14m0 6v4" />
		<path d="M4 11h14m6 0h4M4 21h4m6 0h14" />
	</svg>`;
}
