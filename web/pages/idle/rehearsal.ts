/**
 * What a room shows first, made once while nobody waits: the browser has then compiled what runs
 * when somebody presses "New room". Nothing of it is seen, sent or kept.
 */
import type { SurfaceName } from "../../../shared/awareness.ts";
import { mintRoomName } from "../../../shared/ids.ts";
import type { WeftBoard } from "../../board/board.ts";
import { Me } from "../../sync/me.ts";
import { randomBytes } from "../../sync/random.ts";
import { RoomClient } from "../../sync/room-client.ts";
import type { WeftEditor } from "../../text/editor.ts";
import { whenIdle } from "../../ui/idle.ts";
import { firstPanes } from "../room/first-look.ts";
import { loadSurface } from "../room/surfaces.ts";

/** Chat and photos are small, and seldom what a room begins with. */
const rehearsals: Partial<Readonly<Record<SurfaceName, (client: RoomClient) => Promise<void>>>> = {
	document: async (client) => {
		const editor = document.createElement("weft-editor") as WeftEditor;
		await put(editor, client);
		editor.session?.quill.insertText(0, "a", "user");
	},
	board: (client) => put(document.createElement("weft-board") as WeftBoard, client),
};

/** One surface after the other, until somebody is in a room. Rejects where code does not come. */
export async function rehearse(): Promise<void> {
	for (const surface of firstPanes(null)) {
		await loadSurface(surface);
		await new Promise<void>(whenIdle);
		if (document.querySelector("weft-room") !== null) return;
		await rehearseSurface(surface);
	}
}

/** In a room of nobody. It is gone again before anything else runs. */
async function rehearseSurface(surface: SurfaceName): Promise<void> {
	const client = new RoomClient({
		...{ room: mintRoomName(randomBytes), me: new Me(null), isNew: true, memory: null },
		socketClass: NoSocket as unknown as typeof WebSocket,
		openStore: () => new Promise(() => undefined),
	});
	try {
		await rehearsals[surface]?.(client);
	} finally {
		document.querySelector("body > .weft-rehearsal")?.remove();
		client.close();
	}
}

/** On the page, where elements live, but where nobody sees them. */
async function put(element: WeftEditor | WeftBoard, client: RoomClient): Promise<void> {
	const host = document.createElement("div");
	host.className = "weft-rehearsal";
	host.hidden = true;
	element.client = client;
	host.append(element);
	document.body.append(host);
	await element.updateComplete;
	await client.ready;
	await element.updateComplete; // The editor begins once it is ready, and draws its tools.
}

/** Leads nowhere. */
class NoSocket extends EventTarget {
	readonly readyState = 0;
	readonly send = () => undefined;
	readonly close = () => undefined;
}
