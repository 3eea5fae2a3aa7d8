/** What a server holds of a room: somebody comes who has nothing, and takes all of it. */
import { setTimeout as sleep } from "node:timers/promises";
import * as Y from "yjs";
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { Ledger } from "../person/ledger.ts";
import { Device } from "../person/person.ts";
import { ReferencePerson } from "../person/reference.ts";
import type { Dial } from "../person/socket.ts";
import { dialServer } from "../systems/dial.ts";
import type { ServerProcess } from "../systems/system.ts";

/** How long a server may take to give a room to who asks. */
const readMsMax: Millis = 60_000;
/** Some say that they gave everything before they have loaded it: the rest comes soon. */
const lateMs: Millis = 150;
/** Closes that mean no more than "come again". */
const passing: ReadonlySet<number> = new Set([1000, 1001, 1005, 1006, 1012, 1013]);
/** Above all ids of people. */
export const firstReaderId = 4_000_000_000;
let readerCount = 0;

/** Whose room is read, and by whom. */
export interface Reading {
	readonly server: ServerProcess;
	readonly room: RoomName;
	readonly clock: Clock;
	/** What `identify` gave. */
	readonly headers: Readonly<Record<string, string>>;
	/** True for a server of Weft: what it calls everything is everything. */
	readonly isWhole: boolean;
}

/** Reads a room past all faults. @throws Error where it is refused, or does not come in time */
export async function readRoom(reading: Reading): Promise<Y.Doc> {
	const { server, clock, isWhole } = reading;
	let refusal: string | null = null;
	const dial = watched(reading, (code, reason) => {
		if (!passing.has(code)) refusal = `${code} ${reason}`;
	});
	const person = new ReferencePerson({
		name: "reader",
		user: "reader",
		device: new Device(),
		clock,
		ledger: new Ledger(),
		dial,
		nextClientId: () => firstReaderId + readerCount++,
		hasAcks: false,
	});
	try {
		person.goOnline();
		const endMs = clock.elapsed() + readMsMax;
		while (!person.isSynced) {
			if (refusal !== null) throw new Error(`the room is refused: ${refusal}`);
			if (!server.isRunning) throw new Error("the server ended when the room was read");
			if (clock.elapsed() > endMs) throw new Error(`the room did not come in ${readMsMax} ms`);
			await sleep(5);
		}
		if (!isWhole) await sleep(lateMs);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(person.doc));
		return copy;
	} finally {
		person.leave();
	}
}

function watched(
	{ server, room, headers }: Reading,
	closed: (code: number, reason: string) => void,
): Dial {
	const dial = dialServer(server, { room, headers });
	return (events) =>
		dial({
			...events,
			closed: (code, reason) => {
				closed(code, reason);
				events.closed(code, reason);
			},
		});
}
