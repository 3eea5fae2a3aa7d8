/** Moves the focus between the parts of a room: F6, and after a tab was chosen. */

/** What closes a panel is none of its surface: one that is on its way has the pane in focus. */
const focusable =
	'[contenteditable="true"], textarea, input, :not(header) > button, a[href], [tabindex="0"]';

/** Puts the focus on the next visible part (or, with -1, the one before). */
export function cyclePanes(room: HTMLElement, step: 1 | -1): void {
	const panes = [...room.querySelectorAll<HTMLElement>("[data-pane]")].filter(
		(pane) => pane.offsetParent !== null || pane.getClientRects().length > 0,
	);
	const current = panes.findIndex((pane) => pane.contains(document.activeElement));
	const next = panes[(current + step + panes.length) % panes.length];
	if (next !== undefined) focusInside(next);
}

/** Puts the focus into a surface, unless it is there, or a finger would bring up a keyboard. */
export function focusPane(room: HTMLElement, surface: string): void {
	const pane = room.querySelector<HTMLElement>(`[data-surface="${surface}"]`);
	if (pane === null || pane.contains(document.activeElement)) return;
	if (matchMedia("(pointer: coarse)").matches) pane.focus({ preventScroll: true });
	else focusInside(pane);
}

/** The panel that had the focus is closed: what opens it again has it then. */
export function focusChatButton(room: HTMLElement): void {
	room.querySelector<HTMLElement>(".weft-room__chat")?.focus({ preventScroll: true });
}

function focusInside(pane: HTMLElement): void {
	const main = pane.querySelector<HTMLElement>('[contenteditable="true"], textarea');
	const first = main ?? pane.querySelector<HTMLElement>(focusable) ?? pane;
	first.focus({ preventScroll: true });
}
