/** One row of the list as a template. People's words become text nodes, never markup. */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { Person } from "../../shared/awareness.ts";
import type { Millis } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { type AboutItem, type AboutPassage, aboutOf } from "../../shared/surfaces/about.ts";
import type { ChatMessage, Reaction, ShownMessage } from "../../shared/surfaces/chat.ts";
import { avatar, memberMark } from "../presence/avatar.ts";
import { isOurs } from "../sync/me.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { icon } from "../ui/icons.ts";
import { inLocale } from "../ui/language.ts";
import { t } from "../ui/messages.ts";
import { clockTime } from "../ui/time.ts";
import { isTapped } from "../ui/touch/tap.ts";
import { renderAbout } from "./about/row-about.ts";
import { type Delivery, sayDelivery } from "./delivery.ts";
import { isOnlyEmoji } from "./emoji.ts";
import { linkify } from "./linkify.ts";
import { isMentioned, type Names, splitMentions } from "./mention/mentions.ts";
import { excerptOf, nameIn } from "./message-words.ts";
import type { Row } from "./rows.ts";

/** What a row needs to know beside itself. */
export interface RowContext {
	readonly client: RoomClient;
	/** Those who are here, by id: their colour and name are the current ones. */
	readonly people: ReadonlyMap<string, Person>;
	/** What people are called: these names are found in the words. */
	readonly names: Names;
	readonly now: Millis;
	/** Null where nothing is to be said about the message's way. */
	deliveryOf(row: MessageRow): Delivery | null;
	isOpened(key: string): boolean;
	open(key: string): void;
	openPhoto(photo: PhotoId): void;
	/** Goes to a passage of the document. */
	showPassage(passage: AboutPassage): void;
	/** Goes to an item of the board. */
	showItem(item: AboutItem): void;
	/** The message that one answers; null where it is not there. */
	quotedBy(row: MessageRow): ShownMessage | null;
	/** Goes to a message. */
	goTo(shown: ShownMessage): void;
	/** True for the row whose button Tab comes to. */
	isCurrent(key: string): boolean;
	/** True for a row that somebody has just gone to. */
	isSought(key: string): boolean;
	openMenu(row: MessageRow, anchor: HTMLElement): void;
	react(row: MessageRow, emoji: string): void;
}

/** The kind of row that holds a message. */
export type MessageRow = Extract<Row, { type: "message" }>;

/** Longer messages are folded until somebody opens them. */
const foldedLengthMax = 1_200;
const foldedLinesMax = 18;

const dayFormat = inLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "full" }));
const namesFormat = inLocale((locale) => new Intl.ListFormat(locale, { type: "conjunction" }));
const momentFormat = inLocale(
	(locale) => new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" }),
);

/** The reader's own day of that moment, as a key. */
export function dayOf(at: Millis): string {
	return new Date(at).toDateString();
}

/** Draws one row. */
export function renderRow(row: Row, context: RowContext): TemplateResult {
	switch (row.type) {
		case "day":
			return html`<li class="weft-chat-day" data-key=${row.key}>
				<span>${sayDay(row.at, context.now)}</span>
			</li>`;
		case "unread":
			return html`<li class="weft-chat-unread" data-key=${row.key}>
				<span>${t("chat.unread")}</span>
			</li>`;
		case "message":
			return renderMessage(row, context);
	}
}

const dayMs = 24 * 60 * 60 * 1000;

function sayDay(at: Millis, now: Millis): string {
	if (dayOf(at) === dayOf(now)) return t("chat.today");
	if (dayOf(at) === dayOf(now - dayMs)) return t("chat.yesterday");
	return dayFormat().format(at);
}

function renderMessage(row: MessageRow, context: RowContext): TemplateResult {
	const { shown } = row;
	const { message } = shown;
	const isOwn = isOurs(context.client.me, message.by);
	const classes = {
		"weft-chat-message": true,
		"is-own": isOwn,
		"is-first": row.first,
		"is-last": row.last,
		"is-removed": shown.removed,
		"is-mention": !isOwn && !shown.removed && isMentioned(shown.body, context.names.mine),
		"is-sought": context.isSought(row.key),
		"is-emoji": !shown.removed && message.photo === undefined && isOnlyEmoji(shown.body),
	};
	return html`<li class=${classMap(classes)} data-key=${row.key}>
		${row.first && !isOwn ? avatar(faceOf(message, context)) : nothing}
		<div class="weft-chat-column">
			${row.first ? renderHead(row, context, isOwn) : nothing}
			<div class="weft-chat-line">
				<div
					class="weft-chat-bubble"
					title=${message.at > 0 ? momentFormat().format(message.at) : ""}
					@click=${(event: MouseEvent) => openByFinger(event, row, context)}
				>
					${shown.removed ? t("chat.removed") : renderContent(row, context)}
				</div>
				${shown.removed || !context.client.may("chat") ? nothing : renderMore(row, context)}
			</div>
			${shown.reactions.length === 0 ? nothing : renderReactions(row, context)}
			${renderDelivery(context.deliveryOf(row))}
		</div>
	</li>`;
}

function renderMore(row: MessageRow, context: RowContext): TemplateResult {
	const { shown } = row;
	return html`<button
		type="button"
		class="weft-icon-button weft-chat-more"
		aria-haspopup="dialog"
		tabindex=${context.isCurrent(row.key) ? 0 : -1}
		aria-label=${t("chat.more", { name: nameIn(shown), excerpt: excerptOf(shown) })}
		@click=${({ currentTarget }: MouseEvent) => {
			if (currentTarget instanceof HTMLElement) context.openMenu(row, currentTarget);
		}}
	>
		${icon("more")}
	</button>`;
}

/** A finger has no pointer that hovers: it taps the message. A mouse selects words there. */
function openByFinger(event: MouseEvent, row: MessageRow, context: RowContext): void {
	const { target } = event;
	if (!isTapped() || row.shown.removed || !(target instanceof Element)) return;
	if (target.closest("a, button") !== null) return;
	const more = target.closest(".weft-chat-line")?.querySelector<HTMLElement>(".weft-chat-more");
	if (more != null) context.openMenu(row, more);
}

function renderReactions(row: MessageRow, context: RowContext): TemplateResult {
	return html`<ul class="weft-chat-reactions" role="list">
		${row.shown.reactions.map(
			(reaction) => html`<li>${renderReaction(reaction, row, context)}</li>`,
		)}
	</ul>`;
}

function renderReaction({ emoji, from }: Reaction, row: MessageRow, context: RowContext) {
	const names = namesFormat().format(from.map((message) => faceOf(message, context).name));
	const words = from.length > 1 ? `${emoji} ${from.length}` : emoji;
	const label = t("chat.reacted", { emoji: words, names });
	return html`<button
		type="button"
		class="weft-chat-reaction"
		aria-pressed=${from.some(({ by }) => isOurs(context.client.me, by))}
		aria-label=${label}
		title=${label}
		@click=${() => context.react(row, emoji)}
	>
		<span>${emoji}${from.length > 1 ? html` <b>${from.length}</b>` : nothing}</span>
	</button>`;
}

function renderQuote(quoted: ShownMessage, context: RowContext): TemplateResult {
	const { name } = faceOf(quoted.message, context);
	const excerpt = excerptOf(quoted);
	return html`<button
		type="button"
		class="weft-chat-quote"
		title=${t("chat.quote")}
		@click=${() => context.goTo(quoted)}
	>
		<bdi>${name}</bdi> <span dir="auto">${excerpt}</span>
	</button>`;
}

function renderHead(row: MessageRow, context: RowContext, isOwn: boolean): TemplateResult {
	const { at } = row.shown.message;
	const moment = new Date(at).toISOString();
	const time = html`<time datetime=${moment}>${clockTime(at)}</time>`;
	return html`<div class="weft-chat-head">
		<bdi class=${isOwn ? "weft-hidden" : "weft-chat-name"}>
			${isOwn ? t("chat.you") : faceOf(row.shown.message, context).name}
		</bdi>
		${isOwn ? nothing : memberMark(row.shown.message.by)}
		${at > 0 ? time : nothing}
	</div>`;
}

function faceOf({ by, name }: ChatMessage, context: RowContext): Person {
	const here = context.people.get(by);
	return here ?? { id: by, name: name || t("chat.somebody"), color: colorOf(by) };
}

function renderContent(row: MessageRow, context: RowContext): TemplateResult {
	const { body, edited, message } = row.shown;
	const quoted = context.quotedBy(row);
	// Nothing stands between them: a bubble with one line is as low as that line.
	return html`${quoted === null ? nothing : renderQuote(quoted, context)}${renderAbout(
		aboutOf(message.anchor),
		context,
	)}${
		message.photo === undefined ? nothing : renderPhoto(message.photo, context)
	}${body.trim() === "" ? nothing : renderBody(row, context)}${
		edited ? html`<span class="weft-chat-edited">${t("chat.edited")}</span>` : nothing
	}`;
}

function renderPhoto(photo: PhotoId, context: RowContext): TemplateResult {
	return html`<div class="weft-chat-photo">
		<weft-photo-image .client=${context.client} .photo=${photo} size="thumb"></weft-photo-image>
		<button
			type="button"
			aria-label=${t("chat.openPhoto")}
			@click=${() => context.openPhoto(photo)}
		></button>
	</div>`;
}

function renderBody(row: MessageRow, context: RowContext): TemplateResult {
	const { body } = row.shown;
	const isFolded = !context.isOpened(row.key) && isLong(body);
	const classes = { "weft-chat-body": true, "is-folded": isFolded };
	const fold = html`<button
		type="button"
		class="weft-chat-fold"
		@click=${() => context.open(row.key)}
	>
		${t("chat.showAll")}
	</button>`;
	// White space inside the element would be shown: it keeps the writer's own.
	return html`<div class=${classMap(classes)} dir="auto">${renderPieces(body, context.names)}</div>
		${isFolded ? fold : nothing}`;
}

function isLong(body: string): boolean {
	return (
		body.length > foldedLengthMax || body.split("\n", foldedLinesMax + 1).length > foldedLinesMax
	);
}

function renderPieces(body: string, names: Names): (string | TemplateResult)[] {
	return linkify(body).flatMap((piece) => {
		if (piece.type === "text") return renderMentions(piece.text, names);
		const { href, text } = piece;
		return [html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`];
	});
}

function renderMentions(text: string, { all, mine }: Names): (string | TemplateResult)[] {
	return splitMentions(text, all).map((piece) => {
		if (!piece.isMention) return piece.text;
		const isMe = isMentioned(piece.text, mine);
		return html`<bdi class="weft-chat-mention ${isMe ? "is-me" : ""}">${piece.text}</bdi>`;
	});
}

function renderDelivery(delivery: Delivery | null): TemplateResult | typeof nothing {
	if (delivery === null) return nothing;
	return html`<div class="weft-chat-state is-${delivery.where}">${sayDelivery(delivery)}</div>`;
}

/** Colours for people who are not here: dark enough for white initials in both themes. */
const absentColors = ["#8a4f7d", "#4a6fa5", "#3d7a57", "#a0522d", "#6b5b95", "#8a6d1b", "#2f7f86"];

function colorOf(by: string): string {
	let hash = 7;
	for (let unit = 0; unit < by.length; unit++) hash = (hash * 31 + by.charCodeAt(unit)) >>> 0;
	return absentColors[hash % absentColors.length] ?? "#4a6fa5";
}
