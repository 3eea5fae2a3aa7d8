/** The buttons of the board, as templates: what they show comes in, what they do goes out. */
import "./toolbar.css";
import { html, nothing, type TemplateResult } from "lit";
import { lineWidths, type PaletteName, paletteNames } from "../../shared/surfaces/board.ts";
import { isWordsKind, type WordsKind } from "../../shared/surfaces/words/letters.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { lockedNote } from "../ui/forms/locked.ts";
import { boardIcons } from "../ui/icons/board.ts";
import { type IconName, icon } from "../ui/icons.ts";
import { type MessageKey, t } from "../ui/messages.ts";
import type { BoardStyle } from "./tools/style.ts";
import type { ToolName } from "./tools/tool.ts";

/** A panel that opens from the bar. */
export type Panel = "style" | "shapes" | "more" | "order";

/** What the buttons show. */
export interface BarState {
	readonly tool: ToolName;
	/** After a shape its tool stays in the hand. */
	readonly isToolKept: boolean;
	readonly style: BoardStyle;
	readonly percent: number;
	readonly canUndo: boolean;
	readonly canRedo: boolean;
	readonly isEmpty: boolean;
	/** The bar has room for texts and notes; else they are in the panel of shapes. */
	readonly hasWords: boolean;
	/** What is chosen; null before anything was. */
	readonly chosen: { readonly count: number } | null;
	/** What is in the hand has a bar of its own, below this one or above. */
	readonly hasSecondBar: boolean;
	readonly isPenMode: boolean;
	readonly panel: Panel | null;
}

/** What the buttons do. */
export interface BarActs {
	readonly setTool: (tool: ToolName) => void;
	readonly setStyle: (style: Partial<BoardStyle>) => void;
	/** The same, and the panel stays open: one chooses several. */
	readonly setLook: (look: Partial<BoardStyle>) => void;
	readonly keepTool: () => void;
	readonly addPhoto: () => void;
	readonly undo: () => void;
	readonly redo: () => void;
	/** Begins a message about what is chosen. */
	readonly talk: () => void;
	readonly erase: () => void;
	/** Types into the one item that is chosen. */
	readonly write: () => void;
	readonly endPenMode: () => void;
	/** Rows of the board's menu; nothing before their code is here. */
	readonly menu: (state: BarState) => TemplateResult | typeof nothing;
	readonly toggle: (panel: Panel) => void;
	readonly zoomBy: (direction: number) => void;
	readonly zoomHome: () => void;
	readonly fit: () => void;
}

/** What shapes bring to the bar, once they are here. */
export interface KitView {
	/** A tool of theirs; null for others. */
	readonly picture: (tool: ToolName) => TemplateResult | null;
	readonly panel: (state: BarState, acts: BarActs) => TemplateResult;
}

type BarTool = "select" | "hand" | "pen" | "eraser" | WordsKind;

const tools: Readonly<Record<BarTool, { icon: IconName; label: MessageKey; key: string }>> = {
	select: { icon: boardIcons.pointer, label: "board.select", key: "V" },
	hand: { icon: "hand", label: "board.hand", key: "H" },
	pen: { icon: "pen", label: "board.pen", key: "P" },
	eraser: { icon: boardIcons.eraser, label: "board.eraser", key: "E" },
	text: { icon: boardIcons.letters, label: "board.text", key: "T" },
	note: { icon: boardIcons.note, label: "board.note", key: "N" },
};

const barTools = Object.keys(tools) as BarTool[];

/** True for a tool that has its button in the bar now. */
function isInBar(tool: ToolName, { hasWords }: BarState): tool is BarTool {
	return Object.hasOwn(tools, tool) && (hasWords || !isWordsKind(tool));
}

const widthKeys: readonly MessageKey[] = [
	"board.width.0",
	"board.width.1",
	"board.width.2",
	"board.width.3",
];

const colorKeys: Readonly<Record<PaletteName, MessageKey>> = {
	ink: "board.color.ink",
	grey: "board.color.grey",
	red: "board.color.red",
	orange: "board.color.orange",
	yellow: "board.color.yellow",
	green: "board.color.green",
	blue: "board.color.blue",
	violet: "board.color.violet",
};

/** What is asked of the room. */
type BarRoom = Pick<RoomClient, "may" | "rights">;

/** The bar of tools with colours, widths, undo and the rest; why not, where one may not draw. */
export function renderBar(
	state: BarState,
	acts: BarActs,
	kit: KitView | null,
	room: BarRoom,
): TemplateResult {
	if (!room.may("board")) return html`<div class="weft-board__bar">${lockedNote(room)}</div>`;
	return html`<div
		class="weft-board__bar"
		role="group"
		aria-label=${t("board.tools")}
	>
		<div class="weft-board__group">
			${barTools.map((tool) => (isInBar(tool, state) ? renderTool(tool, state, acts) : nothing))}
			${renderShapes(state, acts, kit)}
			${iconButton({
				icon: "image",
				label: "board.photo",
				key: "9",
				run: acts.addPhoto,
				name: "photo",
			})}
		</div>
		<div class="weft-board__group weft-board__pick">${renderStyleButton(state, acts)}</div>
		<div
			class="weft-board__group weft-board__style"
			?data-open=${state.panel === "style"}
		>
			<div class="weft-board__colors" role="group" aria-label=${t("board.colors")}>
				${paletteNames.map((name, color) => renderColor(name, color, state, acts))}
			</div>
			<div class="weft-board__widths" role="group" aria-label=${t("board.widths")}>
				${lineWidths.map((_, width) => renderWidth(width, state, acts))}
			</div>
		</div>
		<div class="weft-board__group">
			${iconButton({
				icon: "undo",
				label: "board.undo",
				key: "Ctrl+Z",
				run: acts.undo,
				isOff: !state.canUndo,
			})}
			${iconButton({
				icon: "redo",
				label: "board.redo",
				key: "Ctrl+Shift+Z",
				run: acts.redo,
				isOff: !state.canRedo,
				name: "redo",
			})}
			${renderMore(state, acts)}
		</div>
	</div>`;
}

/** The buttons of the zoom. */
export function renderZoom(state: BarState, acts: BarActs): TemplateResult {
	const home = t("board.zoomHome", { percent: state.percent });
	return html`<div class="weft-board__zoom" role="group" aria-label=${t("board.view")}>
		${iconButton({
			icon: "minus",
			label: "board.zoomOut",
			key: "Ctrl+−",
			run: () => acts.zoomBy(-1),
		})}
		<button
			type="button"
			class="weft-board__percent"
			aria-label=${home}
			title=${`${home} (Ctrl+0)`}
			@click=${acts.zoomHome}
		>
			${state.percent}%
		</button>
		${iconButton({ icon: "plus", label: "board.zoomIn", key: "Ctrl++", run: () => acts.zoomBy(1) })}
		${iconButton({ icon: boardIcons.zoomFit, label: "board.fit", key: "Shift+1", run: acts.fit })}
	</div>`;
}

function renderTool(tool: BarTool, state: BarState, acts: BarActs): TemplateResult {
	const { icon: name, label, key } = tools[tool];
	return html`<button
		type="button"
		class="weft-icon-button weft-board__tool weft-board__tool--${tool}"
		aria-label=${t(label)}
		aria-pressed=${handOf(state) === tool}
		aria-keyshortcuts=${key}
		title=${`${t(label)} (${key})`}
		@click=${() => acts.setTool(handOf(state) === tool ? state.tool : tool)}
	>
		${icon(name)}
	</button>`;
}

/** The tool in the hand; both erasers have one button. */
function handOf({ tool }: BarState): ToolName {
	return tool === "partEraser" ? "eraser" : tool;
}

/** Shapes stand behind one button, which shows the one in the hand. */
function renderShapes(state: BarState, acts: BarActs, kit: KitView | null): TemplateResult {
	const isOpen = state.panel === "shapes";
	return html`<button
			type="button"
			class="weft-icon-button"
			aria-label=${t("board.shapes")}
			aria-expanded=${isOpen}
			aria-pressed=${!isInBar(handOf(state), state)}
			title=${t("board.shapes")}
			@click=${() => acts.toggle("shapes")}
		>
			${(isInBar(state.tool, state) ? null : kit?.picture(state.tool)) ?? icon(boardIcons.shapes)}
		</button>
		<div class="weft-board__panel" ?data-open=${isOpen && kit !== null}>
			${isOpen ? kit?.panel(state, acts) : nothing}
		</div>`;
}

/** On narrow boards colours and widths stand behind one button that shows both. */
function renderStyleButton(state: BarState, acts: BarActs): TemplateResult {
	const color = paletteNames[state.style.color] ?? "ink";
	const width = widthKeys[state.style.width] ?? "board.width.1";
	return html`<button
		type="button"
		class="weft-icon-button"
		aria-label=${`${t("board.style")}: ${colorName(color)}, ${t(width)}`}
		aria-expanded=${state.panel === "style"}
		title=${t("board.style")}
		@click=${() => acts.toggle("style")}
	>
		<span
			class="weft-board__mark weft-board__mark--${state.style.width} weft-board__ink--${color}"
		></span>
	</button>`;
}

function renderColor(
	name: (typeof paletteNames)[number],
	color: number,
	state: BarState,
	acts: BarActs,
): TemplateResult {
	return html`<button
		type="button"
		class="weft-board__swatch weft-board__ink--${name}"
		aria-label=${colorName(name)}
		aria-pressed=${state.style.color === color}
		title=${colorName(name)}
		@click=${() => acts.setStyle({ color })}
	></button>`;
}

function renderWidth(width: number, state: BarState, acts: BarActs): TemplateResult {
	const label = t(widthKeys[width] ?? "board.width.1");
	return html`<button
		type="button"
		class="weft-icon-button weft-board__width"
		aria-label=${label}
		aria-pressed=${state.style.width === width}
		title=${label}
		@click=${() => acts.setStyle({ width })}
	>
		<span class="weft-board__mark weft-board__mark--${width}"></span>
	</button>`;
}

/** Its rows come with what they do. */
function renderMore(state: BarState, acts: BarActs): TemplateResult {
	const rows = state.panel === "more" ? acts.menu(state) : nothing;
	return html`<div class="weft-board__more">
		<button
			type="button"
			class="weft-icon-button"
			aria-label=${t("board.more")}
			aria-expanded=${state.panel === "more"}
			title=${t("board.more")}
			@click=${() => acts.toggle("more")}
		>
			${icon("more")}
		</button>
		<div class="weft-board__menu" ?data-open=${rows !== nothing}>${rows}</div>
	</div>`;
}

function iconButton(button: {
	readonly icon: IconName;
	readonly label: MessageKey;
	readonly key: string;
	readonly run: () => void;
	readonly isOff?: boolean;
	/** For the style sheet. */
	readonly name?: string;
}): TemplateResult {
	return html`<button
		type="button"
		class="weft-icon-button ${button.name === undefined ? "" : `weft-board__${button.name}`}"
		aria-label=${t(button.label)}
		title=${`${t(button.label)} (${button.key})`}
		?disabled=${button.isOff ?? false}
		@click=${button.run}
	>
		${icon(button.icon)}
	</button>`;
}

/** The name of a colour of the palette, for its button and for the outline. */
export function colorName(name: PaletteName): string {
	return t(colorKeys[name]);
}
