/**
 * Hocuspocus as its documentation sets it up: `Server` with the database extension, here over
 * LevelDB, and every other setting left as it is. Runs in the folder of its packages, where
 * `hocuspocus.ts` puts a copy; the directory of the database is its argument.
 */
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import { ClassicLevel } from "classic-level";

const [directory = "data"] = process.argv.slice(2);

const rooms = new ClassicLevel(directory, { valueEncoding: "buffer" });
await rooms.open();

const database = new Database({
	fetch: async ({ documentName }) => (await rooms.get(documentName)) ?? null,
	// Synced: what it stored is there after a power cut too.
	store: ({ documentName, state }) => rooms.put(documentName, state, { sync: true }),
});

const server = new Server({
	address: process.env.HOST,
	port: Number(process.env.PORT),
	extensions: [database],
	quiet: true,
	onDestroy: () => rooms.close(),
});

await server.listen();
process.stdout.write(`hocuspocus listening on port ${server.address.port}\n`);
