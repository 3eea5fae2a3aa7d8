/** A person's face: initials on their colour. */
import { html, type TemplateResult } from "lit";
import "./avatar.css";
import type { Person } from "../../shared/awareness.ts";
import { initialsOf, inkOn } from "./roster.ts";

/**
 * A round face. It says nothing to a screen reader, and its letters are drawn by the style: the
 * name stands beside it or in a label.
 */
export function avatar(person: Person, isIdle = false): TemplateResult {
	const colors = `background:${person.color};color:${inkOn(person.color)}`;
	return html`<span
		class="weft-avatar ${isIdle ? "weft-avatar--idle" : ""}"
		.style=${colors}
		data-initials=${initialsOf(person.name)}
		aria-hidden="true"
	></span>`;
}
