/** All that the page of who runs this server asks of it, wired once. */
import { join } from "node:path";
import type { Clock } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { HerePerson, ServerFigures } from "../../../shared/operator.ts";
import type { Named } from "../../../shared/room-access.ts";
import type { Config } from "../../config.ts";
import type { Records } from "../../store/records.ts";
import type { RoomLog } from "../../store/room-log.ts";
import { DiskUse } from "./disk-use.ts";
import { type Counts, readFigures, rulesOf } from "./figures.ts";
import { RoomList } from "./room-list.ts";
import { RoomSizes } from "./room-sizes.ts";

/** See the head of this file. */
export interface OperatorDesk {
	readonly figures: () => Promise<ServerFigures>;
	readonly rooms: Pick<RoomList, "page" | "forget">;
	/** Everybody who is in a room. */
	readonly here: () => readonly HerePerson[];
	/** Rooms in memory, and how many sessions are in each. */
	readonly openRooms: () => ReadonlyMap<RoomName, number>;
	/** Ends all sessions of a room and lets go of it; false where it is not in memory. */
	readonly closeRoom: (room: RoomName) => Promise<boolean>;
	/** Told what was done to which account; of rooms their own trail tells. */
	readonly noted: (by: Named, act: string, about: string) => void;
}

/** What a desk is made of. */
export interface DeskParts extends Omit<OperatorDesk, "figures" | "rooms"> {
	readonly config: Config;
	readonly version: string;
	readonly records: Records;
	readonly log: Pick<RoomLog, "sizeOf">;
	readonly clock: Clock;
	readonly counts: () => Counts;
	readonly reportError: (error: unknown) => void;
}

/** Nothing is read before somebody looks. */
export function createDesk(parts: DeskParts): OperatorDesk {
	const { config, records, log, clock, openRooms, reportError: report } = parts;
	const { version, counts, here, closeRoom, noted } = parts;
	const sizes = new RoomSizes({ log, records, clock, report });
	const disk = new DiskUse({
		storeDir: join(config.dataDir, "store"),
		photoDir: join(config.dataDir, "blobs"),
		...{ clock, report },
	});
	const startedAtMs = clock.now();
	const rules = rulesOf(config);
	return {
		figures: () =>
			readFigures({ version, startedAtMs, now: () => clock.now(), disk, rules, counts }),
		rooms: new RoomList({ records, sizes, clock, openRooms }),
		...{ here, openRooms, closeRoom, noted },
	};
}
