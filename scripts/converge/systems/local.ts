/** A process of ours as a server under test: addresses, and the words it understands. */
import { beginConversation, type Dialect } from "./dialect.ts";
import type { Process } from "./process.ts";
import type { Identity, ServerProcess } from "./system.ts";

/** What differs from server to server. */
export interface LocalParts {
	readonly dialect: Dialect;
	/** Where its WebSockets are: `/sync`, or nothing for the root. */
	readonly path: string;
	/** Makes a person known, given `http://127.0.0.1:…`; left out where nobody is known. */
	readonly identify?: (origin: string, name: string) => Promise<Identity>;
}

/** Nobody in particular. */
export const stranger: Identity = { id: null, headers: {} };

/** The server that `child` is. */
export function localServer(child: Process, parts: LocalParts): ServerProcess {
	const { port } = child;
	const origin = `http://127.0.0.1:${port}`;
	const base = (through = port) => `ws://127.0.0.1:${through}${parts.path}`;
	return {
		host: "127.0.0.1",
		port,
		pid: child.pid,
		get isRunning() {
			return child.isRunning;
		},
		origin,
		params: {},
		nameOf: (room) => room,
		base,
		url: (room, through) => `${base(through)}/${encodeURIComponent(room)}`,
		converse: (room) => beginConversation(parts.dialect, room),
		identify: async (name) => (await parts.identify?.(origin, name)) ?? stranger,
		complaints: child.complaints,
		ended: child.ended,
		kill: () => child.kill(),
		stop: () => child.stop(),
		pause: () => child.pause(),
		resume: () => child.resume(),
	};
}
