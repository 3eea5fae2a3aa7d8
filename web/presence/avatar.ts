/** A person's face, initials on their colour, and the mark of who has an account. */
import { html, nothing, type TemplateResult } from "lit";
import "./avatar.css";
import type { Person } from "../../shared/awareness.ts";
import { isAccountId } from "../../shared/ids.ts";
import { initialsOf, inkOn } from "../ui/colors/face.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/people.ts";

/** What else a face shows. */
export interface Mien {
	/** Nobody sits there now. */
	readonly isIdle?: boolean;
	readonly isHandUp?: boolean;
}

/**
 * A round face. It says nothing to a screen reader, and its letters are drawn by the style: the
 * name stands beside it or in a label.
 */
export function avatar(person: Person, { isIdle, isHandUp }: Mien = {}): TemplateResult {
	const colors = `background:${person.color};color:${inkOn(person.color)}`;
	return html`<span
		class="weft-avatar ${isIdle ? "weft-avatar--idle" : ""}"
		.style=${colors}
		data-initials=${initialsOf(person.name)}
		aria-hidden="true"
	>${isHandUp ? html`<span class="weft-avatar__hand">${icon("hand")}</span>` : nothing}</span>`;
}

/** Stands behind a name. Names can be alike; nobody but who has an account has this. */
export function memberMark(userId: string): TemplateResult | typeof nothing {
	if (!isAccountId(userId)) return nothing;
	const label = t("frame.people.member");
	return html`<span class="weft-member" role="img" aria-label=${label} title=${label}>
		${icon("check")}
	</span>`;
}
