/** One room as a card: a small picture of it, and what one needs to know it again. */
import { html, nothing, svg, type TemplateResult } from "lit";
import "./room-card.css";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { PreviewStroke, RoomPreview } from "../../../shared/preview.ts";
import type { RoomSummary } from "../../../shared/room-access.ts";
import { thumbUrl } from "../../api.ts";
import { appUrl, roomPath } from "../../sync/base.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/messages/home.ts";
import { fullTime, timeAgo } from "../../ui/time.ts";
import type { RoomEntry } from "./room-list.ts";

/** More photos than these would hide the drawing. */
const photosShown = 3;

/** Puts a room into the bin, or takes it out. */
export type SetBinned = (entry: RoomEntry, isBinned: boolean) => void;

/** The card, a link into the room. */
export function roomCard(entry: RoomEntry, nowMs: Millis, setBinned: SetBinned): TemplateResult {
	const { room, title, summary } = entry;
	return html`
		<div class="weft-room-card__frame">
		<a class="weft-room-card" href=${appUrl(roomPath(room))}>
			<div class="weft-room-card__picture" aria-hidden="true">
				${summary === null ? blankPicture() : picture(room, summary.preview)}
			</div>
			<div class="weft-room-card__words">
				<div class="weft-room-card__head">
					<h3 dir="auto">${title}</h3>
					${summary && summary.people > 0 ? peopleBadge(summary.people) : nothing}
				</div>
				<p>${lines(entry, nowMs)}</p>
			</div>
		</a>
		${summary?.role === "owner" ? binButton(entry, summary, setBinned) : nothing}
		</div>
	`;
}

/** A card's shape while the list is on its way. */
export function cardSkeleton(): TemplateResult {
	return html`<div class="weft-room-card weft-room-card--skeleton" aria-hidden="true">
		<div class="weft-room-card__picture"></div>
		<div class="weft-room-card__words"><i></i><i></i></div>
	</div>`;
}

function binButton(entry: RoomEntry, { binnedAtMs }: RoomSummary, setBinned: SetBinned) {
	const isBinned = binnedAtMs !== null;
	const label = t(isBinned ? "frame.card.restore" : "frame.card.bin", { title: entry.title });
	return html`<button
		class="weft-icon-button weft-room-card__bin"
		aria-label=${label}
		title=${label}
		@click=${() => setBinned(entry, !isBinned)}
	>
		${icon(isBinned ? "undo" : "trash")}
	</button>`;
}

function countOf(messageCount: number): TemplateResult {
	const words = tCount("frame.card.messages", messageCount);
	return html`<span class="weft-room-card__count">${words}</span>`;
}

function lines({ summary, visit }: RoomEntry, nowMs: Millis): TemplateResult {
	if (summary === null) {
		return html`${t("frame.card.visited", { when: timeAgo(visit?.atMs ?? nowMs, nowMs) })}`;
	}
	const { messageCount } = summary.preview;
	return html`
		<span title=${fullTime(summary.changedAtMs)}>
			${t("frame.card.changed", { when: timeAgo(summary.changedAtMs, nowMs) })}</span
		>${messageCount > 0 ? html` · ${countOf(messageCount)}` : nothing}
		<br />
		<span title=${fullTime(summary.madeAtMs)}>${madeWords(summary, nowMs)}</span>
		${summary.role === "editor" ? nothing : html` · ${t(`frame.card.role.${summary.role}`)}`}
		${
			summary.kind === "open"
				? html`<span class="weft-room-card__kind" title=${t("frame.card.open")}>
						${icon("globe")}<span class="weft-hidden">${t("frame.card.open")}</span>
					</span>`
				: nothing
		}
	`;
}

function madeWords({ madeAtMs, madeBy }: RoomSummary, nowMs: Millis): string {
	const when = timeAgo(madeAtMs, nowMs);
	if (madeBy.name === "") return t("frame.card.byNobody", { when });
	return t("frame.card.by", { when, name: madeBy.name });
}

function peopleBadge(people: number): TemplateResult {
	const words = tCount("frame.card.now", people);
	return html`<span class="weft-room-card__people" title=${words}>
		<i></i>${people}<span class="weft-hidden">${words}</span>
	</span>`;
}

function picture(room: RoomName, preview: RoomPreview): TemplateResult {
	const { strokes, photos, excerpt } = preview;
	if (strokes.length === 0 && photos.length === 0 && excerpt === "") return blankPicture();
	// Words under a drawing cannot be read: they are shown where there is none.
	const words = strokes.length > 0 ? "" : excerpt;
	return html`
		${words === "" ? nothing : page(words, photos.length > 0)}
		${strokes.length === 0 ? nothing : drawing(strokes)}
		${
			photos.length === 0
				? nothing
				: html`<div
						class="weft-room-card__photos ${
							strokes.length + excerpt.length > 0 ? "" : "weft-room-card__photos--alone"
						}"
					>
						${photos
							.slice(0, photosShown)
							.map((blob) => html`<img src=${thumbUrl(room, blob)} alt="" loading="lazy" />`)}
					</div>`
		}
	`;
}

function page(words: string, hasPhotos: boolean): TemplateResult {
	const name = `weft-room-card__page ${hasPhotos ? "" : "weft-room-card__page--alone"}`;
	return html`<p class=${name} dir="auto">${words}</p>`;
}

function drawing(strokes: readonly PreviewStroke[]): TemplateResult {
	return html`<svg class="weft-room-card__drawing" viewBox="-4 -4 168 108">
		${strokes.map(({ color, points }) => line(color, points))}
	</svg>`;
}

function line(color: string, points: readonly number[]): TemplateResult {
	const isPalette = !color.startsWith("#");
	const [x, y] = points;
	// A line of no length is a dot, but only where it has two points.
	const path = points.length === 2 ? [x, y, x, y] : points;
	return svg`<polyline
		data-color=${isPalette ? color : nothing}
		stroke=${isPalette ? nothing : color}
		points=${path.join(" ")}
	/>`;
}

/** Threads that cross: what a room looks like before anything is in it. */
function blankPicture(): TemplateResult {
	return html`<svg class="weft-room-card__blank" viewBox="0 0 160 100">
		<path d="M50 0v24m0 12v52M70 0v8m0 12v28m0 12v40M90 0v24m0 12v52M110 0v8m0 12v28m0 12v40" />
		<path d="M30 14h34m12 0h34m12 0h8M30 34h14m12 0h28m12 0h34" />
		<path d="M30 54h34m12 0h34m12 0h8M30 74h14m12 0h28m12 0h34" />
	</svg>`;
}
