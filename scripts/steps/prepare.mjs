/** All that must be there before something of Weft can run. */
import { ensureBuilt } from "./build.mjs";
import { checkNode, ensureInstalled } from "./install.mjs";
import { alone } from "./lock.mjs";

/**
 * Installs what is missing and builds what is stale of `server`, `web` and `scripts`. Reaches for
 * the network only where a package is missing.
 *
 * @throws StepError
 */
export async function prepare(...names) {
	checkNode();
	await alone(async () => {
		await ensureInstalled();
		await ensureBuilt(names);
	});
}
