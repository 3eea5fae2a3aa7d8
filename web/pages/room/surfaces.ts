/** The four surfaces as chunks that are fetched when they are needed. */
import { html, type TemplateResult } from "lit";
import type { SurfaceName } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { whenIdle } from "../../ui/idle.ts";
import { showToast } from "../../ui/toast.ts";
import type { AwayPorts } from "./away.ts";

const fetchers: Readonly<Record<SurfaceName, () => Promise<unknown>>> = {
	document: () => import("../../text/editor.ts"),
	board: () => import("../../board/board.ts"),
	chat: () => import("../../chat/chat.ts"),
	photos: () => import("../../photos/photos.ts"),
};

/** Fetches a surface's code; resolves when its element is defined. */
export async function loadSurface(surface: SurfaceName): Promise<void> {
	await fetchers[surface]();
}

/**
 * Calls `listen` whenever the number of unread messages changes, also before the chat was seen, and
 * tells what is said to somebody who looks elsewhere.
 */
export function watchUnread(
	client: RoomClient,
	listen: (count: number) => void,
	ports: AwayPorts,
): Cancel {
	let cancels: Cancel[] = [];
	let isClosed = false;
	void Promise.all([import("../../chat/chat-log.ts"), import("./away.ts")])
		.then(([chat, away]) => {
			if (isClosed) return;
			const log = chat.chatLogOf(client);
			cancels = [chat.watchUnread(client, listen), away.followWhileAway(client, log, ports)];
		})
		.catch((error: unknown) => console.warn("Unread messages are not counted:", error));
	return () => {
		isClosed = true;
		for (const cancel of cancels.splice(0)) cancel();
	};
}

/** Sends unsent photos, tells of new ones and shows them large, whichever surface is shown. */
export function startPhotos(client: RoomClient): Cancel {
	let isClosed = false;
	let cancelRetry: Cancel = () => undefined;
	const start = async (): Promise<void> => {
		try {
			const module = await import("../../photos/room-photos.ts");
			if (!isClosed) module.startPhotos(client, showToast);
		} catch (error) {
			console.info("Photos are followed when the connection is back:", error);
			cancelRetry = client.on("status", ({ phase }) => {
				if (phase !== "saved" && phase !== "sent") return;
				cancelRetry();
				void start();
			});
		}
	};
	// What is seen first has the line for itself.
	void client.ready.then(() => whenIdle(() => void start()));
	return () => {
		isClosed = true;
		cancelRetry();
	};
}

/** The element of a surface; `isNew` is true for a room that was just made here. */
export function surfaceElement(
	surface: SurfaceName,
	client: RoomClient,
	isNew: boolean,
): TemplateResult {
	switch (surface) {
		case "document":
			return html`<weft-editor
				.client=${client}
				.readOnly=${client.isViewing}
				.startsFocused=${isNew}
			></weft-editor>`;
		case "board":
			return html`<weft-board .client=${client}></weft-board>`;
		case "chat":
			return html`<weft-chat .client=${client}></weft-chat>`;
		case "photos":
			return html`<weft-photos .client=${client}></weft-photos>`;
	}
}
