/** The panel of shapes: which one to draw, and how it is filled, dashed and seen through. */
import { html, nothing, type TemplateResult } from "lit";
import { dashes, type Fill, fills } from "../../../shared/surfaces/item-look.ts";
import { isWordsKind } from "../../../shared/surfaces/words/letters.ts";
import { boardIcons } from "../../ui/icons/board.ts";
import { icon } from "../../ui/icons.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import "../../ui/board-words/shapes.ts";
import type { BarActs, BarState } from "../toolbar.ts";
import type { ToolName } from "../tools/tool.ts";

/** What the panel has a button for. */
type PanelTool = Exclude<ToolName, "select" | "hand" | "pen" | "eraser" | "partEraser">;

const tools: Readonly<Record<PanelTool, readonly [label: MessageKey, key: string, path: string]>> =
	{
		highlighter: [
			"shapes.highlighter",
			"Shift+P",
			"M4 20h6M14.5 5 19 9.5 11 17H7v-4zM12 7.5l4.5 4.5",
		],
		text: ["board.text", "T", boardIcons.letters],
		note: ["board.note", "N", boardIcons.note],
		laser: [
			"shapes.laser",
			"K",
			"M4 20 13 11M12 8.5l3.5 3.5M17 3v2.5M21 7h-2.5M19.8 4.2 18 6M20 11.5l-1.7-.7M12.5 4l.7 1.7",
		],
		rectangle: [
			"shapes.rectangle",
			"R",
			"M5 6h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z",
		],
		ellipse: [
			"shapes.ellipse",
			"O",
			"M12 5c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7-8.5-3.1-8.5-7S7.3 5 12 5z",
		],
		diamond: ["shapes.diamond", "3", "M12 3.5 20.5 12 12 20.5 3.5 12z"],
		arrow: ["shapes.arrow", "A", "M5 19 19 5M10 5h9v9"],
		line: ["shapes.line", "L", "M5 19 19 5"],
	};
/** What leaves ink, letters or nothing; all others are shapes. */
const freeTools = ["highlighter", "text", "note", "laser"] as const satisfies readonly PanelTool[];
const shapeTools = (Object.keys(tools) as PanelTool[]).filter(
	(tool) => !(freeTools as readonly PanelTool[]).includes(tool),
);

const opacities = [25, 50, 75, 100] as const;
const fillLabels = ["shapes.fill.none", "shapes.fill.tint", "shapes.fill.solid"] as const;
const dashLabels = ["shapes.dash.solid", "shapes.dash.dashed", "shapes.dash.dotted"] as const;

/** The picture of a tool that the panel has; null for others. */
export function picture(tool: ToolName): TemplateResult | null {
	const path = Object.hasOwn(tools, tool) ? tools[tool as PanelTool][2] : null;
	if (path === null) return null;
	return drawing(path);
}

function drawing(path: string, name = ""): TemplateResult {
	return html`<svg class="weft-icon ${name}" viewBox="0 0 24 24" aria-hidden="true">
		<path d=${path} />
	</svg>`;
}

/** The panel, as wide as its tools. */
export function renderPanel(state: BarState, acts: BarActs): TemplateResult {
	const { style } = state;
	return html`
		<div class="weft-shapes__row" role="group" aria-label=${t("shapes.tools")}>
			${freeTools
				.filter((tool) => !(state.hasWords && isWordsKind(tool)))
				.map((tool) => renderTool(tool, state, acts))}
			<i></i>
			${renderChoice({
				label: "shapes.keep",
				key: "Q",
				isOn: state.isToolKept,
				look: icon("lock"),
				run: acts.keepTool,
			})}
		</div>
		<div class="weft-shapes__row" role="group" aria-label=${t("shapes.shapes")}>
			${shapeTools.map((tool) => renderTool(tool, state, acts))}
		</div>
		<div class="weft-shapes__row" role="group" aria-label=${t("shapes.fill")}>
			${fills.map((fill, index) =>
				renderChoice({
					label: fillLabels[index] ?? fillLabels[0],
					isOn: style.fill === fill,
					look: fillPicture(fill),
					run: () => acts.setLook({ fill }),
				}),
			)}
			<i></i>
			${dashes.map((dash, index) =>
				renderChoice({
					label: dashLabels[index] ?? dashLabels[0],
					isOn: style.dash === dash,
					look: drawing("M3 12h18", `weft-shapes__dash weft-shapes__dash--${dash}`),
					run: () => acts.setLook({ dash }),
				}),
			)}
		</div>
		<div class="weft-shapes__row" role="group" aria-label=${t("shapes.opacity")}>
			${opacities.map((opacity) =>
				renderChoice({
					label: "shapes.opacity.percent",
					percent: opacity,
					isOn: style.opacity === opacity,
					look: glass(opacity),
					run: () => acts.setLook({ opacity }),
				}),
			)}
		</div>
	`;
}

function renderTool(tool: PanelTool, state: BarState, acts: BarActs): TemplateResult {
	const [label, key] = tools[tool];
	return renderChoice({
		label,
		key,
		isOn: state.tool === tool,
		look: picture(tool),
		run: () => acts.setTool(tool),
	});
}

interface Choice {
	readonly label: MessageKey;
	readonly key?: string;
	readonly percent?: number;
	readonly isOn: boolean;
	readonly look: TemplateResult | null;
	readonly run: () => void;
}

function renderChoice({ label, key, percent = 0, isOn, look, run }: Choice): TemplateResult {
	const name = t(label, { percent });
	return html`<button
		type="button"
		class="weft-icon-button"
		aria-label=${name}
		aria-pressed=${isOn}
		aria-keyshortcuts=${key ?? nothing}
		title=${key === undefined ? name : `${name} (${key})`}
		@click=${run}
	>
		${look}
	</button>`;
}

function fillPicture(fill: Fill): TemplateResult {
	return drawing(
		"M6 5h12a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
		`weft-shapes__fill--${fill}`,
	);
}

/** A round glass: what lies behind it shows through. */
function glass(opacity: number): TemplateResult {
	const style = `opacity: ${opacity}%`;
	return html`<span class="weft-shapes__glass"><b .style=${style}></b></span>`;
}
