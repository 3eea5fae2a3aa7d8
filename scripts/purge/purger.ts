/** Who purges: the server of a data folder, or this process on a store that no server uses. */
import { join } from "node:path";
import { RoomRights } from "../../server/auth/rooms/room-rights.ts";
import { DiskBlobs } from "../../server/blobs/disk-blobs.ts";
import { createFoldWorker } from "../../server/fold/fold-worker.ts";
import { purgeRoute } from "../../server/http/operator/purge-route.ts";
import { PhotoUploads } from "../../server/http/photo-uploads.ts";
import { type PurgeOutlook, Purges } from "../../server/http/rooms/purge.ts";
import { nodeClock } from "../../server/node-clock.ts";
import { type Millis, wait } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";
import { ask, type OpenFolder, reach } from "../user/reach.ts";
import { UserError } from "../user/user-error.ts";

/** How long a stopped store is kept open until the bytes are off the disk; a start goes on. */
const erasedMsMax: Millis = 60_000;

/** Any time: a timer that is there is what counts. */
const aliveMs: Millis = 60_000;

/** See the head of this file. Close it at the end. */
export interface Purger {
	/** True where a server runs. */
	readonly isServed: boolean;
	/** What a purge would come to. @throws UserError */
	look(room: RoomName): Promise<PurgeOutlook>;
	/** @throws UserError */
	purge(room: RoomName): Promise<void>;
	/** False where some of it is still on disk: a server takes it off while it runs. */
	whenErased(): Promise<boolean>;
	close(): Promise<void>;
}

/** Finds the server of the data folder, or opens the folder's store. @throws UserError */
export async function openPurger(env: NodeJS.ProcessEnv, cwd: string): Promise<Purger> {
	let erased = () => Promise.resolve(true);
	const reached = await reach(env, {
		...{ cwd, makesFolder: false },
		open: async (folder) => {
			const fold = createFoldWorker(nodeClock);
			const { purges, uploads } = await purgesOf(folder, fold.clean);
			erased = () => isErased(folder, uploads);
			// A thread that cleans keeps no process alive, as a server's sockets do.
			const alive = setInterval(() => undefined, aliveMs);
			const close = async () => {
				clearInterval(alive);
				await fold.close();
			};
			return { app: purgeRoute({ purges, reportError: folder.reportError }), close };
		},
	});
	const send = (method: string, room: RoomName) =>
		ask(reached.ask, { method, path: `/rooms/${encodeURIComponent(room)}/purge` });
	return {
		isServed: reached.isServed,
		look: async (room) => (await send("GET", room).catch(inWords(room))) as PurgeOutlook,
		purge: async (room) => void (await send("POST", room).catch(inWords(room))),
		whenErased: () => erased(),
		close: reached.close,
	};
}

/** Nobody is in these rooms, and nobody else writes: nothing waits in a queue. */
async function purgesOf(
	{ config, store: { log, records }, clock, reportError }: OpenFolder,
	clean: ConstructorParameters<typeof Purges>[0]["clean"],
) {
	const blobs = await DiskBlobs.open(join(config.dataDir, "blobs"));
	const make = () => Promise.reject(new Error("no photo is made here"));
	const images = { make, close: () => Promise.resolve() };
	const uploads = new PhotoUploads({ records, blobs, images, clock });
	const rights = new RoomRights({
		...{ records, clock, roomMakers: "anyone" },
		accounts: { formerOf: () => [], idsOf: (id) => [id] },
		nameOf: () => null,
		here: () => [],
		changed: () => undefined,
		knocked: () => undefined,
	});
	const registry = {
		purge: async (room: RoomName, begin: (stored: Stored) => Promise<void>) =>
			begin(await log.load(room)),
		peopleIn: () => 0,
	};
	const keeper = { hold: (_: RoomName, work: () => Promise<void>) => work() };
	const parts = { rights, registry, keeper, uploads, log, records, clean, clock, reportError };
	return { purges: new Purges(parts), uploads };
}

type Stored = Awaited<ReturnType<OpenFolder["store"]["log"]["load"]>>;

async function isErased({ store, clock }: OpenFolder, uploads: PhotoUploads): Promise<boolean> {
	const erasing = Promise.all([uploads.sweep(), store.log.whenErased()]);
	return Promise.race([erasing.then(() => true), wait(clock, erasedMsMax).then(() => false)]);
}

/** The table of failures speaks to people in a room; these are said better to who runs it. */
function inWords(room: RoomName): (error: unknown) => never {
	return (error) => {
		if (!(error instanceof UserError)) throw error;
		const { code, message } = error;
		if (code === "not_found") throw new UserError(`Nobody wrote in a room ${room}.`, code);
		const isUnsure = code === "store_failed" || code === "disk_full" || code === "internal";
		const unsure = "Nobody knows whether it was purged: look once more when the disk takes bytes.";
		throw new UserError(isUnsure ? `${message} ${unsure}` : message, code);
	};
}
