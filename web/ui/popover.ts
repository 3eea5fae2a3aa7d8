/** Places native popovers beside the button that opens them, or the thing they speak of. */
import type { Cancel } from "../../shared/clock.ts";

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

/** Keeps a popover beside `findAnchor()` as long as it is open. Use it as the `toggle` listener. */
export function placeOnToggle(event: Event, findAnchor: () => Element | null): void {
	const popover = event.currentTarget;
	if (!(popover instanceof HTMLElement) || !popover.matches(":popover-open")) return;
	const anchor = findAnchor();
	if (anchor !== null) placePopover(popover, anchor);
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
