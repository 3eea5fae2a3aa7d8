/** The process that opens the store. Where LevelDB ends it, scripts/doctor.ts lives to tell. */
import { StoreOpenError } from "../../server/store/level.ts";
import { Progress } from "../converge/command/progress.ts";
import { silenceYjs } from "../converge/crew/quiet.ts";
import { consult } from "./consult.ts";
import { readOptions } from "./options.ts";

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2), { env: process.env, cwd: process.cwd() });
	if (options === null) return 0;
	silenceYjs();
	const progress = new Progress();
	return consult(options, {
		say: (text) => {
			progress.clear();
			process.stdout.write(text);
		},
		progress: (line) => progress.show(line),
	});
}

main().then(
	(status) => {
		process.exitCode = status;
	},
	(error: unknown) => {
		process.stderr.write(`doctor: ${sentence(error)}\n`);
		process.exitCode = 2;
	},
);

function sentence(error: unknown): string {
	if (error instanceof StoreOpenError) return `${error.reason}: ${error.message}`;
	if (!(error instanceof Error)) return String(error);
	return error.name === "Error" ? error.message : (error.stack ?? error.message);
}
