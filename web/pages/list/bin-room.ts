/** Into the bin with a room, and out again: its code comes when somebody does it. */
import { setBinned } from "../../presence/access/access-api.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { showToast } from "../../ui/toast.ts";
import type { RoomEntry } from "./room-list.ts";

/** Does it, says so, and has it taken back; `changed` is called whenever it is otherwise now. */
export async function binRoom(
	entry: Pick<RoomEntry, "room" | "title">,
	isBinned: boolean,
	changed: () => Promise<void>,
): Promise<void> {
	const { room, title } = entry;
	try {
		await setBinned(room, isBinned);
		await changed();
	} catch (error) {
		console.info("Not changed:", error);
		showToast({ text: withFaultId(t("rights.failed"), error) });
		return;
	}
	if (!isBinned) return;
	const takeOut = (): void => void binRoom(entry, false, changed);
	const action = { label: t("rights.bar.restore"), run: takeOut };
	showToast({ text: t("rights.binned", { title }), action });
}
