/** The way to the page of who runs the server: others fetch nothing of it, nor its words. */
import { html, type TemplateResult } from "lit";
import type { Me } from "../sync/me.ts";
import { spokenLanguage } from "../ui/language.ts";
import { addWords } from "../ui/messages.ts";

/** The page, when it and its words have come. */
export async function adminPage(me: Me): Promise<TemplateResult> {
	const coming = spokenLanguage() === "de" ? import("../ui/admin/german.ts") : null;
	const [german] = await Promise.all([coming, import("./admin/page.ts")]);
	if (german !== null) addWords(german.adminGerman);
	return html`<weft-admin .me=${me}></weft-admin>`;
}
