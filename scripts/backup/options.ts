/** The command lines of `npm run backup` and `npm run restore`. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "../../server/config.ts";

/** What cannot be done, in a sentence for who asked for it. */
export class BackupError extends Error {
	override readonly name = "BackupError";
}

/** What `npm run backup -- --help` prints. */
export const backupHelp = `npm run backup -- DEST

Copies all that a server keeps, as it is at one moment, into the new folder DEST. The server may
run and people may write meanwhile: every change that was saved before is in it. DEST is a data
folder like any other: npm run doctor -- DEST looks through it, WEFT_DATA=DEST npm start serves it.

  DEST      must not exist, or be empty; it appears when all of it is on disk
  --help    this page

The data is that of WEFT_DATA, else ./data; where a server runs, run this as the server's user.

Status: 0 all was copied; 1 all was copied, and part of it is damaged or missing; 2 nothing was.
`;

/** What `npm run restore -- --help` prints. */
export const restoreHelp = `npm run restore -- SRC [--replace]

Puts a backup in the place of what a server keeps (WEFT_DATA, else ./data). Stop the server first.

  SRC         a folder that npm run backup made; it is left as it is
  --replace   where there is something: it is moved aside, into a folder that is named, not removed
  --help      this page

Then start with WEFT_HEAL=on until everybody has been back: who holds more than the backup brings
it along.

Status: 0 all was put back; 1 it was, and part of it is damaged; 2 nothing was changed, or it says
where what was there is.
`;

/** What was asked for. */
export interface Options {
	/** The folder that is named in the command, as a whole path. */
	readonly folder: string;
	readonly dataDir: string;
	readonly isReplacing: boolean;
}

/** What the process was started with. */
export interface Surroundings {
	readonly args: readonly string[];
	readonly env: NodeJS.ProcessEnv;
	readonly cwd: string;
}

/**
 * Reads a command line; null where only the help page is wanted.
 *
 * @throws BackupError
 */
export function readOptions({ args, env, cwd }: Surroundings): Options | null {
	const { values, positionals } = parse(args);
	if (values.help === true) return null;
	const [folder, ...others] = positionals;
	if (folder === undefined || others.length > 0) {
		throw new BackupError("Name one folder. Try --help.");
	}
	return {
		folder: resolve(cwd, folder),
		dataDir: dataDirOf(env, cwd),
		isReplacing: values.replace ?? false,
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: { help: { type: "boolean", short: "h" }, replace: { type: "boolean" } },
		});
	} catch (error) {
		throw new BackupError(`${(error as Error).message} Try --help.`);
	}
}

function dataDirOf(env: NodeJS.ProcessEnv, cwd: string): string {
	try {
		return readConfig({ env, args: [], cwd, webDir: "" })?.dataDir ?? resolve(cwd, "data");
	} catch (error) {
		if (error instanceof ConfigError) throw new BackupError(error.message);
		throw error;
	}
}
