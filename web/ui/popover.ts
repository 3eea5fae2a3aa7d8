/** Native popovers: the button of a menu, and their place beside what opens them. */
import { html, type TemplateResult } from "lit";
import type { Cancel } from "../../shared/clock.ts";
import { icon } from "./icons.ts";

const gapPx = 8;

/** What has a place on the page: an element, or a part of a drawing. */
export interface Placed {
	getBoundingClientRect(): DOMRect;
}

/**
 * Puts an open popover under its anchor, or above it where there is no room below, and never
 * over the edge of the window. On a phone the sheet's own style wins.
 */
export function placePopover(popover: HTMLElement, anchor: Placed): void {
	const anchorBox = anchor.getBoundingClientRect();
	const { offsetWidth, offsetHeight } = popover;
	const leftMax = innerWidth - offsetWidth - gapPx;
	const wantedLeft = anchorBox.left + anchorBox.width / 2 - offsetWidth / 2;
	const below = anchorBox.bottom + gapPx;
	const fitsBelow = below + offsetHeight <= innerHeight - gapPx;
	const top = fitsBelow ? below : Math.max(gapPx, anchorBox.top - gapPx - offsetHeight);
	popover.style.left = `${Math.max(gapPx, Math.min(wantedLeft, leftMax))}px`;
	popover.style.top = `${top}px`;
}

/** Puts a popover that opens beside its anchor, or its button: use it as its `toggle` listener. */
export function placeOnToggle({ currentTarget: popover }: Event, anchor?: Element | null): void {
	if (!(popover instanceof HTMLElement) || !popover.matches(":popover-open")) return;
	const beside = anchor ?? document.querySelector(`[popovertarget="${popover.id}"]`);
	if (beside !== null) placePopover(popover, beside);
}

/** The button with three dots of a menu; `menu` is the id of its popover. */
export function menuButton(menu: string, label: string): TemplateResult {
	return html`<button
		type="button"
		class="weft-icon-button"
		popovertarget=${menu}
		aria-label=${label}
		title=${label}
	>
		${icon("more")}
	</button>`;
}

/**
 * Calls `close` when somebody presses a pointer elsewhere, or Escape, until cancelled. For popovers
 * that open while a button of the mouse is held down: the browser would close its own kind then.
 */
export function onDismiss(popover: HTMLElement, close: () => void): Cancel {
	const listening = new AbortController();
	const { signal } = listening;
	const onPointer = ({ target }: PointerEvent): void => {
		if (!(target instanceof Node) || !popover.contains(target)) close();
	};
	const onKey = (event: KeyboardEvent): void => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		event.stopPropagation();
		close();
	};
	document.addEventListener("pointerdown", onPointer, { signal, capture: true });
	document.addEventListener("keydown", onKey, { signal, capture: true });
	return () => listening.abort();
}
