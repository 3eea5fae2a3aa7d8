/** A room: its bar, its surfaces, and what goes on between them. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import "./room.css";
import { type SurfaceName, surfaceNames } from "../../shared/awareness.ts";
import type { Cancel } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";
import { metaOf, titleOf } from "../../shared/surfaces/root.ts";
import { Whereabouts } from "../presence/whereabouts.ts";
import { fallbackTitle } from "../sync/access/fallback-title.ts";
import { roomTitle } from "../sync/access/room-title.ts";
import { roomPath } from "../sync/base.ts";
import { browserClock } from "../sync/clock.ts";
import { Later } from "../sync/later.ts";
import { deviceMemory, type Me } from "../sync/me.ts";
import { RoomClient } from "../sync/room-client.ts";
import { t } from "../ui/messages.ts";
import { listenToKeys } from "../ui/shortcuts.ts";
import { orSay } from "../ui/toast.ts";
import { noteVisit } from "./list/recent.ts";
import { setPageTitle } from "./page-title.ts";
import { type BarOptions, phoneTabs, roomBar, showHelp } from "./room/bar.ts";
import {
	firstLook,
	preloadTheRest,
	rememberedPercent,
	rememberPercent,
	rememberSplit,
	rememberSurface,
} from "./room/first-look.ts";
import { cyclePanes, focusChatButton, focusPane } from "./room/focus.ts";
import { followRoom } from "./room/follow-room.ts";
import { type Choice, goTo, type Layout, layoutOf, press, resize, sizeOf } from "./room/layout.ts";
import type { menuRows } from "./room/menu.ts";
import { isAway, Notices } from "./room/notices.ts";
import { Panes } from "./room/panes.ts";
import { startLater } from "./room/surfaces.ts";
import type { Together } from "./room/together.ts";
import { followTalk } from "./talk.ts";

const memory = deviceMemory();

/** What its button opens. */
interface Menu {
	readonly rows: typeof menuRows;
	close(): void;
}

/** `<weft-room .me .room .asked .isViewing .isNew .note>` */
export class WeftRoom extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		room: { attribute: false },
		asked: { attribute: false },
		isViewing: { attribute: false },
		isNew: { attribute: false },
		note: { attribute: false },
		size: { state: true },
		choice: { state: true },
		percent: { state: true },
		unreadCount: { state: true },
	};
	declare me: Me;
	declare room: RoomName;
	/** The surface that the address asks for. */
	declare asked: SurfaceName | null;
	/** Somebody came by a view link. */
	declare isViewing: boolean;
	/** It was made a moment ago, by this page. */
	declare isNew: boolean;
	/** Writes a path into the address bar. */
	declare note: (path: string) => void;
	declare size: ReturnType<typeof sizeOf>;
	declare choice: Choice;
	declare percent: number;
	declare unreadCount: number;
	#client: RoomClient | null = null;
	#whereabouts: Whereabouts | null = null;
	#together: Later<Together> | null = null;
	#menu: Later<Menu> | null = null;
	#cancels: Cancel[] = [];
	readonly #notices = new Notices(this);
	readonly #panes = new Panes(() => this.requestUpdate());

	constructor() {
		super();
		this.asked = null;
		this.isViewing = false;
		this.isNew = false;
		this.size = sizeOf(innerWidth);
		this.choice = firstLook(null);
		this.percent = rememberedPercent();
		this.unreadCount = 0;
		// What the bar says in its place is not needed from then on.
		void customElements.whenDefined("weft-light").then(() => this.requestUpdate());
		this.addEventListener("focusin", this.#onFocusIn);
	}

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.hasUpdated) this.#open();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#close();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("room")) {
			this.#close();
			this.#open();
		} else if (changed.has("asked") && this.asked !== null) {
			this.choice = goTo(this.size, this.choice, this.asked);
		}
		for (const surface of this.#layout().panes) this.#panes.load(surface);
	}

	protected override updated(): void {
		this.style.setProperty("--split", String(this.percent));
	}

	#open(): void {
		this.choice = firstLook(this.asked);
		const { room, me, isViewing, isNew } = this;
		const client = new RoomClient({ room, me, isViewing, isNew });
		const whereabouts = new Whereabouts(client, browserClock, document);
		this.#client = client;
		this.#whereabouts = whereabouts;
		whereabouts.look(this.choice.surface);
		const onTitle = (): void => this.#noteTitle();
		const onResize = (): void => this.#resize();
		client.doc.once("update", onTitle);
		const listening = new AbortController();
		const { signal } = listening;
		addEventListener("pagehide", onTitle, { signal });
		metaOf(client.doc).observe(onTitle);
		addEventListener("resize", onResize, { signal });
		this.#cancels = [
			...followRoom(client, () => this.#reopen(client)),
			this.#notices.follow(client),
			this.#panes.follow(client),
			startLater({
				...{ client, isNew },
				first: this.#layout().panes,
				unread: (count) => {
					this.unreadCount = count;
				},
				away: { title: () => this.#title(), openChat: () => this.#go("chat") },
			}),
			listenToKeys(document, this.#keyTable()),
			followTalk(this, (surface) => this.#go(surface)),
			...this.#fetchLater(client),
			() => listening.abort(),
			() => whereabouts.close(),
			() => client.close(),
		];
		void client.ready.then(onTitle);
		void client.synced.then(preloadTheRest); // The line is this room's until then.
		setPageTitle(`${fallbackTitle(this.room, null)} · ${t("frame.name")}`);
	}

	#fetchLater(client: RoomClient): Cancel[] {
		const together = new Later(client, async () => {
			const { Together } = await import("./room/together.ts");
			return () => new Together(client, (surface) => this.#show(surface));
		}).begin();
		const menu = new Later(client, async () => {
			const { menuRows: rows } = await import("./room/menu.ts");
			return () => {
				this.requestUpdate();
				return { rows, close: () => undefined };
			};
		}).begin();
		this.#together = together;
		this.#menu = menu;
		return [() => together.close(), () => menu.close()];
	}

	/** From the server's state: what was here before is not in the room. Who left stays away. */
	#reopen(client: RoomClient): void {
		if (!this.isConnected || this.#client !== client) return;
		this.isNew = false;
		this.#close();
		this.#open();
		this.requestUpdate();
	}

	#title(): string {
		return this.#client === null ? fallbackTitle(this.room, null) : roomTitle(this.#client);
	}

	#close(): void {
		if (this.#client === null) return;
		this.#noteTitle();
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#client = null;
		this.#whereabouts = null;
	}

	#keyTable(): Record<string, (event: KeyboardEvent) => void> {
		const table: Record<string, (event: KeyboardEvent) => void> = {
			F6: () => cyclePanes(this, 1),
			"Shift+F6": () => cyclePanes(this, -1),
			"Alt+C": () => this.#go("chat"),
			"Alt+Shift+H": () => void orSay(async () => (await this.#together?.get())?.toggleHand()),
			"?": showHelp,
		};
		surfaceNames.forEach((surface, surfaceIndex) => {
			table[`Alt+Shift+${surfaceIndex + 1}`] = () => this.#go(surface);
		});
		return table;
	}

	/** The title goes into the tab's name and among the recent rooms of this device. */
	#noteTitle(): void {
		if (this.#client === null) return;
		const { doc } = this.#client;
		const title = titleOf(doc);
		setPageTitle(`${this.#title()} · ${t("frame.name")}`);
		// A room that stays empty is not worth a card, and a card leads to where one may edit.
		if (doc.store.clients.size === 0 || this.isViewing) return;
		noteVisit(memory, { room: this.room, title, atMs: Date.now() });
	}

	#layout(): Layout {
		return layoutOf(this.size, this.choice);
	}

	#resize(): void {
		const size = sizeOf(innerWidth);
		if (size === this.size) return;
		this.size = size;
		this.choice = resize(size, this.choice);
	}

	/** Goes there because the person wants to; one may talk and follow on. */
	#go(surface: SurfaceName): void {
		const isBeside = surface === "chat" && this.size !== "phone";
		if (!isBeside) this.#together?.here?.part();
		this.#show(surface);
		void this.updateComplete.then(() => focusPane(this, surface));
	}

	#show(surface: SurfaceName): void {
		this.#panes.forgive(surface);
		this.choice = goTo(this.size, this.choice, surface);
		rememberSurface(surface);
		this.note(roomPath(this.room, surface));
		this.#whereabouts?.look(surface);
	}

	#toggleChat(): void {
		if (!this.choice.isChatOpen) {
			this.#go("chat");
			return;
		}
		const chat = this.querySelector("[data-surface=chat]");
		const isThere = chat?.contains(document.activeElement) === true;
		this.choice = { ...this.choice, isChatOpen: false };
		this.note(roomPath(this.room, this.choice.surface));
		this.#whereabouts?.look(this.choice.surface);
		if (isThere) void this.updateComplete.then(() => focusChatButton(this));
	}

	#toggleSplit(): void {
		const isSplit = !this.#layout().hasDivider;
		this.choice = { ...this.choice, isSplit };
		rememberSplit(isSplit);
		if (isSplit && this.choice.surface === "photos") this.#go("board");
	}

	#moveSplit(percent: number): void {
		this.percent = percent;
		rememberPercent(percent);
	}

	/** With several panes on the screen we are where we last did something. */
	readonly #onFocusIn = (event: FocusEvent): void => {
		const pane = event.target instanceof Element ? event.target.closest("[data-surface]") : null;
		const surface = surfaceNames.find((name) => name === pane?.getAttribute("data-surface"));
		if (surface === undefined) return;
		this.#whereabouts?.look(surface);
		if (surface !== "chat" && surface !== this.choice.surface) {
			this.choice = { ...this.choice, surface };
		}
	};

	protected override render(): TemplateResult | typeof nothing {
		const client = this.#client;
		if (client === null) return nothing;
		const layout = this.#layout();
		const bar: BarOptions = {
			client,
			size: this.size,
			choice: this.choice,
			panes: layout.panes,
			unreadCount: this.unreadCount,
			go: (surface) => {
				this.choice = press(this.size, this.choice, surface);
				this.#go(surface);
			},
			toggleChat: () => this.#toggleChat(),
			toggleSplit: () => this.#toggleSplit(),
			menu: this.#menu?.here?.rows(() => this.requestUpdate(), showHelp) ?? null,
			fetchMenu: () => void orSay(async () => void (await this.#menu?.get())),
		};
		return html`
			${roomBar(bar)}
			<div class="weft-room__notices">
				${this.#notices.strip(client)}
				<weft-access-bar .client=${client}></weft-access-bar>
				<weft-follow-bar .client=${client}></weft-follow-bar>
			</div>
			<main class="weft-room__stage" data-size=${this.size}>
				${isAway(client) ? this.#notices.away(client) : this.#shownPanes(client, layout)}
			</main>
			${this.size === "phone" && !isAway(client) ? phoneTabs(bar) : nothing}
		`;
	}

	#shownPanes(client: RoomClient, layout: Layout): TemplateResult {
		const { size, percent, isNew } = this;
		return this.#panes.render({
			...{ client, size, layout, percent, isNew },
			moveDivider: (to) => this.#moveSplit(to),
			closeChat: () => this.#toggleChat(),
		});
	}
}

customElements.define("weft-room", WeftRoom);
