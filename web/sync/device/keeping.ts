/** Whether this device keeps anything: on a computer that others use, somebody may not want it. */
import type { PersonMemory } from "../me.ts";

const memoryKey = "weft:keep";

/** True unless somebody said no here. */
export function isKeeping(memory: PersonMemory | null): boolean {
	return memory?.getItem(memoryKey) !== "off";
}

/** Holds for rooms that are opened from now on. What is kept already is another matter. */
export function setKeeping(memory: PersonMemory | null, isOn: boolean): void {
	memory?.setItem(memoryKey, isOn ? "on" : "off");
}
