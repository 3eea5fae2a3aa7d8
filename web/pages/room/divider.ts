/** The bar between document and board: dragged, or moved with the arrow keys. */
import { html, type TemplateResult } from "lit";
import { t } from "../../ui/messages.ts";

/** The document's part of the width, in percent. */
const splitMin = 25;
/** See `splitMin`. */
const splitMax = 75;
const keyStep = 2;

/** A percentage within its bounds; what is no number is the middle. */
export function clampSplit(percent: number): number {
	if (!Number.isFinite(percent)) return 50;
	return Math.min(splitMax, Math.max(splitMin, percent));
}

/** The split after a key, or null where the key means nothing here. */
export function splitAfterKey(percent: number, key: string): number | null {
	switch (key) {
		case "ArrowLeft":
			return clampSplit(percent - keyStep);
		case "ArrowRight":
			return clampSplit(percent + keyStep);
		case "Home":
			return splitMin;
		case "End":
			return splitMax;
		default:
			return null;
	}
}

/** What the divider needs of its page. */
export interface DividerOptions {
	readonly percent: number;
	/** Called while it moves. */
	readonly move: (percent: number) => void;
}

/** The divider; it stands between the two panes that share its parent's width. */
export function divider({ percent, move }: DividerOptions): TemplateResult {
	const onKey = (event: KeyboardEvent): void => {
		const next = splitAfterKey(percent, event.key);
		if (next === null) return;
		event.preventDefault();
		move(next);
	};
	return html`<div
		class="weft-room__divider"
		role="separator"
		tabindex="0"
		aria-orientation="vertical"
		aria-label=${t("frame.room.divider")}
		aria-valuemin=${splitMin}
		aria-valuemax=${splitMax}
		aria-valuenow=${Math.round(percent)}
		@keydown=${onKey}
		@dblclick=${() => move(50)}
		@pointerdown=${(event: PointerEvent) => drag(event, move)}
	></div>`;
}

function drag(event: PointerEvent, move: (percent: number) => void): void {
	const bar = event.currentTarget;
	const left = bar instanceof HTMLElement ? bar.previousElementSibling : null;
	const right = bar instanceof HTMLElement ? bar.nextElementSibling : null;
	if (!(bar instanceof HTMLElement) || left === null || right === null) return;
	event.preventDefault();
	bar.focus();
	bar.setPointerCapture(event.pointerId);
	const startPx = left.getBoundingClientRect().left;
	const widthPx = right.getBoundingClientRect().right - startPx;
	const onMove = (moved: PointerEvent): void =>
		move(clampSplit(((moved.clientX - startPx) / widthPx) * 100));
	const onEnd = (): void => bar.removeEventListener("pointermove", onMove);
	bar.addEventListener("pointermove", onMove);
	bar.addEventListener("pointerup", onEnd, { once: true });
	bar.addEventListener("pointercancel", onEnd, { once: true });
}
