/** Weft's sign at the head of a page of its own: it leads home. */
import { html, type TemplateResult } from "lit";
import "./home-mark.css";
import { appUrl } from "../sync/base.ts";
import { logo } from "../ui/logo.ts";
import { t } from "../ui/messages.ts";

/** See above. */
export function homeMark(): TemplateResult {
	return html`<a class="weft-home-mark" href=${appUrl("")} aria-label=${t("frame.goHome")}>
		${logo()}
	</a>`;
}
