/** The command line of `npm run replay`. */
import { parseArgs } from "node:util";

/** What was asked for. */
export type Options =
	| { readonly mode: "help" }
	/** Play, kill, compare. */
	| {
			readonly mode: "prove";
			/** Folder of recorded data; null makes a small fixture. */
			readonly dataDir: string | null;
			readonly seed: number;
			/** Names of jobs; all where it is empty. */
			readonly only: readonly string[];
			readonly withBrowser: boolean;
	  }
	/** Play into a server that runs, slowly enough to watch. */
	| {
			readonly mode: "watch";
			readonly dataDir: string | null;
			readonly seed: number;
			readonly url: string;
			readonly room: string;
			readonly editsPerSecond: number;
	  };

/** What `npm run replay -- --help` prints. */
export const help = `NAME
    replay - play recorded sessions through a real server, kill it, and compare

SYNOPSIS
    npm run replay
    npm run replay -- --data FOLDER [--only NAME,...] [--no-browser]
    npm run replay -- --url URL --room NAME [--data FOLDER] [--speed EDITS]

DESCRIPTION
    Starts the built server on a free port with an empty data directory and drives it with real
    y-websocket clients over real sockets: texts that people typed, two of them at once; pen
    strokes; photos; lines of chat. When the server has said that everything is on its disk, it
    is killed (SIGKILL) and started again. Then a newcomer joins, and a browser opens the room
    where Chromium is there, and what they see is compared with what the writers had. Each job
    has a server and a directory of its own.

    Every edit is one transaction and one frame. A lone writer does not wait for answers; it is
    at most 8,192 edits ahead of the server's disk. Where two write, each edit waits until
    exactly what it stands on has come to its writer over the server, as when it was recorded.

    Without --data it plays a small session that it makes itself, the same for the same seed.

OPTIONS
    --data FOLDER   folder with traces/, drawings/, photos/ and hostile/; what lacks is left out
    --only NAMES    only these jobs, by the names in the first column, with commas between
    --seed NUMBER   another fixture (1)
    --no-browser    do not open Chromium
    --url URL       play into this server, slowly, and kill nothing
    --room NAME     the room to play into; give it together with --url
    --speed EDITS   edits a second while watched (12)
    --help          this page

OUTPUT
    edits, edits/s    transactions, and how many a second until all were on the server's disk
    sent, received    bytes on the writers' sockets, with everything that TCP carries
    disk              bytes in the data directory after the server stopped, history and all
    of v2             the same as a multiple of the doc in Yjs' v2 encoding
    join              from opening the socket to "synced", on the server that was just started
    browser           from opening the page until it showed everything
    equal             yes, or what differs

EXIT STATUS
    0 where everything is equal, else 1.

EXAMPLES
    npm run replay -- --data ../shared/data
    npm run replay -- --data ../shared/data --only automerge-paper,board
    npm start & npm run replay -- --url http://localhost:1234 --room garden
`;

/** Reads the arguments. @throws Error with a sentence where they make no sense */
export function readOptions(args: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			data: { type: "string" },
			only: { type: "string", default: "" },
			seed: { type: "string", default: "1" },
			"no-browser": { type: "boolean", default: false },
			url: { type: "string" },
			room: { type: "string" },
			speed: { type: "string", default: "12" },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	if (values.help) return { mode: "help" };
	const { url, room } = values;
	const common = { dataDir: values.data ?? null, seed: whole("--seed", values.seed) };
	if (url !== undefined && room !== undefined) {
		const editsPerSecond = whole("--speed", values.speed);
		return { mode: "watch", ...common, url: url.replace(/\/$/, ""), room, editsPerSecond };
	}
	if (url !== undefined || room !== undefined) throw new Error("--url and --room go together.");
	const only = values.only.split(",").filter((name) => name !== "");
	return { mode: "prove", ...common, only, withBrowser: !values["no-browser"] };
}

function whole(name: string, text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && value > 0) return value;
	throw new Error(`${name} must be a whole number above 0, not "${text}".`);
}
