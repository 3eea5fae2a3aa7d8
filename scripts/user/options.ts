/** What `npm run user` is asked for. */
import { parseArgs } from "node:util";
import { UserError } from "./user-error.ts";

/** One thing to do. */
export type Options =
	| { readonly what: "help" | "list" | "invite" }
	| { readonly what: "add"; readonly name: string; readonly isAdmin: boolean }
	| { readonly what: "reset" | "remove"; readonly name: string };

/** What `npm run user -- --help` prints. */
export const help = `npm run user: who may sign in to this server

  npm run user -- add ann           make an account; --admin for one who runs the server too
  npm run user -- list              everybody who has one
  npm run user -- reset ann         another password; signs ann out everywhere
  npm run user -- remove ann        ann can no longer sign in; what ann wrote stays
  npm run user -- invite            print an invitation: good for one account, for seven days,
                                    where WEFT_SIGNUP is invite. Send it behind the address:
                                    https://weft.example/#invitation=...

The password is asked for, or read as one line from the standard input: never from the command
line, which others of this machine can see. WEFT_DATA says where the data lie, as for npm start.
It works while the server runs, and while it does not.
`;

/** @throws UserError with a sentence that says what is wrong */
export function readOptions(args: readonly string[]): Options {
	const { values, positionals } = parse(args);
	const [what = "", name, ...rest] = positionals;
	const isAdmin = values.admin ?? false;
	if (values.help === true || what === "help" || what === "") return { what: "help" };
	if (isAdmin && what !== "add") throw new UserError("--admin goes with add. Try --help.");
	if (what === "list" || what === "invite") {
		if (name !== undefined) throw new UserError(`${what} takes no name. Try --help.`);
		return { what };
	}
	if (what !== "add" && what !== "reset" && what !== "remove") {
		throw new UserError(`There is no "${what}". Try --help.`);
	}
	if (name === undefined) throw new UserError(`${what} whom? Give a name behind it.`);
	if (rest.length > 0) throw new UserError("Put a name of several words in quotation marks.");
	return what === "add" ? { what, name, isAdmin } : { what, name };
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: { help: { type: "boolean", short: "h" }, admin: { type: "boolean" } },
		});
	} catch (error) {
		throw new UserError(`${(error as Error).message} Try --help.`);
	}
}
