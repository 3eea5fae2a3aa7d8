/** `npm run purge`: removes for good what nobody sees any more in a room. See `--help`. */
import { UserError } from "../user/user-error.ts";
import { help, readOptions } from "./options.ts";
import { openPurger } from "./purger.ts";
import { tellOutlook, tellPurged } from "./words.ts";

/** Gives the status to end with. */
async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	if (options === null) {
		process.stdout.write(help);
		return 0;
	}
	const purger = await openPurger(process.env, process.cwd());
	try {
		const outlook = await purger.look(options.room);
		if (!options.isSure) {
			process.stdout.write(tellOutlook(outlook));
			return 0;
		}
		await purger.purge(options.room);
		const isErased = await purger.whenErased();
		process.stdout.write(tellPurged(outlook, { isErased, isServed: purger.isServed }));
		return isErased ? 0 : 1;
	} finally {
		await purger.close();
	}
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		process.stderr.write(`purge: ${sentence(error)}\n`);
		process.exit(2);
	},
);

function sentence(error: unknown): string {
	if (!(error instanceof UserError)) return String((error as Error).stack);
	return error.code === null ? error.message : `${error.code}: ${error.message}`;
}
