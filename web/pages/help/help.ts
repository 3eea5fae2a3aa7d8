/** Which keys do what, and the switch for those without a modifier. */
import { html, nothing, type TemplateResult } from "lit";
import "./help.css";
import { deviceMemory } from "../../sync/me.ts";
import { openDialog } from "../../ui/dialog.ts";
import { switchRow } from "../../ui/forms/switch.ts";
import { t } from "../../ui/messages.ts";
import { areSingleKeysOn, keyWords, switchSingleKeys } from "../../ui/shortcuts.ts";
import { type KeyGroup, type KeyRow, keyGroups } from "./key-list.ts";

/** Shows which keys do what. */
export function openHelp(): void {
	document.querySelector<HTMLElement>("#weft-room-menu:popover-open")?.hidePopover();
	const dialog = openDialog({ title: t("frame.help"), content: content(), className: "weft-keys" });
	dialog.element.addEventListener("change", () => dialog.update(content()));
}

function content(): TemplateResult {
	return html`
		${switchRow({
			label: t("frame.help.single"),
			note: t("frame.help.singleNote"),
			isOn: areSingleKeysOn(),
			change: (isOn) => switchSingleKeys(isOn, deviceMemory()),
		})}
		<div class="weft-help" ?data-off=${!areSingleKeysOn()}>${keyGroups.map(group)}</div>
	`;
}

function group({ place, rows }: KeyGroup): TemplateResult {
	return html`<section>
		<h3>${t(place)}</h3>
		<dl>${rows.map(row)}</dl>
	</section>`;
}

function row([does, ...chords]: KeyRow): TemplateResult {
	return html`<div>
		<dt>${t(does)}</dt>
		<dd>${waysOf(chords).map(way)}</dd>
	</div>`;
}

/** The ways to one thing. What a chord shares with the one before it is not said again. */
function waysOf(chords: readonly string[]): string[][] {
	const said = chords.map((chord) => keyWords(chord));
	return said.map((words, index) => {
		const held = words.slice(0, -1).join(" ");
		const heldBefore = said[index - 1]?.slice(0, -1).join(" ");
		return held !== "" && held === heldBefore ? words.slice(-1) : words;
	});
}

/** The keys of one chord stand beside each other; a dot leads to another way to the same thing. */
function way(words: readonly string[], index: number, all: readonly string[][]): TemplateResult {
	const next = all[index + 1];
	const dot = next === undefined || isArrow(next) ? nothing : html`<i>·</i>`;
	return html`<span>${words.map((word) => html`<kbd>${word}</kbd>`)}${dot}</span>`;
}

function isArrow([key = ""]: readonly string[]): boolean {
	return /^[←↑→↓]$/.test(key);
}
