/** A row with a switch: what it is, a note, on or off. */
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import "./switch.css";

/** What a row says and does. */
export interface SwitchOptions {
	readonly label: string;
	readonly note: string;
	readonly isOn: boolean;
	readonly isDisabled?: boolean;
	readonly change: (isOn: boolean) => void;
}

/** The row; all of it is pressed. Drawn again it shows `isOn` again. */
export function switchRow(options: SwitchOptions): TemplateResult {
	const { label, note, isOn, isDisabled = false, change } = options;
	return html`<label class="weft-switch">
		<span>${label}<small>${note}</small></span>
		<input
			type="checkbox"
			role="switch"
			.checked=${live(isOn)}
			?disabled=${isDisabled}
			@change=${({ currentTarget }: Event) => change((currentTarget as HTMLInputElement).checked)}
		/>
	</label>`;
}
