/** A field for a password, as browsers and their keepers of passwords know it. */
import { html, type TemplateResult } from "lit";
import { passwordLengthMax } from "../../../shared/limits.ts";

/** Which password it is. */
export interface PasswordFieldOptions {
	readonly label: string;
	readonly name: string;
	/** One that is kept somewhere is offered; for a new one a safe one is. */
	readonly isNew: boolean;
}

/** The field and its label. */
export function passwordField({ label, name, isNew }: PasswordFieldOptions): TemplateResult {
	return html`<label>
		<span class="weft-me__label">${label}</span>
		<input
			class="weft-input"
			name=${name}
			type="password"
			maxlength=${passwordLengthMax}
			autocomplete=${isNew ? "new-password" : "current-password"}
		/>
	</label>`;
}
