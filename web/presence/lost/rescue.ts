/** The server did not take what was done here: it is kept, and the room begins from the server. */
import { html, type TemplateResult } from "lit";
import "./lost.css";
import { encodeStateAsUpdate } from "yjs";
import type { FailureCode } from "../../../shared/errors.ts";
import { titleOf } from "../../../shared/surfaces/root.ts";
import { browserClock } from "../../sync/clock.ts";
import { keepLost, type LostWork } from "../../sync/device/lost-work.ts";
import { copyName, forgetCopy } from "../../sync/offline.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { openDialog } from "../../ui/dialog.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { showToast } from "../../ui/toast.ts";
import { openLost } from "./open-lost.ts";
import { saveFile } from "./save-file.ts";

type LostClient = Pick<RoomClient, "room" | "doc" | "me" | "status" | "close">;

/** Copies that could not be forgotten: what is in them would be refused again and again. */
const stuck = new Set<string>();

/**
 * Keeps the client's work on this device, forgets the copy that would be refused again, and calls
 * `reopen`; then says so, once. Where the device keeps nothing, all stays as it is: the page says
 * why nothing is saved, and gives the file.
 *
 * Of a room that was purged a file is kept only where something of this device was unsent.
 */
export async function rescue(
	client: LostClient,
	code: FailureCode,
	reopen: () => void,
): Promise<void> {
	const copy = copyName(client.me.id, client.room);
	if (stuck.has(copy)) return;
	const isPurged = code === "room_purged";
	const { status } = client;
	if (isPurged && "waiting" in status && status.waiting === 0) {
		client.close();
		await startAnew(copy, reopen);
		showToast({ text: t("rights.purged.told"), isLasting: true });
		return;
	}
	let id: number;
	try {
		id = await keepLost(workOf(client));
	} catch (error) {
		console.warn("What the server refused cannot be kept here:", error);
		return;
	}
	const work = workOf(client); // With what was typed while the device wrote.
	client.close();
	await startAnew(copy, reopen, () => keepLost(work, id));
	tellLost(work, isPurged);
}

/** From the server's state; where the copy stays, it opens once and not in a circle. */
async function startAnew(
	copy: string,
	reopen: () => void,
	before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
	try {
		await before();
		await forgetCopy(copy);
	} catch (error) {
		stuck.add(copy);
		console.warn("What the server refused stays in this room's copy here:", error);
	} finally {
		reopen();
	}
}

function workOf({ room, doc, me }: LostClient): LostWork {
	const update = encodeStateAsUpdate(doc);
	return { room, title: titleOf(doc), atMs: browserClock.now(), by: me.id, update };
}

function tellLost(work: LostWork, isPurged: boolean): void {
	const why = isPurged ? "rights.purged" : "rights.lost";
	const dialog = openDialog({
		title: t(`${why}.title`),
		className: "weft-lost",
		content: html`<p class="weft-dialog__text">${t(`${why}.text`)}</p>
			${lostActions(work, () => dialog.close())}`,
	});
}

function lostActions({ update, title, by }: LostWork, close: () => void): TemplateResult {
	return html`
		<div class="weft-dialog__actions">
			<button class="weft-button" @click=${() => saveFile(update, title)}>
				${t("rights.lost.save")}
			</button>
			<button class="weft-button" @click=${() => openLost(update, by)}>
				${t("rights.lost.open")}
			</button>
			<button class="weft-button weft-button--primary" autofocus @click=${close}>
				${t("rights.lost.done")}
			</button>
		</div>
	`;
}
