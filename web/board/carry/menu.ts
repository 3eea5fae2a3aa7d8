/** The rows of the board's menu, most of which lead out of the room or into it. */
import { html, nothing, type TemplateResult } from "lit";
import "../../ui/board-words/choose.ts";
import "../../ui/board-words/carry.ts";
import { boardIcons } from "../../ui/icons/board.ts";
import "../../ui/text-words/cleared.ts";
import { chooseIcons } from "../../ui/icons/choose.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { pageIcons } from "../../ui/icons/page.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import { isOn } from "../device-switch.ts";
import type { BarActs, BarState } from "../toolbar.ts";
import { type OutFormat, outFormats } from "./out.ts";

/** What the rows do. */
export interface MenuActs extends Pick<BarActs, "addPhoto" | "endPenMode"> {
	readonly clear: () => void;
	readonly takeOut: (format: OutFormat) => void;
	readonly open: () => void;
	readonly copy: () => void;
	readonly paste: () => void;
	readonly grid: () => void;
	/** What a pen draws is wider where it presses, or no longer. */
	readonly pressure: () => void;
	/** Opens a field for words at one's pointer; null for who may not talk. */
	readonly say: (() => void) | null;
	readonly bringBack: () => void;
}

const outRows: Readonly<Record<OutFormat, readonly [icon: IconName, label: MessageKey]>> = {
	png: ["image", "carry.png"],
	svg: [boardIcons.shapes, "carry.svg"],
	json: [moreIcons.download, "carry.json"],
	print: [pageIcons.print, "carry.print"],
};

const pasteIcon =
	"M9 5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1h-3M9 3.5h6v3H9z";

/** All of them; what is chosen leaves alone. */
export function renderMenu(state: BarState, acts: MenuActs): TemplateResult {
	const { isEmpty, chosen, isPenMode } = state;
	const isNoneChosen = (chosen?.count ?? 0) === 0;
	const label = t(isNoneChosen ? "carry.out" : "carry.outPart");
	return html`${row({
		icon: "image",
		label: "board.photo",
		run: acts.addPhoto,
		look: "weft-board__menu-photo",
	})}
		${row({ icon: moreIcons.copy, label: "carry.copy", run: acts.copy, isOff: isNoneChosen })}
		${row({ icon: pasteIcon, label: "carry.paste", run: acts.paste })}
		${row({ icon: moreIcons.upload, label: "carry.open", run: acts.open })}
		${row({ icon: chooseIcons.grid, label: "choose.grid", run: acts.grid, isOn: isOn("grid") })}
		${acts.say === null ? nothing : row({ icon: "chat", label: "board.say", run: acts.say })}
		<div class="weft-carry__menu" role="group" aria-label=${label}>
			<p>${label}</p>
			${outFormats.map((format) => {
				const [icon, label] = outRows[format];
				return row({ icon, label, run: () => acts.takeOut(format), isOff: isEmpty });
			})}
		</div>
		${isPenMode || isOn("even-lines") ? pressureRow(acts) : nothing}
		${isPenMode ? row({ icon: "hand", label: "board.fingersDraw", run: acts.endPenMode }) : nothing}
		${row({ icon: "undo", label: "cleared.open", run: acts.bringBack })}
		${row({
			icon: "trash",
			label: "board.clear",
			run: acts.clear,
			isOff: isEmpty,
			look: "weft-button--danger",
		})}`;
}

/** For who has a pen, or switched it off. */
function pressureRow({ pressure: run }: MenuActs): TemplateResult {
	return row({ icon: "pen", label: "board.pressure", run, isOn: !isOn("even-lines") });
}

function row(button: {
	readonly icon: IconName;
	readonly label: MessageKey;
	readonly run: () => void;
	readonly isOff?: boolean;
	/** Of what is on or off. */
	readonly isOn?: boolean;
	/** For the style sheet. */
	readonly look?: string;
}): TemplateResult {
	return html`<button
		type="button"
		class="weft-button weft-button--ghost ${button.look ?? ""}"
		aria-pressed=${button.isOn ?? nothing}
		?disabled=${button.isOff ?? false}
		@click=${button.run}
	>
		${icon(button.icon)} ${t(button.label)}
	</button>`;
}
