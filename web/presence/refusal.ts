/** What a person may do when the server sent this page away for good. */
import { html, nothing, type TemplateResult } from "lit";
import { encodeStateAsUpdate } from "yjs";
import type { FailureCode } from "../../shared/errors.ts";
import { useNewest } from "../sync/device/app-copy.ts";
import { copyName, forgetCopy } from "../sync/offline.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { confirmDialog } from "../ui/dialog.ts";
import { t } from "../ui/messages.ts";

/** How long a browser may take to begin a download. */
const downloadMs = 10_000;

/** Buttons for a refusal: none of them is pressed by itself. */
export function refusalActions(client: RoomClient): TemplateResult | typeof nothing {
	const { status } = client;
	if (status.phase !== "refused") return nothing;
	if (status.code === "app_too_old") {
		return button(t("frame.light.reload"), () => useNewest());
	}
	if (!isOurFault(status.code)) return button(t("frame.tryAgain"), () => client.retry());
	return html`
		${button(t("frame.light.keepFile"), () => keepAsFile(client))}
		${button(t("frame.light.startAgain"), () => startAgain(client))}
	`;
}

/** Trying again would send the same and be refused the same. */
function isOurFault(code: FailureCode): boolean {
	return code === "refused_update" || code === "foreign_client" || code === "bad_frame";
}

function button(label: string, run: () => unknown): TemplateResult {
	return html`<button class="weft-button" @click=${run}>${label}</button>`;
}

/** All of the doc as one update: any Yjs program reads it. */
function keepAsFile(client: RoomClient): void {
	const state = encodeStateAsUpdate(client.doc);
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([new Uint8Array(state)]));
	link.download = "weft-room.ydoc";
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), downloadMs);
}

async function startAgain(client: RoomClient): Promise<void> {
	const isSure = await confirmDialog({
		title: t("frame.light.startAgainTitle"),
		text: t("frame.light.startAgainText"),
		yes: t("frame.light.startAgain"),
		isDangerous: true,
	});
	if (!isSure) return;
	client.close();
	await forgetCopy(copyName(client.me.id, client.room));
	location.reload();
}
