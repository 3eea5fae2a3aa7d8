/** One of a few words, chosen from a list that opens. */
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import "./choice.css";

/** What a choice says and does. */
export interface ChoiceOptions<Value extends string> {
	readonly label: string;
	/** For who sees it: else only a screen reader reads the label. */
	readonly isLabelHidden?: boolean;
	readonly value: Value;
	readonly options: readonly { readonly value: Value; readonly words: string }[];
	readonly change: (value: Value) => void;
}

/** The native list: keyboards and phones know it. Drawn again it shows `value` again. */
export function choice<Value extends string>(parts: ChoiceOptions<Value>): TemplateResult {
	const { label, isLabelHidden = false, value, options, change } = parts;
	const onChange = ({ currentTarget }: Event): void => {
		const chosen = options[(currentTarget as HTMLSelectElement).selectedIndex];
		if (chosen !== undefined) change(chosen.value);
	};
	return html`<label class="weft-choice">
		<span class=${isLabelHidden ? "weft-hidden" : ""}>${label}</span>
		<select class="weft-input" @change=${onChange}>
			${options.map(
				(option) =>
					html`<option value=${option.value} .selected=${live(option.value === value)}>
						${option.words}
					</option>`,
			)}
		</select>
	</label>`;
}
