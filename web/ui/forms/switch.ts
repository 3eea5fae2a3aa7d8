/** A row with a switch: what it is, a note, on or off. */
import { html, type TemplateResult } from "lit";
import type { DirectiveResult } from "lit/directive.js";
import "./switch.css";

/** What a row says and does. */
export interface SwitchOptions {
	readonly label: string;
	readonly note: string;
	/** Give it `live` where what is pressed may not come to be. */
	readonly isOn: boolean | DirectiveResult;
	readonly isDisabled?: boolean;
	readonly change: (isOn: boolean) => void;
}

/** The row; all of it is pressed. */
export function switchRow(options: SwitchOptions): TemplateResult {
	const { label, note, isOn, isDisabled = false, change } = options;
	return html`<label class="weft-switch">
		<span>${label}<small>${note}</small></span>
		<input
			type="checkbox"
			role="switch"
			.checked=${isOn}
			?disabled=${isDisabled}
			@change=${({ currentTarget }: Event) => change((currentTarget as HTMLInputElement).checked)}
		/>
	</label>`;
}
