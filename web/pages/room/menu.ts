/** The rows of a room's menu: what is needed seldom. */
import { html, type TemplateResult } from "lit";
import "./menu.css";
import { deviceMemory } from "../../sync/me.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/choices.ts";
import { chooseTheme, chosenTheme, type Theme, themeIcons, themes } from "../../ui/theme.ts";
import { languageChoice } from "../language-choice.ts";

/** `changed` is called when the theme was chosen, `help` shows which keys do what. */
export function menuRows(changed: () => void, help: () => void): TemplateResult {
	return html`
		<fieldset class="weft-room-menu__themes">
			<legend class="weft-hidden">${t("frame.theme")}</legend>
			${themes.map((theme) => themeChoice(theme, changed))}
		</fieldset>
		${languageChoice()}
		<button class="weft-button weft-button--ghost" @click=${help}>
			${icon("help")} ${t("frame.help")}
		</button>
	`;
}

function themeChoice(theme: Theme, changed: () => void): TemplateResult {
	const memory = deviceMemory();
	const choose = (): void => {
		chooseTheme(theme, memory);
		changed();
	};
	const label = t(`frame.theme.${theme}`);
	return html`<button
		class="weft-icon-button"
		aria-pressed=${chosenTheme(memory) === theme}
		aria-label=${label}
		title=${label}
		@click=${choose}
	>
		${icon(themeIcons[theme])}
	</button>`;
}
