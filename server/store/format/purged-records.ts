/** What a purge writes beside the room's log, in the same write. FORMAT.md section 4. */
import type { RoomName } from "../../../shared/ids.ts";
import type { Operation } from "../level-binding.ts";
import type { PurgedRecords } from "../room-log.ts";
import { auditKey, erasureKey, garbageKey, infoKey, photoKey } from "./keys.ts";
import { encodeRecordOf } from "./record-codec.ts";

/** The changes of records, and the notes of what is still to go when the write is done. */
export function purgedRecords(room: RoomName, purged: PurgedRecords): Operation[] {
	const put = (key: Buffer, record: object): Operation => {
		return { type: "put", key, value: encodeRecordOf(key, record) };
	};
	return [
		put(infoKey(room), purged.room),
		put(auditKey(room), { entries: purged.audit }),
		...purged.photos.map((id) => ({ type: "del", key: photoKey(room, id) }) as const),
		...purged.blobs.map((blob) => put(garbageKey(blob), {})),
		put(erasureKey(room), {}),
	];
}
