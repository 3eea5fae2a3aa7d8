/** `<weft-photo-image>`: one photo of the room by its id, in whatever state it is. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { type Photo, readPhoto } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/photos.ts";
import { blobUrl, type PhotoSize } from "./photo-url.ts";
import { watchPhoto } from "./photo-watch.ts";
import { uploadsOf } from "./share-photos.ts";
import { sayUpload, seenState } from "./upload/say-upload.ts";
import type { UploadState } from "./upload/upload-state.ts";
import "./photo-image.css";

/** Shape of a photo of which nobody knows the size yet. */
const guessedRatio = 4 / 3;
/** Longer shapes are cropped: a stranger's entry may claim a photo of 1 by 65,535. */
const ratioMax = 10;

/**
 * Properties: `client`, `photo` (its id) and `size` ("thumb" or "full"). It is as wide as its
 * parent lets it be and keeps the photo's shape from the first moment, so nothing jumps.
 */
export class WeftPhotoImage extends LitElement {
	static override properties = {
		client: { attribute: false },
		photo: { type: String },
		size: { type: String },
		hasFailed: { state: true },
		isReady: { state: true },
	};

	declare client: RoomClient | null;
	declare photo: PhotoId | null;
	declare size: PhotoSize;
	/** The picture's bytes did not come. */
	declare hasFailed: boolean;
	/** The room's content is here: what is not in it now does not exist. */
	declare isReady: boolean;

	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.client = null;
		this.photo = null;
		this.size = "thumb";
		this.hasFailed = false;
		this.isReady = false;
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#watch();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#unwatch();
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (!changed.has("client") && !changed.has("photo")) return;
		this.hasFailed = false;
		this.#watch();
	}

	protected override render(): TemplateResult {
		const { client, photo } = this;
		if (client === null || photo === null) return html``;
		const entry = readPhoto(photosOf(client.doc), photo);
		if (entry === null) return this.#renderMissing();
		if (entry.gone) return renderNotice(entry, "trash", t("photos.gone"));
		const url =
			entry.blob === null
				? uploadsOf(client).localUrl(photo)
				: blobUrl(client, entry.blob, this.size);
		if (url === null) return renderArriving(entry);
		if (this.hasFailed) return this.#renderFailed(entry);
		return this.#renderPicture(entry, url, client);
	}

	#renderMissing(): TemplateResult {
		if (this.isReady) return renderNotice(null, "image", t("photos.missing"));
		return html`<div class="weft-photo-image__box weft-photo-image__box--blank"></div>`;
	}

	#renderPicture(entry: Photo, url: string, client: RoomClient): TemplateResult {
		const upload = uploadsOf(client).stateOf(entry.id);
		const isOnItsWay = upload !== null && upload.phase !== "shared";
		return html`<div
			class="weft-photo-image__box ${isOnItsWay ? "weft-photo-image__box--on-its-way" : ""}"
			.style=${cssOf(this.#boxStyle(entry))}
		>
			<img
				src=${url}
				alt=${entry.caption || t("photos.by", { name: entry.name || t("photos.someone") })}
				width=${entry.width || nothing}
				height=${entry.height || nothing}
				loading=${this.size === "thumb" ? "lazy" : "eager"}
				decoding="async"
				draggable="false"
				@error=${() => this.#onError()}
			/>
			${upload === null ? nothing : renderUpload(upload, client)}
		</div>`;
	}

	#renderFailed(entry: Photo): TemplateResult {
		return html`<div class="weft-photo-image__box" .style=${cssOf(shapeOf(entry))}>
			<div class="weft-photo-image__notice">
				${icon("warning")}
				<span>${t("photos.failed")}</span>
				<button
					type="button"
					class="weft-button weft-photo-image__again"
					@click=${(event: Event) => this.#tryAgain(event)}
				>
					${t("photos.again")}
				</button>
			</div>
		</div>`;
	}

	/** The small size lies under the large one until that has come. */
	#boxStyle(entry: Photo): Record<string, string> {
		const shape = shapeOf(entry);
		if (this.size !== "full" || this.client === null || entry.blob === null) return shape;
		if (entry.type !== "image/jpeg") return shape; // What is clear would let it shine through.
		return { ...shape, "background-image": `url("${blobUrl(this.client, entry.blob, "thumb")}")` };
	}

	#onError(): void {
		this.hasFailed = true;
	}

	#tryAgain(event: Event): void {
		event.stopPropagation();
		this.hasFailed = false;
	}

	#watch(): void {
		this.#unwatch();
		const { client, photo } = this;
		if (!this.isConnected || client === null || photo === null) return;
		this.#cancels.push(
			watchPhoto(client, photo, () => this.requestUpdate()),
			client.on("status", ({ phase }) => {
				if (phase === "saved" || phase === "sent") this.hasFailed = false;
				if (uploadsOf(client).stateOf(photo) !== null) this.requestUpdate();
			}),
		);
		void client.ready.then(() => {
			this.isReady = true;
		});
	}

	#unwatch(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
	}
}

/** As a property of the element: a style attribute, as styleMap writes it, breaks our CSP. */
function cssOf(style: Readonly<Record<string, string>>): string {
	return Object.entries(style)
		.map(([name, value]) => `${name}: ${value}`)
		.join("; ");
}

function shapeOf(entry: Photo | null): Record<string, string> {
	const isKnown = entry !== null && entry.width > 0 && entry.height > 0;
	const claimed = isKnown ? entry.width / entry.height : guessedRatio;
	const ratio = Math.min(ratioMax, Math.max(1 / ratioMax, claimed));
	return { "--weft-photo-ratio": ratio.toFixed(4) };
}

function renderNotice(entry: Photo | null, name: "trash" | "image", text: string): TemplateResult {
	return html`<div class="weft-photo-image__box" .style=${cssOf(shapeOf(entry))}>
		<div class="weft-photo-image__notice">${icon(name)}<span>${text}</span></div>
	</div>`;
}

function renderArriving(entry: Photo): TemplateResult {
	const name = entry.name || t("photos.someone");
	return html`<div
		class="weft-photo-image__box weft-photo-image__box--blank"
		.style=${cssOf(shapeOf(entry))}
	>
		<div class="weft-photo-image__notice">
			${icon("image")}<span>${t("photos.arriving", { name })}</span>
		</div>
	</div>`;
}

function renderUpload(state: UploadState, { status }: RoomClient): TemplateResult {
	const upload = seenState(state, status);
	const text = sayUpload(upload, status);
	if (upload.phase === "shared") {
		return html`<div class="weft-photo-image__shared" role="status">
			${icon("check")}<span>${text}</span>
		</div>`;
	}
	return html`<div class="weft-photo-image__upload">
		<span class="weft-photo-image__phase">
			${icon(upload.phase === "waiting" ? moreIcons.clock : moreIcons.upload)} ${text}
		</span>
		${
			upload.phase === "waiting"
				? nothing
				: html`<progress
						class="weft-photo-image__progress"
						max="100"
						value=${upload.phase === "sending" ? 100 * upload.share : nothing}
						aria-label=${text}
					></progress>`
		}
	</div>`;
}

customElements.define("weft-photo-image", WeftPhotoImage);

declare global {
	interface HTMLElementTagNameMap {
		"weft-photo-image": WeftPhotoImage;
	}
}
