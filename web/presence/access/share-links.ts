/** The share panel of who manages a room: what its address gives, and links that end. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../share.css";
import "./rights.css";
import type { LinkId, RoomName } from "../../../shared/ids.ts";
import {
	aliasOf,
	type Entry,
	entries,
	type LinkRole,
	linkRoles,
	type RoomAccess,
	type RoomLink,
} from "../../../shared/room-access.ts";
import { roomTitle } from "../../sync/access/room-title.ts";
import { roomPath } from "../../sync/base.ts";
import { browserClock } from "../../sync/clock.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import "../../ui/messages/share.ts";
import { fullTime } from "../../ui/time.ts";
import { scanCode } from "../scan-code.ts";
import {
	type Copied,
	copiedWords,
	copier,
	type Home,
	homeHere,
	lookElsewhere,
	notes,
	scanWords,
	sendButton,
} from "../share.ts";
import { changeAccess, makeLink, revokeLink } from "./access-api.ts";
import "./audit-list.ts";
import { choice } from "../../ui/forms/choice.ts";
import { openManaged } from "./managed-dialog.ts";
import { purgePart } from "./purge.ts";
import { type AccessWatch, accessOf } from "./room-access.ts";

const dayMs = 24 * 60 * 60 * 1_000;
/** How long a new link holds; null until somebody revokes it. */
const expiries = { forever: null, day: dayMs, week: 7 * dayMs } as const;
type Expiry = keyof typeof expiries;

/** The address itself, or one of the links. */
type Shown = LinkId | "address";

interface LinksState {
	readonly home: Home;
	/** Whose code is shown. */
	readonly scanned: Shown;
	readonly copied: Copied<Shown> | null;
	/** What the next link gives. */
	readonly role: LinkRole;
	readonly expiry: Expiry;
	/** It was pressed, and not answered yet. */
	readonly isMaking: boolean;
}

interface Parts {
	readonly room: RoomName;
	/** What people call it. */
	readonly title: string;
	readonly access: RoomAccess;
	readonly watch: AccessWatch;
	readonly state: LinksState;
	readonly show: (part: Partial<LinksState>) => void;
	readonly copy: (what: Shown) => Promise<void>;
	readonly leave: () => void;
	/** What the address gives from now on. */
	readonly change: (entry: Entry) => void;
}

/** Opens it; it follows what others change. */
export function openLinks(client: RoomClient): void {
	const { room } = client;
	const title = roomTitle(client);
	const watch = accessOf(client);
	let state: LinksState = {
		home: homeHere(),
		scanned: "address",
		copied: null,
		role: "viewer",
		expiry: "forever",
		isMaking: false,
	};
	const show = (part: Partial<LinksState>): void => {
		state = { ...state, ...part };
		dialog.draw();
	};
	const copied = copier<Shown>((done) => show({ copied: done }));
	const copy = async (what: Shown): Promise<void> => {
		const field = dialog.element.querySelector<HTMLInputElement>(`input[name="${what}"]`);
		if (field !== null) await copied(what, field);
	};
	const leave = (): void => dialog.close();
	const change = (entry: Entry): void => {
		void watch.change(() => changeAccess(room, { entry }));
	};
	const dialog = openManaged(client, {
		title: t("frame.share.title"),
		className: "weft-share weft-rights",
		content: (access) =>
			linksContent({ room, title, access, watch, state, show, copy, leave, change }),
	});
	void lookElsewhere((home) => show({ home: { ...state.home, ...home } }));
}

function linksContent(parts: Parts): TemplateResult {
	const { room, title, state, access } = parts;
	const links = access.managed?.links ?? [];
	const scanned = links.find(({ id }) => id === state.scanned) ?? null;
	const link = urlOf(parts, scanned?.id ?? "address");
	const words = scanWords(state.home);
	return html`
		${addressRow(parts)}
		<section class="weft-rights__part" aria-label=${t("rights.links")}>
			<h3>${t("rights.links")}</h3>
			<p class="weft-rights__note">${t("rights.links.note")}</p>
			${links.length === 0 ? nothing : linkList(links, parts)} ${stillOpen(links, parts)}
			${newLink(parts)}
		</section>
		<div class="weft-share__scan">
			${scanCode(link, { name: t("rights.links.qrOne", { what: nameOf(scanned) }), words })}
			<div>
				<p><strong>${nameOf(scanned)}</strong></p>
				<p>${words}</p>
			</div>
		</div>
		${sendButton(title, link)}
		${access.entry === "closed" || access.entry === "knock" ? nothing : notes(room, state.home)}
		${purgePart(room, parts.leave)}
		<weft-audit-list .room=${room}></weft-audit-list>
	`;
}

function urlOf({ room, state }: Parts, what: Shown): string {
	return `${state.home.home}${roomPath(what === "address" ? room : aliasOf(what))}`;
}

/** A link in words, for what cannot be seen. */
function nameOf(link: RoomLink | null): string {
	if (link === null) return t("rights.entry");
	return `${t(`rights.entry.${link.role}`)}, ${untilWords(link)}`;
}

function untilWords({ expiresAtMs }: RoomLink): string {
	if (expiresAtMs === null) return t("rights.links.forever");
	return t("rights.links.until", { time: fullTime(expiresAtMs) });
}

function addressRow(parts: Parts): TemplateResult {
	const { access, change } = parts;
	return html`<div class="weft-share__way">
		<p><strong>${t("rights.entry")}</strong></p>
		<div class="weft-share__link">
			<input
				class="weft-input"
				name="address"
				readonly
				aria-label=${t("rights.entry")}
				.value=${urlOf(parts, "address")}
				@focus=${(event: Event) => (event.target as HTMLInputElement).select()}
			/>
			${copyButton(parts, "address", { label: t("frame.share.copy.edit"), isPrimary: true })}
		</div>
		<div class="weft-rights__row">
			${choice({
				label: t("rights.entry.gives"),
				value: access.entry,
				options: entries.map((entry) => ({ value: entry, words: t(`rights.entry.${entry}`) })),
				change,
			})}
			${qrButton(parts, "address")}
		</div>
	</div>`;
}

function linkList(links: readonly RoomLink[], parts: Parts): TemplateResult {
	return html`<ul class="weft-rights__list">
		${repeat(
			links,
			({ id }) => id,
			(link) => linkRow(link, parts),
		)}
	</ul>`;
}

/** A link to look is no lock while the address itself gives more. */
function stillOpen(links: readonly RoomLink[], { access, change }: Parts) {
	const { entry } = access;
	const least = linkRoles.find((role) => links.some((link) => link.role === role));
	const rank = (role: string | undefined): number => linkRoles.indexOf(role as LinkRole);
	if (least === undefined || least === "editor" || rank(least) >= rank(entry)) return nothing;
	const gives = entry === "commenter" ? entry : "editor";
	return html`<div class="weft-rights__still" role="note">
		<p>${t("rights.links.still", { gives: t(`rights.links.still.${gives}`) })}</p>
		<button class="weft-button" @click=${() => change(least)}>
			${t("rights.links.same", { gives: t(`rights.links.same.${least}`) })}
		</button>
		<button class="weft-button" @click=${() => change("closed")}>${t("rights.links.only")}</button>
	</div>`;
}

function linkRow(link: RoomLink, parts: Parts): TemplateResult {
	const { room, watch } = parts;
	const what = nameOf(link);
	const revoke = (): void => void watch.change(() => revokeLink(room, link.id));
	return html`<li class="weft-rights__link">
		<span class="weft-rights__what">
			<strong>${t(`rights.entry.${link.role}`)}</strong>
			<small>${untilWords(link)}</small>
		</span>
		<input
			class="weft-hidden"
			name=${link.id}
			readonly
			tabindex="-1"
			aria-hidden="true"
			.value=${urlOf(parts, link.id)}
		/>
		<span class="weft-rights__acts">
			${copyButton(parts, link.id, {
				label: t("rights.links.copy"),
				name: t("rights.links.copyOne", { what }),
			})}
			${qrButton(parts, link.id)}
			<button
				class="weft-icon-button"
				aria-label=${t("rights.links.revokeOne", { what })}
				title=${t("rights.links.revoke")}
				@click=${revoke}
			>
				${icon("trash")}
			</button>
		</span>
	</li>`;
}

interface CopyLooks {
	readonly label: string;
	/** For a screen reader, where several say the same. */
	readonly name?: string;
	readonly isPrimary?: boolean;
}

function copyButton({ state, copy }: Parts, what: Shown, looks: CopyLooks): TemplateResult {
	const copied = state.copied?.what === what ? state.copied : null;
	const words = copied === null ? looks.label : copiedWords(copied.isDone);
	return html`<button
		class="weft-button ${looks.isPrimary ? "weft-button--primary" : ""}"
		?autofocus=${looks.isPrimary}
		aria-label=${copied === null && looks.name ? looks.name : nothing}
		@click=${() => copy(what)}
	>
		${icon(copied?.isDone ? "check" : moreIcons.copy)} <span aria-live="polite">${words}</span>
	</button>`;
}

function qrButton({ state, show, access }: Parts, what: Shown): TemplateResult {
	const link = access.managed?.links.find(({ id }) => id === what) ?? null;
	return html`<button
		class="weft-button weft-rights__qr"
		aria-pressed=${state.scanned === what}
		aria-label=${t("rights.links.qrOne", { what: nameOf(link) })}
		@click=${() => show({ scanned: what })}
	>
		${t("rights.links.qr")}
	</button>`;
}

function newLink({ room, watch, state, show }: Parts): TemplateResult {
	const make = async (): Promise<void> => {
		const heldMs = expiries[state.expiry];
		const expiresAtMs = heldMs === null ? null : browserClock.now() + heldMs;
		if (state.isMaking) return; // Pressed twice it is one.
		show({ isMaking: true });
		const link = await watch.act(() => makeLink(room, { role: state.role, expiresAtMs }));
		if (link !== null) await watch.ask();
		show({ isMaking: false, ...(link === null ? {} : { scanned: link.id }) });
	};
	return html`<div class="weft-rights__new">
		${choice({
			label: t("rights.links.role"),
			value: state.role,
			options: linkRoles.map((role) => ({ value: role, words: t(`rights.entry.${role}`) })),
			change: (role) => show({ role }),
		})}
		${choice({
			label: t("rights.links.expiry"),
			value: state.expiry,
			options: (Object.keys(expiries) as Expiry[]).map((expiry) => ({
				value: expiry,
				words: t(`rights.links.${expiry}`),
			})),
			change: (expiry) => show({ expiry }),
		})}
		<button class="weft-button" @click=${make}>${icon("plus")} ${t("rights.links.make")}</button>
	</div>`;
}
