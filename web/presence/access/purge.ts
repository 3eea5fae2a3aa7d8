/** Removes for good what nobody sees any more in a room: asked for in words, by who manages it. */
import { html, type TemplateResult } from "lit";
import "./rights.css";
import type { RoomName } from "../../../shared/ids.ts";
import { confirmDialog } from "../../ui/dialog.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { showToast } from "../../ui/toast.ts";
import { purgeRoom } from "./access-api.ts";

/** What it does, and its button; `leave` is called before the question takes the panel's place. */
export function purgePart(room: RoomName, leave: () => void): TemplateResult {
	return html`<section class="weft-rights__part weft-rights__purge" aria-label=${t("rights.purge")}>
		<h3>${t("rights.purge")}</h3>
		<p class="weft-rights__note">${t("rights.purge.note")}</p>
		<div class="weft-rights__row">
			<button class="weft-button" @click=${() => askToPurge(room, leave)}>
				${icon("trash")} ${t("rights.purge.open")}
			</button>
		</div>
	</section>`;
}

/** When it is done this page is told like all others: see `rescue`. */
async function askToPurge(room: RoomName, leave: () => void): Promise<void> {
	leave();
	const isSure = await confirmDialog({
		title: t("rights.purge.title"),
		text: t("rights.purge.text"),
		yes: t("rights.purge.yes"),
		isDangerous: true,
	});
	if (!isSure) return;
	try {
		await purgeRoom(room);
	} catch (error) {
		console.info("Not purged:", error);
		showToast({ text: t("rights.failed") });
	}
}
