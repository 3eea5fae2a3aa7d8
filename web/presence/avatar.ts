/** A person's face: initials on their colour. */
import { html, nothing, type TemplateResult } from "lit";
import "./avatar.css";
import type { Person } from "../../shared/awareness.ts";
import { icon } from "../ui/icons.ts";
import { initialsOf, inkOn } from "./roster.ts";

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
