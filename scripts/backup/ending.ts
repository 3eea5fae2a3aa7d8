/** How both commands begin and end: options, words, status. */
import { StoreOpenError } from "../../server/store/level.ts";
import { Progress } from "../converge/command/progress.ts";
import { BackupError, type Options, readOptions } from "./options.ts";

/** Where words go. */
export interface Voice {
	/** One line. */
	readonly say: (line: string) => void;
	readonly progress: (line: string) => void;
}

/** Runs a command as this process; its status is what `work` gives, or 2 where that fails. */
export function run(
	name: string,
	help: string,
	work: (options: Options, voice: Voice) => Promise<number>,
): void {
	const progress = new Progress();
	const say = (line: string) => {
		progress.clear();
		process.stdout.write(`${line}\n`);
	};
	const main = async () => {
		const { argv, env } = process;
		const options = readOptions({ args: argv.slice(2), env, cwd: process.cwd() });
		if (options !== null) return work(options, { say, progress: (line) => progress.show(line) });
		process.stdout.write(help);
		return 0;
	};
	main().then(
		(status) => process.exit(status),
		(error: unknown) => {
			progress.clear();
			process.stderr.write(`${name}: ${sentence(error)}\n`);
			process.exit(2);
		},
	);
}

function sentence(error: unknown): string {
	if (error instanceof BackupError || error instanceof StoreOpenError) return error.message;
	if (!(error instanceof Error)) return String(error);
	// What the system or the stream says of files and connections is a sentence too.
	return error.name === "Error" ? error.message : (error.stack ?? error.message);
}
