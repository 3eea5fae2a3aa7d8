/** `npm start`: installs what is missing, builds what is stale, serves. */
import { prepare } from "./steps/prepare.mjs";
import { fail, handOver } from "./steps/process.mjs";

// V8 looks through the whole heap once it grew to the first. By itself it begins with so little
// that a busy server is held up for 0.1 s every few seconds. What is not used costs nothing. The
// others are its space for new objects, twice: with less it is cleared so often that much of what
// is on its way is moved, which a busy server spends a tenth of its time on. It is cleared early
// where nearly all of it stays (server/young-objects.ts), which needs the last.
const heapArgs = [
	"--initial-heap-size=256",
	"--min-semi-space-size=32",
	"--max-semi-space-size=32",
	"--expose-gc",
];

try {
	await prepare("server", "web");
	handOver("dist/server/main.js", process.argv.slice(2), heapArgs);
} catch (error) {
	fail(error);
}
