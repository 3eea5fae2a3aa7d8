/** A room in one page: people with editors on docs of their own, connected without delay. */
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Person } from "../../../shared/awareness.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { textOf } from "../../../shared/surfaces/root.ts";
import { deviceMemory } from "../../../web/sync/me.ts";
import type { RoomClient } from "../../../web/sync/room-client.ts";
import { forScreen } from "../../../web/text/delta.ts";
import type { WeftEditor } from "../../../web/text/editor.ts";

/** Somebody in the room. */
export interface Guest {
	readonly client: RoomClient;
	readonly text: Y.Text;
	readonly editor: WeftEditor;
}

const guests = [
	{ id: "g_ann", name: "Ann", color: "#0b6b5d" },
	{ id: "g_ben", name: "Ben Abdallah", color: "#c2410c" },
	{ id: "g_cem", name: "Cem", color: "#7c3aed" },
] as const satisfies readonly Person[];

function clientOf(me: Person, doc: Y.Doc): RoomClient {
	const awareness = new Awareness(doc);
	awareness.setLocalState({ user: me });
	const client = {
		room: "garden" as RoomName,
		doc,
		awareness,
		me,
		memory: deviceMemory(),
		status: { phase: "saved" },
		ready: Promise.resolve(),
		rights: { onChange: () => () => undefined },
		may: () => true,
		on: () => () => undefined,
		setPresence: (part: object) =>
			awareness.setLocalState({ ...awareness.getLocalState(), ...part }),
		people: () =>
			[...awareness.getStates()]
				.filter(([clientId]) => clientId !== doc.clientID)
				.map(([clientId, state]) => ({ clientId, state })),
		sendInk: () => undefined,
		url: (path: string) => path,
		isWritable: () => true,
		close: () => undefined,
	};
	return client as unknown as RoomClient;
}

/** Opens as many editors as people, side by side. */
export async function openRoom(peopleCount: number, start: object[] = []): Promise<Guest[]> {
	const clients = guests.slice(0, peopleCount).map((me) => clientOf(me, new Y.Doc()));
	const [first] = clients;
	if (first !== undefined) textOf(first.doc).applyDelta(start);
	connect(clients);
	document.body.style.cssText = "display: grid; grid-auto-flow: column; height: 100vh; margin: 0";
	return Promise.all(
		clients.map(async (client) => {
			const editor = document.createElement("weft-editor") as WeftEditor;
			editor.client = client;
			document.body.append(editor);
			while (editor.session === null) await new Promise((resolve) => setTimeout(resolve));
			return { client, text: textOf(client.doc), editor };
		}),
	);
}

function connect(clients: readonly RoomClient[]): void {
	for (const from of clients) {
		for (const to of clients) {
			if (from === to) continue;
			Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc), "wire");
			from.doc.on("update", (update: Uint8Array, origin: unknown) => {
				if (origin !== "wire") Y.applyUpdate(to.doc, update, "wire");
			});
			from.awareness.on("update", (_change: unknown, origin: unknown) => {
				if (origin === "wire") return;
				const ids = [from.doc.clientID];
				applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, ids), "wire");
			});
			const ids = [from.doc.clientID];
			applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, ids), "wire");
		}
	}
}

/** The text as it is in the doc, in ops without anything that is not shown. */
export function opsOf(guest: Guest): unknown[] {
	return forScreen(guest.text.toDelta());
}
