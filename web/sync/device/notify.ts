/**
 * The system's notifications: off until a person switches them on, on this device, and asked for
 * only then. Browsers have them in secure contexts only.
 */
import { deviceMemory, type PersonMemory } from "../me.ts";

/** What stands in the way of notifications; or that they are on, or off. */
export type NotifyState = "insecure" | "unsupported" | "blocked" | "off" | "on";

const memoryKey = "weft:notify";

/** How it is on this device now. */
export function notifyState(memory: PersonMemory | null = deviceMemory()): NotifyState {
	if (!globalThis.isSecureContext) return "insecure";
	if (!("Notification" in globalThis)) return "unsupported";
	if (Notification.permission === "denied") return "blocked";
	const isWanted = memory?.getItem(memoryKey) === "on";
	return isWanted && Notification.permission === "granted" ? "on" : "off";
}

/** Switches them on, where the browser's own question is answered with yes, or off. */
export async function switchNotify(
	isOn: boolean,
	memory: PersonMemory | null = deviceMemory(),
): Promise<NotifyState> {
	const state = notifyState(memory);
	if (state !== "on" && state !== "off") return state;
	if (isOn && Notification.permission === "default") await Notification.requestPermission();
	memory?.setItem(memoryKey, isOn ? "on" : "off");
	return notifyState(memory);
}

/** What is told. */
export interface Notice {
	readonly title: string;
	readonly body: string;
	/** A later one of the same tag takes its place. */
	readonly tag: string;
	/** What a press on it does; the page is before one's eyes then. */
	readonly open: () => void;
}

/** Tells it, where notifications are on and nobody looks at this page. */
export async function notify({ title, body, tag, open }: Notice): Promise<void> {
	if (document.visibilityState !== "hidden" || notifyState() !== "on") return;
	const options = { body, tag, data: { url: location.href } };
	try {
		const shown = new Notification(title, options);
		shown.onclick = () => {
			window.focus();
			shown.close();
			open();
		};
	} catch (error) {
		// Chrome on Android shows them by the service worker only, and says so by throwing.
		if (!(error instanceof TypeError)) throw error;
		const registration = await navigator.serviceWorker?.getRegistration();
		await registration?.showNotification(title, options);
	}
}
