/** What was cleared away in a room, in a dialog: whoever may write there brings it back. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../access/rights.css";
import type { ClearedContent, ClearedWork } from "../../../shared/cleared.ts";
import { WeftError } from "../../../shared/errors.ts";
import { call } from "../../api.ts";
import { roomSegment } from "../../sync/base.ts";
import { isOurs } from "../../sync/me.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { type OpenDialog, openDialog } from "../../ui/dialog.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { t, tCount } from "../../ui/messages.ts";
import "../../ui/text-words/cleared.ts";
import "../../ui/messages/rights.ts";
import { fullTime } from "../../ui/time.ts";
import { showToast } from "../../ui/toast.ts";
import { putBack } from "./put-back.ts";

type ClearedClient = Pick<RoomClient, "room" | "doc" | "me" | "may">;

/** What the dialog shows: null while the server is asked. */
type Shown = readonly ClearedWork[] | "unknown" | null;

/** Opens it; it ends with the room. */
export function openCleared(client: ClearedClient): void {
	let shown: Shown = null;
	let isBusy = false;
	const draw = (next: Shown): void => {
		shown = next;
		dialog.update(content());
	};
	const ask = async (): Promise<void> => {
		draw(null);
		try {
			const answer = await call("GET", pathOf(client));
			draw((answer as { cleared: readonly ClearedWork[] }).cleared);
		} catch (error) {
			console.info("What was cleared cannot be had:", error);
			draw("unknown");
		}
	};
	const back = async (work: ClearedWork): Promise<void> => {
		if (isBusy) return; // Pressed twice it is one.
		isBusy = true;
		const isBack = await bringBack(client, work);
		isBusy = false;
		if (isBack) dialog.close(); // It is seen then, and can be taken away again.
	};
	const content = (): TemplateResult => html`
		<p class="weft-dialog__text">${t("cleared.note")}</p>
		${list(shown, { ask, back })}
	`;
	const dialog: OpenDialog = openDialog({
		title: t("cleared.title"),
		className: "weft-rights",
		content: content(),
	});
	client.doc.on("destroy", dialog.close);
	void dialog.closed.then(() => client.doc.off("destroy", dialog.close));
	void ask();
}

interface Acts {
	readonly ask: () => Promise<void>;
	readonly back: (work: ClearedWork) => Promise<void>;
}

function list(shown: Shown, { ask, back }: Acts): TemplateResult {
	if (shown === null) return html`<p aria-busy="true">${t("cleared.loading")}</p>`;
	if (shown === "unknown") {
		return html`<p role="alert">${t("cleared.unknown")}</p>
			<div class="weft-dialog__actions">
				<button class="weft-button" @click=${ask}>${t("frame.tryAgain")}</button>
			</div>`;
	}
	if (shown.length === 0) return html`<p role="status">${t("cleared.nothing")}</p>`;
	return html`<ul class="weft-rights__list">
		${repeat(
			shown,
			({ id }) => id,
			(work) => row(work, back),
		)}
	</ul>`;
}

function row(work: ClearedWork, back: Acts["back"]): TemplateResult {
	const what = nameOf(work);
	const name = work.by.name || t("rights.somebody");
	return html`<li>
		<span class="weft-rights__what">
			<strong>${what}</strong>
			<small>${t("cleared.by", { name, time: fullTime(work.atMs) })}</small>
			${work.excerpt === "" ? "" : html`<small dir="auto">“${work.excerpt}”</small>`}
		</span>
		<button
			class="weft-button"
			aria-label=${t("cleared.backOne", { what })}
			@click=${() => back(work)}
		>
			${t("cleared.back")}
		</button>
	</li>`;
}

function nameOf({ surface, count }: ClearedWork): string {
	return tCount(surface === "board" ? "cleared.items" : "cleared.letters", count);
}

/** True where it is on its way back, or is back already. */
async function bringBack(client: ClearedClient, { id, surface }: ClearedWork): Promise<boolean> {
	const { doc, me } = client;
	try {
		const path = `${pathOf(client)}/${encodeURIComponent(id)}`;
		const content = (await call("GET", path)) as ClearedContent;
		if (doc.isDestroyed || !client.may(surface)) return false;
		const { count, undo } = putBack(doc, content, (by) => typeof by === "string" && isOurs(me, by));
		if (count === 0) {
			showToast({ text: t("cleared.already") });
			return true;
		}
		const text = surface === "board" ? tCount("cleared.done", count) : t("cleared.doneText");
		showToast({ text, action: { label: t("cleared.undo"), run: undo } });
		return true;
	} catch (error) {
		if (error instanceof WeftError && error.code === "not_found") {
			showToast({ text: t("cleared.already") });
			return true;
		}
		console.info("Not brought back:", error);
		showToast({ text: withFaultId(t("cleared.failed"), error) });
		return false;
	}
}

function pathOf({ room }: ClearedClient): string {
	return `/api/rooms/${roomSegment(room)}/cleared`;
}
