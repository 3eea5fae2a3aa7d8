/** What a room is called on the page of who runs the server. */
import { isUnguessable, type RoomName } from "../../../shared/ids.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/admin/words.ts";

/** Its title; else its name where a person chose that, and the beginning of it where nobody did. */
export function titleOf({ name, title }: { readonly name: RoomName; readonly title: string }) {
	if (title !== "") return title;
	return isUnguessable(name) ? `${t("admin.rooms.untitled")} (${name.slice(0, 6)}…)` : name;
}
