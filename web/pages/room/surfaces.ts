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

/** What begins once the first surfaces stand: these have the line for themselves until then. */
export interface Later {
	readonly client: RoomClient;
	/** The surfaces that are shown first. */
	readonly first: readonly SurfaceName[];
	/** Told how many messages are unread, whenever that changes. */
	readonly unread: (count: number) => void;
	readonly away: AwayPorts;
}

/** Faces and the light; what is unread; photos, whichever surface is shown. Ends with the room. */
export function startLater({ client, first, unread, away }: Later): Cancel {
	const cancels: Cancel[] = [];
	let isClosed = false;
	const fetchAndStart = async ({ name, fetch }: Part): Promise<void> => {
		try {
			const start = await fetch();
			if (!isClosed) cancels.push(start());
		} catch (error) {
			console.info(`Not here before the connection is back, ${name}:`, error);
			const cancel = client.on("status", ({ phase }) => {
				if (phase !== "saved" && phase !== "sent") return;
				cancel();
				if (!isClosed) void fetchAndStart({ name, fetch });
			});
			cancels.push(cancel);
		}
	};
	const parts: readonly Part[] = [
		{ name: "people", fetch: () => fetchPeople(client) },
		{ name: "unread", fetch: () => fetchUnread(client, unread, away) },
		{ name: "photos", fetch: () => fetchPhotos(client) },
	];
	void Promise.allSettled([client.ready, ...first.map(loadSurface)]).then(() => {
		whenIdle(() => {
			if (!isClosed) for (const part of parts) void fetchAndStart(part);
		});
	});
	return () => {
		isClosed = true;
		for (const cancel of cancels.splice(0)) cancel();
	};
}

/** Fetches code; what comes of it begins something and says how it ends. */
interface Part {
	readonly name: string;
	readonly fetch: () => Promise<() => Cancel>;
}

async function fetchPeople(client: RoomClient): Promise<() => Cancel> {
	const { startPeople } = await import("../../presence/people-and-light.ts");
	return () => startPeople(client);
}

async function fetchUnread(
	client: RoomClient,
	unread: Later["unread"],
	ports: AwayPorts,
): Promise<() => Cancel> {
	const [chat, away] = await Promise.all([import("../../chat/chat-log.ts"), import("./away.ts")]);
	return () => {
		const cancels = [
			chat.watchUnread(client, unread),
			away.followWhileAway(client, chat.chatLogOf(client), ports),
		];
		return () => {
			for (const cancel of cancels.splice(0)) cancel();
		};
	};
}

/** Sends unsent photos, tells of new ones and shows them large. They end with the client. */
async function fetchPhotos(client: RoomClient): Promise<() => Cancel> {
	const { startPhotos } = await import("../../photos/room-photos.ts");
	return () => {
		startPhotos(client, showToast);
		return () => undefined;
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
