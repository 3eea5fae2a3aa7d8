/** The menu of a room: what is needed seldom. */
import { html, type TemplateResult } from "lit";
import "./menu.css";
import { deviceMemory } from "../../sync/me.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { placeOnToggle } from "../../ui/popover.ts";
import { chooseTheme, chosenTheme, type Theme, themeIcons, themes } from "../../ui/theme.ts";
import { orSay } from "../../ui/toast.ts";
import { languageChoice } from "../language-choice.ts";

/** The button and what it opens; `changed` is called when the theme was chosen. */
export function roomMenu(changed: () => void): TemplateResult {
	const label = t("frame.room.menu");
	return html`
		<button
			id="weft-room-menu-button"
			class="weft-icon-button"
			popovertarget="weft-room-menu"
			aria-label=${label}
			title=${label}
		>
			${icon("more")}
		</button>
		<div
			id="weft-room-menu"
			class="weft-popover weft-room-menu"
			popover
			@toggle=${(event: Event) => placeOnToggle(event, findButton)}
		>
			<fieldset class="weft-room-menu__themes">
				<legend class="weft-hidden">${t("frame.theme")}</legend>
				${themes.map((theme) => themeChoice(theme, changed))}
			</fieldset>
			${languageChoice()}
			<button class="weft-button weft-button--ghost" @click=${showHelp}>
				${icon("help")} ${t("frame.help")}
			</button>
		</div>
	`;
}

/** Shows which keys do what. */
export function showHelp(): void {
	void orSay(async () => {
		const { openHelp } = await import("../help/help.ts");
		openHelp();
	});
}

function findButton(): Element | null {
	return document.querySelector("#weft-room-menu-button");
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
