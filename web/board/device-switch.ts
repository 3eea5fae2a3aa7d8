/** What is on or off for all boards, as this device's person wants it; at first it is off. */
import { deviceMemory } from "../sync/me.ts";

/** What is drawn and moved snaps; a pen that presses draws no wider line. */
export type DeviceSwitch = "grid" | "even-lines";

/** What was asked for before, or turned on this page. */
export const switches = new Map<DeviceSwitch, boolean>();

/** True where it is on. */
export function isOn(name: DeviceSwitch): boolean {
	const is = switches.get(name) ?? deviceMemory()?.getItem(`weft:${name}`) === "on";
	switches.set(name, is);
	return is;
}
