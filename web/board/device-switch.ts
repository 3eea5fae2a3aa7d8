/** Something about boards that is on or off as this device's person wants it, on all of them. */
import { deviceMemory } from "../sync/me.ts";

/** See the head of this file. */
export class DeviceSwitch {
	readonly #key: string;
	readonly #atFirst: boolean;
	/** Null before it was asked for. */
	#isOn: boolean | null = null;

	constructor(key: string, atFirst: boolean) {
		this.#key = key;
		this.#atFirst = atFirst;
	}

	get isOn(): boolean {
		this.#isOn ??= (deviceMemory()?.getItem(this.#key) ?? nameOf(this.#atFirst)) === "on";
		return this.#isOn;
	}

	/** On where it was off; on this device from now on. Returns what it is now. */
	turn(): boolean {
		this.#isOn = !this.isOn;
		deviceMemory()?.setItem(this.#key, nameOf(this.#isOn));
		return this.#isOn;
	}
}

function nameOf(isOn: boolean): string {
	return isOn ? "on" : "off";
}

/** What is drawn and moved snaps. */
export const grid = new DeviceSwitch("weft:grid", false);

/** A pen that presses draws wider lines. */
export const pressure = new DeviceSwitch("weft:pressure", true);
