/** `npm run build`: makes what is stale of the server and the app, or of what is named. */
import { prepare } from "./steps/prepare.mjs";
import { fail } from "./steps/process.mjs";

try {
	const names = process.argv.slice(2);
	await prepare(...(names.length > 0 ? names : ["server", "web"]));
} catch (error) {
	fail(error);
}
