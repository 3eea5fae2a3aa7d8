/**
 * Purges a room: what people see of it now is the beginning of its next epoch, and all else goes,
 * from the disk too. Nothing of the room is written meanwhile: not its access, its photos, its doc,
 * its record, each of which waits in a queue of its own.
 */
import type { Clock } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { Asker, PurgeRoom, RoomRights } from "../../auth/rooms/room-rights.ts";
import type { Clean } from "../../fold/clean/clean.ts";
import type { Keeper } from "../../rooms/keeper.ts";
import type { Registry } from "../../rooms/registry.ts";
import type { Records } from "../../store/records.ts";
import type { PurgedRecords, RoomLog } from "../../store/room-log.ts";
import type { PhotoUploads } from "../photo-uploads.ts";

/** What a purge is handed. */
export interface PurgeParts {
	readonly rights: Pick<RoomRights, "purge" | "purgeByOperator">;
	readonly registry: Pick<Registry, "purge" | "peopleIn">;
	readonly keeper: Pick<Keeper, "hold">;
	readonly uploads: Pick<PhotoUploads, "purge" | "sweep">;
	readonly log: Pick<RoomLog, "purge" | "load" | "sizeOf">;
	readonly records: Records;
	readonly clean: Clean;
	readonly clock: Clock;
	/** Told where files of photos could not be removed: that is tried again at the next start. */
	readonly reportError: (error: unknown) => void;
}

/** What a purge would come to. */
export interface PurgeOutlook {
	readonly room: RoomName;
	readonly title: string;
	/** What the room's doc and its history take on disk now. */
	readonly storedBytes: number;
	/** What is left of that. */
	readonly cleanBytes: number;
	/** Photos that stay. */
	readonly photoCount: number;
	/** Photos that go. */
	readonly goneCount: number;
	/** Pages that show it now, and would be told. */
	readonly pageCount: number;
}

/** Purges rooms. */
export class Purges {
	readonly #parts: PurgeParts;

	constructor(parts: PurgeParts) {
		this.#parts = parts;
	}

	/** What it would do now, for who is to decide; nothing is changed. @throws as `byOwner` */
	async look(room: RoomName): Promise<PurgeOutlook> {
		const { log, clean, registry } = this.#parts;
		await this.#recordOf(room);
		const { snapshot, photos, preview } = await clean(await log.load(room));
		const { liveBytes, historyBytes } = await log.sizeOf(room);
		return {
			room,
			title: preview.title,
			storedBytes: liveBytes + historyBytes,
			cleanBytes: snapshot.compressed.length,
			photoCount: photos.length,
			goneCount: (await this.#goneOf(room, new Set(photos))).photos.length,
			pageCount: registry.peopleIn(room),
		};
	}

	/**
	 * For who may manage the room.
	 *
	 * @throws WeftError `not_found` where nobody wrote in it, `not_allowed`, what the store throws
	 */
	byOwner(asker: Asker): Promise<void> {
		return this.#parts.rights.purge(asker, this.#purge);
	}

	/** For who runs the server. @throws as `byOwner` */
	byOperator(room: RoomName): Promise<void> {
		return this.#parts.rights.purgeByOperator(room, this.#purge);
	}

	readonly #purge: PurgeRoom = async (room, trail) => {
		const { uploads, registry, keeper } = this.#parts;
		await this.#recordOf(room); // A room that nobody wrote in is not even opened.
		await uploads.purge(room, () =>
			registry.purge(room, (stored) =>
				keeper.hold(room, async () => {
					const { log, clean, clock } = this.#parts;
					const { snapshot, owners, photos, preview } = await clean(stored);
					const atMs = clock.now();
					const record = { ...(await this.#recordOf(room)), preview, changedAtMs: atMs };
					const gone = await this.#goneOf(room, new Set(photos));
					const records = { room: record, audit: trail, ...gone };
					await log.purge(room, { from: stored, snapshot, owners, atMs, records });
				}),
			),
		);
		uploads.sweep().catch(this.#parts.reportError);
	};

	async #recordOf(room: RoomName) {
		const record = await this.#parts.records.room(room);
		if (record === null) throw new WeftError("not_found");
		return record;
	}

	/** Photos that are in the room no more, and their blobs, but for those that it shows still. */
	async #goneOf(
		room: RoomName,
		shown: ReadonlySet<string>,
	): Promise<Pick<PurgedRecords, "photos" | "blobs">> {
		const photos: PurgedRecords["photos"][number][] = [];
		const blobs = new Set<PurgedRecords["blobs"][number]>();
		for await (const { id, blob } of this.#parts.records.photos(room)) {
			if (shown.has(id)) continue;
			photos.push(id);
			blobs.add(blob);
		}
		return { photos, blobs: [...blobs] };
	}
}
