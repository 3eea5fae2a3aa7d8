/** What was said of a photo, below it, and the way to say more. */
import { html, nothing, type TemplateResult } from "lit";
import type { PhotoId } from "../../../shared/ids.ts";
import { anchorAtPhoto, saidOf } from "../../../shared/surfaces/about.ts";
import { chatOf } from "../../../shared/surfaces/root.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";

/** Messages about a photo that stand below it; the others are in the chat. */
const saidMax = 3;

/** What was said of it last. */
export function saidBelow(client: RoomClient, photo: PhotoId): TemplateResult | typeof nothing {
	const said = saidOf(chatOf(client.doc), photo);
	if (said.length === 0) return nothing;
	const label = tCount("photos.talk.count", said.length);
	return html`<ul class="weft-viewer__said" aria-label=${label}>
		${said.slice(-saidMax).map(
			({ message, body }) => html`<li>
				<bdi>${message.name || t("photos.someone")}</bdi> <span dir="auto">${body}</span>
			</li>`,
		)}
	</ul>`;
}

/** Closes the viewer, which would hide the chat, and begins a message there. */
export function talkButton(photo: PhotoId, close: () => void): TemplateResult {
	const talk = t("photos.talk");
	const start = (): void => {
		close();
		const detail = { anchor: anchorAtPhoto(photo) };
		document.dispatchEvent(new CustomEvent("weft-talk", { detail }));
	};
	return html`<button
		type="button"
		class="weft-icon-button"
		aria-label=${talk}
		title=${talk}
		@click=${start}
	>
		${icon("chat")}
	</button>`;
}
