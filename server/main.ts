/** Starts the server of this process and stops it when it is told to. */
import { fileURLToPath } from "node:url";
import { ConfigError, help, readConfig } from "./config.ts";
import { invitation, openTo } from "./network.ts";
import { StoreOpenError } from "./store/level.ts";
import { warmUp } from "./warm-up.ts";
import { startWeft, type Weft } from "./weft.ts";
import { settleObjects } from "./young-objects.ts";

/** SIGTERM ends within 5 s, whatever hangs. */
const stopMsMax = 4_500;

async function main(): Promise<void> {
	const config = readConfig({
		env: process.env,
		args: process.argv.slice(2),
		cwd: process.cwd(),
		// Compiled, this file is dist/server/main.js, and the app is dist/web.
		webDir: fileURLToPath(new URL("../web", import.meta.url)),
	});
	if (config === null) {
		process.stdout.write(help);
		return;
	}
	const weft = await startWeft(config, config.isWarmedUp ? tryToWarmUp : undefined);
	// Ctrl+C comes twice, from the terminal and from `npm start`: the second must not kill.
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop(weft));
	process.stdout.write(`weft listening on ${weft.url}\n`);
	const openness = openTo(config);
	if (openness !== null) process.stdout.write(`${openness}\n`);
	if (config.isOnNetwork) {
		process.stdout.write(invitation(weft.networkUrls(), { paint: process.stdout.isTTY }));
	}
}

/** A server that is not warm is slower for a while, and a server all the same. */
async function tryToWarmUp(): Promise<void> {
	try {
		await warmUp();
		settleObjects();
	} catch (error) {
		process.stderr.write(`weft: could not warm up: ${sentence(error)}\n`);
	}
}

function stop(weft: Weft): void {
	// It keeps the process alive, too: rooms and the store wait by timers that do not.
	setTimeout(() => process.exit(1), stopMsMax);
	weft.close().then(
		() => process.exit(0),
		(error: unknown) => {
			process.stderr.write(`weft: could not stop cleanly: ${String(error)}\n`);
			process.exit(1);
		},
	);
}

main().catch((error: unknown) => {
	process.stderr.write(`weft: ${sentence(error)}\n`);
	process.exit(1);
});

/** What who starts the server should read: a sentence where one is known, else all there is. */
function sentence(error: unknown): string {
	if (error instanceof ConfigError || error instanceof StoreOpenError) return error.message;
	const { code, message, stack } = error as NodeJS.ErrnoException;
	if (code === "EADDRINUSE") return `the port is taken: ${message}. Set PORT to another one.`;
	if (code === "EACCES") return `not allowed: ${message}`;
	return stack ?? String(error);
}
