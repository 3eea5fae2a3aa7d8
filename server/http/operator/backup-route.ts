/** The store of a running server as one stream, for `npm run backup`: on the operator's socket. */
import { Readable } from "node:stream";
import { Hono } from "hono";
import { packEntries } from "../../store/format/entry-stream.ts";
import type { Entry } from "../../store/level-binding.ts";

/** What this route is handed. */
export interface BackupParts {
	/** Every entry as it is when the first are asked for. */
	readonly entries: () => AsyncIterable<readonly Entry[]>;
	/** Told where the stream had to end early. */
	readonly reportError: (error: unknown) => void;
}

/** Bytes that are read ahead of who writes the backup: two reads of LevelDB. */
const readAheadBytes = 128 * 1024;

/**
 * `GET /backup`: all entries (`entry-stream.ts`). Reads on as fast as they are taken; who goes away
 * ends the reading.
 */
export function backupRoute({ entries, reportError }: BackupParts): Hono {
	const app = new Hono();
	app.get("/backup", (c) => {
		const options = { objectMode: false, highWaterMark: readAheadBytes };
		const stream = Readable.from(packEntries(entries()), options);
		stream.on("error", (error) => reportError(error));
		const body = Readable.toWeb(stream) as globalThis.ReadableStream;
		return c.body(body, 200, { "Content-Type": "application/octet-stream" });
	});
	return app;
}
