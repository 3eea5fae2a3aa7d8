/** Strips below the bar for what a person must know while working, and what stands for a room. */
import { html, type LitElement, nothing, type TemplateResult } from "lit";
import type { Cancel } from "../../../shared/clock.ts";
import type { Refusal } from "../../presence/refusal.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { isDoor, isUrgent } from "../../sync/status.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import { sayFailure, t, tCount } from "../../ui/messages.ts";
import { showToast, type Toast } from "../../ui/toast.ts";

/** What may be done about a refusal: null before its code is here, or was found to be missing. */
export type FetchedRefusals = typeof import("../../presence/refusal.ts") | "missing" | null;

/**
 * What a page says: of its room's trouble, and the news of all that is on it (`weft-toast`, with a
 * `Toast`). Lives as long as the page, whichever room is on it.
 */
export class Notices {
	readonly #page: LitElement;
	/** The server has told what is in this room since it was opened. */
	#isKnown = false;
	#seen = "";
	#refusals: FetchedRefusals = null;

	/** The page is drawn anew when there is something else to say. */
	constructor(page: LitElement) {
		this.#page = page;
		page.addEventListener("weft-toast", (event) => {
			showToast((event as CustomEvent<Toast>).detail);
		});
	}

	/** A room is opened: what is said is of it, until cancelled. */
	follow(client: RoomClient): Cancel {
		this.#isKnown = false;
		return client.on("status", (status) => {
			this.#isKnown ||= status.phase === "saved" || status.phase === "sent";
			// Every key changes the status twice; the page looks at trouble only.
			const quiet = [client.kind, isUnseen(client, this.#isKnown), status.phase === "offline"];
			const seen = JSON.stringify(isUrgent(status) ? status : quiet);
			if (seen !== this.#seen) this.#page.requestUpdate();
			if (isUrgent(status)) void this.#fetchRefusals();
			this.#seen = seen;
		});
	}

	/** See `notice`. */
	strip(client: RoomClient): TemplateResult | typeof nothing {
		return notice(client, this.#isKnown, this.#refusals);
	}

	/** What stands in the room's place where `isAway`: one sentence, one thing to do. */
	away(client: RoomClient): TemplateResult {
		const refusal = refusalIn(client, this.#refusals);
		return html`<div class="weft-empty weft-room__away" role="alert">
			<div class="weft-empty__mark">${icon(awayIcon(client))}</div>
			<h1>${refusal?.say ?? ""}</h1>
			${refusal?.actions ?? nothing}
		</div>`;
	}

	/** The sentence stands there already; what one may do about it follows. */
	async #fetchRefusals(): Promise<void> {
		if (this.#refusals !== null) return;
		this.#refusals = await fetchRefusals();
		this.#page.requestUpdate();
		if (this.#refusals !== "missing") return;
		const again = (): void => {
			this.#refusals = null;
			void this.#fetchRefusals();
		};
		addEventListener("online", again, { once: true });
	}
}

/** Never rejects. */
function fetchRefusals(): Promise<FetchedRefusals> {
	return import("../../presence/refusal.ts").catch((error: unknown) => {
		console.info("Nothing can be done about it but to load the page again:", error);
		return "missing";
	});
}

/** The strip for a status; nothing while all is well or only the line is gone. */
export function notice(
	client: RoomClient,
	isKnown: boolean,
	refusals: FetchedRefusals,
): TemplateResult | typeof nothing {
	const refusal = refusalIn(client, refusals);
	if (refusal !== null) {
		if (isAway(client)) return nothing; // The whole stage says it.
		const words = `${refusal.say} ${waitingWords(client)}`;
		return strip("bad", words, refusal.actions);
	}
	if (!isUnseen(client, isKnown)) return client.isViewing ? viewing() : nothing;
	const tryNow = html`<button class="weft-button" @click=${() => client.wake()}>
		${t("frame.light.tryNow")}
	</button>`;
	return strip("warn", t("frame.notice.neverSeen"), tryNow);
}

/**
 * True where all that is in the room comes with the network. What this device keeps of it is read
 * first: until then nobody knows.
 */
export function isUnseen(client: RoomClient, isKnown: boolean): boolean {
	const { phase, copy } = client.status;
	return phase === "offline" && copy !== "opening" && !isKnown && isEmpty(client);
}

function strip(
	tone: "warn" | "bad",
	words: string,
	actions: TemplateResult | typeof nothing,
): TemplateResult {
	return html`
		<div class="weft-room__notice weft-room__notice--${tone}" role="alert">
			${icon(tone === "bad" ? "warning" : "offline")}
			<p>${words}</p>
			${actions}
		</div>
	`;
}

/** What a view link means, for as long as nobody guards it. */
function viewing(): TemplateResult {
	return html`
		<div class="weft-room__notice weft-room__notice--calm" role="status">
			${icon("eye")}
			<p>${t("frame.notice.viewing")}</p>
		</div>
	`;
}

/** True where this page was sent away and has nothing of the room to show, or may not. */
export function isAway(client: RoomClient): boolean {
	const { status } = client;
	return status.phase === "refused" && (isEmpty(client) || isDoor(status.code));
}

/** Before there are buttons there is the sentence. */
function refusalIn(client: RoomClient, refusals: FetchedRefusals): Refusal | null {
	if (refusals !== null && refusals !== "missing") return refusals.refusalOf(client);
	const { status } = client;
	if (status.phase !== "readOnly" && status.phase !== "refused") return null;
	const actions = refusals === "missing" ? reloadLink() : nothing;
	return { say: sayFailure(status.code), actions };
}

/** A link with a target is the browser's: it loads the page again. */
function reloadLink(): TemplateResult {
	return html`<a class="weft-button" href="" target="_self">${t("frame.light.reload")}</a>`;
}

function awayIcon({ status }: RoomClient): IconName {
	const code = status.phase === "refused" ? status.code : null;
	if (code === "app_too_old") return "retry";
	return code === "not_found" || code === "room_binned" ? "trash" : "lock";
}

function isEmpty({ doc }: RoomClient): boolean {
	return doc.store.clients.size === 0;
}

function waitingWords({ status }: RoomClient): string {
	const waiting = "waiting" in status ? status.waiting : 0;
	return waiting === 0 ? "" : tCount("frame.light.waiting", waiting);
}
