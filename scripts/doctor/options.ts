/** The command line of `npm run doctor`. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What `npm run doctor -- --help` prints. */
export const help = `npm run doctor -- [DIR] [--mend]

Looks through a data folder that no server uses: every entry of the store, every room's log,
snapshot and history, every photo's files. Tells what is wrong, and what to do about it.

  DIR       the data folder or a backup; else WEFT_DATA, else ./data
  --mend    remove files of photos that no room has (left by a crash); nothing else is ever changed
  --help    this page

LevelDB itself tidies its files when it opens them, as at each start of the server.

Status: 0 nothing is wrong, or all was mended; 1 something is wrong; 2 it could not be looked at.
`;

/** What was asked for. */
export interface Options {
	readonly dataDir: string;
	readonly isMending: boolean;
}

/**
 * Reads the command line; null where only the help page is wanted.
 *
 * @throws Error with a sentence
 */
export function readOptions(
	args: readonly string[],
	{ env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Options | null {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { help: { type: "boolean", short: "h" }, mend: { type: "boolean" } },
	});
	if (values.help === true) return null;
	const [directory, ...others] = positionals;
	if (others.length > 0) throw new Error("One folder at a time. Try --help.");
	return {
		dataDir: resolve(cwd, directory ?? env["WEFT_DATA"] ?? "data"),
		isMending: values.mend ?? false,
	};
}
