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

const ways = [
	{ tool: "eraser", icon: boardIcons.eraser, label: "shapes.erase.whole", keys: "E" },
	{
		tool: "partEraser",
		icon: "M2 15.5c1.2-4 2.6-6 4.4-6.4M17.3 15c2 .8 3.4-1.2 4.7-5.5M12 15.5a3.5 3.5 0 1 0 0-7z",
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
