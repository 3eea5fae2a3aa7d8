/** The photos that wait, as lines of the light's list: which, and why they are not gone yet. */
import { html, nothing, type TemplateResult } from "lit";
import "./outbox.css";
import type { Cancel } from "../../shared/clock.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { icon } from "../ui/icons.ts";
import { sayFailure, t } from "../ui/messages.ts";
import "../ui/messages/photos.ts";
import { sayBytes } from "../ui/size.ts";
import { uploadsOf } from "./share-photos.ts";
import { sayUpload, seenState } from "./upload/say-upload.ts";
import type { OutgoingPhoto } from "./upload/upload-state.ts";

/** More are counted only: the list stands in a small box. */
const linesMax = 5;

/** Calls `listen` with how many photos wait, now and whenever one of them moves on. */
export function watchOutbox(client: RoomClient, listen: (count: number) => void): Cancel {
	const uploads = uploadsOf(client);
	const tell = (): void => listen(uploads.unsentCount());
	tell();
	return uploads.on("change", tell);
}

/** The list; empty where nothing waits. */
export function outboxLines(client: RoomClient): TemplateResult {
	const waiting = uploadsOf(client).outbox();
	const rest = waiting.length - linesMax;
	return html`<ul class="weft-outbox">
		${waiting.slice(0, linesMax).map((photo) => line(client, photo))}
		${rest > 0 ? moreLine(rest) : nothing}
	</ul>`;
}

function moreLine(count: number): TemplateResult {
	return html`<li class="weft-outbox__rest">${t("photos.outbox.more", { count })}</li>`;
}

function line(client: RoomClient, photo: OutgoingPhoto): TemplateResult {
	const label = t("photos.cancel");
	return html`<li>
		<img src=${photo.localUrl} alt="" />
		<span class="weft-outbox__words">
			<strong>${photo.fileName}</strong>
			<span>${sayBytes(photo.bytes)} · ${sayWhy(client, photo)}</span>
		</span>
		<button
			type="button"
			class="weft-icon-button"
			aria-label="${label}: ${photo.fileName}"
			title=${label}
			@click=${() => uploadsOf(client).cancel(photo.id)}
		>
			${icon("close")}
		</button>
	</li>`;
}

/** Why it is not gone yet. */
function sayWhy({ status }: RoomClient, photo: OutgoingPhoto): string {
	const state = seenState(photo.state, status);
	const because = state.phase === "waiting" ? state.because : undefined;
	return because === undefined ? sayUpload(state, status) : sayFailure(because);
}
