/** `npm run build`: makes the server and the app, whatever is stale of them. */
import { prepare } from "./steps/prepare.mjs";
import { fail } from "./steps/process.mjs";

try {
	await prepare("server", "web");
} catch (error) {
	fail(error);
}
