/** A dialog of who manages a room: it follows what others decide, and ends with the right to. */
import { html, type TemplateResult } from "lit";
import type { ManagedAccess, RoomAccess } from "../../../shared/room-access.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { type DialogOptions, type OpenDialog, openDialog } from "../../ui/dialog.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { type AccessWatch, accessOf } from "./room-access.ts";

/** What stands in it. */
export interface ManagedOptions extends Pick<DialogOptions, "title" | "className"> {
	readonly content: (access: RoomAccess, managed: ManagedAccess) => TemplateResult;
}

/** An open one. */
export interface ManagedDialog extends OpenDialog {
	/** Shows it as it is now; what others decide is shown anyway. */
	draw(): void;
}

type ManagedClient = Pick<RoomClient, "room" | "rights" | "on" | "doc" | "may">;

/** Opens it, and asks how it is now: until then, or where nobody answers, it says so. */
export function openManaged(client: ManagedClient, options: ManagedOptions): ManagedDialog {
	const watch = accessOf(client);
	let isAsking = true;
	const content = (): TemplateResult => {
		const { now } = watch;
		if (now !== null && now.managed !== null) return options.content(now, now.managed);
		return isAsking ? html`<div aria-busy="true"></div>` : unknown(ask);
	};
	const dialog = openDialog({ ...options, content: content() });
	const draw = (): void => dialog.update(content());
	const ask = async (): Promise<void> => {
		isAsking = true;
		draw();
		await watch.ask();
		isAsking = false;
		draw();
	};
	endWith(client, watch, { ...dialog, draw });
	void ask();
	return { ...dialog, draw };
}

function endWith(client: ManagedClient, watch: AccessWatch, dialog: ManagedDialog): void {
	const look = (): void => {
		if (!client.may("manage") || client.doc.isDestroyed) dialog.close();
	};
	client.doc.on("destroy", dialog.close);
	const cancels = [
		watch.onChange(dialog.draw),
		client.rights.onChange(look),
		() => client.doc.off("destroy", dialog.close),
	];
	void dialog.closed.then(() => {
		for (const cancel of cancels) cancel();
	});
	look();
}

function unknown(ask: () => Promise<void>): TemplateResult {
	return html`<p class="weft-dialog__text" role="alert">${t("rights.unknown")}</p>
		<div class="weft-dialog__actions">
			<button class="weft-button" @click=${ask}>${t("frame.tryAgain")}</button>
		</div>`;
}
