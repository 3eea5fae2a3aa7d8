/** The photos that were removed, in a dialog, each with a way back. */
import { html, type TemplateResult } from "lit";
import { listRemoved, type Photo } from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { openDialog } from "../../ui/dialog.ts";
import { t } from "../../ui/messages.ts";
import { fullTime } from "../../ui/time.ts";
import { blobUrl } from "../photo-url.ts";
import { watchPhotos } from "../photo-watch.ts";
import { restore } from "../restore.ts";
import "./album.css";

/** Opens it; it follows what others remove and restore, and ends with the right to. */
export function openBin(client: RoomClient): void {
	const dialog = openDialog({
		title: t("photos.bin"),
		content: content(client),
		className: "weft-bin-dialog",
	});
	const cancels = [
		watchPhotos(client, () => dialog.update(content(client))),
		client.rights.onChange(() => client.may("hide") || dialog.close()),
	];
	void dialog.closed.then(() => {
		for (const cancel of cancels) cancel();
	});
}

function content(client: RoomClient): TemplateResult {
	const removed = listRemoved(photosOf(client.doc)).reverse();
	if (removed.length === 0) return html`<p class="weft-dialog__text">${t("photos.bin.empty")}</p>`;
	return html`
		<p class="weft-dialog__text">${t("photos.bin.text")}</p>
		<ul class="weft-bin">
			${removed.map((photo) => row(client, photo))}
		</ul>
	`;
}

function row(client: RoomClient, photo: Photo): TemplateResult {
	const name = photo.name || t("photos.someone");
	const time = fullTime(photo.received ?? photo.at);
	return html`<li>
		${photo.blob === null ? "" : html`<img src=${blobUrl(client, photo.blob, "thumb")} alt="" />`}
		<span class="weft-bin__words">
			<strong>${photo.caption || t("photos.by", { name })}</strong>
			<span>${photo.caption === "" ? time : `${name}, ${time}`}</span>
		</span>
		<button
			type="button"
			class="weft-button"
			aria-label=${t("photos.bin.restoreOne", { name })}
			@click=${() => restore(client, photo.id)}
		>
			${t("photos.bin.restore")}
		</button>
	</li>`;
}
