/**
 * Keeps the page inside what a phone's keyboard leaves free.
 *
 * Chrome makes the page smaller itself (`interactive-widget=resizes-content`); Safari lays the
 * keyboard over it and only `visualViewport` tells. The room takes its height and place from
 * `--view-height` and `--view-top`, and `data-keyboard` on the root says that a keyboard is open.
 */
import type { Cancel } from "../../../shared/clock.ts";
import { isTyping } from "../shortcuts.ts";

/** No keyboard is lower; the bars of a browser that come and go are. */
const keyboardPxMin = 150;
/** Who has enlarged the page with two fingers sees a part of it, and wants it to stay. */
const zoomMax = 1.01;

/** So much of the page stays free below the caret's line. */
const caretGapPx = 24;

/** What is seen of the page, in CSS pixels. */
export interface View {
	readonly width: number;
	readonly height: number;
	/** How far it was moved down over the page. */
	readonly top: number;
	readonly zoom: number;
}

/** The view with its keyboard closed, as far as it was seen yet. */
export interface Rest {
	readonly width: number;
	readonly height: number;
}

/** What the root says of a view; null where it says nothing. */
export function placeFor(view: View, rest: Rest, isTypingNow: boolean): Place | null {
	if (view.zoom > zoomMax) return null;
	const isOpen = isTypingNow && rest.height - view.height >= keyboardPxMin;
	return { height: view.height, top: view.top, isKeyboardOpen: isOpen };
}

/** See `placeFor`. */
export interface Place {
	readonly height: number;
	readonly top: number;
	readonly isKeyboardOpen: boolean;
}

/** The tallest view at this width: another width is another way to hold the phone. */
export function restAfter(rest: Rest, { width, height, zoom }: View): Rest {
	if (zoom > zoomMax) return rest;
	return { width, height: width === rest.width ? Math.max(rest.height, height) : height };
}

/** Follows the view until cancelled. Only where fingers type is there a keyboard on the screen. */
export function followView(): Cancel {
	const viewport = window.visualViewport;
	if (viewport === null || !matchMedia("(pointer: coarse)").matches) return () => undefined;
	let rest: Rest = { width: 0, height: 0 };
	const look = (): void => {
		const { width, height, offsetTop: top, scale: zoom } = viewport;
		const view = { width: Math.round(width), height, top, zoom };
		rest = restAfter(rest, view);
		show(placeFor(view, rest, isTyping(document.activeElement)));
	};
	const listening = new AbortController();
	const { signal } = listening;
	viewport.addEventListener("resize", look, { signal });
	viewport.addEventListener("scroll", look, { signal });
	// Not when it goes: a button that a finger is on would move away. The keyboard's end tells.
	const lookWhereTyping = ({ target }: FocusEvent): void => {
		if (isTyping(target)) look();
	};
	addEventListener("focusin", lookWhereTyping, { signal });
	look();
	return () => {
		listening.abort();
		show(null);
	};
}

function show(place: Place | null): void {
	const root = document.documentElement;
	const wasOpen = root.hasAttribute("data-keyboard");
	const isOpen = place?.isKeyboardOpen === true;
	root.toggleAttribute("data-keyboard", isOpen);
	if (place === null) {
		root.style.removeProperty("--view-height");
		root.style.removeProperty("--view-top");
		return;
	}
	root.style.setProperty("--view-height", `${place.height}px`);
	root.style.setProperty("--view-top", `${place.top}px`);
	if (isOpen && !wasOpen) requestAnimationFrame(showCaret);
}

/** The keyboard has just covered a half of the page: the caret may have been there. */
function showCaret(): void {
	const { activeElement } = document;
	if (!(activeElement instanceof HTMLElement)) return;
	const range = activeElement.isContentEditable ? caretRange() : null;
	if (range === null) {
		activeElement.scrollIntoView({ block: "nearest" });
		return;
	}
	const box = range.getClientRects()[0] ?? elementOf(range.startContainer)?.getBoundingClientRect();
	const scroller = scrollerOf(activeElement);
	if (box === undefined || scroller === null) return;
	const { top, bottom } = scroller.getBoundingClientRect();
	if (box.bottom > bottom - caretGapPx) scroller.scrollTop += box.bottom - bottom + caretGapPx;
	else if (box.top < top) scroller.scrollTop -= top - box.top + caretGapPx;
}

function caretRange(): Range | null {
	const selection = document.getSelection();
	return selection === null || selection.rangeCount === 0 ? null : selection.getRangeAt(0);
}

function elementOf(node: Node): Element | null {
	return node instanceof Element ? node : node.parentElement;
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
	let scroller: HTMLElement | null = element;
	while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1) {
		scroller = scroller.parentElement;
	}
	return scroller;
}
