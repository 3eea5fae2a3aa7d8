/** Places native popovers beside the button that opens them. */

const gapPx = 8;

/**
 * Puts an open popover under its anchor, or above it where there is no room below, and never
 * over the edge of the window. On a phone the sheet's own style wins.
 */
function placePopover(popover: HTMLElement, anchor: Element): void {
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
