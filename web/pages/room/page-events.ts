/** What the browser tells about network, tab and leaving, handed to the room's client. */
import type { Cancel } from "../../../shared/clock.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import { showToast } from "../../ui/toast.ts";

/** Once a page: the next room would say the same. */
let hasWarned = false;

/** Reconnects at once when the network or the tab comes back; warns where leaving loses work. */
export function followPage(client: RoomClient): Cancel {
	const wake = (): void => client.wake();
	const wakeWhenSeen = (): void => {
		if (document.visibilityState === "visible") client.wake();
	};
	const warn = (event: BeforeUnloadEvent): void => {
		if (client.mayLoseWork()) event.preventDefault();
	};
	const unlisten = client.on("status", ({ copy }) => {
		if (copy === "off") warnOfNoCopy();
	});
	addEventListener("online", wake);
	addEventListener("offline", wake); // Asks whether the connection is really gone.
	addEventListener("pageshow", wake);
	addEventListener("beforeunload", warn);
	document.addEventListener("visibilitychange", wakeWhenSeen);
	return () => {
		unlisten();
		removeEventListener("online", wake);
		removeEventListener("offline", wake);
		removeEventListener("pageshow", wake);
		removeEventListener("beforeunload", warn);
		document.removeEventListener("visibilitychange", wakeWhenSeen);
	};
}

function warnOfNoCopy(): void {
	if (hasWarned) return;
	hasWarned = true;
	showToast({ text: t("frame.light.copyOff"), isLasting: true });
}
