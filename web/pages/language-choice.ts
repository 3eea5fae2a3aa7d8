/** The languages as buttons, each under its own name. */
import { html, type TemplateResult } from "lit";
import "./language-choice.css";
import { deviceMemory } from "../sync/me.ts";
import { type Language, languages, rememberLanguage, spokenLanguage } from "../ui/language.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/choices.ts";

/** The page opens anew in the language that is chosen: no word of the other one stays. */
export function languageChoice(): TemplateResult {
	return html`<fieldset class="weft-language">
		<legend class="weft-hidden">${t("frame.language")}</legend>
		${languages.map(choice)}
	</fieldset>`;
}

function choice(language: Language): TemplateResult {
	const name = new Intl.DisplayNames([language], { type: "language" }).of(language);
	return html`<button
		type="button"
		class="weft-button weft-button--ghost"
		lang=${language}
		aria-pressed=${language === spokenLanguage()}
		@click=${() => choose(language)}
	>
		${name}
	</button>`;
}

function choose(language: Language): void {
	if (language === spokenLanguage()) return;
	rememberLanguage(language, deviceMemory());
	// Without a network and a copy of the app nothing would open: it speaks it the next time.
	const canOpen = navigator.onLine || navigator.serviceWorker?.controller != null;
	if (canOpen) location.reload();
}
