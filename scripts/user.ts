/** `npm run user`: who may sign in. See `--help`. */

import { openOffice } from "./user/office.ts";
import { help, readOptions } from "./user/options.ts";
import { readPassword } from "./user/password.ts";
import { renderAccounts } from "./user/table.ts";
import { UserError } from "./user/user-error.ts";

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.what === "help") {
		process.stdout.write(help);
		return;
	}
	const makesFolder = options.what === "add" || options.what === "invite";
	const office = await openOffice(process.env, { cwd: process.cwd(), makesFolder });
	try {
		switch (options.what) {
			case "list":
				process.stdout.write(renderAccounts(await office.list()));
				return;
			case "add": {
				const password = await readPassword(options.name);
				const { name } = await office.add({ ...options, password });
				process.stdout.write(`${name} can sign in now.\n`);
				return;
			}
			case "reset": {
				const { name } = await office.reset(options.name, await readPassword(options.name));
				process.stdout.write(`${name} has another password, and is signed out everywhere.\n`);
				return;
			}
			case "remove":
				await office.remove(options.name);
				process.stdout.write(`${options.name} can no longer sign in.\n`);
				return;
			case "invite":
				process.stdout.write(`${await office.invite()}\n`);
		}
	} finally {
		await office.close();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		const isSaid = error instanceof UserError;
		process.stderr.write(`user: ${isSaid ? error.message : String((error as Error).stack)}\n`);
		process.exit(1);
	},
);
