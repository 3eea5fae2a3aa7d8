/** Choosing one of the room's photos, or uploading one, for the text, the board or a message. */
import { html, render, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { PhotoId } from "../../shared/ids.ts";
import { listPhotos, type Photo } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { photoIcons } from "../ui/icons/photo.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/photos.ts";
import { watchPhotos } from "./photo-watch.ts";
import { sharePhotos } from "./share-photos.ts";
import { acceptedTypes } from "./upload/read-file.ts";
import "./photo-image.ts";
import "./pick-photo.css";

/** Asks which photo, in a dialog of its own. Resolves with null where the person closed it. */
export function pickPhoto(client: RoomClient): Promise<PhotoId | null> {
	return new Promise((resolve) => {
		const dialog = document.createElement("dialog");
		dialog.className = "weft-pick-photo";
		dialog.setAttribute("aria-label", t("photos.pick.title"));
		let picked: PhotoId | null = null;
		const pick = (photo: PhotoId) => {
			picked = photo;
			dialog.close();
		};
		const show = () => render(renderDialog(client, dialog, pick), dialog);
		const unwatch = watchPhotos(client, show);
		dialog.addEventListener("close", () => {
			unwatch();
			dialog.remove();
			resolve(picked);
		});
		dialog.addEventListener("click", (event) => {
			if (event.target === dialog) dialog.close(); // The backdrop is the dialog itself.
		});
		document.body.append(dialog);
		show();
		dialog.showModal();
	});
}

type Pick = (photo: PhotoId) => void;

function renderDialog(client: RoomClient, dialog: HTMLDialogElement, pick: Pick): TemplateResult {
	const photos = listPhotos(photosOf(client.doc)).reverse();
	return html`<div class="weft-pick-photo__sheet">
		<div class="weft-pick-photo__head">
			<h2>${t("photos.pick.title")}</h2>
			<label
				class="weft-icon-button weft-pick-photo__camera"
				title=${t("photos.camera")}
			>
				${icon(photoIcons.camera)}
				<input
					type="file"
					class="weft-hidden"
					accept="image/*"
					capture="environment"
					aria-label=${t("photos.camera")}
					@change=${(event: Event) => upload(client, event, pick)}
				/>
			</label>
			<label class="weft-button weft-button--primary weft-pick-photo__upload">
				${icon(moreIcons.upload)} ${t("photos.pick.upload")}
				<input
					type="file"
					class="weft-hidden"
					accept=${acceptedTypes}
					@change=${(event: Event) => upload(client, event, pick)}
				/>
			</label>
			<button
				type="button"
				class="weft-icon-button"
				aria-label=${t("photos.close")}
				@click=${() => dialog.close()}
			>
				${icon("close")}
			</button>
		</div>
		${
			photos.length === 0
				? html`<p class="weft-empty">${t("photos.pick.empty")}</p>`
				: html`<ul class="weft-pick-photo__grid">
						${repeat(
							photos,
							(photo) => photo.id,
							(photo) => renderChoice(client, photo, pick),
						)}
					</ul>`
		}
	</div>`;
}

function renderChoice(client: RoomClient, photo: Photo, pick: Pick): TemplateResult {
	return html`<li>
		<button
			type="button"
			class="weft-pick-photo__choice"
			@click=${() => pick(photo.id)}
		>
			<weft-photo-image .client=${client} .photo=${photo.id} size="thumb"></weft-photo-image>
		</button>
	</li>`;
}

function upload(client: RoomClient, event: Event, pick: Pick): void {
	const input = event.currentTarget as HTMLInputElement;
	const [photo] = sharePhotos(client, input.files ?? []);
	input.value = "";
	if (photo !== undefined) pick(photo);
}
