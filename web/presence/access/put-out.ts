/** Putting somebody out, said as it is: a guest may come back as another, where anybody may. */
import { html, nothing, type TemplateResult } from "lit";
import { isAccountId } from "../../../shared/ids.ts";
import type { Entry } from "../../../shared/room-access.ts";
import { type OpenDialog, openDialog } from "../../ui/dialog.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { choice } from "./choice.ts";
import type { PersonRow } from "./person-rows.ts";

/** What is done about new arrivals: nothing, or what keeps out who comes back as another. */
const doors = ["same", "knock", "closed"] as const;
type Door = (typeof doors)[number];

/** What the room gives whom it is about, and who else asks. */
export interface PuttingOut {
	readonly entry: Entry;
	readonly putOut: () => void;
	/** Changes what the address gives from then on. */
	readonly setEntry: (entry: Entry) => void;
}

/** Asks first, and offers to close the way back. */
export function askPutOut({ id, name }: Pick<PersonRow, "id" | "name">, parts: PuttingOut): void {
	const isWayBack = !isAccountId(id) && parts.entry !== "knock" && parts.entry !== "closed";
	let door: Door = "same";
	const show = (next: Door): void => {
		door = next;
		dialog.update(content());
	};
	const finish = (isSure: boolean) => () => {
		dialog.close();
		if (!isSure) return;
		parts.putOut();
		if (door !== "same") parts.setEntry(door);
	};
	const content = (): TemplateResult => html`
		<p class="weft-dialog__text">${t("rights.people.outText")}</p>
		${isWayBack ? wayBack(door, show) : nothing}
		<div class="weft-dialog__actions">
			<button class="weft-button" @click=${finish(false)}>${t("frame.cancel")}</button>
			<button class="weft-button weft-button--danger" autofocus @click=${finish(true)}>
				${t("rights.people.out")}
			</button>
		</div>
	`;
	const title = t("rights.people.outTitle", { name });
	const dialog: OpenDialog = openDialog({ title, content: content(), className: "weft-rights" });
}

function wayBack(value: Door, change: (door: Door) => void): TemplateResult {
	return html`
		<p class="weft-dialog__text">${t("rights.people.outGuest")}</p>
		${choice<Door>({
			label: t("rights.people.outDoor"),
			value,
			options: doors.map((door) => ({
				value: door,
				words: t(door === "same" ? "rights.people.outSame" : `rights.entry.${door}`),
			})),
			change,
		})}
	`;
}
