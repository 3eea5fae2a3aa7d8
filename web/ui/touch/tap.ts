/** With what was pressed last: not every browser tells that of a click. */
let pressedWith = "";

document.addEventListener("pointerdown", notePress, { capture: true, passive: true });

/** True for a click that a finger made. */
export function isTapped(): boolean {
	return pressedWith === "touch";
}

function notePress({ pointerType }: PointerEvent): void {
	pressedWith = pointerType;
}
