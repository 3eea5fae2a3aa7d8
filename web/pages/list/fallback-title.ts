/** What a room is called that has no title. */
import type { RoomName } from "../../../shared/ids.ts";
import type { RoomSummary } from "../../../shared/room-access.ts";
import { isKey } from "../../sync/access/room-title.ts";
import { t } from "../../ui/messages.ts";

/** Words for a room without a title: its name where a person chose that, else its first line. */
export function fallbackTitle(room: RoomName, summary: RoomSummary | null): string {
	if (!isKey(room)) return room;
	const [firstLine = ""] = summary?.preview.excerpt.trim().split("\n") ?? [];
	if (firstLine === "") return t("frame.card.untitled");
	const words = firstLine.split(/\s+/).slice(0, 6).join(" ");
	return words.length < firstLine.length ? `${words}…` : words;
}
