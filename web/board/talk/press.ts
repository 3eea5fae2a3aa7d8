/** What a pointer asks for besides the tool: it hovers; a right button or a long press asks. */
import type { Cancel } from "../../../shared/clock.ts";
import type { Point } from "../camera.ts";

/** A finger that lies still for so long asks. */
const holdMs = 550;
/** Still is less than so many CSS pixels. */
const stillPixels = 8;

/** Who is told. Points are in CSS pixels from the corner of the paper. */
export interface PressPorts {
	/** A pointer is there with nothing pressed; null where it left. */
	readonly hovered: (screen: Point | null) => void;
	/** A pointer went down. */
	readonly pressed: () => void;
	/** Somebody asks what can be done with what is there; null: they asked with a key. */
	readonly asked: (screen: Point | null, isFinger: boolean) => boolean;
	/** True where a finger that lies still draws nothing. */
	readonly mayHold: () => boolean;
}

/** Listens to the pointers of a paper until cancelled. */
export function followPress(paper: HTMLElement, ports: PressPorts): Cancel {
	const listening = new AbortController();
	const { signal } = listening;
	let held: { readonly id: number; readonly at: Point; readonly timer: number } | null = null;
	/** The finger that is down has opened a menu. */
	let hasAsked = false;
	const letGo = (): void => {
		clearTimeout(held?.timer);
		held = null;
	};
	const down = (event: PointerEvent): void => {
		ports.pressed();
		const isAlone = held === null;
		letGo();
		if (event.pointerType !== "touch" || !isAlone || !ports.mayHold()) return;
		const at = screenOf(paper, event);
		const ask = (): void => {
			letGo();
			hasAsked = ports.asked(at, true);
		};
		held = { id: event.pointerId, at, timer: window.setTimeout(ask, holdMs) };
	};
	const move = (event: PointerEvent): void => {
		const screen = screenOf(paper, event);
		if (event.pointerType !== "touch" && event.buttons === 0) ports.hovered(screen);
		if (held?.id !== event.pointerId) return;
		if (Math.hypot(screen.x - held.at.x, screen.y - held.at.y) > stillPixels) letGo();
	};
	const menu = (event: MouseEvent): void => {
		// A finger's own menu comes from holding still, above: browsers differ in when.
		const { pointerType } = event as Partial<PointerEvent>;
		if (pointerType === "touch") return;
		ports.asked(event.button === 2 ? screenOf(paper, event) : null, false);
	};
	/** The browser makes a click of a finger that leaves, and the menu would lose the focus to it. */
	const leave = (event: TouchEvent): void => {
		if (hasAsked && event.cancelable) event.preventDefault();
		hasAsked = false;
	};
	paper.addEventListener("touchend", leave, { signal, passive: false });
	paper.addEventListener("pointerdown", down, { signal });
	paper.addEventListener("pointermove", move, { signal });
	paper.addEventListener("pointerup", letGo, { signal });
	paper.addEventListener("pointercancel", letGo, { signal });
	paper.addEventListener("pointerleave", () => ports.hovered(null), { signal });
	paper.addEventListener("contextmenu", menu, { signal });
	return () => {
		letGo();
		listening.abort();
	};
}

function screenOf(paper: HTMLElement, { clientX, clientY }: MouseEvent): Point {
	const { left, top } = paper.getBoundingClientRect();
	return { x: clientX - left, y: clientY - top };
}
