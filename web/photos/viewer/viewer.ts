/** `<weft-photo-viewer>`: one photo as large as the screen, and all others beside it. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Cancel } from "../../../shared/clock.ts";
import type { PhotoId } from "../../../shared/ids.ts";
import { type Photo, readPhoto, removePhoto } from "../../../shared/surfaces/photos.ts";
import { chatOf, photosOf } from "../../../shared/surfaces/root.ts";
import { FollowRights } from "../../sync/access/follow-rights.ts";
import { browserClock } from "../../sync/clock.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { photoIcons } from "../../ui/icons/photo.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { isSwitchedOff, keyName } from "../../ui/shortcuts.ts";
import { sayBytes } from "../../ui/size.ts";
import { fullTime } from "../../ui/time.ts";
import { PhotoList } from "../photo-list.ts";
import { blobUrl } from "../photo-url.ts";
import { watchPhotos } from "../photo-watch.ts";
import { restore } from "../restore.ts";
import { saidBelow, talkButton } from "./said.ts";
import { Slideshow } from "./slideshow.ts";
import { Swipe } from "./swipe.ts";
import "../photo-image.ts";
import "./viewer.css";

/** How long a removed photo can be brought back from here; later from nowhere in the viewer. */
const undoMs = 9_000;

/** Property: `client`. `open(photo)` shows it; arrows, swipes and Escape do what people expect. */
export class WeftPhotoViewer extends LitElement {
	static override properties = {
		client: { attribute: false },
		photo: { state: true },
		removed: { state: true },
	};

	declare client: RoomClient | null;
	declare photo: PhotoId | null;
	/** The photo that was removed last, while that can be undone. */
	declare removed: PhotoId | null;
	#list: PhotoList | null = null;
	#unwatch: Cancel | null = null;
	#cancelUndo: Cancel | null = null;
	readonly #swipe = new Swipe({
		moved: (x) => this.#drag(x),
		ended: (way) => {
			this.#drag(0);
			if (way === "down") this.#dialog?.close();
			else if (way !== null) this.#go(way === "left" ? 1 : -1);
		},
	});

	readonly #slideshow = new Slideshow({
		clock: browserClock,
		next: () => this.#showNext(),
		changed: () => this.requestUpdate(),
	});

	constructor() {
		super();
		this.client = null;
		this.photo = null;
		this.removed = null;
		new FollowRights(this);
	}

	/** Shows a photo, whether or not the viewer is open; `isShow` begins a slideshow with it. */
	open(photo: PhotoId, isShow = false): void {
		const { client } = this;
		if (client === null) return;
		fetchField();
		this.#list = new PhotoList(client.doc);
		this.#unwatch ??= this.#watch(client);
		this.photo = photo;
		document.addEventListener("keydown", this.#onKey);
		void this.updateComplete.then(() => {
			if (this.#dialog?.open === false) this.#dialog.showModal();
			if (isShow) this.#slideshow.start();
			this.#fetchNeighbours();
		});
	}

	#watch(client: RoomClient): Cancel {
		const draw = (): void => this.requestUpdate();
		const chat = chatOf(client.doc);
		chat.observe(draw);
		const unwatch = watchPhotos(client, ({ photos }) => {
			this.#list?.update(photos);
			draw();
		});
		return () => {
			unwatch();
			chat.unobserve(draw);
		};
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#stop();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override render(): TemplateResult {
		return html`<dialog
			class="weft-viewer ${this.#slideshow.isOn ? "weft-viewer--show" : ""}"
			aria-label=${t("photos.viewer")}
			autofocus
			@close=${() => this.#stop()}
		>
			${this.photo === null ? nothing : this.#renderPhoto(this.photo)}
		</dialog>`;
	}

	get #dialog(): HTMLDialogElement | null {
		return this.querySelector("dialog");
	}

	#renderPhoto(id: PhotoId): TemplateResult | typeof nothing {
		const { client } = this;
		if (client === null) return nothing;
		const photo = readPhoto(photosOf(client.doc), id);
		const shown = photo === null || photo.gone ? null : photo;
		return html`
			${this.#renderBar(shown)}
			<div
				class="weft-viewer__stage"
				@pointerdown=${this.#swipe.down}
				@pointermove=${this.#swipe.move}
				@pointerup=${this.#swipe.up}
				@pointercancel=${this.#swipe.up}
				@click=${(event: Event) => this.#onStageClick(event)}
			>
				${this.#renderArrow(-1)}
				${keyed(
					id,
					html`<weft-photo-image
						class="weft-viewer__photo"
						.client=${client}
						.photo=${id}
						size="full"
					></weft-photo-image>`,
				)}
				${this.#renderArrow(1)}
			</div>
			${shown === null ? nothing : this.#renderFoot(shown)}
			${this.removed === null ? nothing : this.#renderUndo(this.removed)}
		`;
	}

	#renderBar(photo: Photo | null): TemplateResult {
		const photos = this.#list?.photos ?? [];
		const index = photos.findIndex((other) => other.id === this.photo) + 1;
		return html`<div class="weft-viewer__bar">
			<span class="weft-viewer__position">
				${index > 0 ? t("photos.position", { index, count: photos.length }) : ""}
			</span>
			${photo === null ? nothing : this.#renderActions(photo)}
			<button
				type="button"
				class="weft-icon-button"
				aria-label=${t("photos.close")}
				title=${t("photos.close")}
				@click=${() => this.#dialog?.close()}
			>
				${icon("close")}
			</button>
		</div>`;
	}

	#renderActions(photo: Photo): TemplateResult {
		const { client } = this;
		const { isOn } = this.#slideshow;
		const show = t(isOn ? "photos.show.stop" : "photos.show");
		return html`
			<button
				type="button"
				class="weft-icon-button"
				aria-label=${show}
				aria-pressed=${isOn}
				title=${show}
				@click=${() => this.#toggleShow()}
			>
				${icon(isOn ? photoIcons.pause : photoIcons.play)}
			</button>
			${
				client === null || photo.blob === null
					? nothing
					: html`<a
							class="weft-icon-button"
							href=${blobUrl(client, photo.blob, "full")}
							download=${`photo.${photo.type.slice("image/".length)}`}
							aria-label=${t("photos.download")}
							title=${t("photos.download")}
							>${icon(moreIcons.download)}</a
						>`
			}
			${client?.may("chat") ? talkButton(photo.id, () => this.#dialog?.close()) : nothing}
			${client?.may("hide") ? this.#renderRemove() : nothing}
		`;
	}

	#renderRemove(): TemplateResult {
		const remove = t("photos.remove");
		return html`<button
			type="button"
			class="weft-icon-button"
			aria-label=${remove}
			title=${remove}
			@click=${() => this.#remove()}
		>
			${icon("trash")}
		</button>`;
	}

	#renderArrow(step: 1 | -1): TemplateResult | typeof nothing {
		if (this.#neighbour(step) === null) return nothing;
		const label = t(step === 1 ? "photos.next" : "photos.previous");
		const side = step === 1 ? "next" : "previous";
		return html`<button
			type="button"
			class="weft-viewer__arrow weft-viewer__arrow--${side}"
			aria-label=${label}
			title=${label}
			@click=${() => this.#go(step)}
		>
			${icon(step === 1 ? photoIcons.chevronRight : photoIcons.chevronLeft)}
		</button>`;
	}

	#renderFoot(photo: Photo): TemplateResult {
		const atMs = photo.received ?? photo.at;
		const name = photo.name || t("photos.someone");
		return html`<div class="weft-viewer__foot">
			<weft-caption-field .client=${this.client} .photo=${photo.id}></weft-caption-field>
			${this.client === null ? nothing : saidBelow(this.client, photo.id)}
			<p class="weft-viewer__facts">
				<span>${name}</span>
				<time datetime=${new Date(atMs).toISOString()}>${fullTime(atMs)}</time>
				${this.#renderOriginal(photo)}
			</p>
		</div>`;
	}

	/** Where somebody wanted it kept: every pixel, for a printer rather than for a screen. */
	#renderOriginal(photo: Photo): TemplateResult | typeof nothing {
		if (this.client === null || photo.blob === null || photo.originalBytes === 0) return nothing;
		const size = sayBytes(photo.originalBytes);
		return html`<a
			class="weft-viewer__original"
			href=${blobUrl(this.client, photo.blob, "original")}
			download
			>${icon(moreIcons.download)} ${t("photos.original", { size })}</a
		>`;
	}

	/** Toasts of the page cannot be reached while a modal dialog is open. */
	#renderUndo(removed: PhotoId): TemplateResult {
		return html`<div class="weft-viewer__undo" role="status">
			<span>${t("photos.removed")}</span>
			<button type="button" class="weft-viewer__undo-button" @click=${() => this.#restore(removed)}>
				${t("photos.undo")}
			</button>
		</div>`;
	}

	/** The photo that many steps further; of one that is gone, the ones around where it was. */
	#neighbour(step: 1 | -1): PhotoId | null {
		const photos = this.#list?.photos ?? [];
		const index = photos.findIndex((photo) => photo.id === this.photo);
		if (index >= 0) return photos[index + step]?.id ?? null;
		return photos.find((photo) => photo.id !== this.photo)?.id ?? null;
	}

	#go(step: 1 | -1): void {
		const neighbour = this.#neighbour(step);
		if (neighbour === null) return;
		this.photo = neighbour;
		this.#slideshow.restart();
		this.#fetchNeighbours();
	}

	/** After the last the first again; who came meanwhile is among them. */
	#showNext(): void {
		const next = this.#neighbour(1) ?? this.#list?.photos[0]?.id ?? null;
		if (next === null) return;
		this.photo = next;
		this.#fetchNeighbours();
	}

	/** The next picture is there before somebody asks for it. */
	#fetchNeighbours(): void {
		const { client } = this;
		for (const step of [1, -1] as const) {
			const id = this.#neighbour(step);
			const photo = client === null || id === null ? null : readPhoto(photosOf(client.doc), id);
			if (client === null || !photo?.blob) continue;
			new Image().src = blobUrl(client, photo.blob, "full");
		}
	}

	#remove(): void {
		const { client, photo } = this;
		if (client?.may("hide") !== true || photo === null) return;
		const next = this.#neighbour(1) ?? this.#neighbour(-1);
		const author = { person: client.me, at: browserClock.now() };
		client.doc.transact(() => removePhoto(photosOf(client.doc), photo, author), this);
		this.removed = photo;
		this.#cancelUndo?.();
		this.#cancelUndo = browserClock.after(undoMs, () => {
			this.removed = null;
		});
		if (next !== null) this.photo = next;
	}

	#restore(photo: PhotoId): void {
		if (this.client === null || !restore(this.client, photo)) return;
		this.removed = null;
		this.photo = photo;
	}

	/** Heard on the page: after a tap on the photo nothing in the dialog has the focus. */
	readonly #onKey = (event: KeyboardEvent): void => {
		const run = Object.hasOwn(this.#keys, keyName(event)) ? this.#keys[keyName(event)] : undefined;
		if (run === undefined || isSwitchedOff(event)) return;
		const isPressed = event.target instanceof Element && event.target.matches("button, a");
		if (event.key === " " && isPressed) return; // There it presses what has the focus.
		event.preventDefault();
		run();
	};

	readonly #keys: Readonly<Record<string, () => void>> = {
		ArrowRight: () => this.#go(1),
		ArrowLeft: () => this.#go(-1),
		Delete: () => this.#remove(),
		E: () => this.querySelector<HTMLElement>(".weft-caption")?.focus(),
		" ": () => this.#toggleShow(),
	};

	#toggleShow(): void {
		if (this.#slideshow.isOn) this.#slideshow.stop();
		else this.#slideshow.start();
	}

	/** A click beside the photo closes, as people know it. */
	#onStageClick(event: Event): void {
		const isBeside = event.target === event.currentTarget;
		if (isBeside && !this.#swipe.hasMoved) this.#dialog?.close();
	}

	#drag(x: number): void {
		const image = this.querySelector<HTMLElement>(".weft-viewer__photo");
		if (image !== null) image.style.translate = x === 0 ? "" : `${x}px`;
	}

	#stop(): void {
		document.removeEventListener("keydown", this.#onKey);
		this.#slideshow.stop();
		this.#unwatch?.();
		this.#unwatch = null;
		this.#cancelUndo?.();
		this.photo = null;
		this.removed = null;
	}
}

/** Who looks at no photo alone writes no caption. */
function fetchField(): void {
	import("./caption-field.ts").catch((error: unknown) => {
		console.warn("Captions cannot be written now:", error); // Tried again with the next photo.
	});
}

customElements.define("weft-photo-viewer", WeftPhotoViewer);

declare global {
	interface HTMLElementTagNameMap {
		"weft-photo-viewer": WeftPhotoViewer;
	}
}
