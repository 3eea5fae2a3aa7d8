/** The command line of `npm run screens`. */
import { parseArgs } from "node:util";

/** What was asked for. */
export interface Options {
	readonly isHelp: boolean;
	/** Where the pictures go. */
	readonly folder: string;
	/** The beginning of a state's name; all states where it is empty. */
	readonly only: readonly string[];
	/** Where the picture of README goes; null where the contact sheet is wanted. */
	readonly picture: string | null;
}

/** What `npm run screens -- --help` prints. */
export const help = `NAME
    screens - shoot every state of the app, light and dark, at 390, 820 and 1440 px

SYNOPSIS
    npm run screens
    npm run screens -- [--out FOLDER] [--only NAME,...]
    npm run screens -- --picture docs/weft.png

DESCRIPTION
    Starts the built server on a free port with an empty data directory, fills some rooms, and
    opens each state in Chromium: home; the four surfaces, empty, filled, right to left and with
    each of their parts open; people; no network, a refused link, a room that is gone, a full disk,
    an app that is too old, a browser that keeps nothing; the page of who runs the server; and the
    pages in German.
    FOLDER/index.html shows all pictures side by side. Look at it.

OPTIONS
    --out FOLDER    where the pictures go (.cache/screens)
    --only NAMES    only states whose names begin so, with commas between
    --picture FILE  only the picture that README begins with
    --help          this page
`;

/** @throws Error in words */
export function readOptions(args: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			out: { type: "string", default: ".cache/screens" },
			only: { type: "string", default: "" },
			picture: { type: "string" },
			help: { type: "boolean", default: false },
		},
	});
	return {
		isHelp: values.help,
		folder: values.out,
		only: values.only.split(",").filter(Boolean),
		picture: values.picture ?? null,
	};
}
