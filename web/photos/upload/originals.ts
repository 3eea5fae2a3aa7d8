/** Whether photos are sent whole from this device: what a person chose last, at first not. */
import type { PersonMemory } from "../../sync/me.ts";

const memoryKey = "weft:photo-originals";

/** True where somebody here wants photos to be kept as they were chosen too. */
export function sendsOriginals(memory: PersonMemory | null): boolean {
	return memory?.getItem(memoryKey) === "on";
}

/** Holds for photos that are chosen from now on. */
export function sendOriginals(memory: PersonMemory | null, isOn: boolean): void {
	memory?.setItem(memoryKey, isOn ? "on" : "off");
}
