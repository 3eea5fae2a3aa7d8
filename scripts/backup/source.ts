/** Where the entries of a backup come from: a server that runs, or a store that nobody uses. */
import { existsSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { operatorSocketPath } from "../../server/http/operator/operator-socket.ts";
import { unpackEntries } from "../../server/store/format/entry-stream.ts";
import { StoreOpenError } from "../../server/store/level.ts";
import type { Entry } from "../../server/store/level-binding.ts";
import { BackupError } from "./options.ts";
import { openStopped } from "./stopped-store.ts";

/** All entries of a store at one moment. Close it at the end. */
export interface Source {
	readonly entries: AsyncIterable<readonly Entry[]>;
	/** True where a server runs and goes on meanwhile. */
	readonly isServed: boolean;
	close(): Promise<void>;
}

/**
 * Asks the server of a data folder, or opens the folder's store.
 *
 * @throws BackupError
 */
export async function openSource(dataDir: string): Promise<Source> {
	const answer = await askServer(operatorSocketPath(dataDir));
	if (answer !== null) {
		return {
			entries: entriesIn(answer),
			isServed: true,
			close: async () => {
				answer.destroy();
			},
		};
	}
	if (!existsSync(join(dataDir, "store", "CURRENT"))) {
		throw new BackupError(`There is no store in ${dataDir}. Is WEFT_DATA right?`);
	}
	return openUnused(join(dataDir, "store"));
}

async function* entriesIn(answer: IncomingMessage): AsyncGenerator<readonly Entry[]> {
	try {
		yield* unpackEntries(answer);
	} catch (cause) {
		throw new BackupError("The server stopped, or failed, before all was copied.", { cause });
	}
}

async function openUnused(directory: string): Promise<Source> {
	const store = await openStopped(directory).catch((error: unknown) => {
		if (!(error instanceof StoreOpenError)) throw error;
		if (error.reason !== "in_use") throw new BackupError(error.message);
		throw new BackupError(
			`A server uses ${directory} and does not answer its operator: run this as the server's ` +
				"user; or it is older than this command: stop it first.",
		);
	});
	return { entries: store.entries(), isServed: false, close: () => store.close() };
}

/** The server's entries as they come; null where no server listens. */
function askServer(socketPath: string | null): Promise<IncomingMessage | null> {
	if (socketPath === null) return Promise.resolve(null);
	return new Promise((resolve, reject) => {
		const asking = request({ socketPath, path: "/backup", agent: false }, (answer) => {
			if (answer.statusCode === 200) resolve(answer);
			else reject(new BackupError(`The server answered ${answer.statusCode}.`));
		});
		asking.on("error", (error: NodeJS.ErrnoException) => {
			const { code = "" } = error;
			// No server runs, or one was killed and left its socket behind, or it may not be spoken to:
			// then the store tells.
			if (["ENOENT", "ECONNREFUSED", "EACCES"].includes(code)) resolve(null);
			else reject(new BackupError(`The server cannot be spoken to: ${error.message}.`));
		});
		asking.end();
	});
}
