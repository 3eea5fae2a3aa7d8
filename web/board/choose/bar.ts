/** The bar of what can be done with what is chosen: pictures in a row, near the tools. */
import "./choose.css";
import { html, nothing, type TemplateResult } from "lit";
import { boardIcons } from "../../ui/icons/board.ts";
import { chooseIcons } from "../../ui/icons/choose.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import "../../ui/board-words/choose.ts";
import "../../ui/board-words/shapes.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import { sayKeys } from "../../ui/shortcuts.ts";
import type { BarActs, BarState } from "../toolbar.ts";
import type { Acts } from "./acts.ts";
import type { ChosenSummary } from "./chosen.ts";

interface Choice {
	readonly icon: IconName;
	readonly label: MessageKey;
	readonly keys: string;
	readonly run: () => void;
	readonly isOff?: boolean;
}

/** See the head of this file. It makes room for any panel that is opened. */
export function renderChosenBar(
	state: BarState,
	acts: BarActs,
	chosen: { readonly acts: Acts; readonly summary: ChosenSummary },
): TemplateResult | typeof nothing {
	const { count, isLocked } = chosen.summary;
	if (count === 0 || (state.panel !== null && state.panel !== "order")) return nothing;
	const isOff = isLocked;
	return html`<div class="weft-choose" role="group" aria-label=${t("choose.bar")}>
		${choice({
			icon: chooseIcons.duplicate,
			label: "choose.duplicate",
			keys: "Ctrl+D",
			run: () => chosen.acts.duplicate(),
		})}
		${renderSecond(chosen, acts)}
		${renderOrder(state, acts, { acts: chosen.acts, isOff })}
		${choice({
			icon: isLocked ? chooseIcons.unlock : "lock",
			label: isLocked ? "choose.unlock" : "choose.lock",
			keys: "Ctrl+Shift+L",
			run: () => chosen.acts.lock(),
		})}
		<i></i>
		${choice({ icon: "chat", label: "board.talk", keys: "Ctrl+Alt+M", run: acts.talk })}
		${choice({ icon: "trash", label: "board.delete", keys: "Delete", run: acts.erase, isOff })}
	</div>`;
}

/** One item is typed into where it can be; several are made a group, or are one no more. */
function renderSecond(
	{ acts, summary }: { readonly acts: Acts; readonly summary: ChosenSummary },
	{ write }: BarActs,
): TemplateResult {
	const { count, isLocked, isGroup, hasWords } = summary;
	if (hasWords && !isGroup) {
		const { letters } = boardIcons;
		return choice({ icon: letters, label: "choose.write", keys: "Enter", run: write });
	}
	return isGroup
		? choice({
				icon: chooseIcons.ungroup,
				label: "choose.ungroup",
				keys: "Ctrl+Shift+G",
				run: () => acts.ungroup(),
				isOff: isLocked,
			})
		: choice({
				icon: chooseIcons.group,
				label: "choose.group",
				keys: "Ctrl+G",
				run: () => acts.group(),
				isOff: isLocked || count < 2,
			});
}

const orders = [
	{ order: "front", label: "choose.front", keys: "Ctrl+Shift+]" },
	{ order: "forward", label: "choose.forward", keys: "Ctrl+]" },
	{ order: "backward", label: "choose.backward", keys: "Ctrl+[" },
	{ order: "back", label: "choose.back", keys: "Ctrl+Shift+[" },
] as const;

/** Four ways behind one button. */
function renderOrder(
	state: BarState,
	acts: BarActs,
	chosen: { readonly acts: Acts; readonly isOff: boolean },
): TemplateResult {
	const isOpen = state.panel === "order";
	return html`<button
			type="button"
			class="weft-icon-button"
			aria-label=${t("choose.order")}
			aria-expanded=${isOpen}
			title=${t("choose.order")}
			?disabled=${chosen.isOff}
			@click=${() => acts.toggle("order")}
		>
			${icon(chooseIcons.order)}
		</button>
		<div class="weft-choose__orders" ?data-open=${isOpen}>
			${orders.map(({ order, label, keys }) =>
				choice({
					icon: chooseIcons[order],
					label,
					keys,
					run: () => chosen.acts.lay(order),
				}),
			)}
		</div>`;
}

function choice({ icon: name, label, keys, run, isOff = false }: Choice): TemplateResult {
	const words = t(label);
	return html`<button
		type="button"
		class="weft-icon-button"
		aria-label=${words}
		title=${`${words} (${sayKeys(keys)})`}
		?disabled=${isOff}
		@click=${run}
	>
		${icon(name)}
	</button>`;
}
