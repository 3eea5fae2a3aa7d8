/** What ends following: anything one does oneself where the leader's steps are seen. */
import type { Cancel } from "../../../shared/clock.ts";

/** Keys that do nothing to a surface by themselves. */
const idleKeys = /^(Escape|Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|F\d+)$/;

/** Where one may do things and follow on: bars, dialogs, lists, and the chat beside a surface. */
const aside = "header, nav, dialog, [popover], weft-follow-bar, .weft-room__pane--panel";

/** What lies on top of the page is what Escape closes first. */
const onTop = "dialog[open], [popover]:popover-open:not(.weft-toasts)";

/** True for what somebody does to a surface, by hand or by key. */
function isOwnAct(event: Event): boolean {
	if (event instanceof KeyboardEvent && (idleKeys.test(event.key) || event.altKey)) return false;
	return !(event.target instanceof Element) || event.target.closest(aside) === null;
}

/** Calls `stop` at the first own act, and at Escape where nothing else is there to be closed. */
export function watchOwnActs(stop: () => void): Cancel {
	const listening = new AbortController();
	const { signal } = listening;
	const onAct = (event: Event): void => {
		if (isOwnAct(event)) stop();
	};
	const onKey = (event: KeyboardEvent): void => {
		if (event.key !== "Escape" || event.defaultPrevented) return;
		if (document.querySelector(onTop) !== null) return;
		event.preventDefault(); // On the board it would also forget what is chosen.
		stop();
	};
	for (const name of ["pointerdown", "wheel", "keydown"] as const) {
		document.addEventListener(name, onAct, { capture: true, passive: true, signal });
	}
	document.addEventListener("keydown", onKey, { signal });
	return () => listening.abort();
}
