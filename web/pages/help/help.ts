/** Which keys do what, and the switch for those without a modifier. */
import { html, type TemplateResult } from "lit";
import "./help.css";
import { deviceMemory } from "../../sync/me.ts";
import { openDialog } from "../../ui/dialog.ts";
import { switchRow } from "../../ui/forms/switch.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import { areSingleKeysOn, switchSingleKeys } from "../../ui/shortcuts.ts";

type Row = readonly [keys: string, key: MessageKey];

/** Keys of one chord stand beside each other; a dot separates ways to the same thing. */
const groups: readonly (readonly [MessageKey, readonly Row[]])[] = [
	[
		"frame.help.everywhere",
		[
			["Alt Shift 1 … 4", "frame.help.surfaces"],
			["F6 · Shift F6", "frame.help.panes"],
			["Alt C", "frame.help.chat"],
			["Alt Shift H", "frame.help.hand"],
			["Ctrl Z · Ctrl Shift Z", "frame.help.undo"],
			["Esc", "frame.help.close"],
			["?", "frame.help.this"],
		],
	],
	[
		"frame.room.document",
		[
			["Ctrl B · I · U", "frame.help.style"],
			["Ctrl K", "text.link"],
			["Ctrl Shift 1 … 3", "frame.help.headings"],
			["Ctrl Shift 7 … 9", "frame.help.lists"],
			["Alt F10", "frame.help.toolbar"],
		],
	],
	[
		"frame.room.board",
		[
			["P · E · H · V", "frame.help.tools"],
			["9 · Ctrl U", "board.photo"],
			["Space", "frame.help.space"],
			["Ctrl + · Ctrl −", "frame.help.zoom"],
			["Ctrl 0 · Shift 1", "frame.help.fit"],
			["← ↑ → ↓", "frame.help.nudge"],
		],
	],
	[
		"frame.room.chat",
		[
			["Enter", "chat.send"],
			["Shift Enter", "frame.help.newLine"],
			["↑", "frame.help.correct"],
			["Shift Tab", "frame.help.messages"],
		],
	],
	[
		"frame.room.photos",
		[
			["← →", "frame.help.nextPhoto"],
			["Space", "photos.show"],
			["E", "photos.caption"],
			["Delete", "photos.remove"],
		],
	],
];

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
		<div class="weft-help" ?data-off=${!areSingleKeysOn()}>${groups.map(group)}</div>
	`;
}

function group([title, rows]: (typeof groups)[number]): TemplateResult {
	return html`<section>
		<h3>${t(title)}</h3>
		<dl>
			${rows.map(
				([keys, key]) => html`<div>
					<dt>${t(key)}</dt>
					<dd>${keys.split(" ").map(keyCap)}</dd>
				</div>`,
			)}
		</dl>
	</section>`;
}

function keyCap(part: string): TemplateResult {
	return /^[·…]$/.test(part) ? html`<i>${part}</i>` : html`<kbd>${part}</kbd>`;
}
