/** The pieces of the path of a keystroke, by the names of their files. */
import { join } from "node:path";
import * as Y from "yjs";
import { Outbox } from "../../../server/gateway/outbox.ts";
import type { Wire } from "../../../server/gateway/wire.ts";
import { nodeClock } from "../../../server/node-clock.ts";
import { applyBatch } from "../../../server/rooms/batch.ts";
import { Guard } from "../../../server/rooms/guard/guard.ts";
import { Owners } from "../../../server/rooms/guard/owners.ts";
import type { Author } from "../../../server/rooms/guard/rules.ts";
import { inspect } from "../../../server/rooms/inspect.ts";
import { readUpdate } from "../../../server/rooms/update-reader.ts";
import { openLevelStore } from "../../../server/store/level-store.ts";
import type { LoggedUpdate } from "../../../server/store/room-log.ts";
import { anyone, type RoomName } from "../../../shared/ids.ts";
import { decodeClientFrame, encodeUpdate } from "../../../shared/protocol.ts";
import { rightsOf } from "../../../shared/roles.ts";
import { lettersBetween, typed } from "../people/updates.ts";
import type { Piece } from "./piece.ts";

const batchCount = 64;
/** Who writes. */
const author: Author = {
	userId: anyone,
	accountName: null,
	claimer: null,
	rights: rightsOf("editor"),
	formerIds: [],
};
const roomsAtOnce = 100;

/** The letters of somebody from number `from` on, an update each. */
function lettersFrom(from: number, count: number, clientId = 300_000_001): Uint8Array[] {
	return Array.from({ length: count }, (_, index) => {
		const clock = from + index;
		return typed(clientId, clock, lettersBetween(clock, clock + 1));
	});
}

const codec: Piece = {
	name: "codec",
	about: "shared/protocol.ts: a frame of one letter is read, and made again",
	async prepare() {
		const frames = lettersFrom(1, 1_000).map(encodeUpdate);
		return {
			count: frames.length,
			run() {
				for (const frame of frames) {
					const decoded = decodeClientFrame(frame);
					if (decoded.type === "update") encodeUpdate(decoded.update);
				}
			},
		};
	},
};

const inspecting: Piece = {
	name: "inspect",
	about: "server/rooms/inspect.ts and guard/: a letter is read and judged against doc and rights",
	async prepare() {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, typed(300_000_001, 0, lettersBetween(0, 1_000)));
		const updates = lettersFrom(1_000, 1, 300_000_001);
		const [update = new Uint8Array()] = updates;
		const guard = new Guard(false);
		guard.begin("guarded");
		const count = 1_000;
		return {
			count,
			run() {
				for (let left = count; left > 0; left--) judge(update, doc, guard);
			},
		};
	},
};

function judge(bytes: Uint8Array, doc: Y.Doc, guard: Guard): void {
	const update = readUpdate(bytes);
	inspect(update, doc);
	guard.admit(update, doc, author);
}

const batch: Piece = {
	name: "batch",
	about: `server/rooms/batch.ts: ${batchCount} letters are inspected and applied as one`,
	async prepare() {
		const doc = new Y.Doc();
		const holderOf = () => null;
		const owners = new Owners({ snapshot: null, tail: [] }, { holderOf, healed: null });
		const guard = new Guard(false);
		let clock = 0;
		return {
			count: batchCount,
			run() {
				const updates = lettersFrom(clock, batchCount);
				clock += batchCount;
				applyBatch(
					doc,
					updates.map((bytes) => ({ author, bytes })),
					{ owners, guard, kind: "guarded" },
				);
			},
		};
	},
};

const log: Piece = {
	name: "log",
	about: `server/store: a letter in each of ${roomsAtOnce} rooms at once, until it is synced`,
	async prepare(folder) {
		const options = { directory: join(folder, "store"), clock: nodeClock, historyMs: 0 };
		const store = await openLevelStore({ ...options, acceptDamage: false });
		const [bytes = new Uint8Array()] = lettersFrom(1, 1);
		const updates: readonly LoggedUpdate[] = [{ userId: anyone, bytes }];
		const rooms = Array.from({ length: roomsAtOnce }, (_, index) => `room-${index}` as RoomName);
		return {
			count: roomsAtOnce,
			async run() {
				await Promise.all(rooms.map((room) => store.log.append(room, { atMs: 0, updates })));
			},
			async close() {
				await store.log.close();
				await store.records.close();
			},
		};
	},
};

const outbox: Piece = {
	name: "outbox",
	about: "server/gateway/outbox.ts: a frame for a socket that takes everything",
	async prepare() {
		const ignore = () => undefined;
		const wire: Wire = {
			waitingBytes: 0,
			receivedBytes: 0,
			listen: ignore,
			send: ignore,
			ping: ignore,
			pause: ignore,
			resume: ignore,
			close: ignore,
			terminate: ignore,
		};
		const events = { overflowed: ignore, caughtUp: ignore, awarenessWanted: ignore };
		const rules = { clock: nodeClock, outboxBytesMax: 4 * 1024 * 1024 };
		const box = new Outbox(wire, events, rules);
		const frames = lettersFrom(1, 1).map(encodeUpdate);
		const count = 10_000;
		return {
			count,
			run() {
				for (let left = count; left > 0; left--) box.send(frames);
			},
		};
	},
};

/** All of them, in the order in which a keystroke meets them. */
export const pieces: readonly Piece[] = [codec, inspecting, batch, log, outbox];
