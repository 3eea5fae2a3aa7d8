/** The page of a server that lets in only those who sign in. */
import { html, type TemplateResult } from "lit";
import "./words-page.css";
import "../presence/me/sign-in.ts";
import type { Me } from "../sync/me.ts";
import { logo } from "../ui/logo.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/account.ts";
import { setPageTitle } from "./page-title.ts";

/** It; `done` is called when `me` is who signed in. */
export function signInPage(me: Me, done: () => void): TemplateResult {
	setPageTitle(`${t("account.signIn")} · ${t("frame.name")}`);
	return html`<main class="weft-plain">
		<span class="weft-plain__mark">${logo()}</span>
		<h1>${t("account.signIn")}</h1>
		<p>${t("account.members")}</p>
		<weft-sign-in .me=${me} .done=${done}></weft-sign-in>
	</main>`;
}
