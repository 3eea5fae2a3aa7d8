/** The slim bar above a room, and on a phone the tabs below it. */
import { html, nothing, type TemplateResult } from "lit";
import "../../presence/light/light.css";
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import { titleOf } from "../../../shared/surfaces/root.ts";
import { roomTitle } from "../../sync/access/room-title.ts";
import { appUrl } from "../../sync/base.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { menuButton, placeOnToggle } from "../../ui/popover.ts";
import { orSay } from "../../ui/toast.ts";
import type { Choice, WindowSize } from "./layout.ts";
import { isAway } from "./notices.ts";
import "./title.ts";

/** What bar and tabs show and do. */
export interface BarOptions {
	readonly client: RoomClient;
	readonly size: WindowSize;
	readonly choice: Choice;
	readonly panes: readonly SurfaceName[];
	readonly unreadCount: number;
	readonly go: (surface: SurfaceName) => void;
	readonly toggleChat: () => void;
	readonly toggleSplit: () => void;
	/** Rows of the menu; null before their code is here. */
	readonly menu: TemplateResult | null;
	/** The menu was opened. */
	readonly fetchMenu: () => void;
}

/** More faces than these are a number: the title needs the room. */
const facesMax: Readonly<Record<WindowSize, number>> = { phone: 1, middle: 3, wide: 5 };

/** The bar. */
export function roomBar(options: BarOptions): TemplateResult {
	const { client, size } = options;
	const home = t("frame.goHome");
	const isHere = !isAway(client);
	const hasTitle = isHere || titleOf(client.doc) !== "";
	return html`
		<header class="weft-room__bar" data-pane="bar">
			<div class="weft-room__side">
				<a class="weft-icon-button" href=${appUrl("")} aria-label=${home} title=${home}>
					${icon("back")}
				</a>
				${hasTitle ? html`<weft-title .client=${client}></weft-title>` : nothing}
				${client.kind === "open" ? openKind() : nothing}
				${isHere ? light(client) : nothing}
			</div>
			${size !== "phone" && isHere ? deskTabs(options) : nothing}
			<div class="weft-room__side weft-room__side--end">
				<weft-people
					.client=${client}
					.facesMax=${facesMax[size]}
					.isNarrow=${size === "phone"}
					@weft-share=${() => share(client)}
				></weft-people>
				${size !== "phone" && isHere ? chatButton(options) : nothing}
				${isHere ? shareButton(client, size) : nothing}
				${menu(options)}
			</div>
		</header>
	`;
}

/**
 * The light, and before its code is here what it would say of the network: where that goes at the
 * beginning of a first visit, nothing else comes before it is back.
 */
function light(client: RoomClient): TemplateResult {
	const isHere = customElements.get("weft-light") !== undefined;
	const isOffline = client.status.phase === "offline";
	return html`<weft-light .client=${client}>
		${!isHere && isOffline ? offline(client) : nothing}
	</weft-light>`;
}

function offline(client: RoomClient): TemplateResult {
	const label = t("frame.light.offline");
	return html`
		<button
			class="weft-light weft-light--warn weft-light--plain"
			title=${t("frame.light.tryNow")}
			aria-label="${t("frame.light.name")}: ${label}. ${t("frame.light.tryNow")}"
			@click=${() => client.wake()}
		>
			${icon("offline")}<span class="weft-light__label">${label}</span>
		</button>
		<span class="weft-hidden" role="status">${label}</span>
	`;
}

/** The four tabs under a phone's thumb. */
export function phoneTabs(options: BarOptions): TemplateResult {
	return html`
		<nav class="weft-room__tabs" data-pane="tabs" aria-label=${t("frame.room.surfaces")}>
			${surfaceNames.map((surface) => tab(surface, options))}
		</nav>
	`;
}

function deskTabs(options: BarOptions): TemplateResult {
	const { size, panes, toggleSplit } = options;
	const split = t("frame.room.split");
	return html`
		<nav class="weft-room__strip" aria-label=${t("frame.room.surfaces")}>
			${surfaceNames
				.filter((surface) => surface !== "chat")
				.map((surface) => tab(surface, options))}
			${
				size === "wide"
					? html`<button
							class="weft-icon-button weft-room__split"
							aria-label=${split}
							title=${split}
							aria-pressed=${panes[1] === "board"}
							@click=${toggleSplit}
						>
							${icon("columns")}
						</button>`
					: nothing
			}
		</nav>
	`;
}

function tab(surface: SurfaceName, options: BarOptions): TemplateResult {
	const isShown = options.panes.includes(surface);
	const isCurrent = options.choice.surface === surface;
	return html`
		<button
			class="weft-room__tab ${isShown ? "weft-room__tab--shown" : ""}"
			title=${t(`frame.room.${surface}`)}
			aria-current=${isCurrent ? "page" : nothing}
			aria-keyshortcuts="Alt+Shift+${surfaceNames.indexOf(surface) + 1}"
			@click=${() => options.go(surface)}
		>
			${icon(surface)}<span>${t(`frame.room.${surface}`)}</span>
			${surface === "chat" ? unreadBadge(options.unreadCount) : nothing}
			${whoIsOn(surface, options)}
		</button>
	`;
}

function chatButton({ client, choice, unreadCount, toggleChat }: BarOptions): TemplateResult {
	return html`
		<button
			class="weft-button weft-button--ghost weft-room__chat"
			aria-expanded=${choice.isChatOpen}
			aria-keyshortcuts="Alt+Shift+3"
			@click=${toggleChat}
		>
			${icon("chat")}<span>${t("frame.room.chat")}</span>${unreadBadge(unreadCount)}
			${whoIsOn("chat", { client })}
		</button>
	`;
}

function whoIsOn(surface: SurfaceName, { client }: Pick<BarOptions, "client">): TemplateResult {
	return html`<weft-on-surface .client=${client} .surface=${surface}></weft-on-surface>`;
}

function unreadBadge(count: number): TemplateResult | typeof nothing {
	if (count === 0) return nothing;
	const words = t("frame.room.unread", { count });
	const digits = count > 99 ? "99+" : String(count);
	return html`<span class="weft-badge" role="img" aria-label=${words}>${digits}</span>`;
}

function share(client: RoomClient): Promise<void> {
	return orSay(async () => {
		if (client.may("manage")) {
			const { openLinks } = await import("../../presence/access/share-links.ts");
			return openLinks(client);
		}
		const { openShare } = await import("../../presence/share.ts");
		const title = roomTitle(client);
		openShare(client, title, () => void share(client));
	});
}

function shareButton(client: RoomClient, size: WindowSize): TemplateResult {
	const label = t("frame.share");
	const isSmall = size === "phone";
	return html`<button
		class=${isSmall ? "weft-icon-button" : "weft-button weft-button--primary"}
		aria-label=${label}
		@click=${() => share(client)}
	>
		${icon("share")} ${isSmall ? nothing : label}
	</button>`;
}

/** The browser opens it at once, its rows may follow. */
function menu({ menu: rows, fetchMenu }: BarOptions): TemplateResult {
	const onToggle = (event: Event): void => {
		fetchMenu();
		placeOnToggle(event);
	};
	return html`
		${menuButton("weft-room-menu", t("frame.room.menu"))}
		<div id="weft-room-menu" class="weft-popover weft-room-menu" popover @toggle=${onToggle}>
			${rows}
		</div>
	`;
}

/** Shows which keys do what. */
export function showHelp(): void {
	void orSay(async () => {
		const { openHelp } = await import("../help/help.ts");
		openHelp();
	});
}

function openKind(): TemplateResult {
	return html`<span class="weft-room__kind" title=${t("frame.room.openKindNote")}>
		${icon("globe")}<span class="weft-hidden">${t("frame.room.openKindNote")}</span>
	</span>`;
}
