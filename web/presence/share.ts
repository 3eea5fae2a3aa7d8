/** How others come in: a link to edit, a link to look, their QR codes, and who could guess them. */
import { html, nothing, type TemplateResult } from "lit";
import "./share.css";
import { isUnguessable, type RoomName } from "../../shared/ids.ts";
import { linkIn } from "../../shared/room-access.ts";
import { fetchNetworkUrls } from "../api.ts";
import { appUrl, roomPath, viewQuery } from "../sync/base.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { type OpenDialog, openDialog } from "../ui/dialog.ts";
import { moreIcons } from "../ui/icons/more.ts";
import { type IconName, icon } from "../ui/icons.ts";
import { t } from "../ui/messages.ts";
import "../ui/messages/share.ts";
import { copyText } from "../ui/take-out.ts";
import { fetchLoginRules } from "./me/login-api.ts";
import { scanCode } from "./scan-code.ts";

/** How long a button says "copied". */
const copiedShownMs = 2_000;

/** What the last press of a button came to. */
export interface Copied<What> {
	readonly what: What;
	readonly isDone: boolean;
}

/** What somebody may do who comes by a link. */
type Way = "edit" | "view" | "same";

const ways: readonly Way[] = ["edit", "view"];
const viewOnly: readonly Way[] = ["view"];
/** Who is no editor gives others what they came by. */
const sameOnly: readonly Way[] = ["same"];

/** Where others find this app. */
export interface Home {
	/** The address of the app, with a slash at the end, as others must write it. */
	readonly home: string;
	/** Whether others reach us by another address than this page has. */
	readonly isElsewhere: boolean;
	/** Whether only those come in who sign in. */
	readonly isForMembers: boolean;
}

interface ShareState extends Home {
	/** Whose code is shown. */
	readonly scanned: Way;
	readonly copied: Copied<Way> | null;
}

/**
 * Opens the dialog for a room. Who came by a view link has no other to give. `owned` is called in
 * its place once the room is theirs: who made it, or writes first, owns it a moment later.
 */
export function openShare(
	client: Pick<RoomClient, "room" | "isViewing" | "rights" | "may">,
	title: string,
	owned: () => void,
): void {
	if (client.may("manage")) {
		owned(); // It became theirs while this code came.
		return;
	}
	const dialog = openPlain(client, title);
	const unlisten = client.rights.onChange(() => {
		if (!client.may("manage")) return;
		dialog.close();
		owned();
	});
	void dialog.closed.then(unlisten);
}

function openPlain(client: Parameters<typeof openShare>[0], title: string): OpenDialog {
	const { room, rights } = client;
	const others = rights.role === "editor" ? ways : sameOnly;
	const given = client.isViewing ? viewOnly : others;
	let state: ShareState = { ...homeHere(), scanned: given[0] ?? "view", copied: null };
	const show = (part: Partial<ShareState>): void => {
		state = { ...state, ...part };
		dialog.update(content());
	};
	const copied = copier<Way>((done) => show({ copied: done }));
	const copy = async (way: Way): Promise<void> => {
		const field = dialog.element.querySelector<HTMLInputElement>(`input[name=${way}]`);
		if (field !== null) await copied(way, field);
	};
	const content = (): TemplateResult => shareContent({ room, title, given, state, show, copy });
	const dialog = openDialog({
		title: t("frame.share.title"),
		content: content(),
		className: "weft-share",
	});
	void lookElsewhere(show);
	return dialog;
}

/** Copies what stands in a field; `show` is told what came of it, and when to say so no more. */
export function copier<What>(show: (copied: Copied<What> | null) => void) {
	let timer: ReturnType<typeof setTimeout> | undefined;
	return async (what: What, field: HTMLInputElement): Promise<void> => {
		const isDone = await copyText(field.value, field);
		clearTimeout(timer);
		timer = setTimeout(() => show(null), copiedShownMs);
		show({ what, isDone });
	};
}

/** As this page has it. */
export function homeHere(): Home {
	return { home: new URL(appUrl(""), location.href).href, isElsewhere: false, isForMembers: false };
}

/** What the server knows of it: what its people are, and a better address than this machine's. */
export async function lookElsewhere(show: (home: Partial<Home>) => void): Promise<void> {
	const told = await Promise.allSettled([fetchLoginRules(), findInNetwork()]);
	for (const one of told) {
		// The note that others cannot come stays, or that nobody needs an account.
		if (one.status === "rejected") console.info("Not told:", one.reason);
	}
	const [rules, url] = told;
	if (rules.status === "fulfilled") show({ isForMembers: !rules.value.hasGuests });
	if (url.status === "fulfilled" && url.value !== null) {
		show({ home: url.value.replace(/\/?$/, "/"), isElsewhere: true });
	}
}

/** At this machine's own name a link would lead others to theirs. */
async function findInNetwork(): Promise<string | null> {
	if (!isLocalOnly(location.hostname)) return null;
	const [url = null] = await fetchNetworkUrls();
	return url;
}

interface ShareContent {
	readonly room: RoomName;
	readonly title: string;
	/** The links that are offered. */
	readonly given: readonly Way[];
	readonly state: ShareState;
	readonly show: (part: Partial<ShareState>) => void;
	readonly copy: (way: Way) => Promise<void>;
}

function shareContent(parts: ShareContent): TemplateResult {
	const { room, title, given, state } = parts;
	const link = linkOf(room, state.scanned, state.home);
	return html`
		${given.map((way) => linkRow(way, parts))}
		<div class="weft-share__scan">
			${scanCode(link, { name: t(`frame.share.qr.${state.scanned}`), words: scanWords(state) })}
			<div>
				<p>${scanWords(state)}</p>
				${given.length > 1 ? scanSwitch(parts) : nothing}
			</div>
		</div>
		${notes(room, state)}
		${sendButton(title, link)}
	`;
}

function linkOf(room: RoomName, way: Way, home: string): string {
	return `${home}${roomPath(room)}${way === "view" ? viewQuery : ""}`;
}

function linkRow(way: Way, { room, state, copy }: ShareContent): TemplateResult {
	const copied = state.copied?.what === way ? state.copied : null;
	const label = copied === null ? t(`frame.share.copy.${way}`) : copiedWords(copied.isDone);
	return html`
		<div class="weft-share__way">
			<p id="weft-share-${way}">
				<strong>${t(`frame.share.${way}`)}</strong> ${t(`frame.share.${way}Means`)}
			</p>
			<div class="weft-share__link">
				<input
					class="weft-input"
					name=${way}
					readonly
					aria-label=${t(`frame.share.${way}`)}
					aria-describedby="weft-share-${way}"
					.value=${linkOf(room, way, state.home)}
					@focus=${(event: Event) => (event.target as HTMLInputElement).select()}
				/>
				<button
					class="weft-button ${way === "view" ? "" : "weft-button--primary"}"
					?autofocus=${way !== "view"}
					@click=${() => copy(way)}
				>
					${icon(copied?.isDone ? "check" : moreIcons.copy)}
					<span aria-live="polite">${label}</span>
				</button>
			</div>
		</div>
	`;
}

/** What a button says that copied, or could not. */
export function copiedWords(isDone: boolean): string {
	return t(isDone ? "frame.share.copied" : "frame.share.copyFailed");
}

function scanSwitch({ state, show }: ShareContent): TemplateResult {
	return html`<div class="weft-share__switch" role="group" aria-label=${t("frame.share.qrOf")}>
		${ways.map(
			(way) => html`<button
				class="weft-button"
				aria-pressed=${state.scanned === way}
				@click=${() => show({ scanned: way })}
			>
				${t(`frame.share.${way}`)}
			</button>`,
		)}
	</div>`;
}

/** What who scans a code needs. */
export function scanWords({ isForMembers }: Home): string {
	return t(isForMembers ? "frame.share.scanIn" : "frame.share.scan");
}

/** Who else could find the room, and who could not. */
export function notes(room: RoomName, { isElsewhere, isForMembers }: Home): TemplateResult {
	const isHidden = isUnguessable(room) || linkIn(room) !== null;
	const guessable = isForMembers ? "frame.share.guessableIn" : "frame.share.guessable";
	return html`
		${isHidden ? nothing : note("globe", t(guessable, { name: room }))}
		${isElsewhere ? note(moreIcons.info, t("frame.share.network")) : nothing}
		${isLocalOnly(location.hostname) && !isElsewhere ? warning(t("frame.share.local")) : nothing}
	`;
}

function note(name: IconName, words: string): TemplateResult {
	return html`<p class="weft-share__note">${icon(name)} <span>${words}</span></p>`;
}

function warning(words: string): TemplateResult {
	return html`
		<p class="weft-share__note weft-share__note--warn">
			${icon(moreIcons.info)} <span>${words}</span>
		</p>
	`;
}

/** Hands a link to what the system sends with, where the browser lets us. */
export function sendButton(title: string, url: string): TemplateResult | typeof nothing {
	if (!("share" in navigator)) return nothing;
	const send = (): void => {
		navigator.share({ title, url }).catch((error: unknown) => {
			console.info("Not sent:", error); // Closing the system's sheet counts as a failure.
		});
	};
	return html`
		<button class="weft-button weft-share__send" @click=${send}>
			${icon(moreIcons.send)} ${t("frame.share.send")}
		</button>
	`;
}

/** True for addresses that other devices cannot reach. */
function isLocalOnly(hostname: string): boolean {
	return /^(localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);
}
