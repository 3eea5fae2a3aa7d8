/** Strips below the bar for what a person must know while working. */
import { html, nothing, type TemplateResult } from "lit";
import { lightOf } from "../../presence/light-view.ts";
import { refusalActions } from "../../presence/refusal.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import type { RoomStatus } from "../../sync/status.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";

/** The strip for a status; nothing while all is well or only the line is gone. */
export function notice(client: RoomClient): TemplateResult | typeof nothing {
	const { status } = client;
	if (status.phase !== "readOnly" && status.phase !== "refused") {
		return client.isViewing ? viewing() : nothing;
	}
	const { detail } = lightOf(status, Date.now());
	return html`
		<div class="weft-room__notice" role="alert">
			${icon("warning")}
			<p>${detail} ${waitingWords(status)}</p>
			${refusalActions(client)}
		</div>
	`;
}

/** What a view link means, for as long as nobody guards it. */
function viewing(): TemplateResult {
	return html`
		<div class="weft-room__notice weft-room__notice--calm" role="note">
			${icon("eye")}
			<p>${t("frame.notice.viewing")}</p>
		</div>
	`;
}

function waitingWords(status: RoomStatus & { phase: "readOnly" | "refused" }): string {
	return status.waiting === 0 ? "" : tCount("frame.light.waiting", status.waiting);
}
