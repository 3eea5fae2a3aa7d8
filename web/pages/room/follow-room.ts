/** What every page of a room follows while it is open, whatever it shows of it. */
import type { Cancel } from "../../../shared/clock.ts";
import { followAccess } from "../../presence/access/follow-access.ts";
import { followLost } from "../../presence/lost/follow-lost.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import { showToast } from "../../ui/toast.ts";

/** Once a page: the next room would say the same. */
let hasWarned = false;

/**
 * Hands on what the browser tells of network, tab and leaving, and what the server says of who is
 * here. `reopen` begins anew where the room did; see `followLost`.
 */
export function followRoom(client: RoomClient, reopen: () => void): Cancel[] {
	return [
		followBrowser(client),
		followAccess(client),
		followLost(client, reopen),
		client.on("stranger", () => document.dispatchEvent(new Event("weft-stranger"))),
	];
}

/** Reconnects at once when the network or the tab comes back; warns where leaving loses work. */
function followBrowser(client: RoomClient): Cancel {
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
	const listening = new AbortController();
	const { signal } = listening;
	// Offline it asks whether the connection is really gone.
	for (const type of ["online", "offline", "pageshow"]) addEventListener(type, wake, { signal });
	addEventListener("beforeunload", warn, { signal });
	document.addEventListener("visibilitychange", wakeWhenSeen, { signal });
	return () => {
		unlisten();
		listening.abort();
	};
}

function warnOfNoCopy(): void {
	if (hasWarned) return;
	hasWarned = true;
	showToast({ text: t("frame.light.copyOff"), isLasting: true });
}
