/** A page that has nothing but words, and at most one thing to do. */
import { html, nothing, type TemplateResult } from "lit";
import "./words-page.css";
import { appUrl } from "../sync/base.ts";
import { logo } from "../ui/logo.ts";
import { t } from "../ui/messages.ts";

/** What it says. */
export interface Words {
	readonly title: string;
	readonly text?: string;
	readonly action?: { readonly label: string; readonly run: () => void };
}

/** The page. The mark leads home. */
export function wordsPage({ title, text, action }: Words): TemplateResult {
	return html`
		<main class="weft-plain">
			<a class="weft-plain__mark" href=${appUrl("")} aria-label=${t("frame.goHome")}>${logo()}</a>
			<h1>${title}</h1>
			${text === undefined ? nothing : html`<p>${text}</p>`}
			${
				action === undefined
					? nothing
					: html`<button
							class="weft-button weft-button--primary weft-button--big"
							@click=${action.run}
						>
							${action.label}
						</button>`
			}
		</main>
	`;
}
