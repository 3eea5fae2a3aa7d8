/** Servers under test by the names that a command line gives them. */
import { hostSecret } from "../rights/office.ts";
import { foreign } from "./foreign.ts";
import { hocuspocus } from "./hocuspocus.ts";
import { type Fetching, installedOrInstall, peerNames } from "./peers.ts";
import { reference } from "./reference.ts";
import type { System } from "./system.ts";
import { weft } from "./weft.ts";

const makers = {
	// People of a run make accounts, and are sent by a host application.
	weft: async () => weft({ env: { WEFT_SIGNUP: "open", WEFT_TOKEN_SECRET: hostSecret } }),
	reference,
	hocuspocus,
} as const satisfies Record<string, (fetching?: Fetching) => Promise<System>>;

/** How a name may look, for help pages. */
const systemForms = [...Object.keys(makers), "url=ws://…"].join("|");

/**
 * The server that `--sut NAME` names. What it needs is fetched where it is not there yet.
 *
 * @throws Error with a sentence where there is none of that name, it cannot be fetched, or nobody
 * answers at its address
 */
export async function systemNamed(name: string, fetching?: Fetching): Promise<System> {
	if (name.startsWith("url=")) return foreign(name.slice("url=".length));
	if (!Object.hasOwn(makers, name)) {
		throw new Error(`There is no server "${name}" to test: give ${systemForms}.`);
	}
	return makers[name as keyof typeof makers](fetching);
}

/**
 * Weft and all peers, in the order of tables: `--peers`. All is fetched before anything runs.
 *
 * @throws Error with a sentence where something cannot be fetched
 */
export async function weftAndPeers(fetching?: Fetching): Promise<readonly System[]> {
	await installedOrInstall(peerNames, fetching);
	return Promise.all(["weft", ...peerNames].map((name) => systemNamed(name, fetching)));
}
