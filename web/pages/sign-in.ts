/** The page of a server that lets in only those who sign in. */
import { html, type TemplateResult } from "lit";
import "./words-page.css";
import { titleOf } from "../presence/me/sign-in.ts";
import type { Me } from "../sync/me.ts";
import { logo } from "../ui/logo.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/account.ts";
import { setPageTitle } from "./page-title.ts";

/** It; `done` is called when `me` is who signed in. */
export function signInPage(me: Me, done: () => void): TemplateResult {
	return html`<main class="weft-plain">
		<span class="weft-plain__mark">${logo()}</span>
		<weft-sign-in
			.me=${me}
			.done=${done}
			.heading=${heading}
			.turned=${turned}
		></weft-sign-in>
	</main>`;
}

function heading(isNew: boolean): TemplateResult {
	return html`<h1>${titleOf(isNew)}</h1>
		<p>${t(isNew ? "account.membersNew" : "account.members")}</p>`;
}

function turned(isNew: boolean): void {
	setPageTitle(`${titleOf(isNew)} · ${t("frame.name")}`);
}
