/** The first page: make a room, find a room. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./home.css";
import { parseRoomName } from "../../shared/ids.ts";
import type { RoomSummary } from "../../shared/room-access.ts";
import { listRooms, Unreachable } from "../api.ts";
import { avatar } from "../presence/avatar.ts";
import { appUrl, roomPath } from "../sync/base.ts";
import { deviceMemory, type Me } from "../sync/me.ts";
import "../ui/forms/search.css";
import { icon } from "../ui/icons.ts";
import { logo } from "../ui/logo.ts";
import { sayFailure, t } from "../ui/messages.ts";
import { orSay } from "../ui/toast.ts";
import "../ui/messages/home.ts";
import "../ui/messages/people.ts";
import { languageChoice } from "./language-choice.ts";
import { recentVisits } from "./list/recent.ts";
import { cardSkeleton, roomCard } from "./list/room-card.ts";
import { arrangeRooms, type RoomEntry } from "./list/room-list.ts";
import { setPageTitle } from "./page-title.ts";
import { themeButton } from "./theme-button.ts";

/** The list is fetched again this often while somebody looks; the server's own lags by 3 s. */
const refetchMs = 5_000;
/** Cards on the page at first, and more with each press of the button. */
const cardsStep = 24;

type ListState = "loading" | "loaded" | "unreachable" | "failed";

/** `<weft-home .me .go>` */
export class WeftHome extends LitElement {
	static override readonly properties = {
		me: { attribute: false },
		go: { attribute: false },
		rooms: { state: true },
		listState: { state: true },
		words: { state: true },
		nameTrouble: { state: true },
		cardsMax: { state: true },
	};
	declare me: Me;
	/** Goes to a path below the base. */
	declare go: (path: string) => void;
	declare rooms: readonly RoomSummary[];
	declare listState: ListState;
	declare words: string;
	declare nameTrouble: string;
	declare cardsMax: number;
	#cancels: (() => void)[] = [];
	#fetchCount = 0;

	constructor() {
		super();
		this.rooms = [];
		this.listState = "loading";
		this.words = "";
		this.nameTrouble = "";
		this.cardsMax = cardsStep;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		setPageTitle(t("frame.name"));
		const fetchWhenSeen = (): void => {
			if (document.visibilityState === "visible") void this.#fetch();
		};
		const timer = setInterval(fetchWhenSeen, refetchMs);
		addEventListener("focus", fetchWhenSeen);
		addEventListener("online", fetchWhenSeen);
		document.addEventListener("visibilitychange", fetchWhenSeen);
		this.#cancels = [
			() => clearInterval(timer),
			() => removeEventListener("focus", fetchWhenSeen),
			() => removeEventListener("online", fetchWhenSeen),
			() => document.removeEventListener("visibilitychange", fetchWhenSeen),
			this.me.onChange(() => this.requestUpdate()),
		];
		void this.#fetch();
		const isInvited = location.hash.startsWith("#invitation=");
		if (isInvited && this.me.person.isSignedIn !== true) void this.#takeInvitation();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		for (const cancel of this.#cancels.splice(0)) cancel();
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	/** Only the last question's answer counts: an earlier one may not know what was done since. */
	async #fetch(): Promise<void> {
		const fetchIndex = ++this.#fetchCount;
		const isLast = () => fetchIndex === this.#fetchCount;
		try {
			const visited = recentVisits(deviceMemory()).map(({ room }) => room);
			const rooms = await listRooms(visited);
			if (!isLast()) return;
			this.rooms = rooms;
			this.listState = "loaded";
		} catch (error) {
			if (isLast()) this.listState = error instanceof Unreachable ? "unreachable" : "failed";
		}
	}

	protected override render(): TemplateResult {
		return html`
			<header class="weft-home__bar">
				<a class="weft-home__brand" href=${appUrl("")}>${logo()} ${t("frame.name")}</a>
				${themeButton(() => this.requestUpdate())} ${this.#myself()}
			</header>
			<main class="weft-home__main">
				<section class="weft-home__hero">
					<h1>${t("frame.home.headline")}</h1>
					<p>${t("frame.home.tagline")}</p>
					<div class="weft-home__start">
						<a class="weft-button weft-button--primary weft-button--big" href=${appUrl("new")}>
							${icon("plus")} ${t("frame.home.newRoom")}
						</a>
						${this.#openByName()}
					</div>
				</section>
				${this.#list()}
			</main>
			<footer class="weft-home__foot">
				<a href=${appUrl("device")}>${t("frame.deviceLink")}</a>
				<a href=${appUrl("connection")}>${t("frame.connectionLink")}</a>
				${languageChoice()}
			</footer>
		`;
	}

	/** Seldom asked for here: its code comes then. */
	#editMe(): Promise<void> {
		return orSay(async () => {
			const { editMe } = await import("../presence/me/edit-me.ts");
			editMe(this.me);
		});
	}

	/** Who opens an invitation makes the account at once; where all must sign in, they are asked. */
	#takeInvitation(): Promise<void> {
		return orSay(async () => {
			const { fetchLoginRules } = await import("../presence/me/login-api.ts");
			if (!(await fetchLoginRules()).hasGuests) return;
			const { askToSignIn } = await import("../presence/me/account.ts");
			await askToSignIn(this.me, () => history.replaceState(history.state, "", appUrl("")));
		});
	}

	#myself(): TemplateResult {
		const { person } = this.me;
		const label = t("frame.me.edit", { name: person.name });
		return html`
			<button
				class="weft-button weft-button--ghost weft-home__me"
				aria-haspopup="dialog"
				aria-label=${label}
				title=${label}
				@click=${() => this.#editMe()}
			>
				${avatar(person)} <span>${person.name}</span>
			</button>
		`;
	}

	#openByName(): TemplateResult {
		return html`
			<form class="weft-home__name" @submit=${this.#onName}>
				<input
					class="weft-input"
					name="room"
					autocomplete="off"
					spellcheck="false"
					aria-label=${t("frame.home.openByName")}
					aria-describedby="weft-home-name-note"
					placeholder=${t("frame.home.namePlaceholder")}
					@input=${() => {
						this.nameTrouble = "";
					}}
				/>
				<button class="weft-button weft-button--big">${t("frame.home.open")}</button>
				<p
					id="weft-home-name-note"
					class=${this.nameTrouble === "" ? "" : "weft-home__trouble"}
					role="status"
				>
					${this.nameTrouble || t("frame.home.nameNote")}
				</p>
			</form>
		`;
	}

	#onName(event: SubmitEvent): void {
		event.preventDefault();
		const field = new FormData(event.currentTarget as HTMLFormElement).get("room");
		const text = typeof field === "string" ? field.trim() : "";
		const room = parseRoomName(text);
		if (room !== null) this.go(roomPath(room));
		else this.nameTrouble = text === "" ? "" : sayFailure("bad_room_name");
	}

	#list(): TemplateResult {
		const visits = recentVisits(deviceMemory());
		if (this.listState === "loading") return this.#skeleton(visits.length > 0);
		if (this.rooms.length === 0 && visits.length === 0) return this.#nothingYet();
		const { recent, others, binned } = arrangeRooms(this.rooms, visits, this.words);
		const isEmpty = recent.length + others.length + binned.length === 0;
		return html`
			${this.#tools()}
			${this.#troubleLine()}
			${recent.length > 0 ? this.#section(t("frame.home.recent"), recent) : nothing}
			${others.length > 0 ? this.#section(t("frame.home.rooms"), others) : nothing}
			${binned.length > 0 ? this.#section(t("frame.home.bin"), binned) : nothing}
			${isEmpty ? this.#noMatch() : nothing}
		`;
	}

	#tools(): TemplateResult {
		return html`
			<div class="weft-home__tools">
				<label class="weft-search weft-home__search">
					${icon("search")}
					<input
						class="weft-input"
						type="search"
						aria-label=${t("frame.home.search")}
						placeholder=${t("frame.home.search")}
						.value=${this.words}
						@input=${(event: Event) => {
							this.words = (event.target as HTMLInputElement).value.trim();
						}}
					/>
				</label>
			</div>
		`;
	}

	#troubleLine(): TemplateResult | typeof nothing {
		if (this.listState === "loaded") return nothing;
		const isUnreachable = this.listState === "unreachable";
		return html`<p class="weft-home__offline" role="status">
			${icon(isUnreachable ? "offline" : "warning")}
			<span>${t(isUnreachable ? "frame.home.unreachable" : "frame.home.failed")}</span>
			<button class="weft-button" @click=${() => this.#fetch()}>${t("frame.tryAgain")}</button>
		</p>`;
	}

	#section(title: string, entries: readonly RoomEntry[]): TemplateResult {
		const nowMs = Date.now();
		return html`
			<section class="weft-home__section" aria-label=${title}>
				<h2>${title}</h2>
				<div class="weft-home__cards">
					${repeat(
						entries.slice(0, this.cardsMax),
						({ room }) => room,
						(entry) => roomCard(entry, nowMs, this.#setBinned),
					)}
				</div>
				${entries.length > this.cardsMax ? this.#moreButton() : nothing}
			</section>
		`;
	}

	readonly #setBinned = (entry: RoomEntry, isBinned: boolean): Promise<void> =>
		orSay(async () => {
			const { binRoom } = await import("./list/bin-room.ts");
			await binRoom(entry, isBinned, () => this.#fetch());
		});

	#moreButton(): TemplateResult {
		const showMore = (): void => {
			this.cardsMax += cardsStep;
		};
		return html`<button class="weft-button weft-home__more" @click=${showMore}>
			${t("frame.home.showMore")}
		</button>`;
	}

	#skeleton(hasVisits: boolean): TemplateResult {
		return html`${this.#tools()}<section class="weft-home__section" aria-busy="true">
			<h2>${t(hasVisits ? "frame.home.recent" : "frame.home.rooms")}</h2>
			<div class="weft-home__cards">${[0, 1, 2].map(cardSkeleton)}</div>
		</section>`;
	}

	#nothingYet(): TemplateResult {
		// Only a list that came can be empty.
		if (this.listState !== "loaded") return html`${this.#troubleLine()}`;
		return html`
			<div class="weft-empty weft-home__empty">
				<div class="weft-home__threads">${logo()}</div>
				<h2>${t("frame.home.emptyTitle")}</h2>
				<p>${t("frame.home.emptyText")}</p>
			</div>
		`;
	}

	#noMatch(): TemplateResult {
		const clear = (): void => {
			this.words = "";
		};
		return html`<div class="weft-empty" role="status">
			<p>${t("frame.home.noMatch", { words: this.words })}</p>
			<button class="weft-button" @click=${clear}>${t("frame.home.clearSearch")}</button>
		</div>`;
	}
}

customElements.define("weft-home", WeftHome);
