/** `npm start`: installs what is missing, builds what is stale, serves. */
import { prepare } from "./steps/prepare.mjs";
import { fail, handOver } from "./steps/process.mjs";

try {
	await prepare("server", "web");
	handOver("dist/server/main.js", process.argv.slice(2));
} catch (error) {
	fail(error);
}
