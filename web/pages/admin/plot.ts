/** A small plot of what was measured while somebody looks. */
import { html, svg, type TemplateResult } from "lit";

/** Figures that are shown: two minutes of them. */
export const shownMax = 60;

const heightUnits = 20;

/** A bar for each figure, the newest at the right; `most` fills the height. */
export function plot(figures: readonly number[], most: number, label: string): TemplateResult {
	const first = shownMax - figures.length;
	return html`<svg
		class="weft-admin__plot"
		viewBox="0 0 ${shownMax} ${heightUnits}"
		preserveAspectRatio="none"
		role="img"
		aria-label=${label}
	>
		${figures.map((figure, index) => {
			const height = Math.max(0.4, (figure / Math.max(most, 1e-9)) * heightUnits);
			const [x, y] = [first + index + 0.1, heightUnits - height];
			return svg`<rect x=${x} y=${y} width="0.8" height=${height} />`;
		})}
	</svg>`;
}
