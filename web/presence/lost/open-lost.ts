/** A new room that begins with what a server did not take, or with a file of it. */
import { appUrl, roomPath } from "../../sync/base.ts";
import { type MessageKey, t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { showToast } from "../../ui/toast.ts";

/** Goes to a new room that holds what can be taken along, or says why there is none. */
export async function openLost(update: Uint8Array, userId: string): Promise<void> {
	let trouble: MessageKey = "frame.room.surfaceMissing";
	try {
		const { copyOf, makeRoomOf } = await import("../../sync/device/new-room.ts");
		trouble = "rights.lost.unreadable";
		const copy = copyOf(update);
		trouble = "rights.lost.notKept";
		location.assign(appUrl(roomPath(await makeRoomOf(copy, userId))));
	} catch (error) {
		console.warn("No room can be made of it:", error);
		showToast({ text: t(trouble) });
	}
}
