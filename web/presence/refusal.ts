/** What a person may do when the server sent this page away for good. */
import { html, nothing, type TemplateResult } from "lit";
import { encodeStateAsUpdate } from "yjs";
import type { FailureCode } from "../../shared/errors.ts";
import { titleOf } from "../../shared/surfaces/root.ts";
import { appUrl } from "../sync/base.ts";
import { useNewest } from "../sync/device/app-copy.ts";
import { copyName, forgetCopy } from "../sync/offline.ts";
import type { RoomClient } from "../sync/room-client.ts";
import { isDoor } from "../sync/status.ts";
import { confirmDialog } from "../ui/dialog.ts";
import { sayFailure, t } from "../ui/messages.ts";
import { orSay } from "../ui/toast.ts";
import "../ui/messages/light.ts";
import "./access/bin-watch.ts";
import "./access/knock.ts";
import { saveFile } from "./lost/save-file.ts";

/** What a page does that may not see its room, in words and with one thing to do. */
export interface Refusal {
	/** One sentence. */
	readonly say: string;
	/** None of them is pressed by itself. */
	readonly actions: TemplateResult | typeof nothing;
}

/** What to say and to do where changes are not stored or the page was sent away; else null. */
export function refusalOf(client: RoomClient): Refusal | null {
	const { status, doc } = client;
	if (status.phase !== "refused" && status.phase !== "readOnly") return null;
	const say = sayRefusal(status.code);
	if (status.phase === "readOnly") return { say, actions: keepButton(client) };
	if (status.code === "app_too_old") {
		return { say, actions: button(t("frame.light.reload"), () => useNewest()) };
	}
	if (status.code === "must_knock") {
		return { say, actions: html`<weft-knock .client=${client}></weft-knock>` };
	}
	if (isDoor(status.code)) {
		const watch = status.code === "room_binned" ? binWatch(client) : nothing;
		return { say, actions: html`${unsentButton(client)} ${homeLink()} ${watch}` };
	}
	if (isSignedOut(status.code)) return { say, actions: signInButton(client) };
	if (isOurFault(status.code)) {
		const again = button(t("frame.light.startAgain"), () => startAgain(client));
		return { say, actions: html`${keepButton(client)} ${again}` };
	}
	if (!isClosedToUs(status.code)) {
		return { say, actions: button(t("frame.tryAgain"), () => client.retry()) };
	}
	const hasCopy = doc.store.clients.size > 0;
	return { say, actions: hasCopy ? keepButton(client) : homeLink() };
}

/** The table of failures speaks to every client; these are said better to who stands before it. */
function sayRefusal(code: FailureCode): string {
	switch (code) {
		case "not_found":
			return t("frame.refused.gone");
		case "app_too_old":
			return t("frame.refused.old");
		default:
			return sayFailure(code);
	}
}

/** Trying again would be answered the same until somebody else has done something. */
function isClosedToUs(code: FailureCode): boolean {
	return ["not_found", "not_allowed", "no_entry", "token_over"].includes(code);
}

/** What was done here stays on this device until somebody signs in again. */
function isSignedOut(code: FailureCode): boolean {
	return code === "not_signed_in" || code === "signed_out";
}

/** Trying again would send the same and be refused the same. */
function isOurFault(code: FailureCode): boolean {
	return ["refused_update", "foreign_client", "bad_frame", "room_purged"].includes(code);
}

/** What was done here and never left is all that is theirs to take along. */
function unsentButton(client: RoomClient): TemplateResult | typeof nothing {
	return "waiting" in client.status && client.status.waiting > 0 ? keepButton(client) : nothing;
}

function binWatch(client: RoomClient): TemplateResult {
	return html`<weft-bin-watch .client=${client}></weft-bin-watch>`;
}

function homeLink(): TemplateResult {
	return html`<a class="weft-button" href=${appUrl("")}>${t("frame.goHome")}</a>`;
}

function signInButton(client: RoomClient): TemplateResult {
	return button(t("frame.light.signIn"), () => signInAgain(client));
}

/** Who is somebody else then gets a page of their own; who is the same goes on with this one. */
function signInAgain(client: RoomClient): Promise<void> {
	const { id } = client.me;
	const goOn = (): void => {
		if (client.me.id === id) client.retry();
	};
	return orSay(async () => {
		const { askToSignIn } = await import("./me/account.ts");
		await askToSignIn(client.mine, goOn);
	});
}

function keepButton(client: RoomClient): TemplateResult {
	const save = () => saveFile(encodeStateAsUpdate(client.doc), titleOf(client.doc));
	return button(t("frame.light.keepFile"), save);
}

function button(label: string, run: () => unknown): TemplateResult {
	return html`<button class="weft-button" @click=${run}>${label}</button>`;
}

async function startAgain(client: RoomClient): Promise<void> {
	const isSure = await confirmDialog({
		title: t("frame.light.startAgainTitle"),
		text: t("frame.light.startAgainText"),
		yes: t("frame.light.startAgain"),
		isDangerous: true,
	});
	if (!isSure) return;
	client.close();
	await forgetCopy(copyName(client.me.id, client.room));
	location.reload();
}
