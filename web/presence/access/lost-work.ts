/** The server did not take what was done here: it is kept, and the room begins from the server. */
import { html, type TemplateResult } from "lit";
import { encodeStateAsUpdate } from "yjs";
import { titleOf } from "../../../shared/surfaces/root.ts";
import { appUrl, roomPath } from "../../sync/base.ts";
import { browserClock } from "../../sync/clock.ts";
import { keepLost, type LostWork } from "../../sync/device/lost-work.ts";
import { copyName, forgetCopy } from "../../sync/offline.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { openDialog } from "../../ui/dialog.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { download } from "../../ui/take-out.ts";
import { showToast } from "../../ui/toast.ts";

/**
 * Keeps the client's work on this device, forgets the copy that would be refused again, and calls
 * `reopen`; then says so, once. Where the device keeps nothing, all stays as it is: the page says
 * why nothing is saved, and gives the file.
 */
export async function rescue(client: RoomClient, reopen: () => void): Promise<void> {
	const { room, doc, me } = client;
	const state = encodeStateAsUpdate(doc);
	const work = { room, title: titleOf(doc), atMs: browserClock.now(), state };
	try {
		await keepLost(work);
	} catch (error) {
		console.warn("What the server refused cannot be kept here:", error);
		return;
	}
	client.close();
	await forgetCopy(copyName(me.id, room));
	reopen();
	tellLost(work, me.id);
}

/** Has the browser download it: any Yjs program reads it, and the page of this device opens it. */
export function saveLost({ state, title }: Pick<LostWork, "state" | "title">): void {
	const name = title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "weft-room";
	download(new Blob([new Uint8Array(state)]), `${name}.ydoc`);
}

/** Goes to a new room that holds what can be taken along. */
export async function openLost(state: Uint8Array, userId: string): Promise<void> {
	try {
		const { makeRoomOf } = await import("../../sync/device/new-room.ts");
		const room = await makeRoomOf(state, userId);
		location.assign(appUrl(roomPath(room)));
	} catch (error) {
		console.warn("No room can be made of it:", error);
		showToast({ text: t("rights.lost.unreadable") });
	}
}

function tellLost(work: LostWork, userId: string): void {
	const dialog = openDialog({
		title: t("rights.lost.title"),
		content: lostContent(work, userId, () => dialog.close()),
	});
}

function lostContent(work: LostWork, userId: string, close: () => void): TemplateResult {
	return html`
		<p class="weft-dialog__text">${t("rights.lost.text")}</p>
		<div class="weft-dialog__actions">
			<button class="weft-button" @click=${() => saveLost(work)}>${t("rights.lost.save")}</button>
			<button class="weft-button" @click=${() => openLost(work.state, userId)}>
				${t("rights.lost.open")}
			</button>
			<button class="weft-button weft-button--primary" autofocus @click=${close}>
				${t("rights.lost.done")}
			</button>
		</div>
	`;
}
