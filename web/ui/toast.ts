/** Short news at the bottom of the window, spoken by screen readers, gone by itself. */
import "./toast.css";
import type { Cancel } from "../../shared/clock.ts";
import { iconElement } from "./icons.ts";
import { type MessageKey, t } from "./messages.ts";

/** What a toast says, and the one thing one may do about it. */
export interface Toast {
	readonly text: string;
	readonly action?: { readonly label: string; readonly run: () => void };
	/** True for what is offered and not only told: it stays until somebody closes it. */
	readonly isLasting?: boolean;
	/** What was told of it before goes, as a hint that was followed; else the text is its topic. */
	readonly topic?: string;
}

/** News is read in this time; with a button it stays longer, so that a hand can reach it. */
const shownMs = 6_000;
const shownWithActionMs = 9_000;
/** More at once are noise: the oldest goes. */
const toastCountMax = 3;

/**
 * Shows news; the answer takes it away. Where it can be acted on it waits while a pointer or the
 * focus is on its buttons. Nothing else of it catches a click: what lies behind it can be used.
 */
export function showToast(toast: Toast): Cancel {
	const region = findRegion();
	const element = document.createElement("div");
	element.className = "weft-toast";
	const text = document.createElement("p");
	text.textContent = toast.text;
	element.append(text);
	let timer = 0;
	const hide = (): void => {
		clearTimeout(timer);
		element.remove();
		if (region.childElementCount === 0) region.hidePopover?.();
	};
	if (toast.action) element.append(actionButton(toast.action, hide), closeButton(hide));
	const start = (): void => {
		clearTimeout(timer);
		if (toast.isLasting) return;
		timer = window.setTimeout(hide, toast.action ? shownWithActionMs : shownMs);
	};
	element.addEventListener("pointerenter", () => clearTimeout(timer));
	element.addEventListener("pointerleave", start);
	element.addEventListener("focusin", () => clearTimeout(timer));
	element.addEventListener("focusout", start);
	start();
	const { text: words, topic = words } = toast;
	element.dataset["topic"] = topic;
	// What is told again is told once.
	for (const shown of region.querySelectorAll<HTMLElement>(".weft-toast")) {
		if (shown.dataset["topic"] === topic) shown.remove();
	}
	region.append(element);
	while (region.childElementCount > toastCountMax) region.firstElementChild?.remove();
	raise(region);
	return hide;
}

/** Does what needs more of the app; where it fails, as without a line, that is said and no more. */
export async function orSay(
	work: () => Promise<unknown>,
	key: MessageKey = "frame.room.surfaceMissing",
	show: (toast: Toast) => unknown = showToast,
): Promise<void> {
	try {
		await work();
	} catch (error) {
		console.info("Not done:", error);
		show({ text: t(key) });
	}
}

function actionButton(action: { label: string; run: () => void }, hide: () => void): Element {
	const button = document.createElement("button");
	button.className = "weft-toast__action";
	button.textContent = action.label;
	button.addEventListener("click", () => {
		hide();
		action.run();
	});
	return button;
}

function closeButton(hide: () => void): Element {
	const button = document.createElement("button");
	button.className = "weft-toast__close";
	button.setAttribute("aria-label", t("frame.close"));
	button.append(iconElement("close"));
	button.addEventListener("click", hide);
	return button;
}

function findRegion(): HTMLElement {
	const found = document.querySelector<HTMLElement>(".weft-toasts");
	if (found !== null) return found;
	const region = document.createElement("div");
	region.className = "weft-toasts";
	region.setAttribute("role", "status");
	region.setAttribute("aria-live", "polite");
	region.popover = "manual";
	document.body.append(region);
	return region;
}

/** Into the top layer, above dialogs that were opened since. */
function raise(region: HTMLElement): void {
	if (region.matches(":popover-open")) region.hidePopover();
	region.showPopover();
}
