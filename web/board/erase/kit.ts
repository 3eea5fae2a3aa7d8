/** Both erasers, fetched with the first one that is taken in the hand, and how one chooses. */
import "../choose/choose.css";
import { html, nothing, type TemplateResult } from "lit";
import { boardIcons } from "../../ui/icons/board.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import "../../ui/board-words/shapes.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import { sayKeys } from "../../ui/shortcuts.ts";
import type { BarActs, BarState } from "../toolbar.ts";
import { EraserTool } from "./eraser.ts";
import { type PartEraserPorts, PartEraserTool } from "./part-eraser.ts";

/** The eraser, in a gap of a stroke. */
const ring = "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z";

const ways = [
	{ tool: "eraser", icon: boardIcons.eraser, label: "shapes.erase.whole", keys: "E" },
	{
		tool: "partEraser",
		icon: `M1.5 16.5C3 11.5 4.6 9 7 9M17 14.8c2.4.7 4-2.3 5.5-7.3${ring}`,
		label: "shapes.erase.parts",
		keys: "Shift+E",
	},
] as const satisfies readonly {
	readonly tool: BarState["tool"];
	readonly icon: IconName;
	readonly label: MessageKey;
	readonly keys: string;
}[];

/** The erasers of one board. */
export class Erasers {
	readonly whole: EraserTool;
	readonly parts: PartEraserTool;

	constructor(ports: PartEraserPorts) {
		this.whole = new EraserTool(ports);
		this.parts = new PartEraserTool(ports);
	}

	/** Pictures of what is erased: all of what one touches, or parts of strokes. */
	bar(state: BarState, acts: BarActs): TemplateResult | typeof nothing {
		if (state.panel !== null) return nothing;
		return html`<div class="weft-choose" role="group" aria-label=${t("shapes.erase")}>
			${ways.map(({ tool, icon: picture, label, keys }) => {
				const words = t(label);
				return html`<button
					type="button"
					class="weft-icon-button"
					aria-label=${words}
					aria-pressed=${state.tool === tool}
					aria-keyshortcuts=${keys}
					title=${`${words} (${sayKeys(keys)})`}
					@click=${() => state.tool !== tool && acts.setTool(tool)}
				>
					${icon(picture)}
				</button>`;
			})}
		</div>`;
	}

	/** Nothing of them outlives the stage. */
	close(): void {
		this.whole.close();
		this.parts.close();
	}
}
