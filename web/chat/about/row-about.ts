/** What a message speaks of, as a button in its bubble that leads there. */
import { html, nothing, type TemplateResult } from "lit";
import type { PhotoId } from "../../../shared/ids.ts";
import type { About, AboutItem, AboutPassage } from "../../../shared/surfaces/about.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "./item-picture.ts";

/** Where such buttons lead. */
export interface AboutContext {
	readonly client: RoomClient;
	openPhoto(photo: PhotoId): void;
	showPassage(passage: AboutPassage): void;
	showItem(item: AboutItem): void;
}

/** Draws it; nothing where the message speaks of nothing. */
export function renderAbout(
	about: About | null,
	context: AboutContext,
): TemplateResult | typeof nothing {
	switch (about?.kind) {
		case undefined:
			return nothing;
		case "photo":
			return button(t("chat.openPhoto"), renderPhoto(about.photo, context), () =>
				context.openPhoto(about.photo),
			);
		case "item":
			return button(t("chat.about.goToItem"), renderItem(about, context), () =>
				context.showItem(about),
			);
		case "passage":
			return button(t("chat.about.goTo"), renderPassage(about), () => context.showPassage(about));
	}
}

function button(title: string, inside: TemplateResult, go: () => void): TemplateResult {
	return html`<button type="button" class="weft-chat-about" title=${title} @click=${go}>
		${inside}
	</button>`;
}

function renderPhoto(photo: PhotoId, { client }: AboutContext): TemplateResult {
	return html`<weft-photo-image .client=${client} .photo=${photo} size="thumb"></weft-photo-image>
		<span class="weft-chat-about__words">${t("chat.about.photo")}</span>`;
}

function renderItem(about: AboutItem, { client }: AboutContext): TemplateResult {
	return html`<weft-talked-item .client=${client} .about=${about}></weft-talked-item>`;
}

function renderPassage({ quote }: AboutPassage): TemplateResult {
	return html`${icon("document")}
		<span class="weft-chat-about__words" dir="auto">${quote}</span>`;
}
