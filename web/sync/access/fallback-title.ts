/** What a room is called that has no title. The home page needs this much, and nothing of a doc. */
import { isUnguessable, type RoomName } from "../../../shared/ids.ts";
import { firstWords } from "../../../shared/preview.ts";
import { linkIn, type RoomSummary } from "../../../shared/room-access.ts";
import { t } from "../../ui/messages.ts";

/** Words for a room without a title: its name where a person chose that, else its first line. */
export function fallbackTitle(room: RoomName, summary: RoomSummary | null): string {
	if (!isUnguessable(room) && linkIn(room) === null) return room;
	const words = summary === null ? "" : firstWords(summary.preview);
	return words === "" ? t("frame.card.untitled") : words;
}
