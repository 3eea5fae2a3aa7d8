/** The four surfaces as chunks that are fetched when they are needed. */
import { html, type TemplateResult } from "lit";
import type { SurfaceName } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import { byItself, Later, type Part } from "../../sync/later.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { showToast } from "../../ui/toast.ts";
import type { AwayPorts } from "./away.ts";

const fetchers: Readonly<Record<SurfaceName, () => Promise<unknown>>> = {
	document: () => import("../../text/editor.ts"),
	board: () => import("../../board/board.ts"),
	chat: () => import("../../chat/chat.ts"),
	photos: () => import("../../photos/photos.ts"),
};

/** Those whose code is here. */
const here = new Set<SurfaceName>();

/** True where a surface can be shown at once: its element is defined. */
export function isHere(surface: SurfaceName): boolean {
	return here.has(surface);
}

/** Fetches a surface's code; resolves when its element is defined. */
export async function loadSurface(surface: SurfaceName): Promise<void> {
	await fetchers[surface]();
	here.add(surface);
}

/** What begins once the first surfaces stand: these have the line for themselves until then. */
export interface Rest {
	readonly client: RoomClient;
	/** This page made the room a moment ago. */
	readonly isNew: boolean;
	/** The surfaces that are shown first. */
	readonly first: readonly SurfaceName[];
	/** Told how many messages are unread, whenever that changes. */
	readonly unread: (count: number) => void;
	readonly away: AwayPorts;
}

/** Faces and the light; what is unread; photos, whichever surface is shown. Ends with the room. */
export function startLater({ client, isNew, first, unread, away }: Rest): Cancel {
	const isShown = Promise.allSettled([client.ready, ...first.map(loadSurface)]);
	const parts = [
		() => fetchPeople(client, isNew),
		() => fetchUnread(client, unread, away),
		() => fetchPhotos(client),
	].map((fetch) => new Later(client, fetch).begin(isShown));
	return () => {
		for (const part of parts) part.close();
	};
}

async function fetchPeople(client: RoomClient, isNew: boolean): Promise<() => Part> {
	const { startPeople } = await import("../../presence/people-and-light.ts");
	return () => ({ close: startPeople(client, isNew) });
}

async function fetchUnread(
	client: RoomClient,
	unread: Rest["unread"],
	ports: AwayPorts,
): Promise<() => Part> {
	const [chat, away] = await Promise.all([import("../../chat/chat-log.ts"), import("./away.ts")]);
	return () => {
		const cancels = [
			chat.watchUnread(client, unread),
			away.followWhileAway(client, chat.chatLogOf(client), ports),
		];
		return {
			close: () => {
				for (const cancel of cancels.splice(0)) cancel();
			},
		};
	};
}

/** Sends unsent photos, tells of new ones and shows them large. They end with the client. */
async function fetchPhotos(client: RoomClient): Promise<() => Part> {
	const { startPhotos } = await import("../../photos/room-photos.ts");
	startPhotos(client, showToast);
	return byItself;
}

/** What somebody typed to the chat before its code was here. */
export interface EarlyWords {
	readonly words: string;
	/** More of it comes. */
	readonly isInHand: boolean;
}

/** What a surface begins with. */
interface Beginning {
	/** The room was just made here. */
	readonly isNew: boolean;
	readonly early: EarlyWords | null;
}

/** The element of a surface. */
export function surfaceElement(
	surface: SurfaceName,
	client: RoomClient,
	{ isNew, early }: Beginning,
): TemplateResult {
	switch (surface) {
		case "document":
			return html`<weft-editor
				.client=${client}
				.startsFocused=${isNew}
			></weft-editor>`;
		case "board":
			return html`<weft-board .client=${client}></weft-board>`;
		case "chat":
			return html`<weft-chat .client=${client} .early=${early}></weft-chat>`;
		case "photos":
			return html`<weft-photos .client=${client}></weft-photos>`;
	}
}
