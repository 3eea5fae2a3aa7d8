/** The button that goes round: as the system, light, dark. */
import { html, type TemplateResult } from "lit";
import { deviceMemory } from "../sync/me.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/choices.ts";
import { chooseTheme, chosenTheme, nextTheme, themeIcons } from "../ui/theme.ts";

/** `changed` is called after a press, so that the page draws the button anew. */
export function themeButton(changed: () => void): TemplateResult {
	const memory = deviceMemory();
	const theme = chosenTheme(memory);
	const label = t(`frame.theme.${theme}`);
	const press = (): void => {
		chooseTheme(nextTheme(theme), memory);
		changed();
	};
	return html`<button class="weft-icon-button" aria-label=${label} title=${label} @click=${press}>
		${icon(themeIcons[theme])}
	</button>`;
}
