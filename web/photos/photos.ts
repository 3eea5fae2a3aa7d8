/** `<weft-photos>`: the photos of a room, and the ways to add some. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { saidOf } from "../../shared/surfaces/about.ts";
import { listRemoved, type Photo, removePhoto } from "../../shared/surfaces/photos.ts";
import { chatOf, photosOf } from "../../shared/surfaces/root.ts";
import { FollowRights } from "../sync/access/follow-rights.ts";
import { browserClock } from "../sync/clock.ts";
import { isOurs } from "../sync/me.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { lockedNote } from "../ui/forms/locked.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { photoIcons } from "../ui/icons/photo.ts";
import { icon } from "../ui/icons.ts";
import { t, tCount } from "../ui/messages.ts";
import "../ui/messages/photos.ts";
import "../ui/messages/chat.ts";
import { fullTime, momentOf } from "../ui/time.ts";
import { albumMenu } from "./album/menu.ts";
import { filesOf, holdsFiles, isTypedInto } from "./dropped-files.ts";
import { originalsSwitch } from "./originals-switch.ts";
import { PhotoList } from "./photo-list.ts";
import { watchPhotos } from "./photo-watch.ts";
import { restore } from "./restore.ts";
import { type PhotoToast, startPhotos } from "./room-photos.ts";
import { sharePhotos, uploadsOf } from "./share-photos.ts";
import { acceptedTypes } from "./upload/read-file.ts";
import { sayRefusals } from "./upload/say-refusals.ts";
import type { Refusal } from "./upload/upload-state.ts";
import "./photo-image.ts";
import "./photos.css";

/** Panoramas and towers are cropped in the grid, so that no row becomes a line or a column. */
const tileRatioMin = 0.62;
const tileRatioMax = 2.4;

/** Property: `client`. Sends `weft-open-photo` where one is tapped, and `weft-toast`. */
export class WeftPhotos extends LitElement {
	static override properties = {
		client: { attribute: false },
		isDropping: { state: true },
		refusals: { state: true },
	};

	declare client: RoomClient | null;
	/** Files hang over the surface. */
	declare isDropping: boolean;
	/** What was not shared since somebody said that they have read it. */
	declare refusals: readonly Refusal[];
	#list: PhotoList | null = null;
	#cancels: Cancel[] = [];

	constructor() {
		super();
		this.client = null;
		this.isDropping = false;
		this.refusals = [];
		new FollowRights(this);
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		document.addEventListener("paste", this.#onPaste);
		if (this.hasUpdated) this.#follow();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		document.removeEventListener("paste", this.#onPaste);
		this.#unfollow();
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("client")) this.#follow();
	}

	protected override render(): TemplateResult {
		const photos = this.#list?.photos ?? [];
		return html`<section
			class="weft-photos ${this.isDropping ? "weft-photos--dropping" : ""}"
			aria-label=${t("photos.name")}
			@dragenter=${(event: DragEvent) => this.#onDragOver(event)}
			@dragover=${(event: DragEvent) => this.#onDragOver(event)}
			@dragleave=${(event: DragEvent) => this.#onDragLeave(event)}
			@drop=${(event: DragEvent) => this.#onDrop(event)}
		>
			${photos.length === 0 ? nothing : this.#renderHead(photos.length)}
			${this.refusals.length === 0 ? nothing : this.#renderRefusals()}
			${photos.length === 0 ? this.#renderEmpty() : this.#renderGrid(photos)}
			<div class="weft-photos__drop" aria-hidden="true">
				<span>${icon(moreIcons.upload)} ${t("photos.drop")}</span>
			</div>
		</section>`;
	}

	#renderHead(count: number): TemplateResult {
		return html`<header class="weft-photos__head">
			<h2>${sayCount(count)}</h2>
			${this.#isViewing ? this.#renderLocked() : [this.#renderCamera(""), this.#renderPicker("")]}
			${this.#renderMenu()}
		</header>`;
	}

	/** True for who adds no photos. */
	get #isViewing(): boolean {
		return this.client?.may("photos") !== true;
	}

	#renderLocked(): TemplateResult | null {
		return this.client && lockedNote(this.client);
	}

	#renderMenu(): TemplateResult | typeof nothing {
		return this.client === null ? nothing : albumMenu(this.client, this.#list?.photos ?? []);
	}

	/** What was removed last is brought back also where nothing else is left. */
	#renderEmpty(): TemplateResult {
		if (this.#isViewing) {
			return html`<div class="weft-empty weft-photos__empty">
				<div class="weft-empty__mark" aria-hidden="true">${icon("photos")}</div>
				<h2>${t("photos.empty.viewing")}</h2>
				${this.#renderLocked()}
			</div>`;
		}
		return html`${this.#hasRemoved() ? this.#renderHead(0) : nothing}
		<div class="weft-empty weft-photos__empty">
			<div class="weft-empty__mark" aria-hidden="true">${icon("photos")}</div>
			<h2>${t("photos.empty.title")}</h2>
			<p>${t(isTouched() ? "photos.empty.touch" : "photos.empty.text")}</p>
			<div class="weft-photos__ways">
				${this.#renderPicker("weft-button--big")} ${this.#renderCamera("weft-button--big")}
			</div>
			<p class="weft-photos__privacy">${icon("lock")} ${t("photos.empty.privacy")}</p>
			${originalsSwitch()}
		</div>`;
	}

	#hasRemoved(): boolean {
		return this.client !== null && listRemoved(photosOf(this.client.doc)).length > 0;
	}

	#renderPicker(more: string): TemplateResult {
		return html`<label class="weft-button weft-button--primary weft-photos__way ${more}">
			${icon("plus")} ${t("photos.add")}
			<input
				type="file"
				class="weft-hidden"
				multiple
				accept=${acceptedTypes}
				@change=${(event: Event) => this.#onPicked(event)}
			/>
		</label>`;
	}

	/** Only where a finger points there is a camera in the same hand. */
	#renderCamera(more: string): TemplateResult {
		return html`<label class="weft-button weft-photos__way weft-photos__way--camera ${more}">
			${icon(photoIcons.camera)} ${t("photos.camera")}
			<input
				type="file"
				class="weft-hidden"
				accept="image/*"
				capture="environment"
				@change=${(event: Event) => this.#onPicked(event)}
			/>
		</label>`;
	}

	#renderRefusals(): TemplateResult {
		return html`<div class="weft-photos__refusals" role="alert">
			${icon("warning")}
			<ul>${sayRefusals(this.refusals).map((line) => html`<li>${line}</li>`)}</ul>
			<button
				type="button"
				class="weft-icon-button"
				aria-label=${t("photos.dismiss")}
				@click=${() => this.#dismiss()}
			>
				${icon("close")}
			</button>
		</div>`;
	}

	#renderGrid(photos: readonly Photo[]): TemplateResult {
		return html`<ul class="weft-photos__grid">
			${repeat(
				photos,
				(photo) => photo.id,
				(photo) => this.#renderTile(photo),
			)}
		</ul>`;
	}

	#renderTile(photo: Photo): TemplateResult {
		const { client } = this;
		const name = photo.name || t("photos.someone");
		const isOnItsWay = client !== null && isUnsent(client, photo);
		return html`<li class="weft-photos__tile" .style=${`--ratio: ${tileRatio(photo)}`}>
			<button
				type="button"
				class="weft-photos__open"
				@pointerenter=${(event: Event) => tellTalk(event, client, photo.id)}
				@click=${() => this.#open(photo)}
				@keydown=${(event: KeyboardEvent) => this.#onTileKey(event, photo)}
			>
				<weft-photo-image .client=${client} .photo=${photo.id} size="thumb"></weft-photo-image>
			</button>
			${isOnItsWay ? this.#renderCancel(photo) : nothing}
			${photo.caption === "" ? nothing : html`<p class="weft-photos__caption">${photo.caption}</p>`}
			${this.#renderFacts(photo, name)}
		</li>`;
	}

	#renderCancel(photo: Photo): TemplateResult {
		const label = t("photos.cancel");
		return html`<button
			type="button"
			class="weft-icon-button weft-photos__cancel"
			aria-label=${label}
			title=${label}
			@click=${() => this.client && uploadsOf(this.client).cancel(photo.id)}
		>
			${icon("close")}
		</button>`;
	}

	#renderFacts(photo: Photo, name: string): TemplateResult {
		const atMs = photo.received ?? photo.at;
		const isMine = this.client !== null && isOurs(this.client.me, photo.by);
		return html`<p class="weft-photos__facts">
			<span class="weft-photos__name">${isMine ? t("photos.you") : name}</span>
			<time datetime=${new Date(atMs).toISOString()} title=${fullTime(atMs)}
				>${momentOf(atMs, browserClock.now())}</time
			>
		</p>`;
	}

	#follow(): void {
		this.#unfollow();
		const { client } = this;
		if (client === null || !this.isConnected) return;
		startPhotos(client, (toast) => this.#toast(toast));
		const list = new PhotoList(client.doc);
		this.#list = list;
		this.#cancels = [
			watchPhotos(client, ({ photos }) => {
				list.update(photos);
				this.requestUpdate();
			}),
			uploadsOf(client).on("refused", (refusal) => {
				this.refusals = [...this.refusals, refusal];
			}),
		];
		this.requestUpdate();
	}

	#unfollow(): void {
		for (const cancel of this.#cancels.splice(0)) cancel();
	}

	#share(files: readonly File[]): void {
		if (this.client === null || this.#isViewing || files.length === 0) return;
		this.refusals = [];
		sharePhotos(this.client, files);
	}

	#onPicked(event: Event): void {
		const input = event.currentTarget as HTMLInputElement;
		this.#share([...(input.files ?? [])]);
		input.value = ""; // The same file may be chosen again.
	}

	readonly #onPaste = (event: ClipboardEvent): void => {
		const isElsewhere = !this.checkVisibility() || isTypedInto(event.target);
		const files = filesOf(event.clipboardData);
		if (isElsewhere || files.length === 0) return;
		event.preventDefault();
		this.#share(files);
	};

	#onDragOver(event: DragEvent): void {
		if (this.#isViewing || !holdsFiles(event.dataTransfer)) return;
		event.preventDefault();
		this.isDropping = true;
	}

	#onDragLeave(event: DragEvent): void {
		const to = event.relatedTarget;
		if (!(to instanceof Node) || !this.contains(to)) this.isDropping = false;
	}

	#onDrop(event: DragEvent): void {
		this.isDropping = false;
		if (!holdsFiles(event.dataTransfer)) return;
		event.preventDefault();
		this.#share(filesOf(event.dataTransfer));
	}

	#open(photo: Photo): void {
		const detail = { photo: photo.id };
		this.dispatchEvent(new CustomEvent("weft-open-photo", { bubbles: true, detail }));
	}

	#onTileKey(event: KeyboardEvent, photo: Photo): void {
		const { client } = this;
		if (event.key !== "Delete" || client === null || !client.may("hide")) return;
		const author = { person: client.me, at: browserClock.now() };
		const photos = photosOf(client.doc);
		client.doc.transact(() => removePhoto(photos, photo.id, author), this);
		const run = () => void restore(client, photo.id);
		this.#toast({ text: t("photos.removed"), action: { label: t("photos.undo"), run } });
	}

	#dismiss(): void {
		this.refusals = [];
	}

	#toast(detail: PhotoToast): undefined {
		this.dispatchEvent(new CustomEvent("weft-toast", { bubbles: true, detail }));
	}
}

function sayCount(count: number): string {
	if (count === 0) return t("photos.name");
	return tCount("photos.count", count);
}

/** Who stays on a photo sees what was said of it; asked for only then, because chats are long. */
function tellTalk({ target }: Event, client: RoomClient | null, photo: PhotoId): void {
	if (!(target instanceof HTMLElement) || client === null) return;
	target.title = saidOf(chatOf(client.doc), photo)
		.map(({ message, body }) => t("chat.heard", { name: message.name, body }))
		.join("\n");
}

/** Nobody drops or pastes with a finger. */
function isTouched(): boolean {
	return matchMedia("(pointer: coarse)").matches;
}

function isUnsent(client: RoomClient, photo: Photo): boolean {
	const state = uploadsOf(client).stateOf(photo.id);
	return state !== null && state.phase !== "shared";
}

function tileRatio(photo: Photo): string {
	const ratio = photo.width > 0 && photo.height > 0 ? photo.width / photo.height : 4 / 3;
	return Math.min(tileRatioMax, Math.max(tileRatioMin, ratio)).toFixed(4);
}

customElements.define("weft-photos", WeftPhotos);

declare global {
	interface HTMLElementTagNameMap {
		"weft-photos": WeftPhotos;
	}
}
