/** The command line of `npm run purge`. */
import { parseArgs } from "node:util";
import { parseRoomName, type RoomName } from "../../shared/ids.ts";
import { UserError } from "../user/user-error.ts";

/** What `npm run purge -- --help` prints. */
export const help = `npm run purge -- ROOM [--yes]

Removes for good what nobody sees any more in a room: deleted text and drawings, the words before a
correction, messages that were taken back, photos in its bin, its history. What people see stays,
and is the beginning of the room's next epoch. Everybody who is in it is told, and begins anew; so
does who comes back later, and a Weft page keeps what it had not sent as a file.

  ROOM      the room's name, as it stands in its address
  --yes     do it; without this it is only shown what would go
  --help    this page

It works while the server runs (as the server's user), and while it does not. WEFT_DATA says where
the data lie, as for npm start. Backups, and what people kept elsewhere, stay as they are.

Status: 0 it was shown, or purged; 1 it was purged, and not all of it is off the disk yet; 2 nothing
was purged, or it says that nobody knows.
`;

/** What was asked for. */
export interface Options {
	readonly room: RoomName;
	/** False where it is only to be shown. */
	readonly isSure: boolean;
}

/** Reads a command line; null where only the help page is wanted. @throws UserError */
export function readOptions(args: readonly string[]): Options | null {
	const { values, positionals } = parse(args);
	if (values.help === true) return null;
	const [name, ...rest] = positionals;
	if (name === undefined) throw new UserError("Purge which room? Try --help.");
	if (rest.length > 0) throw new UserError("One room at a time. Try --help.");
	const room = parseRoomName(name);
	if (room === null) throw new UserError(`No room can be called ${JSON.stringify(name)}.`);
	return { room, isSure: values.yes ?? false };
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: { help: { type: "boolean", short: "h" }, yes: { type: "boolean" } },
		});
	} catch (error) {
		throw new UserError(`${(error as Error).message} Try --help.`);
	}
}
