/** What is done with all photos at once: look at them, take them along, bring some back. */

import { html, nothing, type TemplateResult } from "lit";
import type { Photo } from "../../../shared/surfaces/photos.ts";
import { titleOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { photoIcons } from "../../ui/icons/photo.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { menuButton, placeOnToggle } from "../../ui/popover.ts";
import { orSay } from "../../ui/toast.ts";
import { originalsSwitch } from "../originals-switch.ts";
import "./album.css";

/** The button and what it opens. `photos` are those that are shown, in the order of the show. */
export function albumMenu(client: RoomClient, photos: readonly Photo[]): TemplateResult {
	return html`
		${menuButton("weft-album-menu", t("photos.more"))}
		<div
			id="weft-album-menu"
			class="weft-popover weft-album-menu"
			popover
			@toggle=${placeOnToggle}
			@click=${hideAfterChoice}
		>
			${photos.length === 0 ? nothing : forPhotos(client, photos)}
			${client.may("hide") ? entry("trash", t("photos.bin"), () => openBin(client)) : nothing}
			${client.may("photos") ? originalsSwitch() : nothing}
		</div>
	`;
}

/** A switch is looked at once more after it was moved. */
function hideAfterChoice(event: Event): void {
	const isChoice = event.target instanceof Element && event.target.closest("button") !== null;
	if (isChoice) (event.currentTarget as HTMLElement).hidePopover();
}

function forPhotos(client: RoomClient, photos: readonly Photo[]): TemplateResult {
	return html`
		${entry(photoIcons.play, t("photos.show"), () => play(photos))}
		${entry(moreIcons.download, t("photos.all"), () => downloadAll(client))}
	`;
}

function entry(name: IconName, label: string, run: () => unknown): TemplateResult {
	return html`<button type="button" class="weft-button weft-button--ghost" @click=${run}>
		${icon(name)} ${label}
	</button>`;
}

function play(photos: readonly Photo[]): void {
	const [first] = photos;
	if (first === undefined) return;
	const detail = { photo: first.id, isShow: true };
	document.dispatchEvent(new CustomEvent("weft-open-photo", { detail }));
}

function downloadAll(client: RoomClient): Promise<void> {
	return orSay(async () => {
		const album = await import("./download-all.ts");
		await album.downloadAll(client, titleOf(client.doc));
	});
}

function openBin(client: RoomClient): Promise<void> {
	return orSay(async () => {
		const bin = await import("./bin.ts");
		bin.openBin(client);
	});
}
