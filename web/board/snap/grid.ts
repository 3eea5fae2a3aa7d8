/** Whether what is drawn and moved snaps: as this device's person wants it, on all its boards. */
import { deviceMemory } from "../../sync/me.ts";

const gridKey = "weft:grid";
/** Null before it was asked for. */
let isOn: boolean | null = null;

/** True where it does; at first it does not. */
export function isGridOn(): boolean {
	isOn ??= deviceMemory()?.getItem(gridKey) === "on";
	return isOn;
}

/** On where it was off; on this device from now on. Returns what it is now. */
export function switchGrid(): boolean {
	isOn = !isGridOn();
	deviceMemory()?.setItem(gridKey, isOn ? "on" : "off");
	return isOn;
}
