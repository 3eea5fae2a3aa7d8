/** Whether this device keeps anything: on a computer that others use, somebody may not want it. */
import type { PersonMemory } from "../me.ts";

const memoryKey = "weft:keep";

/**
 * Where the claims of rooms wait (claims.ts). It stands here for the page on which somebody has the
 * device forget them: what sends claims comes with a room only.
 */
export const claimsKey = "weft:claims";

/** True unless somebody said no here. */
export function isKeeping(memory: PersonMemory | null): boolean {
	return memory?.getItem(memoryKey) !== "off";
}

/** Holds for rooms that are opened from now on. What is kept already is another matter. */
export function setKeeping(memory: PersonMemory | null, isOn: boolean): void {
	memory?.setItem(memoryKey, isOn ? "on" : "off");
}
