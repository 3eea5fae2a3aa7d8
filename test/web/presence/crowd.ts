/** People in a room without a server: what one tells the others see at once. */
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Person, PresenceState } from "../../../shared/awareness.ts";
import type { PresenceClient } from "../../../web/presence/here.ts";

/** One of them; counts what they told. */
export interface CrowdClient extends PresenceClient {
	readonly me: Person;
	toldCount: number;
	/** Closes the tab. */
	leave(): void;
}

/** As many people as names, each with an id made of the name. */
export function crowd(...names: readonly string[]): CrowdClient[] {
	const clients: CrowdClient[] = [];
	for (const name of names) clients.push(clientOf(name, clients));
	return clients;
}

function clientOf(name: string, all: readonly CrowdClient[]): CrowdClient {
	const doc = new Y.Doc();
	const awareness = new Awareness(doc);
	const me = { id: `g_${name}`, name, color: "#0b6b5d" };
	const client: CrowdClient = {
		me,
		awareness,
		toldCount: 0,
		setPresence(part) {
			client.toldCount++;
			awareness.setLocalState({ ...awareness.getLocalState(), ...part });
		},
		people: () =>
			[...awareness.getStates()]
				.filter(([clientId]) => clientId !== doc.clientID)
				.map(([clientId, state]) => ({ clientId, state: state as PresenceState })),
		leave: () => awareness.setLocalState(null),
	};
	awareness.on("update", (_change: unknown, origin: unknown) => {
		if (origin === "wire") return;
		const update = encodeAwarenessUpdate(awareness, [doc.clientID]);
		for (const other of all) {
			if (other !== client) applyAwarenessUpdate(other.awareness, update, "wire");
		}
	});
	awareness.setLocalState({ user: me });
	for (const other of all) {
		const update = encodeAwarenessUpdate(other.awareness, [other.awareness.clientID]);
		applyAwarenessUpdate(awareness, update, "wire");
		applyAwarenessUpdate(other.awareness, encodeAwarenessUpdate(awareness, [doc.clientID]), "wire");
	}
	return client;
}
